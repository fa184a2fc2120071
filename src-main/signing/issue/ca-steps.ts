import { AppError, type ErrorCode, ERRORS } from '@contract/errors'
import { Instant } from '@contract/ids'
import type { IssuanceId } from '@contract/signing'
import type { WriteTx } from '../../storage'
import type { CaAnswer } from '../ports'
import type { Keeper } from './happen'
import type { Actor, CaLine, IssueDeps } from './ports'
import { chainText, type Issuance, standOf } from './records'
import { stepOf } from './rules'
import { insertWord } from './words'

/** How a question to the CA ended; `none` when there was nothing to ask. */
export type Asked = 'held' | 'waiting' | 'queued' | 'refused' | 'none'
export type CaSteps = Readonly<{
  /** Sends the request, or asks how it stands. The same question is never under way twice. */
  ask(actor: Actor, id: IssuanceId): Promise<Asked>
  /** What was put on the token is taken, in the caller's transaction. */
  taken(tx: WriteTx, issuance: Issuance): void
}>

const MINUTE = 60_000
/** How long to wait after so many tries in vain; the line coming back shortens it. */
export const pauseAfter = (tries: number): number => Math.min(15, 1 + tries * 2) * MINUTE

export const codeOf = (error: unknown, otherwise: ErrorCode): ErrorCode => (error instanceof AppError ? error.code : otherwise)
const texted = (error: unknown): string | null => (error instanceof AppError && typeof error.params['text'] === 'string' ? error.params['text'] : null)

/** What goes between the counter and the CA about one request. */
export function createCaSteps({ store, clock, log, keeper, line }: IssueDeps & Readonly<{ keeper: Keeper }>): CaSteps {
  const underWay = new Map<IssuanceId, Promise<Asked>>()
  const now = (): Instant => Instant.parse(clock.now().toISOString())

  const later = (actor: Actor, { id, tries }: Issuance, code: ErrorCode, text: string | null): Asked => {
    keeper.happen(actor, id, { kind: 'line-down' }, { code, text, change: { tries: tries + 1 }, againInMs: pauseAfter(tries) })
    return 'queued'
  }

  const judged = (actor: Actor, issuance: Issuance, { check }: CaLine, answer: Extract<CaAnswer, { kind: 'issued' }>): Asked => {
    const { id, csr, subject } = issuance
    try {
      const { certificate, chain, notAfter } = check({ certificate: answer.certificate, chain: answer.chain, csr, person: subject, now: clock.now() })
      keeper.happen(actor, id, { kind: 'certificate-good' }, {
        change: { certificate, chain: chainText(chain), not_after: notAfter.toISOString(), ca_state: answer.state, tries: 0 },
      })
      return 'held'
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const { code } = error
      store.write((tx) => {
        keeper.happenIn(tx, actor, id, { kind: 'certificate-bad' }, { code, change: { ca_state: answer.state } })
        insertWord(tx, { id, accepted: false, why: code, certificate: answer.certificate, caState: answer.state, at: now() })
      })
      return 'refused'
    }
  }

  const exchange = async (actor: Actor, id: IssuanceId): Promise<Asked> => {
    const before = keeper.get(id)
    const { csr } = before
    if (stepOf(standOf(before)) !== 'certificate' || before.certificate !== null || csr === null) return 'none'
    // Written down before anything leaves: from here on the CA may know of it.
    const issuance = before.sentAt === null ? keeper.happen(actor, id, { kind: 'sent' }, { change: { sent_at: now() } }) : before
    let answer: CaAnswer
    let way: CaLine
    try {
      way = line(issuance.provider.id)
      if (!way.connector) throw new AppError(ERRORS.signing.caNotSetUp)
      answer = await (issuance.caState === null ? way.connector.request({ id, csr }) : way.connector.poll(issuance.caState))
    } catch (error) {
      if (!(error instanceof AppError)) log('issuance.ca-unexpected', { id, kind: error instanceof Error ? error.name : typeof error })
      return stillThere(id) ? later(actor, issuance, codeOf(error, ERRORS.signing.caSilent), texted(error)) : 'none'
    }
    // Stopped meanwhile: the word that was left for the CA sees to it.
    if (!stillThere(id)) return 'none'
    if (answer.kind === 'issued') return judged(actor, issuance, way, answer)
    if (answer.kind === 'waiting') {
      keeper.happen(actor, id, { kind: 'waiting' }, { change: { ca_state: answer.state, tries: 0 }, againInMs: answer.afterSeconds * 1000 })
      return 'waiting'
    }
    keeper.happen(actor, id, { kind: 'refused' }, { code: ERRORS.signing.caRefused, text: answer.text, how: answer.failure ?? 'refused' })
    return 'refused'
  }
  const stillThere = (id: IssuanceId): boolean => stepOf(standOf(keeper.get(id))) === 'certificate'

  return {
    ask: (actor, id) => {
      const running = underWay.get(id)
      if (running) return running
      const asked = exchange(actor, id).finally(() => underWay.delete(id))
      underWay.set(id, asked)
      return asked
    },
    taken: (tx, { id, certificate, caState }) => insertWord(tx, { id, accepted: true, why: null, certificate, caState, at: now() }),
  }
}
