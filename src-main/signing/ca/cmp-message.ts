import { childrenOf, first, TAG, type Tlv, whole } from '../../identity/pki'
import { bitString, ctx, generalizedTime, integer, octets, seq } from '../der'

/** Kinds of PKIBody that are used here, by their tag (RFC 9810 §5.1.2). */
export const BODY = { cp: 3, p10cr: 4, pkiConf: 19, error: 23, certConf: 24, pollReq: 25, pollRep: 26 } as const
export type BodyKind = (typeof BODY)[keyof typeof BODY]

/** pvno of RFC 4210, which every CA understands (RFC 9810 §7). */
const VERSION = 2
const EXPLICIT = 0xa0
/** Longer messages are refused before they are read, in bytes. */
export const LARGEST_MESSAGE = 256 * 1024
const MOST_CERTIFICATES = 20

/** What both sides say at the head of a message. Names are GeneralNames in DER. */
export type HeaderWish = Readonly<{
  sender: Uint8Array
  recipient: Uint8Array
  at: Date
  senderKid: Uint8Array | null
  transaction: Uint8Array
  senderNonce: Uint8Array
  recipNonce: Uint8Array | null
}>

export type Header = Readonly<{
  sender: Tlv
  recipient: Tlv
  at: Tlv | null
  algorithm: Tlv | null
  senderKid: Uint8Array | null
  transaction: Uint8Array
  senderNonce: Uint8Array
  recipNonce: Uint8Array | null
}>

export type Message = Readonly<{
  header: Header
  kind: number
  content: Tlv
  /** What a protection covers: DER of ProtectedPart. */
  covered: Uint8Array
  protection: Uint8Array | null
  /** DER. */
  extra: readonly Uint8Array[]
}>

/** Protects the covered bytes; `algorithm` goes into the header before. */
export type Protector = Readonly<{ algorithm: Uint8Array; protect(covered: Uint8Array): Uint8Array; extra: readonly Uint8Array[] }>

const whenThere = (number: number, value: Uint8Array | null): Uint8Array[] => (value === null ? [] : [ctx(number, octets(value))])

function headerDer(wish: HeaderWish, algorithm: Uint8Array | null): Uint8Array {
  return seq(
    integer(VERSION), wish.sender, wish.recipient, ctx(0, generalizedTime(wish.at)), ...(algorithm ? [ctx(1, algorithm)] : []),
    ...whenThere(2, wish.senderKid), ctx(4, octets(wish.transaction)), ctx(5, octets(wish.senderNonce)), ...whenThere(6, wish.recipNonce),
  )
}

/** A whole PKIMessage; without a protector it is unprotected. */
export function messageDer(wish: HeaderWish, kind: BodyKind, content: Uint8Array, protector: Protector | null): Uint8Array {
  const header = headerDer(wish, protector?.algorithm ?? null)
  const body = ctx(kind, content)
  if (protector === null) return seq(header, body)
  const protection = ctx(0, bitString(protector.protect(seq(header, body))))
  return seq(header, body, protection, ...(protector.extra.length > 0 ? [ctx(1, seq(...protector.extra))] : []))
}

/** What stands in an explicit tag. @throws AppError THE-009 */
const inner = (tlv: Tlv): Tlv => first(tlv.value)

function octetsIn(tlv: Tlv | undefined): Uint8Array | null {
  if (tlv === undefined) return null
  const value = inner(tlv)
  return value.tag === TAG.octets ? value.value : null
}

function readHeader(tlv: Tlv): Header | null {
  const [, sender, recipient, ...rest] = childrenOf(tlv, TAG.sequence)
  const field = (number: number): Tlv | undefined => rest.find(({ tag }) => tag === EXPLICIT + number)
  const [at, algorithm] = [field(0), field(1)]
  const transaction = octetsIn(field(4))
  const senderNonce = octetsIn(field(5))
  if (sender === undefined || recipient === undefined || transaction === null || senderNonce === null) return null
  return {
    sender, recipient, at: at ? inner(at) : null, algorithm: algorithm ? inner(algorithm) : null, senderKid: octetsIn(field(2)), transaction, senderNonce, recipNonce: octetsIn(field(6)),
  }
}

/** The value of a BIT STRING in an explicit tag, whole octets. */
function bitsIn(tlv: Tlv): Uint8Array | null {
  const { tag, value } = inner(tlv)
  return tag === TAG.bits && value[0] === 0 ? value.subarray(1) : null
}

/** Reads a PKIMessage; null when it is none, or says not even which transaction it belongs to. */
export function readMessage(bytes: Uint8Array): Message | null {
  if (bytes.length > LARGEST_MESSAGE) return null
  try {
    const outer = whole(bytes, TAG.sequence)
    if (outer.raw.length !== bytes.length) return null
    const [headerTlv, body, ...rest] = childrenOf(outer, TAG.sequence)
    if (headerTlv === undefined || body === undefined || body.tag < EXPLICIT || body.tag > 0xbf) return null
    const header = readHeader(headerTlv)
    const [protection, extra] = [rest.find(({ tag }) => tag === 0xa0), rest.find(({ tag }) => tag === 0xa1)]
    const certificates = extra ? childrenOf(inner(extra), TAG.sequence).map(({ raw }) => raw) : []
    if (header === null || certificates.length > MOST_CERTIFICATES) return null
    return {
      header, kind: body.tag - EXPLICIT, content: inner(body), covered: seq(headerTlv.raw, body.raw), protection: protection ? bitsIn(protection) : null, extra: certificates,
    }
  } catch {
    return null
  }
}
