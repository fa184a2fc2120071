import type { Certificate } from '../../identity/pki'
import { anchorsInForce, type TrustAnchor, type TrustAnchors } from '../anchors'
import type { Evidence, RevocationSource } from '../ports'
import { askOnline, type KeptEvidence, nothingKept, openEvidence, type OpenEvidence, readCertificates, type Statement, statementsOf } from './evidence'

export type ValidationWish = Readonly<{
  anchors: TrustAnchors
  at: Date
  kept?: KeptEvidence
  /** Null or left out: nobody is asked. */
  online?: RevocationSource | null
}>

/** How much one validation may still compute; a file that wants more is made to keep us busy. */
export type Work = { checks: number; stamps: number }

/** What one validation works with. What was worked out or asked about a certificate is remembered for it. */
export type Context = Readonly<{
  now: Date
  anchors: readonly TrustAnchor[]
  pool: readonly Certificate[]
  embedded: OpenEvidence
  kept: KeptEvidence
  online: RevocationSource | null
  said: Map<string, readonly Statement[]>
  asked: Map<string, Promise<readonly Statement[]>>
  work: Work
}>

const MOST_CHECKS = 128
const MOST_STAMPS = 24

/** @param certificates what may have issued what, besides the kept ones; trusted by nobody for that */
export function openContext({ anchors, at, kept = nothingKept, online = null }: ValidationWish, certificates: readonly Certificate[], embedded: Pick<Evidence, 'lists' | 'ocsp'>): Context {
  return {
    now: at, anchors: anchorsInForce(anchors), pool: [...certificates, ...readCertificates(kept.certificates())], embedded: openEvidence(embedded), kept, online,
    said: new Map(), asked: new Map(), work: { checks: MOST_CHECKS, stamps: MOST_STAMPS },
  }
}

function remember<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
const pair = (certificate: Certificate, issuer: Certificate): string => `${certificate.sha256}:${issuer.sha256}`

/** What the file says about a certificate. */
export const embeddedAbout = ({ embedded, said }: Context, certificate: Certificate, issuer: Certificate): readonly Statement[] =>
  remember(said, `embedded:${pair(certificate, issuer)}`, () => statementsOf(embedded, certificate, issuer, 'embedded'))

/** What file and office say about a certificate without asking anybody. */
export const knownAbout = (context: Context, certificate: Certificate, issuer: Certificate): readonly Statement[] =>
  remember(context.said, pair(certificate, issuer), () =>
    [...embeddedAbout(context, certificate, issuer), ...statementsOf(openEvidence(context.kept.about(certificate, issuer)), certificate, issuer, 'kept')])

/** Asks, once for each certificate. */
export const askedAbout = ({ asked }: Context, online: RevocationSource, certificate: Certificate, issuer: Certificate): Promise<readonly Statement[]> =>
  remember(asked, pair(certificate, issuer), () => askOnline(online, certificate, issuer))
