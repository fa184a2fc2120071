import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { call } from './call'

/** What changed in the core; the screen then asks again for what it shows. Carries no data of a citizen. */
export const LiveEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sync') }),
  z.object({ kind: z.literal('dossier'), id: z.string() }),
  z.object({ kind: z.literal('drafts') }),
  z.object({ kind: z.literal('session') }),
  z.object({ kind: z.literal('settings') }),
  z.object({ kind: z.literal('readers') }),
  z.object({ kind: z.literal('code-readers') }),
  z.object({ kind: z.literal('pages'), draftId: z.string() }),
  z.object({ kind: z.literal('queue') }),
  z.object({ kind: z.literal('display') }),
  z.object({ kind: z.literal('hall') }),
  z.object({ kind: z.literal('feedback') }),
  z.object({ kind: z.literal('assisted') }),
  /** Tokens, issuances, jobs, checks of signatures. */
  z.object({ kind: z.literal('signing') }),
  /** A print job stands otherwise than before. */
  z.object({ kind: z.literal('printing') }),
  /** A daily sheet asks to be printed, or no longer does. */
  z.object({ kind: z.literal('reports') }),
  z.object({ kind: z.literal('fees') }),
  z.object({ kind: z.literal('status-from-city'), id: z.string(), code: z.string(), state: z.number().int() }),
])
export type LiveEvent = z.infer<typeof LiveEvent>

export const liveCalls = {
  events: call.meta({ access: 'anyone', about: 'A stream of what changed' }).output(eventIterator(LiveEvent)),
}
