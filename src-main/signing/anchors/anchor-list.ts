import { z } from 'zod'
import { AppError } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import { type Certificate, mayIssue, parseCertificate, parseSignedData, verifySigner } from '../../identity/pki'
import { nameOf, PURPOSE } from '../certificate-facts'
import { PINNED_SIGNERS } from './pinned-signers'

export type AnchorKind = 'root' | 'ca' | 'tsa'
/** A certificate that chains may end at. `tsa` serves stamps only; `practice`: from the reference city, not from the list. */
export type TrustAnchor = Readonly<{ name: string; kind: AnchorKind; certificate: Certificate; demo: boolean; practice: boolean }>
/** A signed list as it was read: of which day, by whom signed, and whether it is only for demonstrations. */
export type AnchorList = Readonly<{ issued: string; demo: boolean; note: Readonly<{ vi: string; en: string }>; signer: string; anchors: readonly TrustAnchor[] }>

/** Longer ones are refused before they are read, in bytes. */
export const LARGEST_ANCHOR_LIST = 4 * 1024 * 1024
const ID_DATA = '1.2.840.113549.1.7.1'

/** What is inside the signature: UTF-8 JSON. A list replaces the other as a whole; nothing is merged. */
const ListData = z.strictObject({
  format: z.literal('mot-cua-signing-anchors'), version: z.literal(1), issued: z.iso.date(), demo: z.boolean(),
  note: z.strictObject({ vi: z.string().max(500), en: z.string().max(500) }),
  anchors: z.array(z.strictObject({ name: z.string().min(1).max(200), kind: z.enum(['root', 'ca', 'tsa']), certificate: z.base64().max(48_000), demo: z.boolean() })).max(500),
})
type ListData = z.infer<typeof ListData>

/** `why`: too-large, no-list, signature, content, certificate, future. */
export const broken = (why: string): AppError => new AppError(signingErrors.anchorsBroken, { why })

/** Certificates that may sign lists, DER in Base64; tests bring their own. */
export type Pinned = readonly string[]

/** Content and signer of a list that one of the pinned keys signed. Certificates inside the file prove nothing and are not looked at. */
function opened(bytes: Uint8Array, pinned: Pinned): Readonly<{ content: Uint8Array; signer: Certificate }> {
  if (bytes.length > LARGEST_ANCHOR_LIST) throw broken('too-large')
  const data = (() => {
    try {
      return parseSignedData(bytes)
    } catch {
      throw broken('no-list')
    }
  })()
  const [by, ...others] = data.signers
  if (by === undefined || others.length > 0 || data.contentType !== ID_DATA || data.content === null || by.attributes === null) throw broken('no-list')
  const signer = pinned.map((text) => parseCertificate(Buffer.from(text, 'base64'))).find((one) => verifySigner(data, by, one) === 'valid')
  if (signer === undefined) throw broken('signature')
  return { content: data.content, signer }
}

function parsedData(content: Uint8Array): ListData {
  try {
    return ListData.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content)))
  } catch {
    throw broken('content')
  }
}

/** What an anchor of a kind must be able to do: issue, or stamp. */
export const suits = (kind: AnchorKind, certificate: Certificate): boolean =>
  mayIssue(certificate) || (kind === 'tsa' && (certificate.extensions.extendedKeyUsage ?? []).includes(PURPOSE.timeStamping))

function anchorOf({ name, kind, certificate, demo }: ListData['anchors'][number], listDemo: boolean): TrustAnchor {
  try {
    const read = parseCertificate(Buffer.from(certificate, 'base64'))
    if (suits(kind, read)) return { name, kind, certificate: read, demo: demo || listDemo, practice: false }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  throw broken('certificate')
}

/**
 * Reads a list of trust anchors: CMS SignedData over JSON, signed by a pinned key (issue 6; Circular 15/2025/TT-BKHCN: the list of CAs can be added to
 * and removed from). @throws AppError KS-066
 */
export function readAnchorList(bytes: Uint8Array, pinned: Pinned = PINNED_SIGNERS): AnchorList {
  const { content, signer } = opened(bytes, pinned)
  const { issued, demo, note, anchors } = parsedData(content)
  const read = anchors.map((one) => anchorOf(one, demo))
  if (new Set(read.map(({ certificate }) => certificate.sha256)).size < read.length) throw broken('content')
  return { issued, demo, note, signer: nameOf(signer), anchors: read }
}
