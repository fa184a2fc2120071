import { type Certificate, isSelfIssued, mayIssue, type SignatureState, signedBy } from '../../identity/pki'
import type { TrustAnchor } from '../anchors'
import { factsOf } from '../certificate-facts'
import type { Work } from './context'
import { strongAlgorithm, strongKey } from './strength'

/** From a certificate up to its anchor: `certificates` begins with the certificate itself and ends with the anchor's own. */
export type Path = Readonly<{ certificates: readonly Certificate[]; anchor: TrustAnchor }>
export type Paths = Readonly<{ paths: readonly Path[]; unsupported: boolean }>

const LONGEST = 6
const MOST_CHECKS = 32
const MOST_PATHS = 4
const MOST_KEPT = 512
const results = new Map<string, SignatureState>()

/** Worked out once: both sides are named by the SHA-256 of their whole bytes. */
function checkedSignature(certificate: Certificate, issuer: Certificate, work: Pick<Work, 'checks'>): SignatureState | 'too-much' {
  const key = `${certificate.sha256}:${issuer.sha256}`
  const known = results.get(key)
  if (known !== undefined) return known
  work.checks -= 1
  if (work.checks < 0) return 'too-much'
  for (const oldest of [...results.keys()].slice(0, results.size >= MOST_KEPT ? 1 : 0)) results.delete(oldest)
  const state = signedBy(certificate, issuer)
  results.set(key, state)
  return state
}

/** Names and key identifiers only say where to look; the signature decides (RFC 5280 §6.1.3 a). */
function seemsIssuedBy({ issuer, extensions: { authorityKeyId } }: Certificate, { subject, extensions: { subjectKeyId } }: Certificate): 'by-key' | 'by-name' | null {
  if (issuer.key !== subject.key) return null
  return authorityKeyId !== null && authorityKeyId === subjectKeyId ? 'by-key' : 'by-name'
}

/**
 * All ways from a certificate to an anchor, every signature on them checked. The certificates of the pool are anybody's; only the anchors end a way, and
 * by their own bytes: a certificate that only bears an anchor's name has another key. Loops, length and work are bounded.
 */
export function findPaths(from: Certificate, pool: readonly Certificate[], anchors: readonly TrustAnchor[], work: Pick<Work, 'checks'>): Paths {
  const anchorOf = new Map(anchors.map((anchor) => [anchor.certificate.sha256, anchor]))
  const issuers = [...anchors.map(({ certificate }) => certificate), ...pool.filter(({ sha256 }) => !anchorOf.has(sha256))]
  const paths: Path[] = []
  let unsupported = false
  let left = MOST_CHECKS
  const search = (certificate: Certificate, walked: readonly Certificate[]): void => {
    const candidates = issuers.map((issuer) => ({ issuer, by: seemsIssuedBy(certificate, issuer) }))
      .filter(({ issuer, by }) => by !== null && !walked.some(({ sha256 }) => sha256 === issuer.sha256))
      .toSorted((one, other) => Number(other.by === 'by-key') - Number(one.by === 'by-key'))
    for (const { issuer } of candidates) {
      if (left === 0 || paths.length === MOST_PATHS) return
      left -= 1
      const state = checkedSignature(certificate, issuer, work)
      unsupported ||= state === 'unsupported'
      if (state !== 'valid') continue
      const longer = [...walked, issuer]
      const anchor = anchorOf.get(issuer.sha256)
      if (anchor) paths.push({ certificates: longer, anchor })
      else if (longer.length < LONGEST) search(issuer, longer)
    }
  }
  const itself = anchorOf.get(from.sha256)
  if (itself) return { paths: [{ certificates: [from], anchor: itself }], unsupported }
  search(from, [from])
  return { paths, unsupported }
}

/** Every issuer on the way may issue, and no more authorities stand below it than it allows (RFC 5280 §6.1.4 k to n). */
export function keepsConstraints({ certificates: [signer, ...issuers] }: Path): boolean {
  if (signer === undefined || signer.extensions.unknownCritical.length > 0 || factsOf(signer).doubled) return false
  return issuers.every((issuer, index) => {
    const { pathLength, doubled } = factsOf(issuer)
    const below = issuers.slice(0, index).filter((one) => !isSelfIssued(one)).length
    return mayIssue(issuer) && !doubled && (pathLength === null || below <= pathLength)
  })
}

/** Algorithms and keys of the whole way; how the anchor itself was signed does not matter. */
export const isStrong = ({ certificates }: Path): boolean =>
  certificates.every(strongKey) && certificates.slice(0, -1).every(({ algorithm }) => strongAlgorithm(algorithm))
