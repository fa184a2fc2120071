import { AppError, ERRORS } from '@contract/errors'
import { fold } from '@contract/fold'
import { type DossierId, type DraftId, Instant } from '@contract/ids'
import { IssuanceId, type IssuanceAct, type IssuanceRow, type IssuanceStep, type IssuanceSubject, type IssuanceView, type ProviderCard, type SigningFileId } from '@contract/signing'
import type { Display } from '../../hall'
import { isUniqueViolation } from '../../storage'
import { createCaSteps } from './ca-steps'
import { createGoOn, type GoOn } from './go-on'
import { createHandover } from './handover'
import { createHands } from './hands'
import { createKeeper } from './happen'
import { createPeople } from './people'
import type { Actor, IssueDeps } from './ports'
import { findProvider, listProviders } from './providers'
import { insertIssuance, type Issuance, standOf } from './records'
import { createRemoteSteps } from './remote-steps'
import { isFinished, stepOf } from './rules'
import { createTokenSteps } from './token-steps'
import { createTrial } from './trial'
import { type IssuanceQuery, listIssuances, viewOf } from './view'
import { insertWord } from './words'

export type StartWish = Readonly<{ draftId: DraftId | null; dossierId: DossierId | null; subject: IssuanceSubject; provider: string; renewalOf: string | null }>

/** Issuing citizens' signatures: one issuance is one certificate of one person, over as many visits and restarts as it takes. */
export type Issuing = Readonly<{
  providers(): Promise<ProviderCard[]>
  list(query: IssuanceQuery): Readonly<{ items: readonly IssuanceRow[]; next: string | null }>
  /** @throws AppError KS-050 */
  get(id: IssuanceId): IssuanceView
  row(id: IssuanceId): Issuance
  /** @throws AppError KS-054 an open one of this person; KS-039 no CA is set up, KS-037 not this one */
  start(actor: Actor, wish: StartWish): IssuanceView
  provider(actor: Actor, id: IssuanceId, provider: string): IssuanceView
  /** Does, or begins, the step in hand. What the citizen types or says comes later. @throws AppError KS-051, KS-052, what the step throws */
  act(actor: Actor, id: IssuanceId, act: IssuanceAct): Promise<IssuanceView>
  again(actor: Actor, id: IssuanceId): IssuanceView
  stop(actor: Actor, id: IssuanceId, why: string): IssuanceView
  /** The hand-over record as it is kept; made when it is not there yet. @throws AppError KS-051 before there is a certificate */
  record(actor: Actor, id: IssuanceId): Promise<SigningFileId>
  goOn: GoOn
  /** A page that was pushed is gone: whose turn it is may be another. */
  displayChanged(): void
  /** Returns when no token and no CA is at work any more. */
  settled(): Promise<void>
}>

