import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { encodeTlv, parseCertificate, TAG, type Tlv, walk, childrenOf } from '../../../src-main/identity/pki'
import { NAME } from '../../../src-main/signing/certificate-facts'
import { nameDer, type RequestRead } from '../../../src-main/signing/ca'
import { BODY, type BodyKind, type Message, messageDer, type Protector, readMessage } from '../../../src-main/signing/ca/cmp-message'
import { provesSecret, secretProtector, signatureProtector, signerOf } from '../../../src-main/signing/ca/cmp-protection'
import { statusOf } from '../../../src-main/signing/ca/cmp-answers'
import { ctx, integer, namedBitString, nothing, seq, utf8 } from '../../../src-main/signing/der'
import { first, run, type Db, type Sql } from '../db'
import { keyIdOf } from './certificates'
import { certificateFor, issueFor, judgeRequest, keyHash, requestOrNull, type IssueDeps, type Refusal, rogueFor } from './issuing'
import type { Roles } from './roles'
import type { CaFault, RuleBook } from './rules'

/** Bits of PKIFailureInfo that the CA uses (RFC 9810 §5.2.3). */
const FAILURE = { badMessageCheck: 1, badRequest: 2, badCertId: 4, badDataFormat: 5, certConfirmed: 11, transactionIdInUse: 21, notAuthorized: 23, systemFailure: 25 } as const
const STATUS = { accepted: 0, rejection: 2, waiting: 3 } as const
const NONCE_BYTES = 16
const REVOKED_BY_REJECTION = 5

export interface CmpDeps {
  readonly db: Db
  readonly rules: RuleBook
  now(): Date
  roles(): Promise<Roles>
  /** Where lists and answers are found. */
  base(): string
}

/** What the CA answers; null: nothing at all. */
export type CmpAnswer = Uint8Array | null

type Reply = Readonly<{ kind: BodyKind; content: Uint8Array }>
/** `kid`: what the answer calls its sender's key. */
type Desk = Readonly<{ protector: Protector; kid: Uint8Array | null; sender: Uint8Array; trusted: boolean }>

const SecretRow = z.object({ secret: z.string() })
const RequestRow = z.object({
  public_key_sha256: z.string(), request: z.instanceof(Uint8Array), release_at: z.date(), refusal: z.string().nullable(), failure: z.number().int().nullable(),
})
type RequestRow = z.infer<typeof RequestRow>

const signedInteger = (value: number): Uint8Array => (value < 0 ? encodeTlv(0x02, Uint8Array.of(0xff)) : integer(value))
/** −1 with PKCS#10: its request has no number. */
const NO_REQUEST = -1

const status = (code: number, refusal?: Refusal): Uint8Array => seq(integer(code), ...(refusal ? [seq(utf8(refusal.text)), namedBitString(refusal.failure)] : []))
const errorReply = (refusal: Refusal): Reply => ({ kind: BODY.error, content: seq(status(STATUS.rejection, refusal)) })
const certReply = (info: Uint8Array, certificate?: Uint8Array): Reply => ({
  kind: BODY.cp, content: seq(seq(seq(signedInteger(NO_REQUEST), info, ...(certificate ? [seq(ctx(0, certificate))] : [])))),
})

/** A CMP server for one kind of request: PKCS#10 (RFC 9483 §4.1.4), with polling and confirmation. */
export function createCmpServer(deps: CmpDeps): { answer(body: Uint8Array): Promise<CmpAnswer> } {
  return {
    answer: async (body) => {
      const message = readMessage(body)
      if (message === null) return Buffer.from('not a PKIMessage')
      const roles = await deps.roles()
      const desk = await deskOf(deps, roles, message)
      const fault = deps.rules.takeFault()
      if (fault === 'silent') return null
      if (fault === 'garbage') return Buffer.from('<html>Đăng nhập Wi-Fi</html>')
      if (fault === 'slow') await sleep(deps.rules.current().slowMs)
      const reply = desk.trusted ? await replyTo(deps, roles, message, fault) : errorReply({ text: 'Không nhận ra nơi đăng ký gửi yêu cầu này.', failure: FAILURE.badMessageCheck })
      return sealed(deps, message, reply, fault, desk)
    },
  }
}

