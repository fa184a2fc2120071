import { z } from 'zod'
import { DossierId, Instant } from './ids'
import { LineState } from './sync'
import { QueueState } from './queue'

/** Minutes of work left under which a dossier counts as about to be late. */
export const SOON_MINUTES = 120

/** What needs somebody now. `bad`: act at once; `warn`: look (`wall:alert.<code>`). */
export const WallAlert = z.object({
  code: z.enum(['overdue', 'due-soon', 'long-wait', 'sync-attention', 'offline-long', 'counter-gone', 'queue-twice', 'low-satisfaction', 'feedback-overdue', 'numbers-low', 'disk']),
  grade: z.enum(['warn', 'bad']),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type WallAlert = z.infer<typeof WallAlert>

export const WallDossier = z.object({ id: DossierId, code: z.string(), procedureName: z.string(), dueAt: Instant, minutesLeft: z.number().int().nullable() })
export type WallDossier = z.infer<typeof WallDossier>

/** One counter of the ward, as this machine knows it. */
export const WallCounter = z.object({
  name: z.string(), here: z.boolean(), reached: z.boolean(),
  /** The number in hand there; null when nobody is. */
  serving: z.string().nullable(), since: Instant.nullable(),
  servedToday: z.number().int(), meanServedMs: z.number().int(),
})
export type WallCounter = z.infer<typeof WallCounter>

/** The ward at this moment. Counts only; the lists name dossiers by code, never people. */
export const Wall = z.object({
  at: Instant,
  queue: z.object({
    standing: QueueState.shape.standing, waiting: z.number().int(), serving: z.number().int(), done: z.number().int(), missed: z.number().int(),
    meanWaitMs: z.number().int(), longestWaitMs: z.number().int(),
  }).nullable(),
  counters: z.array(WallCounter),
  dossiers: z.object({
    received: z.number().int(), finished: z.number().int(), dueToday: z.number().int(), overdue: z.number().int(), soon: z.number().int(), inWork: z.number().int(), waitingForCitizen: z.number().int(),
  }),
  late: z.array(WallDossier).max(8),
  soon: z.array(WallDossier).max(8),
  sync: z.object({ line: LineState, since: Instant.nullable(), waiting: z.number().int(), attention: z.number().int(), oldestWaitingAt: Instant.nullable(), lastReceivedAt: Instant.nullable(), simulated: z.boolean() }),
  satisfaction: z.object({ count: z.number().int(), refused: z.number().int(), mean: z.number().nullable(), share: z.number().nullable() }),
  /** Received, ended and numbers given in each hour of today, where anything was. */
  hours: z.array(z.object({ hour: z.number().int().min(0).max(23), received: z.number().int(), finished: z.number().int(), given: z.number().int() })),
  alerts: z.array(WallAlert),
})
export type Wall = z.infer<typeof Wall>

/** A part of a whole; `share` null when the whole is nothing. */
export const Share = z.object({ part: z.number().int(), whole: z.number().int(), share: z.number().min(0).max(1).nullable() })
export type Share = z.infer<typeof Share>

/** Service quality of a period by the rules of Quyết định 766 (`domain.md` §8.3), from what this machine knows. */
export const Quality = z.object({
  from: z.iso.date(), to: z.iso.date(),
  onTime: Share, synchronised: Share, digitised: Share, reused: Share, cardRead: Share,
  /** Without an appointment that could be judged. */
  notJudged: z.number().int(),
  feedback: z.object({ onTime: Share, open: z.number().int(), overdue: z.number().int() }),
  satisfaction: z.object({ count: z.number().int(), refused: z.number().int(), mean: z.number().nullable(), satisfied: Share }),
})
export type Quality = z.infer<typeof Quality>
