import { z } from 'zod'
import { Instant, uuid } from './ids'

export const PrintJobId = uuid.brand<'PrintJobId'>()
export type PrintJobId = z.infer<typeof PrintJobId>
/** Papers by the printer that they go to: receipts and forms, reports, numbers and slips of the roll. */
export const PaperKind = z.enum(['receipt', 'report', 'ticket'])
export type PaperKind = z.infer<typeof PaperKind>

/**
 * What became of a job. `sending`: on its way to the queue, or the officer is at the print dialog; `sent`: handed over, and the queue has
 * not said more; `waiting`: the queue holds it (no paper, off, stopped).
 */
export const PrintState = z.enum(['sending', 'sent', 'printed', 'waiting', 'failed', 'cancelled'])
export type PrintState = z.infer<typeof PrintState>

/** Why a job waits or has failed, as far as the queue or the printer says. `gone`: the queue is no longer there; `silent`: nobody says what became of it. */
export const PrintReason = z.enum(['paper-out', 'paper-jam', 'cover-open', 'toner-out', 'offline', 'stopped', 'held', 'gone', 'silent', 'other'])
export type PrintReason = z.infer<typeof PrintReason>

export const PrintJobView = z.object({
  id: PrintJobId, kind: PaperKind, title: z.string(), subject: z.object({ type: z.string(), id: z.string() }).nullable(),
  /** null: the default printer of the computer, or the one chosen in the print dialog. */
  printer: z.string().nullable(),
  paper: z.enum(['A4', 'A5', 'T80']), copies: z.number().int(), at: Instant,
  /** Full name; null: the program itself, such as a number taken at the kiosk. */
  by: z.string().nullable(),
  state: PrintState, errorCode: z.string().nullable(), reason: PrintReason.nullable(),
  /** The job that it tries again. */
  retries: PrintJobId.nullable(),
  /** The very bytes are still here to be tried again. */
  retryable: z.boolean(),
})
export type PrintJobView = z.infer<typeof PrintJobView>

/** What a queue says about one of its jobs. `gone`: neither the job nor its queue is known any more. */
export const QueueReport = z.object({ state: z.enum(['pending', 'printed', 'cancelled', 'failed', 'gone']), reason: PrintReason.nullable() })
export type QueueReport = z.infer<typeof QueueReport>
