import { AppError } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import { type Certificate, isSelfIssued, mayIssue, parseCertificate, signedBy } from '../../identity/pki'
import type { IssuerSource } from '../cms'

const LONGEST = 8

/** Certificates that are known: those that somebody of ours trusts, and those that only came along. */
export type Known = Readonly<{ trusted: readonly Certificate[]; beside: readonly Certificate[]; fetch: IssuerSource | null }>

/**
 * The way from a certificate to one that is trusted, both included. An address in a certificate is asked for its issuer only while nothing
 * better is known. @throws AppError KS-062 where there is no way: whom to ask is not known then
 */
export async function pathOf(certificate: Certificate, known: Known): Promise<readonly Certificate[]> {
  const path = [certificate]
  for (let last = certificate; path.length <= LONGEST;) {
    const issuer = await issuerOf(last, known)
    if (issuer === null) {
      if (isTrusted(last, known)) return path
      break
    }
    path.push(issuer)
    if (isTrusted(issuer, known) && isSelfIssued(issuer)) return path
    last = issuer
  }
  throw new AppError(signingErrors.revocationSilent)
}

const isTrusted = ({ sha256 }: Certificate, { trusted }: Known): boolean => trusted.some((one) => one.sha256 === sha256)

async function issuerOf(certificate: Certificate, { trusted, beside, fetch }: Known): Promise<Certificate | null> {
  if (isSelfIssued(certificate)) return null
  const issued = (issuer: Certificate): boolean => issuer.subject.key === certificate.issuer.key && mayIssue(issuer) && signedBy(certificate, issuer) === 'valid'
  const here = trusted.find(issued) ?? beside.find(issued)
  if (here !== undefined) return here
  const fetched = fetch === null ? null : await fetch(certificate.raw)
  const issuer = fetched === null ? null : parseCertificate(fetched)
  return issuer !== null && issued(issuer) ? issuer : null
}
