import { basename } from 'node:path'
import { AppError } from '@contract/errors'
import type { Audit, Verdict } from '../audit'
import { type Clock, listBackups, type Store } from '../storage'
import type { Log } from './log'

/** What the program does by itself while nobody works: it reads or copies the whole file and blocks meanwhile. */
export type Duties = Readonly<{
  start(): void
  stop(): void
  /** Does the one duty that is most due, if any, and answers which. */
  tick(): Promise<Duty | null>
}>

export type Duty = 'audit' | 'backup' | 'integrity'

type Deps = Readonly<{
  store: Store; audit: Audit; clock: Clock; log: Log
  checkAudit(): Verdict
  /** Milliseconds since somebody last asked for something. */
  quietForMs(): number
}>

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** First look, and the time between two. Late enough to leave the start of the day alone. */
export const LOOK_EVERY_MS = MINUTE
export const BACKUP_AFTER_MS = 20 * HOUR
/** A counter that is never quiet is backed up all the same. */
export const BACKUP_AT_ANY_TIME_MS = 28 * HOUR
export const INTEGRITY_AFTER_MS = 7 * 24 * HOUR
const QUIET_MS = 20_000
/** Before a duty that failed is tried again. */
const RETRY_MS = HOUR
/** A moment further ahead than this was written by a clock that was wrong. */
const SKEW_MS = HOUR

const INTEGRITY_ACTION = 'program.integrity-checked'

function momentIn(name: string): Date | null {
  const stamp = /(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z/u.exec(name)
  if (!stamp) return null
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', ms = ''] = stamp
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`)
}

/** When the newest back-up of a data folder was made, by its name; null without one. One from the future is a wrong clock's and does not count. */
export function lastBackupAt(folder: string, now: Date): Date | null {
  return listBackups(folder).map((file) => momentIn(basename(file))).findLast((at) => at !== null && at.getTime() <= now.getTime() + SKEW_MS) ?? null
}

/** Schedules the back-up of every day, the integrity check of every week and one look at the audit chain a start. */
export function createDuties({ store, audit, clock, log, checkAudit, quietForMs }: Deps): Duties {
  let timer: NodeJS.Timeout | undefined
  let auditChecked = false
  const notBefore = new Map<Duty, number>()

  const ageOf = (at: Date | null): number => (at === null ? Infinity : clock.now().getTime() - at.getTime())
  const integrityAt = (): Date | null => {
    const at = store.read.get(
      "SELECT at FROM audit_entry WHERE actor = 'system' AND action = ? ORDER BY sequence DESC LIMIT 1", [INTEGRITY_ACTION], (row) => row.text('at'))
    return at === undefined ? null : new Date(at)
  }
  const tell = (action: string, detail: Readonly<Record<string, string | number | boolean>>): void => {
    store.write((tx) => audit.append(tx, { actor: 'system', action, detail }))
  }
  const work: Readonly<Record<Duty, () => Promise<void> | void>> = {
    audit: () => {
      auditChecked = true
      if (!checkAudit().ok) log('duty.audit-broken', { code: 'LUU-023' })
    },
    backup: async () => {
      const file = basename(await store.backup('scheduled'))
      tell('program.backed-up', { file })
    },
    integrity: () => {
      const { sound, problems } = store.check('full')
      tell(INTEGRITY_ACTION, { sound, problems })
      if (!sound) log('duty.database-damaged', { code: 'LUU-015', problems })
    },
  }
  const isDue = (duty: Duty): boolean => {
    if ((notBefore.get(duty) ?? 0) > performance.now()) return false
    const quiet = quietForMs() >= QUIET_MS
    if (duty === 'audit') return quiet && !auditChecked
    if (duty === 'integrity') return quiet && ageOf(integrityAt()) >= INTEGRITY_AFTER_MS
    return ageOf(lastBackupAt(store.folder, clock.now())) >= (quiet ? BACKUP_AFTER_MS : BACKUP_AT_ANY_TIME_MS)
  }
  const tick = async (): Promise<Duty | null> => {
    const duty = (['audit', 'backup', 'integrity'] as const).find(isDue)
    if (duty === undefined) return null
    const begun = performance.now()
    try {
      await work[duty]()
    } catch (error) {
      notBefore.set(duty, performance.now() + RETRY_MS)
      log('duty.failed', { duty, code: error instanceof AppError ? error.code : 'LOI-000' })
      return null
    }
    log('duty.done', { duty, ms: Math.round(performance.now() - begun) })
    return duty
  }
  return {
    tick,
    start: () => {
      timer ??= setInterval(() => void tick(), LOOK_EVERY_MS).unref()
    },
    stop: () => {
      clearInterval(timer)
      timer = undefined
    },
  }
}
