import type { CertificateSheet, SubIndication } from '@contract/signing'
import type { Certificate } from '../../identity/pki'
import type { TrustAnchor } from '../anchors'
import { factsOf, PURPOSE, sheetOf, USAGE_BIT } from '../certificate-facts'
import { askedAbout, type Context, knownAbout } from './context'
import { findPaths, isStrong, keepsConstraints, type Path } from './path'
import { isSettled, type Moment, type Revocation, revocationAt, SKEW } from './revocation'

export type Purpose = 'signing' | 'stamping'
export type CertificateVerdict = Readonly<{ why: SubIndication | null; path: Path | null; revocation: Revocation | null }>

const SEVERITY: Readonly<Partial<Record<SubIndication, number>>> = { REVOKED: 0, REVOKED_NO_POE: 1 }
const rank = ({ why }: CertificateVerdict): number => (why === null ? 2 : (SEVERITY[why] ?? 3))

/** A signer signs and issues nothing; a stamp's key does nothing else (RFC 3161 §2.3). */
function mayServe(certificate: Certificate, purpose: Purpose): boolean {
  const { usage, purposes } = factsOf(certificate)
  if (certificate.extensions.authority === true) return false
  if (usage !== null && !usage.has(USAGE_BIT.nonRepudiation) && !usage.has(USAGE_BIT.digitalSignature)) return false
  if (purpose === 'stamping') return purposes?.length === 1 && purposes[0] === PURPOSE.timeStamping
  return purposes === null || purposes.some((oid) => oid !== PURPOSE.timeStamping && oid !== PURPOSE.ocspSigning)
}

/** Roots and stamping authorities serve stamps, roots and issuing CAs signatures. */
const anchorsFor = (anchors: readonly TrustAnchor[], purpose: Purpose): TrustAnchor[] => anchors.filter(({ kind }) => kind === 'root' || kind === (purpose === 'stamping' ? 'tsa' : 'ca'))

async function revocationOf(certificate: Certificate, issuer: Certificate, moment: Moment, context: Context): Promise<Revocation> {
  const known = knownAbout(context, certificate, issuer)
  const offline = revocationAt(known, moment, certificate.notAfter)
  if (context.online === null || isSettled(offline, moment)) return offline
  return revocationAt([...known, ...await askedAbout(context, context.online, certificate, issuer)], moment, certificate.notAfter)
}

/**
 * Dates of the way at the moment that counts (EN 319 102-1 §5.2.5). A stamp shows that a signature was there by then, not that it was not there
 * before: one that came too late proves nothing, one that came before the certificate shows that something is wrong.
 */
function datesOf({ certificates }: Path, { now, proven }: Moment, claimed: Date | null): SubIndication | null {
  const at = proven ?? now
  const [signer, ...issuers] = certificates
  if (signer === undefined) return 'GENERIC'
  if (at < signer.notBefore) return proven === null ? 'OUT_OF_BOUNDS_NO_POE' : 'NOT_YET_VALID'
  if (proven === null && claimed !== null && claimed.getTime() + SKEW < signer.notBefore.getTime()) return 'OUT_OF_BOUNDS_NO_POE'
  if (at > signer.notAfter) return claimed !== null && claimed > signer.notAfter ? 'EXPIRED' : 'OUT_OF_BOUNDS_NO_POE'
  return issuers.every(({ notBefore, notAfter }) => notBefore <= at && at <= notAfter) ? null : 'OUT_OF_BOUNDS_NO_POE'
}

/** Revocation of everything below the anchor; the signer's own is told, too. */
async function revocationsOf({ certificates }: Path, moment: Moment, context: Context): Promise<{ why: SubIndication | null; own: Revocation | null }> {
  let own: Revocation | null = null
  let why: SubIndication | null = null
  for (const [index, certificate] of certificates.slice(0, -1).entries()) {
    const issuer = certificates[index + 1]
    if (issuer === undefined) continue
    const found = await revocationOf(certificate, issuer, moment, context)
    if (index === 0) own = found
    if (found.kind === 'revoked') why = index > 0 ? 'REVOKED_CA_NO_POE' : moment.proven === null ? 'REVOKED_NO_POE' : 'REVOKED'
    else if (found.kind === 'no-answer') why ??= 'TRY_LATER'
    if (found.kind === 'revoked') break
  }
  return { why, own }
}

async function judgePath(path: Path, moment: Moment, claimed: Date | null, context: Context): Promise<CertificateVerdict> {
  const { why, own } = await revocationsOf(path, moment, context)
  const structure = !keepsConstraints(path) ? 'CHAIN_CONSTRAINTS_FAILURE' : !isStrong(path) ? 'CRYPTO_CONSTRAINTS_FAILURE' : null
  const dates = datesOf(path, moment, claimed)
  const revoked = why === 'TRY_LATER' ? null : why
  return { why: structure ?? revoked ?? dates ?? why, path, revocation: own }
}

/**
 * Judges a certificate at a moment: does a way of valid signatures lead to one of our anchors, were all in force, was none revoked? No answer about
 * revocation is TRY_LATER, never nothing. The best way counts, unless the certificate is revoked on any.
 */
export async function judgeCertificate(certificate: Certificate, purpose: Purpose, moment: Moment, claimed: Date | null, context: Context): Promise<CertificateVerdict> {
  const { paths, unsupported } = findPaths(certificate, context.pool, anchorsFor(context.anchors, purpose), context.work)
  if (paths.length === 0) return { why: unsupported ? 'CERTIFICATE_CHAIN_GENERAL_FAILURE' : 'NO_CERTIFICATE_CHAIN_FOUND', path: null, revocation: null }
  const judged: CertificateVerdict[] = []
  for (const path of paths) judged.push(await judgePath(path, moment, claimed, context))
  const best = judged.toSorted((one, other) => rank(one) - rank(other))[0]
  if (best === undefined) return { why: 'GENERIC', path: null, revocation: null }
  return best.why === null && !mayServe(certificate, purpose) ? { ...best, why: 'CHAIN_CONSTRAINTS_FAILURE' } : best
}

/** The state of a certificate today, for people: an old signature may be good although its certificate has run out since. */
export function stateOf(certificate: Certificate, { path, revocation }: CertificateVerdict, now: Date): CertificateSheet['state'] {
  if (revocation?.kind === 'revoked' || revocation?.kind === 'before') return 'revoked'
  if (now > certificate.notAfter) return 'expired'
  if (now < certificate.notBefore) return 'not-yet'
  return path !== null && revocation?.kind === 'good' ? 'in-force' : 'unknown'
}

export const judgedSheet = (certificate: Certificate, verdict: CertificateVerdict, now: Date): CertificateSheet =>
  sheetOf(certificate, { chain: verdict.path?.certificates ?? [certificate], state: stateOf(certificate, verdict, now), demo: verdict.path?.anchor.demo ?? false })
