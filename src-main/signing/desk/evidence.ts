import { createHash } from 'node:crypto'
import { AppError } from '@contract/errors'
import { Instant } from '@contract/ids'
import { type Certificate, isSelfIssued, listSignedBy, parseCertificate, parseRevocationList, signedBy } from '../../identity/pki'
import type { Clock, Log, Store } from '../../storage'
import { type IssuerSource, judgeOcsp, parseOcsp } from '../cms'
import type { RevocationSource } from '../ports'
import { keepAnswer, keepIssuer, keepList, keptAnswers, keptIssuers, newestList } from './evidence-rows'

/** What this counter keeps to judge certificates without a line. */
export type EvidenceKeeper = Readonly<{
  /** Asks as the given source does, and keeps what comes. */
  asking(source: RevocationSource): RevocationSource
  /** The newest list and the answers about certificates of this issuer; DER. */
  about(certificate: Certificate, issuer: Certificate): Readonly<{ lists: readonly Uint8Array[]; ocsp: readonly Uint8Array[] }>
  /** Certificates of issuers that were fetched; DER. */
  certificates(): readonly Uint8Array[]
  /** Fetches what issued a certificate, and what issued that, from the addresses that they name; answers how many came. */
  fetchIssuers(certificate: Certificate, source: IssuerSource): Promise<number>
  /** Fetches lists about a way of certificates that were not fetched lately: for the day on which there is no line. Never throws. */
  refresh(path: readonly Certificate[], source: RevocationSource): Promise<void>
  /** SHA-256 of the newest list of an issuer; null when none is kept. */
  listOf(issuer: Certificate): string | null
}>

const LONGEST_CHAIN = 4
/** A list is asked for again after so long, in milliseconds. */
const LIST_LASTS = 6 * 3600 * 1000

const keyOf = ({ spki }: Certificate): string => createHash('sha256').update(spki.raw).digest('hex')
const instant = (at: Date): Instant => Instant.parse(at.toISOString())

/** Keeps revocation lists and OCSP answers: the newest of each issuer, only what its issuer signed. */
export function createEvidence({ store, clock, log }: Readonly<{ store: Store; clock: Clock; log: Log }>): EvidenceKeeper {
  /** What cannot be kept is still an answer. */
  const quietly = (keep: () => void): void => {
    try {
      keep()
    } catch (error) {
      log('signing.evidence-not-kept', { code: error instanceof AppError ? error.code : 'LOI-000' })
    }
  }
  const takeList = (bytes: Uint8Array, issuer: Certificate): void => {
    const list = parseRevocationList(bytes)
    if (list.partial || listSignedBy(list, issuer) !== 'valid') return
    store.write((tx) => keepList(tx, {
      sha256: list.sha256, issuerKey: keyOf(issuer), thisUpdate: instant(list.thisUpdate), nextUpdate: list.nextUpdate && instant(list.nextUpdate), der: list.raw, keptAt: instant(clock.now()),
    }))
  }
  const takeAnswer = (bytes: Uint8Array, certificate: Certificate, issuer: Certificate): void => {
    const answer = parseOcsp(bytes)
    const judged = answer && judgeOcsp(answer, { certificate, issuer })
    if (!judged || judged.state === 'invalid' || judged.state === 'unknown') return
    store.write((tx) => keepAnswer(tx, { certificate: certificate.sha256, issuerKey: keyOf(issuer), thisUpdate: instant(judged.thisUpdate), der: bytes, keptAt: instant(clock.now()) }))
  }
  const refreshed = new Map<string, number>()
  const asking: EvidenceKeeper['asking'] = (source) => ({
    ocsp: async (certificate, issuer) => {
      const answer = await source.ocsp(certificate, issuer)
      if (answer) quietly(() => takeAnswer(answer, parseCertificate(certificate), parseCertificate(issuer)))
      return answer
    },
    list: async (certificate, issuer) => {
      const list = await source.list(certificate, issuer)
      if (list) quietly(() => takeList(list, parseCertificate(issuer)))
      return list
    },
  })
  return {
    asking,
    refresh: async (path, source) => {
      for (const [index, certificate] of path.slice(0, -1).entries()) {
        const issuer = path[index + 1]
        const now = clock.now().getTime()
        if (!issuer || now < (refreshed.get(keyOf(issuer)) ?? -Infinity) + LIST_LASTS) continue
        refreshed.set(keyOf(issuer), now)
        await asking(source).list(certificate.raw, issuer.raw).catch(() => null)
      }
    },
    about: (_certificate, issuer) => {
      const key = keyOf(issuer)
      const list = newestList(store.read, key)
      return { lists: list ? [list.der] : [], ocsp: keptAnswers(store.read, key) }
    },
    certificates: () => keptIssuers(store.read),
    fetchIssuers: async (certificate, source) => {
      let below = certificate
      for (let count = 0; count < LONGEST_CHAIN; count += 1) {
        const der = isSelfIssued(below) ? null : await source(below.raw).catch(() => null)
        if (!der) return count
        const issuer = parseCertificate(der)
        if (signedBy(below, issuer) !== 'valid') return count
        quietly(() => store.write((tx) => keepIssuer(tx, { sha256: issuer.sha256, der, keptAt: instant(clock.now()) })))
        below = issuer
      }
      return LONGEST_CHAIN
    },
    listOf: (issuer) => newestList(store.read, keyOf(issuer))?.sha256 ?? null,
  }
}
