import { v7 } from 'uuid'
import { AppError, ERRORS, type ErrorCode } from '@contract/errors'
import { fromCivil, toCivil } from '@contract/civil-time'
import { Instant } from '@contract/ids'
import { type SignReview, SigningJobId } from '@contract/signing'
import { isSelfIssued } from '../../identity/pki'
import type { Clock, Documents, Store } from '../../storage'
import type { BatchItem } from './batch'
import type { Actor, SignDesk, SignOrder } from './desk-types'
import type { EvidenceKeeper } from './evidence'
import type { JobKeeper, NewItem } from './job-keeper'
import { itemsOf, type Job, jobsSince, openJobs, viewOfJob } from './job-rows'
import type { CertificateCheck, DeskJudge } from './judge'
import { findKey, type KeyFound, type KeysDeps, type RemoteKey, type TokenKey } from './keys'
import type { RemoteJobs } from './remote-jobs'
import { isOfAnother, reviewDocument, STOPPING, type Warning, warningsOf } from './review'
import { eachOnce, type Found } from './targets'
import type { TokenJobs } from './token-jobs'
import type { TokenCards } from './token-desk'

export type SignDeskDeps = KeysDeps & Readonly<{
  store: Store; documents: Documents; clock: Clock; judge: DeskJudge; evidence: EvidenceKeeper; keeper: JobKeeper; tokenJobs: TokenJobs; remoteJobs: RemoteJobs; cards: TokenCards
  /** False where this machine's clock is known to be wrong. */
  clockOk(): boolean
  visible(): boolean
  /** Whether stamps are to be had now: what level a signature gets. */
  stampable(url: string | null): boolean
}>

const STOPS: Readonly<Partial<Record<Warning, ErrorCode>>> = {
  expired: ERRORS.signing.certificateExpired, 'not-yet': ERRORS.signing.certificateExpired, revoked: ERRORS.signing.certificateRevoked, blocked: ERRORS.signing.pinBlocked,
}

/** The signer's certificate first, then what issued it, without the root: that everybody has. */
function certificatesFor(key: KeyFound, { path }: CertificateCheck): Uint8Array[] {
  const above = path.slice(1).filter((one) => !isSelfIssued(one)).map(({ raw }) => raw)
  return [key.certificate.raw, ...(above.length > 0 ? above : key.chain)]
}

