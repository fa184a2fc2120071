import type { CertificateSheet, DocumentReport, SubIndication } from '@contract/signing'
import { type Certificate, parseCertificate } from '../../identity/pki'
import type { Clock } from '../../storage'
import type { RevocationSource } from '../ports'
import type { IssuerSource } from '../cms'
import { judgeCertificateNow, validateDocument } from '../validate'
import type { Anchors } from './anchor-keeper'
import type { EvidenceKeeper } from './evidence'
import type { Judge } from './ports'

/** How a certificate stands before something is signed with it. `path`: from it to its anchor; empty when there is none. */
export type CertificateCheck = Readonly<{
  sheet: CertificateSheet
  why: SubIndication | null
  revocation: 'good' | 'revoked' | 'no-answer'
  path: readonly Certificate[]
}>

export type DeskJudge = Judge & Readonly<{
  /** @param chain what may have issued it; trusted by nobody for that. DER */
  certificate(certificate: Certificate, chain: readonly Uint8Array[], online: boolean): Promise<CertificateCheck>
}>

export type JudgeDeps = Readonly<{
  clock: Clock; anchors: Anchors; evidence: EvidenceKeeper; source: RevocationSource; issuerSource: IssuerSource
  /** Whether it makes sense to ask anybody now. */
  lineUp(): boolean
}>

const readable = (der: Uint8Array): Certificate[] => {
  try {
    return [parseCertificate(der)]
  } catch {
    return []
  }
}

/** Judges with the anchors in force, with what is kept, and asks anew where that is wanted and the line is up; what comes is kept. */
export function createJudge({ clock, anchors, evidence, source, issuerSource, lineUp }: JudgeDeps): DeskJudge {
  const asking = evidence.asking(source)
  const kept = { certificates: evidence.certificates, about: evidence.about }
  const common = (online: boolean) => ({ anchors: anchors.trust(), at: clock.now(), kept, online: online && lineUp() ? asking : null })
  return {
    validate: (bytes, { online }): Promise<DocumentReport> => validateDocument(bytes, common(online)),
    certificate: async (certificate, chain, online) => {
      const judged = () => judgeCertificateNow(certificate, chain.flatMap(readable), common(online))
      const first = await judged()
      if (online && lineUp()) void evidence.refresh(first.path, source).catch(() => undefined)
      // Many tokens hold the holder's certificate only; the address of its issuer stands in it.
      if (first.why !== 'NO_CERTIFICATE_CHAIN_FOUND' || !online || !lineUp() || (await evidence.fetchIssuers(certificate, issuerSource)) === 0) return first
      return judged()
    },
  }
}
