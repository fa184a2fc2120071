import type { ChainProof, ChipOddity } from '@contract/chip'
import type { AnchorOrigin } from '@contract/trust'
import { type Certificate, inForce, KEY_USAGE, mayIssue, signedBy, viewOf } from './certificate'
import { remembered } from './remembered'
import { isStale, listSignedBy, type RevocationList } from './revocation-list'
import type { SignatureState } from './signature'

/** A certificate that chains may end at, or lead over when it is a link (9303-12 §5.1.2: the new root signed by the old one). */
export type Anchor = Readonly<{ certificate: Certificate; origin: AnchorOrigin }>
export type Trust = Readonly<{ anchors: readonly Anchor[]; revocationLists: readonly RevocationList[] }>
type Proved = Readonly<{ chain: ChainProof; oddities: readonly ChipOddity[] }>

const LONGEST_PATH = 6
const MOST_CHECKS = 24
const ICAO_USAGES = '2.23.136.1.1.'

type Judged = Readonly<{ state: 'trusted' | 'expired' | 'revoked' | 'invalid'; revocation: ChainProof['revocation']; path: readonly Anchor[] }>
const RANK = { revoked: 0, trusted: 1, expired: 2, invalid: 3 } as const

export const oddity = (code: string, params: ChipOddity['params'] = {}, file: ChipOddity['file'] = 'SOD'): ChipOddity => ({ code, file, params })

const namesKeyOf = ({ extensions: { authorityKeyId } }: Certificate, { extensions: { subjectKeyId } }: Certificate): boolean => authorityKeyId !== null && authorityKeyId === subjectKeyId

/**
 * Whether names and key identifiers say that `issuer` issued this; the signature decides. The name must fit (RFC 5280 §6.1.3 a 4): key identifiers only
 * tell roots of one name apart. 9303-12 makes no exception: a link to a root of a new name has the old root's name as issuer (§7.1.1, name change).
 */
export function seemsIssuedBy(certificate: Certificate, issuer: Certificate): 'by-key' | 'by-name' | null {
  if (certificate.issuer.key !== issuer.subject.key) return null
  return namesKeyOf(certificate, issuer) ? 'by-key' : 'by-name'
}

export const checkedSignature = (certificate: Certificate, issuer: Certificate): SignatureState =>
  remembered(`${certificate.sha256}:${issuer.sha256}`, () => signedBy(certificate, issuer))
export const checkedList = (list: RevocationList, issuer: Certificate): SignatureState =>
  remembered(`${list.sha256}:${issuer.sha256}`, () => listSignedBy(list, issuer))

/** All ways from the signer to a root, every signature on them checked; and how the nearest miss failed. Loops, length and work are bounded. */
function findPaths(signer: Certificate, anchors: readonly Anchor[]): { paths: Anchor[][]; missed: SignatureState | null } {
  const paths: Anchor[][] = []
  let missed: SignatureState | null = null
  let left = MOST_CHECKS
  const search = (certificate: Certificate, path: readonly Anchor[]): void => {
    const seen = new Set([signer.sha256, ...path.map((anchor) => anchor.certificate.sha256)])
    const candidates = anchors
      .map((anchor) => ({ anchor, by: seemsIssuedBy(certificate, anchor.certificate) }))
      .filter(({ anchor, by }) => by !== null && !seen.has(anchor.certificate.sha256))
      .sort((one, other) => (one.by ?? '').localeCompare(other.by ?? ''))
    for (const { anchor, by } of candidates) {
      if (left === 0) return
      left -= 1
      const state = checkedSignature(certificate, anchor.certificate)
      if (state !== 'valid') {
        const keyTold = certificate.extensions.authorityKeyId !== null && anchor.certificate.extensions.subjectKeyId !== null
        if (path.length === 0 && (by === 'by-key' || !keyTold)) missed = missed === 'invalid' ? missed : state
        continue
      }
      const longer = [...path, anchor]
      if (anchor.origin !== 'link') paths.push(longer)
      else if (longer.length < LONGEST_PATH) search(anchor.certificate, longer)
    }
  }
  search(signer, [])
  return { paths, missed }
}

