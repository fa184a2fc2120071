import { createHash, randomBytes } from 'node:crypto'
import { childrenOf, oidOf, smallInteger, TAG, type Tlv, walk, whole } from '../../../src-main/identity/pki'
import { algorithm, ctx, generalizedTime, integer, namedBitString, octets, oid, retag, seq, set, utf8 } from '../../../src-main/signing/der'
import { ECDSA_SHA256, signWith } from './certificates'
import { POLICY, type Roles } from './roles'

const OID = {
  tstInfo: '1.2.840.113549.1.9.16.1.4', signedData: '1.2.840.113549.1.7.2', sha256: '2.16.840.1.101.3.4.2.1', contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const
/** Imprints that are stamped, with their length in bytes. */
const IMPRINTS: Readonly<Record<string, number>> = { '2.16.840.1.101.3.4.2.1': 32, '2.16.840.1.101.3.4.2.2': 48, '2.16.840.1.101.3.4.2.3': 64 }
const TSA_POLICY = `${POLICY}.2`
const GRANTED = 0
const REJECTION = 2
const FAILURE = { badAlg: 0, badDataFormat: 5, unacceptedPolicy: 15, unacceptedExtension: 16 } as const

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

interface Asked { readonly imprint: Tlv; readonly nonce: Tlv | null; readonly withCertificate: boolean }

function readAsked(query: Uint8Array): Asked | number {
  const fields = walk(whole(query, TAG.sequence), TAG.sequence)
  if (smallInteger(fields.next()) !== 1) return FAILURE.badDataFormat
  const imprint = fields.next(TAG.sequence)
  const [hash, value] = childrenOf(imprint, TAG.sequence)
  if (IMPRINTS[oidOf(childrenOf(hash, TAG.sequence)[0])] !== value?.value.length) return FAILURE.badAlg
  const policy = fields.optional(TAG.oid)
  if (policy && oidOf(policy) !== TSA_POLICY) return FAILURE.unacceptedPolicy
  const nonce = fields.optional(TAG.integer) ?? null
  const wanted = fields.optional(TAG.boolean)
  if (fields.optional(0xa0)) return FAILURE.unacceptedExtension
  return { imprint, nonce, withCertificate: wanted !== undefined && wanted.value[0] !== 0 }
}

const refusal = (failure: number): Uint8Array => seq(seq(integer(REJECTION), seq(utf8('Yêu cầu dấu thời gian không hợp lệ')), namedBitString(failure)))

/** Answers a TimeStampReq (RFC 3161 §2.4). */
export function stampAnswer({ tsa, issuing }: Roles, now: Date, query: Uint8Array): Uint8Array {
  let asked: Asked | number
  try {
    asked = readAsked(query)
  } catch {
    asked = FAILURE.badDataFormat
  }
  if (typeof asked === 'number') return refusal(asked)
  const { imprint, nonce, withCertificate } = asked
  const info = seq(
    integer(1), oid(TSA_POLICY), imprint.raw, integer(randomBytes(8)), generalizedTime(now), seq(integer(1)), ...(nonce ? [nonce.raw] : []), ctx(0, ctx(4, tsa.parsed.subject.raw)),
  )
  return seq(seq(integer(GRANTED)), tokenOf(info, { tsa, issuing }, withCertificate))
}

/** CMS around TSTInfo with one signer (RFC 3161 §2.4.2, RFC 5816). */
function tokenOf(info: Uint8Array, { tsa, issuing }: Pick<Roles, 'tsa' | 'issuing'>, withCertificate: boolean): Uint8Array {
  const attribute = (type: string, value: Uint8Array): Uint8Array => seq(oid(type), set(value))
  const attributes = set(
    attribute(OID.contentType, oid(OID.tstInfo)), attribute(OID.messageDigest, octets(sha256(info))), attribute(OID.signingCertificateV2, seq(seq(seq(octets(sha256(tsa.certificate)))))),
  )
  const issuerAndSerial = seq(tsa.parsed.issuer.raw, integer(Buffer.from(tsa.parsed.serial, 'hex')))
  const signer = seq(integer(1), issuerAndSerial, algorithm(OID.sha256), retag(0xa0, attributes), ECDSA_SHA256, octets(signWith(tsa.privateKey, attributes)))
  const certificates = withCertificate ? [retag(0xa0, set(tsa.certificate, issuing.certificate))] : []
  const signed = seq(integer(3), set(algorithm(OID.sha256)), seq(oid(OID.tstInfo), ctx(0, octets(info))), ...certificates, set(signer))
  return seq(oid(OID.signedData), ctx(0, signed))
}

