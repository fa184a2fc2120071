import { AppError } from '@contract/errors'
import { trustErrors } from '@contract/errors/trust'
import { type Certificate, isSelfIssued, mayIssue, parseCertificate } from './certificate'
import { checkedSignature, seemsIssuedBy } from './chain'
import { certificatesOf, findSigner, type SignedData } from './cms'
import { childrenOf, smallInteger, TAG, walk, whole } from './der'

/** A master list whose signature holds: its signer, the certificates sent along, and the roots that it lists. */
export type MasterList = Readonly<{ signer: Certificate; embedded: readonly Certificate[]; certificates: readonly Certificate[]; unreadable: number }>

export const MASTER_LIST = '2.23.136.1.1.2'
const LIST_SIGNER = '2.23.136.1.1.3'
const MOST_EMBEDDED = 8

/**
 * Reads a CscaMasterList (9303-12 §9) and verifies its signature with the signer's certificate that it carries, which must be made for that purpose.
 * Who issued the signer is for `vouched` to say. @throws AppError CT-003, THE-009
 */
export function parseMasterList(data: SignedData): MasterList {
  const [info] = data.signers
  const proof = info && findSigner(data, info)
  const signer = proof?.certificate
  if (!signer || proof.state !== 'valid' || data.content === null || signer.extensions.extendedKeyUsage?.includes(LIST_SIGNER) !== true) {
    throw new AppError(trustErrors.masterListSignature)
  }
  const fields = walk(whole(data.content, TAG.sequence), TAG.sequence)
  smallInteger(fields.next())
  const read = childrenOf(fields.next(), TAG.set).map(({ raw }) => {
    try {
      return parseCertificate(raw)
    } catch {
      return null
    }
  })
  const certificates = read.filter((certificate) => certificate !== null)
  return { signer, embedded: certificatesOf(data, MOST_EMBEDDED), certificates, unreadable: read.length - certificates.length }
}

/** Whether a root signed the list's signer: one that is trusted already, or one that the list brings (its own country's, 9303-12 §9.2). */
export const vouched = ({ signer, embedded, certificates }: MasterList, trusted: readonly Certificate[]): boolean =>
  [...trusted, ...embedded, ...certificates].some((root) =>
    root.sha256 !== signer.sha256 && isSelfIssued(root) && mayIssue(root) && seemsIssuedBy(signer, root) !== null && checkedSignature(signer, root) === 'valid')