/** Who asks, and with what the answer is protected: in the same way (RFC 9483 §3.2). */
async function deskOf({ db, now }: CmpDeps, roles: Roles, message: Message): Promise<Desk> {
  const signing = {
    protector: signatureProtector(roles.cmp.privateKey, [roles.cmp.certificate, roles.issuing.certificate]), kid: keyIdOf(roles.cmp.parsed.spki.raw), sender: roles.cmp.parsed.subject.raw,
  }
  const { senderKid } = message.header
  const reference = senderKid === null ? '' : Buffer.from(senderKid).toString('utf8')
  const row = reference.includes('\0') || reference.includes('\ufffd') ? undefined : await first(db, SecretRow, 'select secret from ca_desks where reference = $1', [reference])
  if (row && provesSecret(message, row.secret)) {
    return { protector: { ...secretProtector(row.secret), extra: [roles.issuing.certificate] }, kid: senderKid, sender: roles.issuing.parsed.subject.raw, trusted: true }
  }
  const signer = signerOf(message, message.extra.flatMap((bytes) => readable(bytes)))
  if (signer === null || signer.notAfter < now()) return { ...signing, trusted: false }
  const known = await first(db, z.object({ serial: z.string() }),
    "select serial from ca_certificates c where certificate = $1 and usage = 'desk' and not exists (select 1 from ca_revocations r where r.serial = c.serial)", [signer.raw])
  return { ...signing, trusted: known !== undefined }
}

function readable(bytes: Uint8Array): ReturnType<typeof parseCertificate>[] {
  try {
    return [parseCertificate(bytes)]
  } catch {
    return []
  }
}

function sealed({ now }: CmpDeps, { header }: Message, reply: Reply, fault: CaFault | null, desk: Desk): Uint8Array {
  const protector = fault === 'wrong-secret' ? secretProtector(randomBytes(16).toString('hex')) : desk.protector
  const transaction = fault === 'other-transaction' ? randomBytes(16) : header.transaction
  const wish = {
    sender: ctx(4, desk.sender), recipient: header.sender.raw, at: now(), senderKid: desk.kid, transaction,
    senderNonce: randomBytes(NONCE_BYTES), recipNonce: header.senderNonce,
  }
  return messageDer(wish, reply.kind, reply.content, fault === 'unprotected' ? null : protector)
}

async function replyTo(deps: CmpDeps, roles: Roles, message: Message, fault: CaFault | null): Promise<Reply> {
  if (fault === 'system-failure') return errorReply({ text: 'Hệ thống của CA đang bảo trì.', failure: FAILURE.systemFailure })
  try {
    switch (message.kind) {
      case BODY.p10cr: return await certificateReply(deps, roles, message, fault)
      case BODY.pollReq: return await pollReply(deps, roles, message, fault)
      case BODY.certConf: return await confirmReply(deps, message)
      default: return errorReply({ text: 'CA chỉ nhận yêu cầu PKCS#10 (p10cr).', failure: FAILURE.badRequest })
    }
  } catch (error) {
    process.stderr.write(`ca: ${error instanceof Error ? error.message : 'unknown error'}\n`)
    return errorReply({ text: 'Nội dung yêu cầu không đọc được.', failure: FAILURE.badDataFormat })
  }
}

const issueDeps = (deps: CmpDeps, roles: Roles): IssueDeps => ({ roles, base: deps.base(), now: deps.now() })

async function certificateReply(deps: CmpDeps, roles: Roles, { header, content }: Message, fault: CaFault | null): Promise<Reply> {
  const request = requestOrNull(content.raw)
  if (request === null) return errorReply({ text: 'Yêu cầu PKCS#10 không đọc được.', failure: FAILURE.badDataFormat })
  return deps.db.transaction(async (tx) => {
    const row = await keepRequest(tx, deps, header.transaction, request)
    // Another key in the same transaction is another request.
    if (row.public_key_sha256 !== keyHash(request.spki.raw)) return errorReply({ text: 'Mã giao dịch này đã dùng cho một yêu cầu khác.', failure: FAILURE.transactionIdInUse })
    return settle(tx, deps, roles, row, fault, 'waiting')
  })
}

/** The first request of a transaction stays; what the CA thinks of it is written down with it. */
async function keepRequest(tx: Sql, { rules, now }: CmpDeps, transaction: Uint8Array, request: RequestRead): Promise<RequestRow> {
  const select = 'select public_key_sha256, request, release_at, refusal, failure from ca_requests where transaction_id = $1'
  const known = await first(tx, RequestRow, select, [transaction])
  if (known) return known
  const { refuse, delaySeconds } = rules.current()
  const judged = judgeRequest(request)
  const byRule = 'uid' in judged && refuse !== null && new RegExp(refuse.uid).test(judged.uid) ? { text: refuse.text, failure: FAILURE.badCertId } : null
  const refusal = 'uid' in judged ? byRule : judged
  const at = now()
  await run(tx,
    'insert into ca_requests (transaction_id, public_key_sha256, request, asked_at, release_at, refusal, failure) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning transaction_id',
    [transaction, keyHash(request.spki.raw), request.raw, at.toISOString(), new Date(at.getTime() + delaySeconds * 1000).toISOString(), refusal?.text ?? null, refusal?.failure ?? null])
  const kept = await first(tx, RequestRow, select, [transaction])
  if (!kept) throw new Error('the request was not kept')
  return kept
}

