import { createHash } from 'node:crypto'
import { z } from 'zod'
import { bitsOf, childrenOf, first, hexOf, oidOf, serialOf, TAG, type Tlv, walk, whole } from '../../../src-main/identity/pki'
import { bitString, ctx, ctxValue, enumerated, generalizedTime, octets, oid, retag, seq } from '../../../src-main/signing/der'
import { first as firstRow, type Sql } from '../db'
import { ECDSA_SHA256, keyIdOf, signWith } from './certificates'
import type { Roles, RoleSigner } from './roles'

/** Hashes that a CertID may be made with (RFC 6960 §4.1.1; RFC 5019 §2.1.1 wants SHA-1). */
const HASHES: Readonly<Record<string, string>> = { '1.3.14.3.2.26': 'sha1', '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384', '2.16.840.1.101.3.4.2.3': 'sha512' }
const BASIC = '1.3.6.1.5.5.7.48.1.1'
const NONCE = '1.3.6.1.5.5.7.48.1.2'
const MALFORMED = 1
const MOST_ASKED = 20
/** The answer is good for so long. */
const LASTS_MS = 24 * 3_600_000

const StatusRow = z.object({ reason: z.number().int().nullable(), at: z.date().nullable() })

export interface OcspDeps {
  readonly sql: Sql
  readonly roles: Roles
  readonly now: Date
}

const failed = (status: number): Uint8Array => seq(enumerated(status))

/** Answers an OCSPRequest (RFC 6960). What cannot be read is answered as malformed. */
export async function ocspAnswer(deps: OcspDeps, request: Uint8Array): Promise<Uint8Array> {
  let asked: { ids: Tlv[]; nonce: Uint8Array | null }
  try {
    asked = readAsked(request)
  } catch {
    return failed(MALFORMED)
  }
  if (asked.ids.length === 0 || asked.ids.length > MOST_ASKED) return failed(MALFORMED)
  const singles: Uint8Array[] = []
  for (const id of asked.ids) singles.push(await singleFor(deps, id))
  const { ocsp } = deps.roles
  const data = seq(
    ctx(2, octets(keyIdOf(ocsp.parsed.spki.raw))), generalizedTime(deps.now), seq(...singles), ...(asked.nonce === null ? [] : [ctx(1, seq(asked.nonce))]),
  )
  const basic = seq(data, ECDSA_SHA256, bitString(signWith(ocsp.privateKey, data)), ctx(0, seq(ocsp.certificate)))
  return seq(enumerated(0), ctx(0, seq(oid(BASIC), octets(basic))))
}

function readAsked(request: Uint8Array): { ids: Tlv[]; nonce: Uint8Array | null } {
  const tbs = walk(walk(whole(request, TAG.sequence), TAG.sequence).next(TAG.sequence), TAG.sequence)
  tbs.optional(0xa0)
  tbs.optional(0xa1)
  const ids = childrenOf(tbs.next(TAG.sequence), TAG.sequence).map((one) => walk(one, TAG.sequence).next(TAG.sequence))
  const extensions = tbs.optional(0xa2)
  const nonce = extensions ? childrenOf(first(extensions.value), TAG.sequence).find((extension) => oidOf(childrenOf(extension, TAG.sequence)[0]) === NONCE) : undefined
  return { ids, nonce: nonce?.raw ?? null }
}

/** Whether a CertID names this CA as issuer. */
function names(issuer: RoleSigner, [algorithm, nameHash, keyHash]: readonly Tlv[]): boolean {
  const hash = HASHES[oidOf(childrenOf(algorithm, TAG.sequence)[0])]
  if (hash === undefined || nameHash === undefined || keyHash === undefined) return false
  const of = (bytes: Uint8Array): string => createHash(hash).update(bytes).digest('hex')
  const { subject, spki } = issuer.parsed
  return hexOf(nameHash.value) === of(subject.raw) && hexOf(keyHash.value) === of(bitsOf(childrenOf(spki, TAG.sequence)[1]))
}

async function singleFor({ sql, roles, now }: OcspDeps, id: Tlv): Promise<Uint8Array> {
  const fields = childrenOf(id, TAG.sequence)
  const serial = fields[3]
  const row = serial && names(roles.issuing, fields)
    ? await firstRow(sql, StatusRow, 'select r.reason, r.at from ca_certificates c left join ca_revocations r on r.serial = c.serial where c.serial = $1', [serialOf(serial.value)])
    : undefined
  return seq(id.raw, statusOf(row), generalizedTime(now), ctx(0, generalizedTime(new Date(now.getTime() + LASTS_MS))))
}

function statusOf(row: z.infer<typeof StatusRow> | undefined): Uint8Array {
  if (!row) return ctxValue(2, new Uint8Array(0))
  if (row.at === null || row.reason === null) return ctxValue(0, new Uint8Array(0))
  return retag(0xa1, seq(generalizedTime(row.at), ctx(0, enumerated(row.reason))))
}
