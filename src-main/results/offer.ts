import { toCivil } from '@contract/civil-time'
import type { ShownFact, Signer } from '@contract/display'
import { AppError, ERRORS } from '@contract/errors'
import { maskIdNumber } from '@contract/format'
import { type DossierId, Instant } from '@contract/ids'
import { addressOf, type Offer } from '../hall'
import { type Actor, type DossierBody, readDossier } from '../intake'
import type { ResultsDeps } from './ports'
import { personOf } from './rules'

type Body = Pick<DossierBody, 'applicant' | 'owner' | 'procedureName' | 'resultName'>

const same = (key: ShownFact['key'], text: string): ShownFact => ({ key, value: { vi: text, en: text }, detail: null })

/** What is handed over, of which dossier, to whom; numbers masked. Of somebody who is only authorised no number is shown: the display does not know it. */
export function handOverFacts(code: string, body: Body, by: Signer): ShownFact[] | null {
  const person = by.how === 'owner' ? personOf(body, by.role) : undefined
  if (by.how === 'owner' && !person) return null
  const name = person?.fullName ?? (by.how === 'authorised' ? by.name : '')
  return [
    same('collector', name),
    ...(person?.idNumber === undefined ? [] : [same('idNumber', maskIdNumber(person.idNumber))]),
    ...(by.how === 'owner' && by.role === 'owner' ? [] : [same('owner', (body.owner ?? body.applicant).fullName)].filter(({ value }) => value.vi !== name)),
    same('result', body.resultName),
    same('errand', body.procedureName),
    same('code', code),
  ]
}

type Wish = Readonly<{ dossierId: DossierId; by: Signer }>

/**
 * The page on which a result is signed for. What is drawn waits in memory for the hand-over of this dossier to this person by this officer.
 * @throws AppError HS-004, KQ-006 the dossier has no such person, and whatever is in the way of the hand-over
 */
export function createOffer({ store, clock, signatures }: Pick<ResultsDeps, 'store' | 'clock' | 'signatures'>, mustBeFree: (id: DossierId) => void) {
  return (actor: Actor, { dossierId, by }: Wish): Offer => {
    const { body, code } = readDossier(store.read, dossierId)
    mustBeFree(dossierId)
    const facts = handOverFacts(code, body, by)
    if (!facts) throw new AppError(ERRORS.results.notThatPerson)
    const person = by.how === 'owner' ? personOf(body, by.role) : undefined
    const address = person ? addressOf(person.sex ?? null, person.birthDate ?? null, toCivil(clock.now()).date) : 'quý vị'
    signatures.drop(dossierId)
    return {
      draftId: null,
      page: (id) => ({ kind: 'handover', id, address, facts, sign: true }),
      officer: (since) => ({ kind: 'handover', dossierId, since }),
      take: (answer, showing) => {
        if (answer.kind === 'wrong') return { words: 'handover-wrong', outcome: 'wrong', signed: false }
        if (answer.kind !== 'right') return null
        const { signature } = answer
        if (signature) signatures.put({ dossierId, by, askedBy: actor.id, signature, showing, at: Instant.parse(clock.now().toISOString()) })
        return { words: 'handover-right', outcome: 'right', signed: signature !== null }
      },
    }
  }
}
