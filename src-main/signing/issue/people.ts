import type { Signature, ShowingId } from '@contract/display'
import { AppError, ERRORS } from '@contract/errors'
import { withMarks } from '@contract/fold'
import { AccountId, Instant } from '@contract/ids'
import type { IssuanceAct, IssuanceId } from '@contract/signing'
import { type Display, digestOfSheet, insertConsent } from '../../hall'
import type { WriteTx } from '../../storage'
import type { Keeper } from './happen'
import type { Hands } from './hands'
import { CONSENT_SHEET, certificateOffer, consentOffer, contentFacts, withTerms } from './offers'
import type { Actor, IssueDeps } from './ports'
import { addEvent, insertAnswer, type Issuance, standOf, updateIssuance } from './records'
import { stepOf } from './rules'

type Act<Step extends IssuanceAct['step']> = Extract<IssuanceAct, { step: Step }>
export type PeopleDeps = IssueDeps & Readonly<{ keeper: Keeper; hands: Hands }>

/** Digits of a one-time code, and how often it may be wrong. */
const CODE = { digits: 6, tries: 3 }
/** A check that was kept longer ago than this was of another visit. */
const CHECK_LASTS_MS = 12 * 60 * 60_000

/** The steps at which people agree, show who they are and confirm. Each answers when it has begun; the citizen's answer comes from the display. */
export function createPeople(deps: PeopleDeps) {
  const { store, clock, keeper, hands, newId, audit } = deps
  const now = (): Instant => Instant.parse(clock.now().toISOString())
  const subjectOf = (id: IssuanceId) => ({ type: 'issuance', id })
  /** @throws AppError KS-051 when another step is in hand */
  const at = (id: IssuanceId, step: IssuanceAct['step']): Issuance => {
    hands.free(id)
    const found = keeper.get(id)
    const inHand = stepOf(standOf(found))
    if (inHand === null) throw new AppError(ERRORS.signing.issuanceStopped)
    if (inHand !== step) throw new AppError(ERRORS.signing.issuanceStep, { step: inHand })
    return found
  }
  const asked = ({ id, subject, draftId }: Issuance, kind: 'consent' | 'certificate') =>
    ({ address: deps.addressOf(subject), draftId, pushed: (since: Instant) => hands.pushed(id, { kind, since }) })
  /** Somebody said no: the step stays in hand, the refusal is kept. */
  const noted = (actor: Actor, id: IssuanceId, kind: 'declined' | 'sent-back') => (tx: WriteTx): void => {
    addEvent(tx, id, { kind, step: null, how: 'display', code: null, at: now(), by: actor.name })
    audit.append(tx, { actor: actor.id, action: `issuance.${kind}`, subject: subjectOf(id) })
  }

  const consentOnDisplay = async (actor: Actor, issuance: Issuance): Promise<void> => {
    const plain = deps.sheet(CONSENT_SHEET)
    if (!plain) throw new AppError(ERRORS.hall.notReadyToShow)
    const sheet = withTerms(plain, issuance.provider)
    const { id } = issuance
    const decide = (agreed: boolean, signature: Signature | null, showing: ShowingId): void => {
      store.write((tx) => {
        const consentId = newId()
        insertConsent(tx, { id: consentId, sheet: sheet.code, version: sheet.version, digest: digestOfSheet(sheet), showing, agreed, signature, draftId: issuance.draftId, at: now(), officerId: AccountId.parse(actor.id) })
        audit.append(tx, { actor: actor.id, action: agreed ? 'consent.given' : 'consent.declined', subject: subjectOf(id), detail: { sheet: sheet.code, version: sheet.version } })
        if (!agreed) return noted(actor, id, 'declined')(tx)
        keeper.happenIn(tx, actor, id, { kind: 'did', step: 'consent' }, { how: 'display', change: { consent_how: 'display', consent_at: now(), consent_id: consentId } })
      })
      deps.changed()
    }
    ;(await deps.display()).show(consentOffer(sheet, asked(issuance, 'consent'), decide))
    deps.changed()
  }

  /** The chip's check that was kept with the draft of this visit: the same person, an unchanged original. */
  const chipCheck = ({ draftId, subject }: Issuance, wanted: string | null): string => {
    const check = draftId === null ? undefined : store.read.get(
      `SELECT c.id, json_extract(d.content, '$.applicant.fullName') AS name FROM identity_check c JOIN draft d ON d.id = c.draft_id
        WHERE c.draft_id = :draft AND c.who = 'applicant' AND c.outcome = 'same-person' AND c.contents = 'unchanged' AND c.signature = 'valid' AND c.chain = 'trusted' AND c.copy = 'original'
          AND c.at >= :since AND (:wanted IS NULL OR c.id = :wanted) AND replace(json_extract(d.content, '$.applicant.idNumber'), ' ', '') = :number
          AND c.simulated = (CASE WHEN :simulated = 1 THEN c.simulated ELSE 0 END)
        ORDER BY c.at DESC, c.id DESC LIMIT 1`,
      { draft: draftId, since: new Date(clock.now().getTime() - CHECK_LASTS_MS).toISOString(), wanted, number: subject.idNumber, simulated: deps.simulated ? 1 : 0 },
      (row) => ({ id: row.text('id'), name: row.textOrNull('name') }))
    // The number alone is not the person: a certificate in a name that the chip did not prove needs a second pair of eyes.
    if (check === undefined || withMarks(check.name ?? '').trim() !== withMarks(subject.fullName).trim()) throw new AppError(ERRORS.signing.needsSecondOfficer)
    return check.id
  }

  const codeOf = (issuance: Issuance) => {
    const { connector } = deps.line(issuance.provider.id)
    if (!connector?.phone) throw new AppError(ERRORS.signing.issuanceStep, { step: 'phone' })
    return connector.phone
  }
  /** The citizen types the code; it goes to the CA and is kept nowhere. */
  const askCode = async (actor: Actor, issuance: Issuance, phone: string): Promise<void> => {
    const { id, subject, draftId } = issuance
    const codes = codeOf(issuance)
    const display: Display = await deps.display()
    let right = false
    const ended = display.askPin({
      purpose: 'code', digits: CODE.digits, birthDate: null, tries: CODE.tries, address: deps.addressOf(subject), draftId,
      consume: async (code) => {
        try {
          right = await codes.check(id, code)
        } catch (error) {
          keeper.trouble(actor, id, error instanceof AppError ? error.code : ERRORS.signing.caSilent)
          throw error
        }
        if (!right) return 'wrong'
        keeper.happen(actor, id, { kind: 'did', step: 'phone' }, { how: 'code', change: { phone, phone_how: 'code' } })
        return 'ok'
      },
    })
    hands.typing(id, true)
    void ended.then((outcome) => {
      if (outcome === 'refused') keeper.trouble(actor, id, ERRORS.signing.phoneCodeWrong)
    }).catch(() => undefined).finally(() => hands.typing(id, false))
  }

  return {
    consent: async (actor: Actor, id: IssuanceId, { how }: Act<'consent'>): Promise<void> => {
      const issuance = at(id, 'consent')
      if (how === 'display') return consentOnDisplay(actor, issuance)
      keeper.happen(actor, id, { kind: 'did', step: 'consent' }, { how, change: { consent_how: how, consent_at: now() } })
    },
    identity: async (actor: Actor, id: IssuanceId, { how, check, second }: Act<'identity'>): Promise<void> => {
      const issuance = at(id, 'identity')
      if (how === 'chip') {
        const found = chipCheck(issuance, check)
        keeper.happen(actor, id, { kind: 'did', step: 'identity' }, { how, change: { identity_how: how, identity_check: found, identity_officer: actor.id } })
        return
      }
      if (!second) throw new AppError(ERRORS.signing.needsSecondOfficer)
      const other = await deps.vouch(actor, second)
      if (other.id === actor.id) throw new AppError(ERRORS.signing.issuanceOtherOfficer)
      keeper.happen(actor, id, { kind: 'did', step: 'identity' }, { how: 'card', change: { identity_how: 'card', identity_officer: actor.id, second_officer: other.id } })
    },
    person: (actor: Actor, id: IssuanceId, { how }: Act<'person'>): void => {
      at(id, 'person')
      keeper.happen(actor, id, { kind: 'did', step: 'person' }, { how, change: { person_how: how } })
    },
    phone: async (actor: Actor, id: IssuanceId, { how, phone }: Act<'phone'>): Promise<void> => {
      const issuance = at(id, 'phone')
      if (how === 'rang') {
        keeper.happen(actor, id, { kind: 'did', step: 'phone' }, { how: 'rang', change: { phone, phone_how: 'rang' } })
      } else if (how === 'send') {
        await hands.work(id, 'ca', () => codeOf(issuance).send(id, phone))
        store.write((tx) => {
          updateIssuance(tx, id, { phone, trouble: null, trouble_text: null })
          addEvent(tx, id, { kind: 'code-sent', step: null, how: null, code: null, at: now(), by: actor.name })
          audit.append(tx, { actor: actor.id, action: 'issuance.code-sent', subject: subjectOf(id) })
        })
        deps.changed()
      } else {
        // What the code confirms is the number that it was sent to.
        if (issuance.phone !== phone) throw new AppError(ERRORS.signing.phoneCodeWrong)
        await askCode(actor, issuance, phone)
      }
    },
    content: async (actor: Actor, id: IssuanceId, { how }: Act<'content'>): Promise<void> => {
      const issuance = at(id, 'content')
      if (how === 'paper') {
        keeper.happen(actor, id, { kind: 'did', step: 'content' }, { how, change: { content_how: how } })
        return
      }
      const facts = contentFacts(issuance)
      const decide = (right: boolean, signature: Signature | null, showing: ShowingId): void => {
        store.write((tx) => {
          insertAnswer(tx, { id: newId(), issuance: id, purpose: 'content', showing, confirmed: right, facts, signature, at: now(), officerId: actor.id })
          if (right) keeper.happenIn(tx, actor, id, { kind: 'did', step: 'content' }, { how: 'display', change: { content_how: 'display' } })
          else noted(actor, id, 'sent-back')(tx)
        })
        deps.changed()
      }
      ;(await deps.display()).show(certificateOffer({ purpose: 'content', demo: issuance.provider.demo, sign: false, facts }, asked(issuance, 'certificate'), decide))
      deps.changed()
    },
  }
}
