import { AppError } from '@contract/errors'
import { trustErrors } from '@contract/errors/trust'
import type { TrustImport } from '@contract/trust'
import { type Certificate, isSelfIssued, mayIssue } from './certificate'
import { type Anchor, checkedList, checkedSignature, seemsIssuedBy } from './chain'
import { vouched } from './master-list'
import type { RevocationList } from './revocation-list'
import type { TrustFile } from './trust-file'

export type Refusal = TrustImport['refused'][number]
/** What of a file may be trusted, with the words for what may not: `not-an-authority`, `link-without-root`, `signature`, `list-without-root`, `unreadable`. */
export type Admission = Readonly<{ anchors: readonly (Anchor & { source: string })[]; revocationLists: readonly RevocationList[]; refused: readonly Refusal[]; masterListSigner: string | null }>

const MOST_REFUSALS_TOLD = 100

/**
 * Decides what a file adds to the roots that are known. A certificate on its own must be a root signed by itself, or a link signed by a root that is
 * known or in the file; the certificates of a master list are vouched for by its signature; a revocation list needs its root. In a single file
 * anything wrong refuses the whole file, in a collection only itself. @throws AppError CT-002, CT-003, CT-004
 */
export function admit(file: TrustFile, known: readonly Anchor[]): Admission {
  const trusted = known.map(({ certificate }) => certificate)
  const refused: Refusal[] = Array.from({ length: file.unreadable }, () => ({ subject: '?', why: 'unreadable' }))
  const listed = file.masterLists.flatMap((list) => {
    if (!vouched(list, trusted)) throw new AppError(trustErrors.masterListSignature)
    refused.push(...Array.from({ length: list.unreadable }, () => ({ subject: '?', why: 'unreadable' })))
    refused.push(...list.certificates.filter((one) => !mayIssue(one)).map((one) => refusal(one, 'not-an-authority')))
    return list.certificates.filter(mayIssue).map((certificate): Anchor & { source: string } => ({ certificate, origin: 'master-list', source: list.signer.subject.text }))
  })
  const own = admitCertificates(file, [...known, ...listed])
  const anchors = [...new Map([...own.anchors, ...listed].map((anchor) => [anchor.certificate.sha256, anchor])).values()]
  const lists = admitLists(file, [...trusted, ...anchors.map(({ certificate }) => certificate)])
  refused.push(...own.refused, ...lists.refused)
  if (!file.collected && own.refused.length > 0) throw new AppError(trustErrors.notAnAuthority)
  if (!file.collected && lists.refused.length > 0) throw new AppError(trustErrors.revocationListSignature)
  if (!file.collected && file.unreadable > 0) throw new AppError(trustErrors.unreadable)
  const signers = [...new Set(file.masterLists.map(({ signer }) => signer.subject.text))]
  return { anchors, revocationLists: lists.admitted, refused: refused.slice(0, MOST_REFUSALS_TOLD), masterListSigner: signers.length > 0 ? signers.join(' + ') : null }
}

/** A root: issued by itself, under its own key. A link has the same name often, but never the same key. */
const isSignedBySelf = (certificate: Certificate): boolean => isSelfIssued(certificate) && checkedSignature(certificate, certificate) === 'valid'

const refusal = ({ subject }: Certificate, why: string): Refusal => ({ subject: subject.text, why })

function admitCertificates({ certificates, source }: TrustFile, known: readonly Anchor[]): { anchors: (Anchor & { source: string })[]; refused: Refusal[] } {
  const refused = certificates.filter((one) => !mayIssue(one)).map((one) => refusal(one, 'not-an-authority'))
  const authorities = certificates.filter(mayIssue)
  const anchors = authorities.filter(isSignedBySelf).map((certificate): Anchor & { source: string } => ({ certificate, origin: 'certificate', source }))
  let waiting = authorities.filter((one) => !isSignedBySelf(one))
  // Links may stand in the file before what they hang on: one more is settled in each round, or nothing is.
  for (let settled = true; settled && waiting.length > 0;) {
    const issuers = [...known, ...anchors]
    const [linked, left] = [waiting.filter((one) => hangsOn(one, issuers)), waiting.filter((one) => !hangsOn(one, issuers))]
    anchors.push(...linked.map((certificate) => ({ certificate, origin: 'link' as const, source })))
    settled = linked.length > 0
    waiting = left
  }
  return { anchors, refused: [...refused, ...waiting.map((one) => refusal(one, isSelfIssued(one) && one.extensions.authorityKeyId === one.extensions.subjectKeyId ? 'signature' : 'link-without-root'))] }
}

const hangsOn = (certificate: Certificate, issuers: readonly Anchor[]): boolean =>
  issuers.some(({ certificate: issuer }) => seemsIssuedBy(certificate, issuer) !== null && checkedSignature(certificate, issuer) === 'valid')

function admitLists({ revocationLists }: TrustFile, roots: readonly Certificate[]): { admitted: RevocationList[]; refused: Refusal[] } {
  const fits = (list: RevocationList): boolean => roots.some((root) => root.subject.key === list.issuer.key && checkedList(list, root) === 'valid')
  return {
    admitted: revocationLists.filter(fits),
    refused: revocationLists.filter((list) => !fits(list)).map(({ issuer }) => ({ subject: issuer.text, why: 'list-without-root' })),
  }
}