export function createIssuing(deps: IssueDeps): Issuing {
  const { store, audit, clock, changed } = deps
  let opened: Display | null = null
  const parts = {
    ...deps,
    display: async () => {
      opened = await deps.display()
      return opened
    },
  }
  const hands = createHands(changed)
  const keeper = createKeeper(deps)
  const ca = createCaSteps({ ...parts, keeper })
  const people = createPeople({ ...parts, keeper, hands })
  const token = createTokenSteps({ ...parts, keeper, hands, ca })
  const trial = createTrial({ ...parts, keeper, token })
  const remote = createRemoteSteps({ ...parts, keeper, keepTrial: trial.keep })
  const handover = createHandover({ ...parts, keeper, hands })
  const goOn = createGoOn({ ...parts, keeper, hands, ca, remote })

  const nowOf = ({ id }: Pick<Issuance, 'id'>) => hands.now(id, opened?.state() ?? null)
  /** What was asked of the citizen before is asked no more: another act has begun. */
  const leaveDisplay = (id: IssuanceId): void => {
    if (nowOf({ id }).onDisplay) opened?.clear()
  }
  const get = (id: IssuanceId): IssuanceView => {
    const issuance = keeper.get(id)
    return viewOf(store.read, issuance, nowOf(issuance), clock.now())
  }
  /** @throws AppError KS-051, KS-052 */
  const inHand = (id: IssuanceId, ...steps: readonly IssuanceStep[]): Issuance => {
    hands.free(id)
    const issuance = keeper.get(id)
    const step = stepOf(standOf(issuance))
    if (step === null) throw new AppError(ERRORS.signing.issuanceStopped)
    if (!steps.includes(step)) throw new AppError(ERRORS.signing.issuanceStep, { step })
    return issuance
  }
  const askRemote = async (actor: Actor, id: IssuanceId): Promise<void> => void (await hands.work(id, 'ca', () => remote.ask(actor, id)))

  /** The token, and what is typed for it. Another token than before: the pair that was begun on it is let go, as long as no request names it. */
  const pin = async (actor: Actor, id: IssuanceId, wanted: string | null): Promise<void> => {
    const issuance = inHand(id, 'pin', 'key')
    if (issuance.kind === 'remote') return askRemote(actor, id)
    const other = wanted !== null && issuance.tokenId !== null && wanted !== issuance.tokenId
    if (stepOf(standOf(issuance)) === 'key' && !other) return token.begin(actor, issuance, null, null)
    const before = other && standOf(issuance).key === 'begun' ? keeper.happen(actor, id, { kind: 'key-lost' }) : issuance
    return token.begin(actor, before, wanted, null)
  }

  const doAct = async (actor: Actor, id: IssuanceId, act: IssuanceAct): Promise<void> => {
    switch (act.step) {
      case 'consent': return people.consent(actor, id, act)
      case 'identity': return people.identity(actor, id, act)
      case 'person': return people.person(actor, id, act)
      case 'phone': return people.phone(actor, id, act)
      case 'content': return people.content(actor, id, act)
      case 'pin': return pin(actor, id, act.token)
      case 'key': {
        const issuance = inHand(id, 'pin', 'key')
        return issuance.kind === 'remote' ? askRemote(actor, id) : token.begin(actor, issuance, null, issuance.keyId === null ? act.key : null)
      }
      case 'certificate': {
        const issuance = inHand(id, 'certificate')
        if (issuance.kind === 'remote') return askRemote(actor, id)
        if (issuance.certificate !== null) return token.storeHeld(actor, issuance)
        return void (await hands.work(id, 'ca', () => ca.ask(actor, id)))
      }
      case 'trial': {
        const issuance = inHand(id, 'trial')
        return issuance.kind === 'remote' ? askRemote(actor, id) : trial.onToken(actor, issuance)
      }
      case 'handover': return handover.act(actor, inHand(id, 'handover'), act.how)
    }
  }

  const offered = (id: string) => {
    const found = findProvider(store.read, id)
    const card = found?.offered === true ? listProviders(store.read).find((one) => one.id === id) : undefined
    if (card) return card
    if (listProviders(store.read).length === 0) throw new AppError(ERRORS.signing.caNotSetUp)
    throw new AppError(ERRORS.signing.caUnknown)
  }

  return {
    goOn, get, row: keeper.get,
    providers: () => Promise.all(listProviders(store.read).map(async (card): Promise<ProviderCard> => {
      try {
        const { connector, remote: far } = deps.line(card.id)
        const alive = await (connector ?? far)?.alive()
        return { ...card, line: alive === undefined ? 'unknown' : alive ? 'up' : 'down', phoneCodes: connector?.phone !== null && connector?.phone !== undefined }
      } catch {
        return { ...card, line: 'unknown', phoneCodes: false }
      }
    })),
    list: (query) => listIssuances(store.read, query, nowOf),
    start: (actor, { draftId, dossierId, subject, provider, renewalOf }) => {
      const card = offered(provider)
      const id = IssuanceId.parse(deps.newId())
      const clean = { ...subject, fullName: subject.fullName.normalize('NFC').trim() }
      try {
        store.write((tx) => {
          insertIssuance(tx, {
            id, subject: clean, nameFolded: fold(clean.fullName), provider: card, dossierId, draftId, renewalOf, officerId: actor.id, officerName: actor.name,
            simulated: deps.simulated, at: Instant.parse(clock.now().toISOString()),
          })
          audit.append(tx, { actor: actor.id, action: 'issuance.started', subject: { type: 'issuance', id }, detail: { provider, kind: card.kind, renewal: renewalOf !== null } })
        })
      } catch (error) {
        if (isUniqueViolation(error, 'issuance.id_number')) throw new AppError(ERRORS.signing.issuanceOpenAlready, {}, { cause: error })
        throw error
      }
      changed()
      return get(id)
    },
    provider: (actor, id, provider) => {
      hands.free(id)
      leaveDisplay(id)
      const card = offered(provider)
      keeper.happen(actor, id, { kind: 'other-provider' }, { how: provider, change: { provider_id: provider, provider: JSON.stringify(card) } })
      return get(id)
    },
    act: async (actor, id, act) => {
      hands.free(id)
      leaveDisplay(id)
      await doAct(actor, id, act)
      return get(id)
    },
    again: (actor, id) => {
      hands.free(id)
      leaveDisplay(id)
      keeper.happen(actor, id, { kind: 'again' })
      return get(id)
    },
    stop: (actor, id, why) => {
      hands.free(id)
      leaveDisplay(id)
      const before = keeper.get(id)
      if (isFinished(before)) throw new AppError(ERRORS.signing.issuanceStopped)
      store.write((tx) => {
        // What is on the token was taken: only the CA can revoke it, and the citizen is told where.
        keeper.happenIn(tx, actor, id, { kind: 'stop' }, { how: before.storedAt === null ? 'stopped' : 'revoke', text: why })
        if (before.kind === 'token' && before.sentAt !== null && before.storedAt === null) {
          insertWord(tx, { id, accepted: false, why: 'stopped', certificate: before.certificate, caState: before.caState, at: Instant.parse(clock.now().toISOString()) })
        }
      })
      changed()
      return get(id)
    },
    record: (actor, id) => handover.record(actor, id),
    displayChanged: () => {
      if (hands.shownFor().length > 0) changed()
    },
    settled: hands.settled,
  }
}
