import { z } from 'zod'
import { call } from './call'
import { DossierView } from './dossier'
import { Act, Acts, DueSoon, Grounds, IssuedForm, IssuedFormId, Second, TurnAwayAct } from './handling'
import { DossierId, DraftId } from './ids'
import { Paper } from './receipt'

const bytes = z.instanceof(Blob)
const paper = Paper.default('A5')

/** Acts on a received dossier, each with its form, number, audit entry, state and submission in one transaction. */
export const handlingCalls = {
  acts: call.meta({ access: 'receive', about: 'What may be done with a dossier, and which forms it has' }).input(z.object({ dossierId: DossierId })).output(Acts),
  grounds: call.meta({ access: 'signed-in', about: 'Legal grounds of refusal and stop' }).output(Grounds),
  preview: call.meta({ access: 'receive', about: 'The form that an act would issue, as PDF; nothing is kept' })
    .input(z.object({ dossierId: DossierId, act: Act, paper })).output(bytes),
  act: call.meta({ access: 'receive', about: 'Does it (GQ-…, HS-002 changed elsewhere, HS-005 not from here)' })
    .input(z.object({ dossierId: DossierId, version: z.number().int(), act: Act, second: Second.nullable() }))
    .output(z.object({ dossier: DossierView, form: IssuedForm.nullable() })),
  turnAway: call.meta({ access: 'receive', about: 'A draft whose papers are not taken in: dossier and form 02 or 03 in one step' })
    .input(z.object({ draftId: DraftId, revision: z.number().int(), act: TurnAwayAct })).output(z.object({ dossier: DossierView, form: IssuedForm })),
  previewTurnAway: call.meta({ access: 'receive', about: 'The form that turning a draft away would issue' }).input(z.object({ draftId: DraftId, act: TurnAwayAct, paper })).output(bytes),
  form: call.meta({ access: 'receive', about: 'An issued form as PDF' }).input(z.object({ formId: IssuedFormId, paper })).output(bytes),
  print: call.meta({ access: 'receive', about: 'Prints an issued form on the printer of receipts; again is a logged reprint' })
    .input(z.object({ formId: IssuedFormId, paper })).output(z.object({ outcome: z.enum(['printed', 'waiting', 'cancelled']), prints: z.number().int() })),
  save: call.meta({ access: 'receive', about: 'Asks where to save an issued form and writes the file' })
    .input(z.object({ formId: IssuedFormId, paper })).output(z.object({ outcome: z.enum(['saved', 'cancelled']) })),
  dueSoon: call.meta({ access: 'receive', about: 'Dossiers that are late or due within the next working days, with whether an apology is still possible' })
    .input(z.object({ days: z.number().int().min(1).max(10).default(2) })).output(z.array(DueSoon)),
}
