import type { Signature, ShowingId } from '@contract/display'
import { AppError, ERRORS } from '@contract/errors'
import type { CertificateSheet, IssuanceId, SigningFileId } from '@contract/signing'
import type { Keeper } from './happen'
import type { Hands } from './hands'
import { certificateOffer, handoverFacts } from './offers'
import { certificateOf, handoverData, instantNow } from './papers'
import type { Actor, IssueDeps } from './ports'
import { addEvent, insertAnswer, type Issuance, updateIssuance } from './records'

/** The last step: the record is made, taken over on the display or signed on paper. */
export function createHandover(deps: IssueDeps & Readonly<{ keeper: Keeper; hands: Hands }>) {
  const { store, keeper, hands, newId, audit, clock } = deps

  const sheetNow = (issuance: Issuance): CertificateSheet => {
    const sheet = certificateOf(issuance, clock.now())
    if (!sheet) throw new AppError(ERRORS.signing.issuanceStep, { step: 'certificate' })
    return sheet
  }

  /** The record, made once: what is printed again is the same paper. */
  const record = async (actor: Actor, id: IssuanceId): Promise<SigningFileId> => {
    const issuance = keeper.get(id)
    if (issuance.handover !== null) return issuance.handover
    const { pdf } = await deps.paperwork.signingPaper('handover', handoverData(issuance, sheetNow(issuance), deps.frame(actor.name)))
    const files = await deps.files()
    const { subject, dossierId, draftId } = issuance
    const stored = await files.store({ kind: 'handover', title: `Biên bản bàn giao – ${subject.fullName}`, bytes: pdf, issuance: id, dossierId, draftId, level: null, replaces: null })
    const kept = store.write((tx) => {
      const { handover } = keeper.get(id)
      if (handover !== null) return handover
      files.insert(tx, stored)
      updateIssuance(tx, id, { handover: stored.id })
      audit.append(tx, { actor: actor.id, action: 'issuance.handover-made', subject: { type: 'issuance', id }, detail: { sha256: stored.sha256 } })
      return stored.id
    })
    deps.changed()
    return kept
  }

  const onDisplay = async (actor: Actor, issuance: Issuance): Promise<void> => {
    const { id, provider, subject, draftId } = issuance
    const facts = handoverFacts(issuance, sheetNow(issuance))
    const at = instantNow(deps)
    const decide = (right: boolean, signature: Signature | null, showing: ShowingId): void => {
      store.write((tx) => {
        insertAnswer(tx, { id: newId(), issuance: id, purpose: 'handover', showing, confirmed: right, facts, signature, at: instantNow(deps), officerId: actor.id })
        if (right) keeper.happenIn(tx, actor, id, { kind: 'did', step: 'handover' }, { how: 'display', change: { handover_how: 'display' } })
        else addEvent(tx, id, { kind: 'sent-back', step: null, how: 'display', code: null, at, by: actor.name })
      })
      deps.changed()
    }
    const asked = { address: deps.addressOf(subject), draftId, pushed: (since: typeof at) => hands.pushed(id, { kind: 'certificate', since }) }
    ;(await deps.display()).show(certificateOffer({ purpose: 'handover', demo: provider.demo, sign: true, facts }, asked, decide))
    deps.changed()
  }

  return {
    record,
    act: async (actor: Actor, issuance: Issuance, how: 'display' | 'paper'): Promise<void> => {
      await record(actor, issuance.id)
      if (how === 'display') return onDisplay(actor, issuance)
      keeper.happen(actor, issuance.id, { kind: 'did', step: 'handover' }, { how: 'paper', change: { handover_how: 'paper' } })
    },
  }
}
