import { z } from 'zod'
import { call } from './call'
import { EssentialService, GuideAdvice, GuideAnswer, GuideAnswers, Having, MAX_WORDS } from './guide'
import { DraftId } from './ids'
import { ProcedureCode } from './procedures'
import { Paper } from './receipt'

const draft = DraftId.nullable().default(null)
const answers = GuideAnswers.default({})
const Leaflet = z.object({ code: ProcedureCode, language: z.enum(['vi', 'en']).default('vi'), paper: Paper.default('A5') })

/** The guide: from a citizen's own words to the procedure, the office and what to bring. Nothing leaves the machine. */
export const guideCalls = {
  ask: call.meta({ access: 'signed-in', about: 'From a citizen\'s words to procedure, office and papers; `draftId`: for the person in hand (right to receive)' })
    .input(z.object({ words: z.string().max(MAX_WORDS), answers, draftId: draft })).output(GuideAnswer),
  advise: call.meta({ access: 'signed-in', about: 'May one procedure be done here after these answers, and what is still to be asked' })
    .input(z.object({ code: ProcedureCode, forks: answers, answers, draftId: draft })).output(GuideAdvice),
  have: call.meta({ access: 'receive', about: 'Papers of a procedure that the ward already has of the person in hand, by the code of the paper; the look-up is audited' })
    .input(z.object({ code: ProcedureCode, draftId: DraftId })).output(z.record(z.string(), Having)),
  begin: call.meta({ access: 'receive', about: 'A draft with the procedure and the answers in it; `draftId`: the draft in hand takes them' })
    .input(z.object({ code: ProcedureCode, forks: answers, answers, draftId: draft })).output(z.object({ draftId: DraftId })),
  essential: call.meta({ access: 'signed-in', about: 'The 25 essential services of Đề án 06 and who deals with each' }).output(z.array(EssentialService)),
  leaflet: call.meta({ access: 'signed-in', about: 'A leaflet of one page about a procedure, as PDF' }).input(Leaflet).output(z.instanceof(Blob)),
  printLeaflet: call.meta({ access: 'signed-in', about: 'Prints the leaflet on the printer of the reports, else of the receipts' })
    .input(Leaflet).output(z.object({ outcome: z.enum(['printed', 'cancelled']) })),
}
