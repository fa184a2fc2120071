import { z } from 'zod'
import { SubmissionState } from './dossier'
import { DossierId, Instant, Sha256, SubmissionId } from './ids'

/** How the line to the city stands. `unstable` = some of the last calls failed, some passed. */
export const LineState = z.enum(['unknown', 'online', 'unstable', 'offline', 'portal', 'unauthorised', 'not-enrolled'])
export type LineState = z.infer<typeof LineState>

/** Room on the disk that holds the data: `low` below 1 GiB, `critical` below 200 MiB, when no new document is taken. */
export const DiskRoom = z.enum(['ample', 'low', 'critical'])
export type DiskRoom = z.infer<typeof DiskRoom>

/** The honest strip: everything that is lasting about the way to the city, and about the machine under it. */
export const SyncStatus = z.object({
  line: LineState,
  since: Instant.nullable(),
  counts: z.object({
    ready: z.number().int(), sending: z.number().int(), waiting: z.number().int(),
    received: z.number().int(), attention: z.number().int(), superseded: z.number().int(),
  }),
  oldestWaitingAt: Instant.nullable(),
  lastReceivedAt: Instant.nullable(),
  nextTryAt: Instant.nullable(),
  numbersLeft: z.number().int(),
  /** City time minus this machine's time, in seconds; null until the city has answered once. */
  clockOffsetSeconds: z.number().nullable(),
  destination: z.object({ name: z.string(), url: z.string().nullable(), simulated: z.boolean() }),
  /** Null when the system does not say. */
  disk: DiskRoom.nullable(),
})
export type SyncStatus = z.infer<typeof SyncStatus>

/** What the way to the city knows by itself. */
export const LineStatus = SyncStatus.omit({ disk: true })
export type LineStatus = z.infer<typeof LineStatus>

export const OutboxRow = z.object({
  id: SubmissionId,
  dossierId: DossierId,
  dossierCode: z.string(),
  applicantName: z.string(),
  procedureName: z.string(),
  version: z.number().int(),
  state: SubmissionState,
  createdAt: Instant,
  changedAt: Instant,
  attempts: z.number().int(),
  nextTryAt: Instant.nullable(),
  errorCode: z.string().nullable(),
  /** The city's own words, when it gave any. */
  cityWords: z.string().nullable(),
  receiptNumber: z.string().nullable(),
  supersededBy: z.number().int().nullable(),
  documentsTotal: z.number().int(),
  documentsConfirmed: z.number().int(),
  bytesTotal: z.number().int(),
  bytesAccepted: z.number().int(),
})
export type OutboxRow = z.infer<typeof OutboxRow>

export const OutboxDetail = OutboxRow.extend({
  payloadSha256: Sha256,
  dueAt: Instant.nullable(),
  attemptsLog: z.array(z.object({ at: Instant, outcome: z.string(), errorCode: z.string().nullable(), words: z.string().nullable() })),
})
export type OutboxDetail = z.infer<typeof OutboxDetail>
