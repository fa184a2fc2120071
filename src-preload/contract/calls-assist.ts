import { z } from 'zod'
import { AssistedDraft, AssistNote } from './assist'
import { call } from './call'
import { DraftView } from './draft'
import { DraftId } from './ids'

const ok = z.object({ ok: z.literal(true) })
const draft = z.object({ draftId: DraftId })

/** The officer's side of drafts that helpers filled in. */
export const assistedCalls = {
  waiting: call.meta({ access: 'receive', about: 'Drafts that helpers have handed over, the oldest first' }).output(z.array(AssistedDraft)),
  accept: call.meta({ access: 'receive', about: 'Takes such a draft over: it is one\'s own from then on (TCN-001 taken back, TCN-003 accepted by another)' })
    .input(draft).output(DraftView),
  sendBack: call.meta({ access: 'receive', about: 'Gives it back to its helper with a word why' })
    .input(draft.extend({ note: AssistNote.min(1) })).output(ok),
  of: call.meta({ access: 'receive', about: 'Who filled a draft in; null for an officer\'s own' }).input(draft).output(AssistedDraft.nullable()),
}
