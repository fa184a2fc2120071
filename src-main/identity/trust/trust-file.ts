import { AppError } from '@contract/errors'
import { trustErrors } from '@contract/errors/trust'
import { LARGEST_TRUST_FILE } from '@contract/trust'
import { type Certificate, parseCertificate } from './certificate'
import { certificatesOf, parseSignedData } from './cms'
import { first, latin1, TAG } from './der'
import { ldifAttributes } from './ldif'
import { MASTER_LIST, type MasterList, parseMasterList } from './master-list'
import { parseRevocationList, type RevocationList } from './revocation-list'

/** What a file brings. `collected`: it holds what others wrote together, so that a single bad certificate spoils itself only. */
export type TrustFile = Readonly<{
  source: string
  collected: boolean
  certificates: readonly Certificate[]
  masterLists: readonly MasterList[]
  revocationLists: readonly RevocationList[]
  unreadable: number
}>

const MOST_BUNDLED = 2000
const MOST_BLOCKS = 5000
const PEM = /-----BEGIN (CERTIFICATE|X509 CERTIFICATE|X509 CRL|PKCS7|CMS)-----([A-Za-z0-9+/=\s]*?)-----END \1-----/gu

const NOTHING: Omit<TrustFile, 'source'> = { collected: false, certificates: [], masterLists: [], revocationLists: [], unreadable: 0 }

/**
 * Reads a file with roots or revocation lists: certificates and lists in DER or PEM, PKCS#7 bundles, ICAO and BSI master lists (CMS), ICAO's LDIF.
 * Signatures of master lists are verified; what may be trusted is for `admit` to say. @throws AppError CT-001, CT-003, CT-006
 */
export function readTrustFile(name: string, bytes: Uint8Array): TrustFile {
  if (bytes.length > LARGEST_TRUST_FILE) throw new AppError(trustErrors.tooLarge)
  try {
    const parts = bytes[0] === TAG.sequence ? [derPart(bytes)] : textParts(bytes)
    const file = { ...joined(parts), source: name }
    if (file.certificates.length + file.masterLists.length + file.revocationLists.length === 0) throw new AppError(trustErrors.unreadable)
    return file
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('CT-')) throw error
    throw new AppError(trustErrors.unreadable, {}, { cause: error })
  }
}

type Part = Omit<TrustFile, 'source'>

const joined = (parts: readonly Part[]): Part => ({
  collected: parts.some(({ collected }) => collected),
  certificates: parts.flatMap(({ certificates }) => certificates),
  masterLists: parts.flatMap(({ masterLists }) => masterLists),
  revocationLists: parts.flatMap(({ revocationLists }) => revocationLists),
  unreadable: parts.reduce((sum, { unreadable }) => sum + unreadable, 0),
})

function textParts(bytes: Uint8Array): Part[] {
  const text = latin1(bytes)
  const blocks = [...text.matchAll(PEM)].slice(0, MOST_BLOCKS)
  if (blocks.length > 0) return blocks.map(([, , body = '']) => derPart(fromBase64(body)))
  return ldifAttributes(text).map(({ kind, value }) => {
    try {
      return { ...(kind === 'signers' ? authoritiesOnly(derPart(value)) : derPart(value)), collected: true }
    } catch (error) {
      // One entry of a collection that cannot be read stays out; a list with a wrong signature stops everything.
      if (error instanceof AppError && error.code === trustErrors.masterListSignature) throw error
      return { ...NOTHING, collected: true, unreadable: 1 }
    }
  })
}

/** ICAO's collection of document signers: they are no roots, and are not meant to be. */
const authoritiesOnly = (part: Part): Part => ({ ...part, certificates: part.certificates.filter(({ extensions }) => extensions.authority === true) })

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))

/** A CMS begins with an object identifier, certificates and lists with a sequence. */
function derPart(bytes: Uint8Array): Part {
  const kind = bytes[1] === 0x80 ? first(bytes.subarray(2)).tag : first(first(bytes).value).tag
  if (kind === TAG.oid) return cmsPart(bytes)
  try {
    return { ...NOTHING, certificates: [parseCertificate(bytes)] }
  } catch {
    return { ...NOTHING, revocationLists: [parseRevocationList(bytes)] }
  }
}

function cmsPart(bytes: Uint8Array): Part {
  const data = parseSignedData(bytes)
  if (data.contentType === MASTER_LIST) return { ...NOTHING, collected: true, masterLists: [parseMasterList(data)] }
  const certificates = certificatesOf(data, MOST_BUNDLED)
  return { ...NOTHING, certificates, revocationLists: data.lists.map(parseRevocationList), unreadable: Math.min(data.certificates.length, MOST_BUNDLED) - certificates.length }
}
