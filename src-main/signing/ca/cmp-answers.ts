import { childrenOf, first, namedBits, smallInteger, TAG, type Tlv, walk } from '../../identity/pki'

/** Names of the bits of PKIFailureInfo (RFC 9810 §5.2.3). */
export const FAILURES = [
  'badAlg', 'badMessageCheck', 'badRequest', 'badTime', 'badCertId', 'badDataFormat', 'wrongAuthority', 'incorrectData', 'missingTimeStamp', 'badPOP', 'certRevoked', 'certConfirmed', 'wrongIntegrity',
  'badRecipientNonce', 'timeNotAvailable', 'unacceptedPolicy', 'unacceptedExtension', 'addInfoNotAvailable', 'badSenderNonce', 'badCertTemplate', 'signerNotTrusted', 'transactionIdInUse',
  'unsupportedVersion', 'notAuthorized', 'systemUnavail', 'systemFailure', 'duplicateCertReq',
] as const
export type Failure = (typeof FAILURES)[number]

/** PKIStatus (RFC 9810 §5.2.3). */
export const STATUS = { accepted: 0, grantedWithMods: 1, rejection: 2, waiting: 3 } as const

export type StatusInfo = Readonly<{ status: number; text: string; failures: readonly Failure[] }>

/** Texts longer than this are cut, in characters. */
const LONGEST_TEXT = 1000
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** PKIFreeText as one text; what cannot be shown is left out. */
export const freeText = (tlv: Tlv | undefined): string =>
  (tlv ? childrenOf(tlv, TAG.sequence) : []).map(({ value }) => Buffer.from(value).toString('utf8').replace(UNSEEN, '').trim()).filter((text) => text !== '').join('\n').slice(0, LONGEST_TEXT)

/** Reads PKIStatusInfo. @throws AppError THE-009 */
export function statusOf(tlv: Tlv): StatusInfo {
  const fields = walk(tlv, TAG.sequence)
  const status = smallInteger(fields.next())
  const text = freeText(fields.optional(TAG.sequence))
  const bits = fields.optional(TAG.bits)
  const set = bits ? namedBits(bits) : new Set<number>()
  return { status, text, failures: FAILURES.filter((_name, bit) => set.has(bit)) }
}

export type CertResponse = Readonly<{ requestId: number; status: StatusInfo; certificate: Uint8Array | null; authorities: readonly Uint8Array[] }>

/** −1 stands for “no request of this number” with PKCS#10 (RFC 9483 §4.1.4); others answer 0. @throws AppError THE-009 */
function requestIdOf(tlv: Tlv): number {
  return tlv.tag === TAG.integer && tlv.value.length === 1 && tlv.value[0] === 0xff ? -1 : smallInteger(tlv)
}

/** Reads CertRepMessage with exactly one response. @throws AppError THE-009 */
export function certResponseOf(content: Tlv): CertResponse | null {
  const fields = walk(content, TAG.sequence)
  const caPubs = fields.optional(0xa1)
  const responses = childrenOf(fields.next(TAG.sequence), TAG.sequence)
  const [only] = responses
  if (only === undefined || responses.length !== 1) return null
  const response = walk(only, TAG.sequence)
  const requestId = requestIdOf(response.next())
  const status = statusOf(response.next(TAG.sequence))
  const pair = response.optional(TAG.sequence)
  const certificate = pair ? walk(pair, TAG.sequence).optional(0xa0) : undefined
  return {
    requestId, status, certificate: certificate ? first(certificate.value).raw : null,
    authorities: caPubs ? childrenOf(first(caPubs.value), TAG.sequence).map(({ raw }) => raw) : [],
  }
}

/** Reads PollRepContent with exactly one entry; seconds until the next asking. @throws AppError THE-009 */
export function pollResponseOf(content: Tlv): Readonly<{ requestId: number; afterSeconds: number }> | null {
  const [only, ...others] = childrenOf(content, TAG.sequence)
  if (only === undefined || others.length > 0) return null
  const fields = walk(only, TAG.sequence)
  return { requestId: requestIdOf(fields.next()), afterSeconds: smallInteger(fields.next()) }
}

/** Reads ErrorMsgContent; details of the error are added to the text. @throws AppError THE-009 */
export function errorOf(content: Tlv): StatusInfo {
  const fields = walk(content, TAG.sequence)
  const info = statusOf(fields.next(TAG.sequence))
  fields.optional(TAG.integer)
  const details = freeText(fields.optional(TAG.sequence))
  return { ...info, text: [info.text, details].filter((text) => text !== '').join('\n') }
}

