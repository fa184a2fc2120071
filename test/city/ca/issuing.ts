import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseCertificate, publicKeyOf } from '../../../src-main/identity/pki'
import { readRequest, type RequestRead } from '../../../src-main/signing/ca'
import { NAME, partOf } from '../../../src-main/signing/certificate-facts'
import { first, run, type Sql } from '../db'
import { EXTENSIONS, makeCertificate, newKey } from './certificates'
import { POLICY, type Roles } from './roles'

/** Why a request gets no certificate: a text for people and a bit of PKIFailureInfo (RFC 9810 §5.2.3). */
export interface Refusal {
  readonly text: string
  readonly failure: number
}
const FAILURE = { badPOP: 9, badCertTemplate: 19 } as const

/** Years of a citizen's certificate. */
export const PERSON_YEARS = 1
const MINUTE_MS = 60_000
const DIGITAL_SIGNATURE = 0
const NON_REPUDIATION = 1

const UID = /^CCCD:\d{12}$/

/** Whom a request is for, or why it is refused. */
export function judgeRequest(request: RequestRead): { name: string; uid: string } | Refusal {
  if (!request.proven) return { text: 'Chữ ký trong yêu cầu không khớp với khóa công khai.', failure: FAILURE.badPOP }
  const one = (type: string): string | null => {
    const values = request.subject.filter((part) => part.type === type)
    return values.length === 1 ? partOf(values, type) : null
  }
  const [name, uid] = [one(NAME.commonName), one(NAME.id)]
  if (one(NAME.country) !== 'VN' || name === null || name === '' || uid === null || !UID.test(uid)) {
    return { text: 'Tên trong yêu cầu phải có C=VN, một họ tên (CN) và một số căn cước (UID=CCCD:…).', failure: FAILURE.badCertTemplate }
  }
  if (!isStrong(request)) return { text: 'Khóa quá ngắn: cần RSA từ 2048 bit hoặc ECDSA từ 256 bit.', failure: FAILURE.badCertTemplate }
  return { name, uid }
}

function isStrong({ spki }: RequestRead): boolean {
  const key = publicKeyOf(spki)
  return (key.kind === 'rsa' && key.bits >= 2048) || (key.kind === 'ec' && key.curve.bits >= 256)
}

export const keyHash = (spki: Uint8Array): string => createHash('sha256').update(spki).digest('hex')

const Row = z.object({ serial: z.string(), certificate: z.instanceof(Uint8Array) })
type Row = z.infer<typeof Row>

/** The certificate of a key; there is never a second one. */
export const certificateFor = (sql: Sql, publicKeySha256: string): Promise<Row | undefined> =>
  first(sql, Row, 'select serial, certificate from ca_certificates where public_key_sha256 = $1', [publicKeySha256])

interface PersonWish { readonly subjectDer: Uint8Array; readonly spki: Uint8Array }

function makeFor(roles: Roles, base: string, now: Date, wish: PersonWish, purposes: readonly Uint8Array[], usage: readonly number[]): Uint8Array {
  const notBefore = new Date(now.getTime() - MINUTE_MS)
  const notAfter = new Date(notBefore)
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + PERSON_YEARS)
  const { issuing } = roles
  return makeCertificate({
    subject: wish.subjectDer, issuer: issuing.parsed.subject.raw, spki: wish.spki, issuerSpki: issuing.parsed.spki.raw, signingKey: issuing.privateKey, notBefore, notAfter,
    extensions: [
      EXTENSIONS.endEntity, EXTENSIONS.usage(...usage), ...purposes, EXTENSIONS.policy(POLICY), EXTENSIONS.access(`${base}/ca/ocsp`, `${base}/ca/issuing.cer`), EXTENSIONS.lists(`${base}/ca/issuing.crl`),
    ],
  })
}

/** A citizen's certificate that is kept nowhere: what a CA that errs would send. */
export function rogueFor(roles: Roles, base: string, now: Date, request: RequestRead, change: { key?: boolean; subjectDer?: Uint8Array }): Uint8Array {
  const wish = { subjectDer: change.subjectDer ?? request.subjectDer, spki: change.key === true ? newKey().spki : request.spki.raw }
  return makeFor(roles, base, now, wish, [], [DIGITAL_SIGNATURE, NON_REPUDIATION])
}

export interface IssueDeps {
  readonly roles: Roles
  /** Where lists and answers are found. */
  readonly base: string
  readonly now: Date
}

/** Issues and keeps; asked again for the same key it gives the same. To be called in a transaction. */
export async function issueFor(tx: Sql, { roles, base, now }: IssueDeps, request: RequestRead, usage: 'person' | 'desk', named: { name: string; uid: string | null }): Promise<Row> {
  const hash = keyHash(request.spki.raw)
  const purposes = usage === 'desk' ? [EXTENSIONS.purposes(false, '1.3.6.1.5.5.7.3.28')] : []
  const certificate = makeFor(roles, base, now, { subjectDer: request.subjectDer, spki: request.spki.raw }, purposes, usage === 'desk' ? [DIGITAL_SIGNATURE] : [DIGITAL_SIGNATURE, NON_REPUDIATION])
  await run(tx,
    `insert into ca_certificates (serial, usage, public_key_sha256, certificate, common_name, uid, issued_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (public_key_sha256) do nothing returning serial`,
    [parseCertificate(certificate).serial, usage, hash, certificate, named.name, named.uid, now.toISOString()])
  const kept = await certificateFor(tx, hash)
  if (!kept) throw new Error('the certificate was not kept')
  return kept
}

/** A request that may be one. */
export function requestOrNull(der: Uint8Array): RequestRead | null {
  try {
    return readRequest(der)
  } catch {
    return null
  }
}
