import { z } from 'zod'
import { ClockOffset, StoredDocument, StoredHead, StoredLetter, StoredSubmission, type NewEnrolmentCode, type PushFeedbackStatus, type PushStatus } from './doors-messages'
import type { FaultInput, RateLimit } from './faults'

/** The doors of a running reference city, for tests and scripts. */
export interface Doors {
  /** Makes a later request fail; `match` is a regular expression on `METHOD /path?query`. */
  fault(fault: FaultInput): Promise<void>
  clearFaults(): Promise<void>
  /** How many hits are left, over all faults. */
  pendingFaults(): Promise<number>
  /** `false` cuts every connection and every later request but those to the doors. */
  line(up: boolean): Promise<void>
  /** Moves the city's clock away from the real one, in seconds. */
  clock(offsetSeconds: number): Promise<void>
  rateLimit(limit: { requests: number | null; windowSeconds?: number }): Promise<void>
  revokeTokens(): Promise<void>
  /** Puts a status on the feed; gives its sequence. */
  status(entry: z.infer<typeof PushStatus>): Promise<number>
  enrolmentCode(wanted?: z.input<typeof NewEnrolmentCode>): Promise<string>
  /** The same for a complaint or proposal, by its number. */
  feedbackStatus(entry: z.infer<typeof PushFeedbackStatus>): Promise<number>
  submissions(): Promise<StoredSubmission[]>
  letters(): Promise<StoredLetter[]>
  documents(): Promise<z.infer<typeof StoredDocument>[]>
  auditHeads(): Promise<z.infer<typeof StoredHead>[]>
  /** Bare upload of the same bytes to the same server: the floor of the sync benchmark. Gives the SHA-256. */
  sink(bytes: Uint8Array<ArrayBuffer>): Promise<string>
}

async function call<T>(url: string, method: string, path: string, schema: z.ZodType<T>, body?: unknown): Promise<T> {
  const init: RequestInit = body === undefined ? { method } : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(url + path, init)
  if (!response.ok) throw new Error(`door ${method} ${path}: ${response.status} ${await response.text()}`)
  return schema.parse(await response.json())
}

const items = <T>(schema: z.ZodType<T>) => z.object({ items: z.array(schema) })
const Pending = z.object({ pending: z.array(z.object({ times: z.number() })) })
const Anything = z.looseObject({})

/** A client for the doors of the city at `url` (started with `doors: true` or `--doors`). */
export function doors(url: string): Doors {
  const tell = async (path: string, body: unknown): Promise<void> => {
    await call(url, 'POST', path, Anything, body)
  }
  const post = <T>(path: string, schema: z.ZodType<T>, body: unknown): Promise<T> => call(url, 'POST', path, schema, body)
  const limitOf = (limit: { requests: number | null; windowSeconds?: number }): RateLimit => ({ windowSeconds: 60, ...limit })
  return {
    fault: (fault) => tell('/doors/faults', fault),
    clearFaults: async () => {
      await call(url, 'DELETE', '/doors/faults', Anything)
    },
    pendingFaults: async () => (await call(url, 'GET', '/doors/faults', Pending)).pending.reduce((sum, fault) => sum + fault.times, 0),
    line: (up) => tell('/doors/line', { up }),
    clock: (offsetSeconds) => tell('/doors/clock', ClockOffset.parse({ offsetSeconds })),
    rateLimit: (limit) => tell('/doors/rate-limit', limitOf(limit)),
    revokeTokens: () => tell('/doors/tokens/revoke', {}),
    status: async (entry) => (await post('/doors/statuses', z.object({ sequence: z.number() }), entry)).sequence,
    enrolmentCode: async (wanted = {}) => (await post('/doors/enrolment-codes', z.object({ code: z.string() }), wanted)).code,
    feedbackStatus: async (entry) => (await post('/doors/feedback-statuses', z.object({ sequence: z.number() }), entry)).sequence,
    letters: async () => (await call(url, 'GET', '/doors/letters', items(StoredLetter))).items,
    submissions: async () => (await call(url, 'GET', '/doors/submissions', items(StoredSubmission))).items,
    documents: async () => (await call(url, 'GET', '/doors/documents', items(StoredDocument))).items,
    auditHeads: async () => (await call(url, 'GET', '/doors/audit-heads', items(StoredHead))).items,
    sink: async (bytes) => {
      const response = await fetch(`${url}/doors/sink`, { method: 'PUT', body: bytes, headers: { 'content-type': 'application/octet-stream' } })
      return z.object({ sha256: z.string() }).parse(await response.json()).sha256
    },
  }
}
