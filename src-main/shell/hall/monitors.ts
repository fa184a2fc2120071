import { readFileSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import { screen, type Display } from 'electron'
import { z } from 'zod'
import { MonitorId } from '@contract/hall'
import type { Panel } from './panels'

/** The monitors of this machine, in the system's order. */
export interface Monitors {
  all(): readonly Panel[]
  /** Calls back after each change: plugged, unplugged, moved, resized, another primary one. */
  onChange(listener: () => void): void
}

/** The monitors that the system has. */
export function systemMonitors(): Monitors {
  return {
    all: () => {
      const primary = screen.getPrimaryDisplay().id
      return screen.getAllDisplays().map((display) => panelOf(display, primary))
    },
    onChange: (listener) => {
      screen.on('display-added', listener)
      screen.on('display-removed', listener)
      screen.on('display-metrics-changed', listener)
    },
  }
}

const panelOf = ({ id, bounds, workArea, scaleFactor }: Display, primary: number): Panel => ({ id: String(id), bounds, workArea, primary: id === primary, scale: scaleFactor })

const Told = z.array(z.object({
  id: MonitorId, x: z.number().int(), y: z.number().int(), width: z.number().int().positive(), height: z.number().int().positive(), primary: z.boolean().default(false),
}))

/** The monitors that a file tells of, for tests and pictures: boxes of the one screen there is. A file that cannot be read changes nothing. */
export function toldMonitors(file: string): Monitors {
  let panels = read(file) ?? []
  return {
    all: () => panels,
    onChange: (listener) => {
      const look = (): void => {
        const told = read(file)
        if (told === null) return
        panels = told
        listener()
      }
      watch(dirname(file), (_event, name) => (name === null || name === basename(file) ? look() : undefined)).unref()
    },
  }
}

function read(file: string): readonly Panel[] | null {
  try {
    return Told.parse(JSON.parse(readFileSync(file, 'utf8'))).map(({ id, primary, ...bounds }) => ({ id, bounds, workArea: bounds, primary, scale: 1 }))
  } catch {
    return null
  }
}
