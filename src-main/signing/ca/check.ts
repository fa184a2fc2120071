import { AppError, ERRORS } from '@contract/errors'
import { type Certificate, parseCertificate } from '../../identity/pki'
import { factsOf, NAME, type NamePart, USAGE_BIT } from '../certificate-facts'
import { chainOf } from './chain'
import { keyBytesOf, readRequest, uidOf } from './csr'

export type IssuedCheck = Readonly<{
  certificate: Uint8Array
  /** What the CA sent along. */
  chain: readonly Uint8Array[]
  /** The request that it answers; null where the key was made far away and there is none. */
  csr: Uint8Array | null
  person: Readonly<{ fullName: string; idNumber: string }>
  /** The CA's own certificates, as configured. */
  authorities: readonly Uint8Array[]
  now: Date
}>

/** A certificate that may be stored on the token: and what issued it, nearest first, without the root. DER. */
export type Issued = Readonly<{ certificate: Uint8Array; chain: readonly Uint8Array[]; sha256: string; serial: string; notBefore: Date; notAfter: Date }>

/** Subscribers' certificates last three years at most (Decree 23/2025/NĐ-CP); CAs count the last day in. */
const MOST_YEARS = 3
const DAY_MS = 86_400_000
/** The clocks of CA and counter need not agree to the second. */
const SKEW_MS = 5 * 60_000

/** Names are the same whatever the case and spacing in which a CA writes them. */
const nameKey = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim().toLocaleUpperCase('vi')

const valuesOf = (parts: readonly NamePart[], type: string): readonly string[] => parts.filter((part) => part.type === type).map(({ text }) => text)

function isRightPerson(subject: readonly NamePart[], { fullName, idNumber }: IssuedCheck['person']): boolean {
  const [name, ...otherNames] = valuesOf(subject, NAME.commonName)
  const [uid, ...otherIds] = valuesOf(subject, NAME.id).filter((id) => id.startsWith('CCCD:'))
  return name !== undefined && otherNames.length === 0 && nameKey(name) === nameKey(fullName) && uid === uidOf(idNumber) && otherIds.length === 0
}

function isRightPeriod({ notBefore, notAfter }: Certificate, now: Date): boolean {
  const last = new Date(notBefore)
  last.setUTCFullYear(last.getUTCFullYear() + MOST_YEARS)
  return notBefore.getTime() - SKEW_MS <= now.getTime() && now < notAfter && notAfter.getTime() <= last.getTime() + DAY_MS
}

function readAll(list: readonly Uint8Array[]): Certificate[] {
  return list.flatMap((bytes) => {
    try {
      return [parseCertificate(bytes)]
    } catch {
      return []
    }
  })
}

function parsed(bytes: Uint8Array): Certificate {
  try {
    return parseCertificate(bytes)
  } catch (error) {
    throw new AppError(ERRORS.signing.caMalformed, {}, { cause: error })
  }
}

/**
 * Whether what a CA issued is what was asked for: for this key, this person, by this CA, in its time, for signing.
 * @throws AppError KS-033 key, KS-034 person, KS-035 chain, KS-036 period, KS-038 unreadable, KS-130 usage
 */
export function checkIssued(wish: IssuedCheck): Issued {
  const certificate = parsed(wish.certificate)
  if (wish.csr !== null && Buffer.compare(keyBytesOf(certificate.spki.raw), keyBytesOf(readRequest(wish.csr).spki.raw)) !== 0) throw new AppError(ERRORS.signing.caOtherKey, {})
  const { subject, usage, doubled } = factsOf(certificate)
  if (!isRightPerson(subject, wish.person)) throw new AppError(ERRORS.signing.caOtherPerson, {})
  const path = chainOf(certificate, readAll(wish.chain), readAll(wish.authorities), wish.now)
  const { authority, unknownCritical } = certificate.extensions
  if (path === null || path.length === 0 || doubled || authority === true || unknownCritical.length > 0) throw new AppError(ERRORS.signing.caChain, {})
  if (!isRightPeriod(certificate, wish.now)) throw new AppError(ERRORS.signing.caValidity, {})
  if (usage === null || !usage.has(USAGE_BIT.digitalSignature) || !usage.has(USAGE_BIT.nonRepudiation)) throw new AppError(ERRORS.signing.caUsage, {})
  const { sha256, serial, notBefore, notAfter } = certificate
  return { certificate: certificate.raw, chain: path.filter(({ issuer, subject: name }) => issuer.key !== name.key).map(({ raw }) => raw), sha256, serial, notBefore, notAfter }
}