/** A root whose key the signer names, but whose own name is another than that of the signer's issuer. */
const namesKeyOnly = (signer: Certificate, { certificate }: Anchor): boolean =>
  certificate.sha256 !== signer.sha256 && namesKeyOf(signer, certificate) && seemsIssuedBy(signer, certificate) === null

/** What the lists say of one certificate. A list counts when a certificate of the path, or a root of its name, signed it. */
function revocationOf(certificate: Certificate, path: readonly Anchor[], trust: Trust, at: Date): ChainProof['revocation'] {
  const issuers = new Map([...path, ...trust.anchors.filter(({ origin }) => origin !== 'link')].map(({ certificate: one }) => [one.sha256, one]))
  const lists = trust.revocationLists.filter((list) => list.issuer.key === certificate.issuer.key
    && [...issuers.values()].some((issuer) => issuer.subject.key === list.issuer.key && checkedList(list, issuer) === 'valid'))
  if (lists.some((list) => list.revoked.has(certificate.serial))) return 'revoked'
  return lists.some((list) => !list.partial && !isStale(list, at)) ? 'good' : 'unknown'
}

/**
 * A document signer signs, and issues nothing (9303-12 table 4). Certificates for other purposes of ICAO, a master list's signer among them, carry an
 * extended key usage and are no document signers.
 */
export function maySignDocuments({ extensions: { authority, keyUsage, extendedKeyUsage, unknownCritical } }: Certificate): boolean {
  return authority !== true && (keyUsage === null || keyUsage.has(KEY_USAGE.digitalSignature))
    && !(extendedKeyUsage ?? []).some((oid) => oid.startsWith(ICAO_USAGES)) && unknownCritical.length === 0
}

function judge(signer: Certificate, path: readonly Anchor[], trust: Trust, at: Date): Judged {
  const [revocation, ...above] = [signer, ...path.slice(0, -1).map(({ certificate }) => certificate)].map((one) => revocationOf(one, path, trust, at))
  const told = { revocation: revocation ?? 'unknown', path }
  if ([revocation, ...above].includes('revoked')) return { ...told, revocation: 'revoked', state: 'revoked' }
  if (!maySignDocuments(signer) || !path.every(({ certificate }) => mayIssue(certificate))) return { ...told, state: 'invalid' }
  return { ...told, state: [signer, ...path.map(({ certificate }) => certificate)].every((one) => inForce(one, at)) ? 'trusted' : 'expired' }
}

/**
 * Does the signer hang on a root that the administrator trusts (9303-11 §5.1, 9303-12 §8)? Only roots that were imported end a chain; a link leads
 * from a new root to an old one. The best way is told; a revocation on any way counts. Validity is asked for on the day `at`.
 */
export function proveChain(signer: Certificate, trust: Trust, at: Date): Proved {
  const { paths, missed } = findPaths(signer, trust.anchors)
  const [best] = paths.map((path) => judge(signer, path, trust, at))
    .sort((one, other) => RANK[one.state] - RANK[other.state] || one.path.length - other.path.length)
  const oddities = [
    ...(signer.extensions.keyUsage === null ? [oddity('signer-without-key-usage')] : []),
    ...(at < signer.notBefore ? [oddity('signer-not-yet-valid')] : []),
    ...(at > signer.notAfter ? [oddity('signer-expired')] : []),
  ]
  if (best) {
    const chain = { state: best.state, path: best.path.map(({ certificate }) => viewOf(certificate)), revocation: best.revocation, practice: best.path.at(-1)?.origin === 'practice' }
    return { chain, oddities }
  }
  const nothing: Omit<ChainProof, 'state'> = { path: [], revocation: 'unknown', practice: false }
  if (missed === 'unsupported') return { chain: { ...nothing, state: 'not-checked' }, oddities: [...oddities, oddity('chain-unsupported')] }
  const unknown = missed === null && !trust.anchors.some((anchor) => namesKeyOnly(signer, anchor))
  return { chain: { ...nothing, state: unknown ? 'no-anchor' : 'invalid' }, oddities }
}
