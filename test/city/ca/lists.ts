import { z } from 'zod'
import { bitString, ctx, ctxValue, enumerated, integer, octets, oid, seq, time } from '../../../src-main/signing/der'
import type { Sql } from '../db'
import { ECDSA_SHA256, keyIdOf, signWith } from './certificates'
import type { RoleSigner } from './roles'

/** A list is good for so long. */
const LASTS_MS = 24 * 3_600_000

const Row = z.object({ serial: z.string(), reason: z.number().int(), at: z.date() })

const extension = (id: string, value: Uint8Array): Uint8Array => seq(oid(id), octets(value))

function entry({ serial, reason, at }: z.infer<typeof Row>): Uint8Array {
  return seq(integer(Buffer.from(serial.padStart(serial.length + (serial.length % 2), '0'), 'hex')), time(at), ...(reason === 0 ? [] : [seq(extension('2.5.29.21', enumerated(reason)))]))
}

function makeList(issuer: RoleSigner, rows: readonly z.infer<typeof Row>[], now: Date): Uint8Array {
  const tbs = seq(
    integer(1), ECDSA_SHA256, issuer.parsed.subject.raw, time(now), time(new Date(now.getTime() + LASTS_MS)), ...(rows.length === 0 ? [] : [seq(...rows.map(entry))]),
    // The number grows with the time: no list is given twice under it (RFC 5280 §5.2.3).
    ctx(0, seq(extension('2.5.29.35', seq(ctxValue(0, keyIdOf(issuer.parsed.spki.raw)))), extension('2.5.29.20', integer(now.getTime())))),
  )
  return seq(tbs, ECDSA_SHA256, bitString(signWith(issuer.privateKey, tbs)))
}

/** The list of what the issuing CA took back, newest state. DER. */
export async function issuingList(sql: Sql, issuing: RoleSigner, now: Date): Promise<Uint8Array> {
  return makeList(issuing, await sql.all(Row, 'select serial, reason, at from ca_revocations order by at, serial'), now)
}

/** The root's list: it took nothing back. */
export const rootList = (root: RoleSigner, now: Date): Uint8Array => makeList(root, [], now)

