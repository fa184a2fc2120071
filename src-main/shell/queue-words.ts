import type { PrintReason, QueueReport } from '@contract/printing'
import { type IppAnswer, STATUS_NOT_FOUND } from './ipp'

/** RFC 8011 §5.3.7. */
const JOB = { held: 4, stopped: 6, cancelled: 7, aborted: 8, completed: 9 } as const
/** RFC 8011 §5.4.11. */
const PRINTER_STOPPED = 5

/** Keywords of `printer-state-reasons` (RFC 8011 §5.4.12, PWG 5100.9), what helps the officer most first. */
const REASONS: readonly (readonly [RegExp, PrintReason])[] = [
  [/^media-jam/, 'paper-jam'],
  [/^(?:cover-open|door-open|interlock-open)/, 'cover-open'],
  [/^(?:media-empty|media-needed|input-tray-missing)/, 'paper-out'],
  [/^(?:toner-empty|marker-supply-empty|opc-life-over)/, 'toner-out'],
  [/^(?:offline|shutdown|timed-out|connecting-to-device)/, 'offline'],
  [/^(?:paused|moving-to-paused|stopped)/, 'stopped'],
]

/** The reason behind keywords; what is only a report (one of two trays is empty) stops nothing. */
export function reasonOf(keywords: readonly string[]): PrintReason | null {
  const pressing = keywords.filter((keyword) => keyword !== 'none' && !keyword.endsWith('-report') && !keyword.endsWith('-warning'))
  return REASONS.find(([pattern]) => pressing.some((keyword) => pattern.test(keyword)))?.[1] ?? null
}

const texts = (answer: IppAnswer, name: string): string[] => (answer.attributes[name] ?? []).filter((value) => typeof value === 'string')
const numberOf = (answer: IppAnswer, name: string): number | null => {
  const [first] = answer.attributes[name] ?? []
  return typeof first === 'number' ? first : null
}

/** What CUPS says about a job and its printer. Either may be unknown to it: a queue that is deleted takes its jobs along. */
export function reportOf(job: IppAnswer, printer: IppAnswer): QueueReport {
  if (printer.status === STATUS_NOT_FOUND) return { state: 'gone', reason: 'gone' }
  if (job.status === STATUS_NOT_FOUND) return { state: 'gone', reason: null }
  const stopped = numberOf(printer, 'printer-state') === PRINTER_STOPPED
  const reason = reasonOf(texts(printer, 'printer-state-reasons')) ?? (stopped ? 'stopped' : null)
  switch (numberOf(job, 'job-state')) {
    case JOB.completed: return { state: 'printed', reason: null }
    case JOB.cancelled: return { state: 'cancelled', reason: null }
    case JOB.aborted: return { state: 'failed', reason: reason ?? 'other' }
    case JOB.held: return { state: 'pending', reason: 'held' }
    case JOB.stopped: return { state: 'pending', reason: reason ?? 'stopped' }
    case null: return { state: 'pending', reason: 'silent' }
    default: return { state: 'pending', reason }
  }
}
