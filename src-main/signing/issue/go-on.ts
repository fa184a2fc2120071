import { AppError, ERRORS } from '@contract/errors'
import { Instant } from '@contract/ids'
import type { IssuanceId } from '@contract/signing'
import { asAppError } from '../../storage'
import { type CaSteps, pauseAfter } from './ca-steps'
import { type Keeper, SYSTEM } from './happen'
import type { Hands } from './hands'
import type { IssueDeps } from './ports'
import type { createRemoteSteps } from './remote-steps'
import { dueWords, learned, told, tryLater, type Word } from './words'

type GoOnDeps = IssueDeps & Readonly<{ keeper: Keeper; hands: Hands; ca: CaSteps; remote: ReturnType<typeof createRemoteSteps> }>

/** What goes on without anybody: questions to CAs that wait or were cut off, and words that were not told yet. */
export type GoOn = Readonly<{
  /** One round over everything that is due; the earliest moment of the next one, null when nothing waits. */
  round(): Promise<Date | null>
  /** The line is back: nothing waits for its time. */
  hurry(): void
}>

export function createGoOn(deps: GoOnDeps): GoOn {
  const { store, clock, log, keeper, hands, ca, remote, line } = deps
  const now = (): Instant => Instant.parse(clock.now().toISOString())

  /** Due by the clock, or cut off between two writes: an open row whose next step is nobody's but the CA's. */
  const due = (): Readonly<{ id: IssuanceId; kind: string }>[] => store.read.all(
    `SELECT id, kind FROM issuance WHERE (state IN ('queued', 'waiting') AND next_try_at <= :now)
       OR (state = 'open' AND certificate IS NULL AND ((kind = 'token' AND done = 7) OR (kind = 'remote' AND done BETWEEN 5 AND 7 AND sent_at IS NOT NULL))) ORDER BY started_at LIMIT 200`,
    { now: now() }, (row) => ({ id: row.text<IssuanceId>('id'), kind: row.text('kind') }))

  /** A certificate that nobody wants any more is asked for once, so that it can be turned down. */
  const certificateOf = async ({ id, certificate, caState }: Word): Promise<Pick<Word, 'certificate' | 'caState'> | 'none' | 'waiting'> => {
    if (certificate !== null) return { certificate, caState }
    const { provider, csr } = keeper.get(id)
    const { connector } = line(provider.id)
    if (!connector || csr === null) return 'none'
    const answer = await (caState === null ? connector.request({ id, csr }) : connector.poll(caState))
    if (answer.kind === 'refused') return 'none'
    if (answer.kind === 'waiting') {
      store.write((tx) => learned(tx, id, { certificate: null, caState: answer.state }))
      return 'waiting'
    }
    const known = { certificate: answer.certificate, caState: answer.state }
    store.write((tx) => learned(tx, id, known))
    return known
  }
  const tell = async (word: Word): Promise<void> => {
    const { id, accepted, why, tries } = word
    try {
      const known = await certificateOf(word)
      if (known === 'waiting') throw new AppError(ERRORS.signing.caSilent)
      if (known !== 'none' && known.certificate !== null) {
        const { connector } = line(keeper.get(id).provider.id)
        if (!connector) throw new AppError(ERRORS.signing.caNotSetUp)
        await connector.confirm(known.caState ?? '', known.certificate, accepted, why)
      }
      store.write((tx) => {
        told(tx, id, now())
        deps.audit.append(tx, { actor: SYSTEM.id, action: accepted ? 'issuance.certificate-taken' : 'issuance.certificate-turned-down', subject: { type: 'issuance', id } })
      })
      deps.changed()
    } catch (error) {
      log('issuance.word-waits', { id, code: error instanceof AppError ? error.code : 'LOI-000' })
      store.write((tx) => tryLater(tx, id, new Date(clock.now().getTime() + pauseAfter(tries)).toISOString()))
    }
  }

  const nextAt = (): Date | null => {
    const next = store.read.get(
      'SELECT min(next_try_at) AS next FROM (SELECT next_try_at FROM issuance WHERE next_try_at IS NOT NULL UNION ALL SELECT next_try_at FROM ca_word WHERE told_at IS NULL)', [], (row) => row.textOrNull('next'))
    return next ? new Date(next) : null
  }

  let running: Promise<Date | null> | null = null
  const oneRound = async (): Promise<Date | null> => {
    const failed: AppError[] = []
    for (const { id, kind } of due()) {
      if (hands.isBusy(id)) continue
      // One that cannot go on holds up no other, nor the words to the CAs.
      await (kind === 'remote' ? remote.ask(SYSTEM, id) : ca.ask(SYSTEM, id)).catch((error: unknown) => {
        const wrong = asAppError(error)
        failed.push(wrong)
        log('issuance.not-gone-on', { id, code: wrong.code })
      })
    }
    for (const word of dueWords(store.read, now())) await tell(word)
    // The next round is not at once: what failed is due still.
    const [first] = failed
    if (first) throw first
    return nextAt()
  }
  return {
    round: () => (running ??= oneRound().finally(() => { running = null })),
    hurry: () => {
      const at = now()
      store.write((tx) => {
        tx.run("UPDATE issuance SET next_try_at = ? WHERE state = 'queued' AND next_try_at > ?", [at, at])
        tx.run('UPDATE ca_word SET next_try_at = ? WHERE told_at IS NULL AND next_try_at > ?', [at, at])
      })
    },
  }
}
