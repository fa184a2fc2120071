import { z } from 'zod'
import { call } from './call'
import { ResultRole } from './display'
import { DossierView, SearchHit } from './dossier'
import { DossierId } from './ids'
import { Collector, ResultDesk, WaitingResult } from './results'

export const resultCalls = {
  waiting: call.meta({ access: 'receive', about: 'Results that wait to be handed over, longest first' })
    .input(z.object({ delivery: z.enum(['all', 'counter', 'post']).default('all'), limit: z.number().int().min(1).max(500).default(200) })).output(z.array(WaitingResult)),
  find: call.meta({ access: 'receive', about: 'Dossiers by code (typed, barcode, QR), last digits, number or name; those with a result first' })
    .input(z.object({ query: z.string().max(3000) })).output(z.array(SearchHit)),
  desk: call.meta({ access: 'receive', about: 'One dossier at the hand-over: who may take it, what is in the way (HS-004)' }).input(z.object({ dossierId: DossierId })).output(ResultDesk),
  /** Compares a chip that was read, or a card's QR, with the people of the dossier. */
  isWho: call.meta({ access: 'receive', about: 'Which of the dossier\'s people a 12-digit number is; null for somebody else (HS-004)' })
    .input(z.object({ dossierId: DossierId, idNumber: z.string().max(40) })).output(z.object({ role: ResultRole, name: z.string() }).nullable()),
  handOver: call.meta({ access: 'receive', about: 'Hands a result over and closes the dossier (KQ-…, HS-002, THE-014)' })
    .input(z.object({ dossierId: DossierId, version: z.number().int(), collector: Collector, signed: z.enum(['pad', 'paper', 'post']), note: z.string().trim().max(1000) }))
    .output(DossierView),
}
