import type { CertificateSheet, SubIndication } from '@contract/signing'
import type { Certificate } from '../../identity/pki'
import { judgeCertificate, judgedSheet } from './certificate-verdict'
import { openContext, type ValidationWish } from './context'

/** How a certificate stands today. `path`: from it to its anchor; empty when there is none. */
export type CertificateNow = Readonly<{ sheet: CertificateSheet; why: SubIndication | null; revocation: 'good' | 'revoked' | 'no-answer'; path: readonly Certificate[] }>

/** Judges a certificate before something is signed with it (Circular 15/2025/TT-BKHCN). @param chain what may have issued it; trusted by nobody for that */
export async function judgeCertificateNow(certificate: Certificate, chain: readonly Certificate[], wish: ValidationWish): Promise<CertificateNow> {
  const context = openContext(wish, chain, { lists: [], ocsp: [] })
  const verdict = await judgeCertificate(certificate, 'signing', { now: wish.at, proven: null }, null, context)
  const { why, path, revocation } = verdict
  const said = revocation === null || revocation.kind === 'no-answer' ? 'no-answer' : revocation.kind === 'good' ? 'good' : 'revoked'
  return { sheet: judgedSheet(certificate, verdict, wish.at), why, revocation: said, path: path?.certificates ?? [] }
}
