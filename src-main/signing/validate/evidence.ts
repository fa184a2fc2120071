import { type Certificate, encodeTlv, oidValue, parseCertificate, readAll, type RevocationList, TAG, whole } from '../../identity/pki'
import { judgeOcsp, type OcspAnswer, parseOcsp } from '../cms'
import type { Evidence, RevocationSource } from '../ports'
import { entryOf, isListOf, readList } from './revocation-lists'
import { strongAlgorithm } from './strength'

/** Whence an answer about revocation came. */
export type Whence = 'embedded' | 'online' | 'kept'
/** What somebody who may say so said about a certificate: `thisUpdate` is when it was so. */
export type Statement = Readonly<{ says: 'good' | 'revoked'; source: 'ocsp' | 'crl'; from: Whence; thisUpdate: Date; nextUpdate: Date | null; revokedAt: Date | null; hold: boolean }>

/** Evidence that the office keeps for checking without a line. */
export type KeptEvidence = Readonly<{
  /** Certificates of authorities that may be missing in a file; DER. */
  certificates: () => readonly Uint8Array[]
  /** Newest lists of the issuer and answers about the certificate; DER. Others among them do no harm. */
  about: (certificate: Certificate, issuer: Certificate) => Pick<Evidence, 'lists' | 'ocsp'>
}>
export const nothingKept: KeptEvidence = { certificates: () => [], about: () => ({ lists: [], ocsp: [] }) }

const MOST_LISTS = 32
const MOST_LIST_BYTES = 16 * 1024 * 1024
const MOST_ANSWERS = 64
const MOST_CERTIFICATES = 96
/** About one certificate: more are a way to keep us busy. */
const MOST_ABOUT_ONE = 4

function orNull<T>(make: () => T): T | null {
  try {
    return make()
  } catch {
    return null
  }
}

/** Certificates that can be read, each once. */
export function readCertificates(all: readonly Uint8Array[]): Certificate[] {
  const read = all.slice(0, MOST_CERTIFICATES).map((raw) => orNull(() => parseCertificate(raw))).filter((one) => one !== null)
  return [...new Map(read.map((one) => [one.sha256, one])).values()]
}

function ofList(list: RevocationList, certificate: Certificate, issuer: Certificate, from: Whence): Statement | null {
  if (!isListOf(list, issuer)) return null
  const entry = orNull(() => ({ found: entryOf(list, certificate) }))
  if (entry === null) return null
  const told = { source: 'crl', from, thisUpdate: list.thisUpdate, nextUpdate: list.nextUpdate } as const
  if (entry.found) return { ...told, says: 'revoked', ...entry.found }
  // A list of a part, or of changes only: that a certificate is not in it says nothing.
  return list.partial ? null : { ...told, says: 'good', revokedAt: null, hold: false }
}

const LARGEST_ANSWER = 256 * 1024
const BASIC = '1.3.6.1.5.5.7.48.1.1'

/** An OCSP answer; CAdES embeds the inner BasicOCSPResponse (EN 319 122-1 §A.1.2), which begins with no status. */
function readAnswer(bytes: Uint8Array): OcspAnswer | null {
  if (bytes.length > LARGEST_ANSWER) return null
  const outer = whole(bytes, TAG.sequence)
  if (readAll(outer.value)[0]?.tag === TAG.enumerated) return parseOcsp(outer.raw)
  const inner = encodeTlv(TAG.sequence, encodeTlv(TAG.oid, oidValue(BASIC)), encodeTlv(TAG.octets, outer.raw))
  return parseOcsp(encodeTlv(TAG.sequence, Uint8Array.of(TAG.enumerated, 1, 0), encodeTlv(0xa0, inner)))
}

function ofAnswer(answer: OcspAnswer, certificate: Certificate, issuer: Certificate, from: Whence): Statement | null {
  if (!strongAlgorithm(answer.algorithm)) return null
  const told = judgeOcsp(answer, { certificate, issuer })
  if (told.state === 'invalid' || told.state === 'unknown' || (told.responder.sha256 !== issuer.sha256 && !strongAlgorithm(told.responder.algorithm))) return null
  return { says: told.state, source: 'ocsp', from, thisUpdate: told.thisUpdate, nextUpdate: told.nextUpdate, revokedAt: told.revokedAt, hold: false }
}

/** Evidence as it was read, once; what cannot be read is left out. */
export type OpenEvidence = Readonly<{ lists: readonly RevocationList[]; answers: readonly OcspAnswer[] }>

export function openEvidence({ lists, ocsp }: Pick<Evidence, 'lists' | 'ocsp'>): OpenEvidence {
  let room = MOST_LIST_BYTES
  const small = [...new Set(lists)].slice(0, MOST_LISTS).filter(({ length }) => (room -= length) >= 0)
  const read = small.map(readList).filter((one) => one !== null)
  return {
    lists: [...new Map(read.map((one) => [one.sha256, one])).values()],
    answers: ocsp.slice(0, MOST_ANSWERS).map((bytes) => orNull(() => readAnswer(bytes))).filter((one) => one !== null),
  }
}

/** All that this evidence says about a certificate, every signature on it checked; the newest first. */
export function statementsOf({ lists, answers }: OpenEvidence, certificate: Certificate, issuer: Certificate, from: Whence): Statement[] {
  const about = answers.filter(({ entries }) => entries.some(({ serial }) => serial === certificate.serial))
    .toSorted((one, other) => other.producedAt.getTime() - one.producedAt.getTime()).slice(0, MOST_ABOUT_ONE)
  const own = lists.filter((list) => list.issuer.key === certificate.issuer.key && list.issuer.key === issuer.subject.key)
    .toSorted((one, other) => other.thisUpdate.getTime() - one.thisUpdate.getTime()).slice(0, MOST_ABOUT_ONE * 2)
  return [...about.map((answer) => ofAnswer(answer, certificate, issuer, from)), ...own.map((list) => ofList(list, certificate, issuer, from))].filter((one) => one !== null)
}

/** Asks anew: OCSP, and where that brings nothing, the list. A silent line is no statement. */
export async function askOnline(source: RevocationSource, certificate: Certificate, issuer: Certificate): Promise<Statement[]> {
  const answer = await source.ocsp(certificate.raw, issuer.raw).catch(() => null)
  const told = statementsOf(openEvidence({ lists: [], ocsp: answer ? [answer] : [] }), certificate, issuer, 'online')
  if (told.length > 0) return told
  const list = await source.list(certificate.raw, issuer.raw).catch(() => null)
  return statementsOf(openEvidence({ lists: list ? [list] : [], ocsp: [] }), certificate, issuer, 'online')
}
