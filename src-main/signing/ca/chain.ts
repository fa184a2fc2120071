import { type Certificate, inForce, mayIssue, signedBy } from '../../identity/pki'
import { factsOf } from '../certificate-facts'

const LONGEST = 6

/** Whether `issuer` may stand above a certificate with so many authorities between. */
function stands(issuer: Certificate, below: Certificate, between: number, now: Date): boolean {
  if (issuer.subject.key !== below.issuer.key || !mayIssue(issuer) || !inForce(issuer, now)) return false
  const { pathLength, doubled } = factsOf(issuer)
  return !doubled && (pathLength === null || between <= pathLength) && signedBy(below, issuer) === 'valid'
}

/**
 * The way from a certificate to one of the CA's own, by signature and never by name alone: what issued it first, the trusted one last; null when
 * there is none (RFC 5280 §6.1, without policies and revocation). A trusted certificate is its own end.
 */
export function chainOf(leaf: Certificate, others: readonly Certificate[], trusted: readonly Certificate[], now: Date): readonly Certificate[] | null {
  const ends = new Set(trusted.map(({ sha256 }) => sha256))
  if (ends.has(leaf.sha256)) return inForce(leaf, now) ? [] : null
  const all = [...trusted, ...others]
  const above = (at: Certificate, path: readonly Certificate[]): readonly Certificate[] | null => {
    if (path.length === LONGEST) return null
    for (const issuer of all) {
      if (path.includes(issuer) || !stands(issuer, at, path.length, now)) continue
      const found = ends.has(issuer.sha256) ? [...path, issuer] : above(issuer, [...path, issuer])
      if (found !== null) return found
    }
    return null
  }
  return above(leaf, [])
}