async function settle(tx: Sql, deps: CmpDeps, roles: Roles, row: RequestRow, fault: CaFault | null, whenEarly: 'waiting' | 'pollRep'): Promise<Reply> {
  const seconds = deps.rules.current().checkAfterSeconds
  if (row.release_at > deps.now()) {
    return whenEarly === 'waiting' ? certReply(status(STATUS.waiting)) : { kind: BODY.pollRep, content: seq(seq(signedInteger(NO_REQUEST), integer(seconds))) }
  }
  if (row.refusal !== null && row.failure !== null) return certReply(status(STATUS.rejection, { text: row.refusal, failure: row.failure }))
  const request = requestOrNull(row.request)
  if (request === null) throw new Error('a kept request cannot be read')
  if (fault === 'other-key') return certReply(status(STATUS.accepted), rogueFor(roles, deps.base(), deps.now(), request, { key: true }))
  if (fault === 'other-person') return certReply(status(STATUS.accepted), rogueFor(roles, deps.base(), deps.now(), request, { subjectDer: stranger() }))
  const judged = judgeRequest(request)
  if (!('uid' in judged)) throw new Error('a refused request was kept as good')
  return certReply(status(STATUS.accepted), (await issueFor(tx, issueDeps(deps, roles), request, 'person', judged)).certificate)
}

const stranger = (): Uint8Array => nameDer([{ type: NAME.country, text: 'VN' }, { type: NAME.commonName, text: 'Người Khác' }, { type: NAME.id, text: 'CCCD:001099000001' }])

function pollReply(deps: CmpDeps, roles: Roles, { header }: Message, fault: CaFault | null): Promise<Reply> {
  return deps.db.transaction(async (tx) => {
    const row = await first(tx, RequestRow, 'select public_key_sha256, request, release_at, refusal, failure from ca_requests where transaction_id = $1', [header.transaction])
    return row ? settle(tx, deps, roles, row, fault, 'pollRep') : errorReply({ text: 'CA không có giao dịch này.', failure: FAILURE.badRequest })
  })
}

/** CertConfirmContent with one status; without a status it is accepted (RFC 9810 §5.3.18). */
function confirmationOf(content: Tlv): { hash: Uint8Array; accepted: boolean; text: string | null } | null {
  const [only] = childrenOf(content, TAG.sequence)
  // An empty list turns everything down.
  if (only === undefined) return null
  const fields = walk(only, TAG.sequence)
  const hash = fields.next(TAG.octets).value
  fields.next(TAG.integer)
  const info = fields.optional(TAG.sequence)
  const read = info ? statusOf(info) : null
  return { hash, accepted: read === null || read.status === STATUS.accepted, text: read?.text ?? null }
}

async function confirmReply({ db, now }: CmpDeps, { header, content }: Message): Promise<Reply> {
  const told = confirmationOf(content)
  return db.transaction(async (tx) => {
    const row = await first(tx, RequestRow, 'select public_key_sha256, request, release_at, refusal, failure from ca_requests where transaction_id = $1', [header.transaction])
    const kept = row && (await certificateFor(tx, row.public_key_sha256))
    // A certificate that a fault put in the place of the real one is turned down; there is nothing to write.
    if (told !== null && !told.accepted && (!kept || !isHashOf(told.hash, kept.certificate))) return { kind: BODY.pkiConf, content: nothing() }
    if (!kept || told === null || !isHashOf(told.hash, kept.certificate)) return errorReply({ text: 'CA không có chứng thư này trong giao dịch.', failure: FAILURE.badCertId })
    const written = await run(tx, 'insert into ca_confirmations (serial, accepted, reason, at) values ($1, $2, $3, $4) on conflict do nothing returning serial',
      [kept.serial, told.accepted, told.text, now().toISOString()])
    if (written === 0) return errorReply({ text: 'Chứng thư đã được xác nhận trước đó.', failure: FAILURE.certConfirmed })
    if (!told.accepted) await revoke(tx, now(), kept.serial, REVOKED_BY_REJECTION)
    return { kind: BODY.pkiConf, content: nothing() }
  })
}

const isHashOf = (hash: Uint8Array, certificate: Uint8Array): boolean => Buffer.compare(hash, createHash('sha256').update(certificate).digest()) === 0

/** Revokes once; the first reason stays. Gives whether there is such a certificate. */
export async function revoke(sql: Sql, now: Date, serial: string, reason: number): Promise<boolean> {
  await run(sql, 'insert into ca_revocations (serial, reason, at) select serial, $2, $3 from ca_certificates where serial = $1 on conflict do nothing returning serial', [serial, reason, now.toISOString()])
  return (await first(sql, z.object({ serial: z.string() }), 'select serial from ca_revocations where serial = $1', [serial])) !== undefined
}

