import { AppError, ERRORS } from '@contract/errors'
import type { IssuanceId } from '@contract/signing'
import type { RemoteSigner } from '../ports'
import { type Asked, codeOf, pauseAfter } from './ca-steps'
import type { Keeper } from './happen'
import { agreementPaper, instantNow } from './papers'
import type { Actor, IssueDeps, Sealed } from './ports'
import { chainText, type Issuance, standOf } from './records'
import { stepOf } from './rules'
import { sealing } from './trial'

type RemoteDeps = IssueDeps & Readonly<{ keeper: Keeper; keepTrial(actor: Actor, id: IssuanceId, sealed: Sealed): Promise<void> }>
/** A trial that waits for the phone, as it was kept. */
type Kept = Readonly<{ transaction: string; prepared: Uint8Array; state: string; hash: Uint8Array; ticket: string | null }>

/** How long between two questions where the service names no time of its own. Milliseconds. */
const LOOK_AGAIN_MS = 5_000

/** The steps of a key far away: account, activation on the phone, certificate, and the trial by a hash. Each goes on where the last question was left. */
export function createRemoteSteps(deps: RemoteDeps) {
  const { store, clock, keeper } = deps
  const underWay = new Map<IssuanceId, Promise<Asked>>()

  const keptTrial = (id: IssuanceId): Kept | undefined => store.read.get('SELECT * FROM issuance_trial WHERE issuance_id = ?', [id], (row) => ({
    transaction: row.text('transaction_id'), prepared: row.bytes('prepared'), state: row.text('detail'), hash: row.bytes('hash'), ticket: row.textOrNull('ticket'),
  }))
  const wait = (actor: Actor, id: IssuanceId, ms: number, change: Readonly<{ ca_state?: string }> = {}): Asked => {
    keeper.happen(actor, id, { kind: 'waiting' }, { change: { ...change, tries: 0 }, againInMs: ms })
    return 'waiting'
  }

  /** Registers, and asks again how it stands: the same call. */
  const register = async (actor: Actor, issuance: Issuance, remote: RemoteSigner): Promise<Asked> => {
    const { id, subject, phone } = issuance
    const { idNumber, fullName, province } = subject
    if (issuance.sentAt === null) keeper.happen(actor, id, { kind: 'sent' }, { change: { sent_at: clock.now().toISOString() } })
    const answer = await remote.register({ id, idNumber, name: fullName, phone: phone ?? '', province })
    if (stepOf(standOf(keeper.get(id))) === null) return 'none'
    if (answer.kind === 'refused') {
      keeper.happen(actor, id, { kind: 'refused' }, { code: ERRORS.signing.caRefused, text: answer.text, how: 'refused' })
      return 'refused'
    }
    store.write((tx) => {
      const change = { ca_state: answer.account, tries: 0 }
      if (stepOf(standOf(keeper.get(id))) === 'pin') keeper.happenIn(tx, actor, id, { kind: 'did', step: 'pin' }, { how: 'registered', change: { ...change, pin_how: 'registered' } })
      if (answer.kind === 'ready') keeper.happenIn(tx, actor, id, { kind: 'key-made' }, { how: 'activated', change: { ...change, key_ready: 1 } })
      else keeper.happenIn(tx, actor, id, { kind: 'waiting' }, { change, againInMs: LOOK_AGAIN_MS })
    })
    deps.changed()
    return answer.kind === 'ready' ? fetchCertificate(actor, keeper.get(id), remote) : 'waiting'
  }

  const fetchCertificate = async (actor: Actor, issuance: Issuance, remote: RemoteSigner): Promise<Asked> => {
    const { id, caState, subject, provider } = issuance
    const found = caState === null ? null : await remote.certificate(caState)
    if (stepOf(standOf(keeper.get(id))) !== 'certificate') return 'none'
    const [certificate, ...chain] = found?.certificates ?? []
    if (!found || !certificate) return wait(actor, id, LOOK_AGAIN_MS)
    try {
      const taken = deps.line(provider.id).check({ certificate, chain, csr: null, person: subject, now: clock.now() })
      store.write((tx) => {
        keeper.happenIn(tx, actor, id, { kind: 'certificate-good' }, { change: { certificate: taken.certificate, chain: chainText(taken.chain), not_after: taken.notAfter.toISOString(), scheme: found.scheme } })
        keeper.happenIn(tx, actor, id, { kind: 'stored' }, { how: 'remote', change: { stored_at: clock.now().toISOString() } })
      })
      deps.changed()
      return 'held'
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      keeper.happen(actor, id, { kind: 'certificate-bad' }, { code: error.code })
      return 'refused'
    }
  }

  /** The agreement with room for its signature, kept before its hash leaves. */
  const prepare = async (actor: Actor, issuance: Issuance): Promise<Kept> => {
    const { id, certificate, chain, scheme } = issuance
    if (certificate === null || scheme === null) throw new AppError(ERRORS.signing.noKey)
    const { pdf, places } = await agreementPaper(deps, issuance)
    const { bytes, state, hash } = await deps.seal.prepare(pdf, { certificates: [certificate, ...chain], scheme }, sealing(issuance, places.citizen ?? null))
    const kept: Kept = { transaction: deps.newId(), prepared: bytes, state, hash, ticket: null }
    store.write((tx) => {
      tx.run('INSERT INTO issuance_trial (issuance_id, transaction_id, prepared, detail, hash, at) VALUES (?, ?, ?, ?, ?, ?)', [id, kept.transaction, bytes, state, hash, instantNow(deps)])
      keeper.happenIn(tx, actor, id, { kind: 'waiting' }, { how: 'trial', againInMs: 0 })
    })
    deps.changed()
    return kept
  }
  const submit = async (issuance: Issuance, remote: RemoteSigner, { transaction, hash }: Kept): Promise<string> => {
    const { id, caState } = issuance
    if (caState === null) throw new AppError(ERRORS.signing.noKey)
    const ticket = await remote.submit({ id: transaction, account: caState, hashes: [{ id: transaction, hash, title: 'Hợp đồng thuê bao chữ ký số' }] })
    store.write((tx) => tx.run('UPDATE issuance_trial SET ticket = ? WHERE issuance_id = ? AND transaction_id = ?', [ticket, id, transaction]))
    return ticket
  }
  /** Over on the phone without a signature: the next try is another transaction. */
  const over = (actor: Actor, id: IssuanceId, code: string, text: string | null): Asked => {
    store.write((tx) => {
      tx.run('DELETE FROM issuance_trial WHERE issuance_id = ?', [id])
      keeper.happenIn(tx, actor, id, { kind: 'in-hand' }, { code, text })
    })
    deps.changed()
    return 'none'
  }
  const TROUBLES = { expired: ERRORS.signing.remoteExpired, refused: ERRORS.signing.remoteRefused, failed: ERRORS.signing.remoteFailed } as const

  const trial = async (actor: Actor, issuance: Issuance, remote: RemoteSigner): Promise<Asked> => {
    const { id, provider } = issuance
    const kept = keptTrial(id) ?? await prepare(actor, issuance)
    const status = await remote.status(kept.ticket ?? await submit(issuance, remote, kept))
    if (stepOf(standOf(keeper.get(id))) !== 'trial') return 'none'
    if (status.kind === 'waiting') return wait(actor, id, status.afterSeconds * 1000)
    if (status.kind !== 'done') return over(actor, id, TROUBLES[status.kind], status.text)
    const value = status.signatures.find((one) => one.id === kept.transaction)?.value
    try {
      if (!value) throw new AppError(ERRORS.signing.remoteWrongSignature)
      await deps.keepTrial(actor, id, await deps.seal.finish({ bytes: kept.prepared, state: kept.state }, value, provider.id))
      return 'held'
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return over(actor, id, error.code, null)
    }
  }

  const exchange = async (actor: Actor, id: IssuanceId): Promise<Asked> => {
    const issuance = keeper.get(id)
    const step = stepOf(standOf(issuance))
    try {
      const { remote } = deps.line(issuance.provider.id)
      if (!remote) throw new AppError(ERRORS.signing.caNotSetUp)
      if (step === 'pin' || step === 'key') return await register(actor, issuance, remote)
      if (step === 'certificate') return await fetchCertificate(actor, issuance, remote)
      return step === 'trial' ? await trial(actor, issuance, remote) : 'none'
    } catch (error) {
      const now = keeper.get(id)
      if (stepOf(standOf(now)) === null) return 'none'
      if (!(error instanceof AppError)) deps.log('issuance.remote-unexpected', { id, kind: error instanceof Error ? error.name : typeof error })
      keeper.happen(actor, id, { kind: 'line-down' }, { code: codeOf(error, ERRORS.signing.remoteSilent), change: { tries: now.tries + 1 }, againInMs: pauseAfter(now.tries) })
      return 'queued'
    }
  }

  return {
    /** Goes on with the step in hand as far as it goes now. The same question is never under way twice. */
    ask: (actor: Actor, id: IssuanceId): Promise<Asked> => {
      const running = underWay.get(id)
      if (running) return running
      const asked = exchange(actor, id).finally(() => underWay.delete(id))
      underWay.set(id, asked)
      return asked
    },
  }
}
