import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { Language, Theme } from '@contract/bridge'
import { HallState, HallWindow, MonitorId } from '@contract/hall'

const Box = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int().positive(), height: z.number().int().positive() })

/** How the window was left. Nothing of the office's data. */
export const Preferences = z.object({
  bounds: Box.nullable().catch(null),
  maximized: z.boolean().catch(true),
  fullScreen: z.boolean().catch(false),
  zoom: z.number().min(0.5).max(5).catch(1),
  theme: Theme.catch('system'),
  language: Language.catch('vi'),
  /** The document camera used last, by its name: Chromium gives it another id at each start. */
  camera: z.string().max(300).nullable().catch(null),
  /** Windows of the hall: which open by themselves, and the monitor each stood on last. */
  hall: z.object({
    display: HallState.shape.display.catch('auto'),
    atStart: HallState.shape.atStart.catch([]),
    monitors: z.partialRecord(HallWindow, MonitorId).catch({}),
  }).catch({ display: 'auto', atStart: [], monitors: {} }),
})
export type Preferences = z.infer<typeof Preferences>

export interface PreferenceFile {
  readonly current: Preferences
  change(part: Partial<Preferences>): void
  /** Writes what a change left waiting. */
  flush(): void
}

/** Preferences kept in one small file. A missing or damaged file means the defaults; a file that cannot be written is no reason to stop. */
export function openPreferences(path: string, waitMs = 500): PreferenceFile {
  let current = Preferences.parse(readObject(path))
  let timer: NodeJS.Timeout | null = null
  const flush = (): void => {
    if (timer === null) return
    clearTimeout(timer)
    timer = null
    writeWhole(path, JSON.stringify(current))
  }
  return {
    get current() {
      return current
    },
    change(part) {
      current = { ...current, ...part }
      timer ??= setTimeout(flush, waitMs)
    },
    flush,
  }
}

function readObject(path: string): object {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? read : {}
  } catch {
    return {}
  }
}

function writeWhole(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.new`, text)
    renameSync(`${path}.new`, path)
  } catch {
    // A full or read-only disk: the window only forgets where it stood.
  }
}