/** Signing documents: all of them looked at once, then signed with one PIN. */
export function createSignDesk(deps: SignDeskDeps): SignDesk {
  const { store, documents, clock, judge, evidence, keeper, tokenJobs, remoteJobs, cards, clockOk, visible, stampable } = deps
  const now = (): Instant => Instant.parse(clock.now().toISOString())
  const looking = { read: store.read, documents, clock }
  const stampUrlOf = (key: KeyFound): string | null => (key.how === 'remote' ? key.remote.stampUrl : null)

  const look = async (wanted: SignOrder['with']): Promise<Readonly<{ key: KeyFound; check: CertificateCheck; warnings: Warning[] }>> => {
    const key = await findKey(deps, wanted)
    const check = await judge.certificate(key.certificate, key.chain, true)
    return { key, check, warnings: warningsOf({ ...check, clockOk: clockOk() }, key) }
  }
  const jobOf = (actor: Actor, key: KeyFound, check: CertificateCheck, order: SignOrder): Job => ({
    id: SigningJobId.parse(v7()), how: key.how, state: key.how === 'remote' || order.pin.kind === 'citizen' ? 'waiting' : 'signing', signer: check.sheet.subject, certificate: key.certificate.sha256,
    scheme: key.scheme, issuance: order.with.kind === 'remote' ? order.with.issuance : null, ticket: null, reason: order.reason, trouble: null, officerId: actor.id, startedAt: now(), endedAt: null,
  })
  const plain = (items: readonly BatchItem[], list: string | null): NewItem[] =>
    items.map(({ found: { target, title, sha256: source } }) => ({ target, title, source, preparedFile: null, prepared: null, list }))
  /** What may be signed of what was named. @throws AppError the reason where it is one document, KS-071 where it is none of several */
  const signable = (order: SignOrder): BatchItem[] => {
    const found = eachOnce(store, order.targets)
    const free = found.filter(({ frozen }) => frozen === null)
    const [only] = found
    if (free.length === 0) throw new AppError(found.length === 1 && only?.frozen ? only.frozen : ERRORS.signing.nothingToSign)
    return found.map((one, ordinal) => ({ ordinal, found: one }))
  }
  const busy = ({ target }: Found): boolean =>
    openJobs(store.read).some(({ id }) => itemsOf(store.read, id).some((item) => item.level === null && item.code === null && item.target.kind === target.kind && item.target.id === target.id))

  const withToken = async (actor: Actor, key: TokenKey, check: CertificateCheck, items: readonly BatchItem[], order: SignOrder, list: string | null): Promise<Job> => {
    if (order.pin.kind === 'none') throw new AppError(ERRORS.signing.pinRefused)
    const job = jobOf(actor, key, check, order)
    keeper.begin(job, plain(items, list))
    const work = { job, key, certificates: certificatesFor(key, check), items: items.filter(({ found }) => found.frozen === null), as: { reason: order.reason, visible: visible() }, stampUrl: null }
    keeper.keep(job, items.flatMap(({ ordinal, found }) => (found.frozen === null ? [] : [{ ordinal, found, code: found.frozen }])), null)
    if (order.pin.kind === 'own') await tokenJobs.run(work, order.pin.pin)
    else await tokenJobs.ask(work)
    return job
  }
  const withRemote = async (actor: Actor, key: RemoteKey, check: CertificateCheck, items: readonly BatchItem[], order: SignOrder, list: string | null): Promise<Job> => {
    const job = jobOf(actor, key, check, order)
    const certificates = certificatesFor(key, check)
    const free = items.filter(({ found }) => found.frozen === null).map(({ found }, ordinal) => ({ ordinal, found }))
    const { items: prepared, refused } = await remoteJobs.prepare(free, { certificates, scheme: key.scheme }, { reason: order.reason, visible: visible() }, list)
    keeper.begin(job, prepared)
    keeper.keep(job, refused.flatMap(({ ordinal, code }) => free.filter((one) => one.ordinal === ordinal).map(({ found }) => ({ ordinal, found, code }))), null)
    if (refused.length === free.length) keeper.finish(job.id)
    else remoteJobs.follow(job.id)
    return job
  }

  return {
    review: async ({ targets, with: wanted }): Promise<SignReview> => {
      const { key, check, warnings } = await look(wanted)
      const reviewed: SignReview['documents'] = []
      const all = eachOnce(store, targets)
      for (const found of all) reviewed.push(await reviewDocument(looking, found))
      return {
        documents: reviewed, certificate: check.sheet, scheme: key.scheme, level: stampable(stampUrlOf(key)) ? 'B-T' : 'B-B',
        token: key.how === 'token' ? await cards.card(key.token) : null,
        warnings: isOfAnother(store.read, check.sheet, all) ? [...warnings, 'other-person'] : warnings,
      }
    },
    sign: async (actor, order) => {
      const items = signable(order)
      if (items.some(({ found }) => busy(found))) throw new AppError(ERRORS.signing.documentChanged)
      const { key, check, warnings } = await look(order.with)
      const stop = warnings.find((warning) => STOPPING.has(warning))
      if (stop) throw new AppError(STOPS[stop] ?? ERRORS.signing.certificateExpired)
      const issuer = check.path[1]
      const list = issuer ? evidence.listOf(issuer) : null
      const job = key.how === 'token' ? await withToken(actor, key, check, items, order, list) : await withRemote(actor, key, check, items, order, list)
      return keeper.view(job.id)
    },
    job: (id) => keeper.view(id),
    jobs: () => {
      const today = Instant.parse(fromCivil(toCivil(clock.now()).date, 0).toISOString())
      return jobsSince(store.read, today).map((job) => viewOfJob(job, itemsOf(store.read, job.id)))
    },
    cancel: (actor, id) => {
      keeper.get(id)
      keeper.end(id, 'refused', null, actor.id)
      return keeper.view(id)
    },
  }
}
