import { AppError, ERRORS } from '@contract/errors'
import type { RemoteHash, RemoteStatus } from '../ports'
import { createHash } from 'node:crypto'
import type { SigningJobId } from '@contract/signing'
import { asAppError, type Clock, type Documents, type Log, type Store } from '../../storage'
import type { BatchItem, BatchOutcome } from './batch'
import type { JobKeeper, NewItem } from './job-keeper'
import { itemsOf, type Job, type JobItem, keepTicket, openJobs } from './job-rows'
import { MAX_SIGNED } from './limits'
import type { PadesPort } from './pades-port'
import type { Placing } from './placing'
import type { RemoteAccount, RemoteAccounts, SignAs } from './ports'
import { wishFor } from './signer'
import type { Stamps } from './stamps'
import { bytesOfTarget, findTarget } from './targets'

/** How soon a service that does not answer is asked again, in milliseconds. */
const SILENT_MS = 15_000
const LEAST_MS = 1_000

export type RemoteJobsDeps = Readonly<{
  store: Store; documents: Documents; clock: Clock; log: Log; pades: PadesPort; stamps: Stamps; placing: Placing; keeper: JobKeeper
  remotes(): Promise<RemoteAccounts>
}>

/** Signing far away, on the citizen's phone. What is prepared lies in the store until the answer comes, through restarts. */
export type RemoteJobs = Readonly<{
  /** Prepares documents; one that cannot be is left out and told by its code. */
  prepare(items: readonly BatchItem[], key: Pick<RemoteAccount, 'certificates' | 'scheme'>, as: SignAs, list: string | null): Promise<Readonly<{ items: readonly NewItem[]; refused: readonly { ordinal: number; code: string }[] }>>
  /** Sends a job that was begun, and waits for its answer in the background. */
  follow(id: SigningJobId): void
  /** After a start: all that still wait. */
  resume(): void
  close(): Promise<void>
}>

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const END: Readonly<Record<'expired' | 'refused' | 'failed', Readonly<{ state: 'expired' | 'refused' | 'failed'; trouble: string }>>> = {
  expired: { state: 'expired', trouble: ERRORS.signing.remoteExpired },
  refused: { state: 'refused', trouble: ERRORS.signing.remoteRefused },
  failed: { state: 'failed', trouble: ERRORS.signing.remoteFailed },
}

export function createRemoteJobs({ store, documents, clock, log, pades, stamps, placing, keeper, remotes }: RemoteJobsDeps): RemoteJobs {
  const timers = new Map<SigningJobId, NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  let closed = false

  const preparedBytes = async ({ preparedFile, prepared }: JobItem): Promise<{ bytes: Uint8Array; state: string }> => {
    if (preparedFile === null || prepared === null) throw new AppError(ERRORS.storage.documentMissing)
    return { bytes: await documents.readAll(preparedFile, MAX_SIGNED + 1024 * 1024), state: prepared }
  }
  const hashesOf = async (items: readonly JobItem[]): Promise<RemoteHash[]> => {
    const hashes: RemoteHash[] = []
    for (const item of items) hashes.push({ id: String(item.ordinal), hash: sha256(pades.toSign(await preparedBytes(item))), title: item.title })
    return hashes
  }
  /** One document of the answer; what is wrong with its value is told of this one only. */
  const completed = async (item: JobItem, value: Uint8Array | undefined, stampUrl: string | null): Promise<BatchOutcome> => {
    const found = findTarget(store.read, item.target)
    try {
      if (value === undefined) throw new AppError(ERRORS.signing.remoteWrongSignature)
      if (found.sha256 !== item.source) throw new AppError(ERRORS.signing.documentChanged)
      const signed = await pades.complete(await preparedBytes(item), value, stamps.source(stampUrl))
      return { ordinal: item.ordinal, found, safe: await placing.store(found, await bytesOfTarget({ documents }, found), signed.bytes, signed.level) }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { ordinal: item.ordinal, found, code: error.code }
    }
  }
  const take = async (job: Job, { signatures }: Extract<RemoteStatus, { kind: 'done' }>, stampUrl: string | null): Promise<void> => {
    if (!keeper.signing(job.id)) return
    for (const item of itemsOf(store.read, job.id).filter(({ level, code }) => level === null && code === null)) {
      keeper.keep(job, [await completed(item, signatures.find(({ id }) => id === String(item.ordinal))?.value, stampUrl)], stampUrl)
    }
    keeper.finish(job.id)
  }
  /** Asking again with the same id is the same transaction: a ticket that was lost on the way comes once more. */
  const submit = async ({ id }: Job, { signer, account }: RemoteAccount): Promise<string> => {
    const ticket = await signer.submit({ id, account, hashes: await hashesOf(itemsOf(store.read, id).filter(({ prepared }) => prepared !== null)) })
    store.write((tx) => keepTicket(tx, id, ticket))
    return ticket
  }
  /** One step. Answers in how many milliseconds the next is due; null when the job has ended. */
  const step = async (id: SigningJobId): Promise<number | null> => {
    const job = keeper.get(id)
    if (job.endedAt !== null || job.issuance === null) return null
    const account = await (await remotes()).find(job.issuance)
    if (!account) {
      keeper.end(id, 'failed', ERRORS.signing.noKey)
      return null
    }
    try {
      const status = await account.signer.status(job.ticket ?? await submit(job, account))
      if (status.kind === 'waiting') return Math.max(LEAST_MS, status.afterSeconds * 1000)
      if (status.kind === 'done') await take(job, status, account.stampUrl)
      else keeper.end(id, END[status.kind].state, END[status.kind].trouble)
      return null
    } catch (error) {
      const { code } = asAppError(error)
      if (code === ERRORS.signing.remoteSilent) return SILENT_MS
      const ended = code === ERRORS.signing.remoteExpired ? END.expired : code === ERRORS.signing.remoteRefused ? END.refused : { state: 'failed', trouble: code } as const
      keeper.end(id, ended.state, ended.trouble)
      return null
    }
  }
  const follow = (id: SigningJobId): void => {
    if (closed) return
    const one = step(id).then((next) => {
      if (next !== null && !closed) timers.set(id, setTimeout(() => follow(id), next).unref())
    }).catch((error: unknown) => {
      log('signing.remote-step-failed', { job: id, code: asAppError(error).code })
      if (!closed) timers.set(id, setTimeout(() => follow(id), SILENT_MS).unref())
    }).finally(() => running.delete(one))
    running.add(one)
  }

  return {
    prepare: async (items, key, as, list) => {
      const made: NewItem[] = []
      const refused: { ordinal: number; code: string }[] = []
      for (const { ordinal, found } of items) {
        const { target, title, sha256: source } = found
        try {
          const bytes = await bytesOfTarget({ documents }, found)
          const [signer] = key.certificates
          if (!signer) throw new AppError(ERRORS.signing.noKey)
          const waiting = await pades.prepare(bytes, key, wishFor(bytes, signer, as, clock.now()))
          const kept = await documents.put(waiting.bytes)
          made.push({ target, title, source, preparedFile: kept.sha256, prepared: waiting.state, list })
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          refused.push({ ordinal, code: error.code })
          made.push({ target, title, source, preparedFile: null, prepared: null, list })
        }
      }
      return { items: made, refused }
    },
    follow,
    resume: () => openJobs(store.read).filter(({ how }) => how === 'remote').forEach(({ id }) => follow(id)),
    close: async () => {
      closed = true
      timers.forEach((timer) => clearTimeout(timer))
      await Promise.allSettled(running)
    },
  }
}
