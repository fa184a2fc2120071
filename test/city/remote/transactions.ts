import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Context } from '../context'
import { first, only, run, type Sql } from '../db'
import { Problem } from '../problem'
import { credentialById, type Credential } from './accounts'
import type { RemoteFaults } from './faults'
import { type Algorithm, newKey, signHash } from './hash-signature'

const Hex = z.string().regex(/^[0-9a-f]{64}$/)
const Documents = z.array(z.object({ id: z.string(), hash: Hex }))
const Signatures = z.array(z.object({ id: z.string(), value: z.string() }))
export type SignedDocument = z.infer<typeof Signatures>[number]
const fromJson = <T>(schema: z.ZodType<T>) => z.string().transform((text) => schema.parse(JSON.parse(text)))

const Row = z.object({
  response_id: z.string(), transaction_id: z.string(), dialect: z.enum(['gateway', 'csc']), credential_id: z.string(), algorithm: z.enum(['rsa-pkcs1', 'rsa-pss', 'ecdsa-p256']), title: z.string(),
  documents: fromJson(Documents), state: z.enum(['waiting', 'done', 'refused', 'failed']), signatures: z.string().nullable(), expires_at: z.date(),
})
type Row = z.infer<typeof Row>
const SELECT = 'select response_id, transaction_id, dialect, credential_id, algorithm, title, documents, state, signatures, expires_at from remote_transactions'

/** One transaction as it stands now. `waiting` and past its time is `expired`. */
export interface Transaction {
  readonly responseId: string
  readonly transactionId: string
  readonly title: string
  readonly documents: readonly { readonly id: string; readonly hash: string }[]
  readonly state: 'waiting' | 'done' | 'refused' | 'failed' | 'expired'
  readonly signatures: readonly SignedDocument[]
  readonly expiresAt: Date
}

function standing(row: Row, now: Date): Transaction {
  return {
    responseId: row.response_id, transactionId: row.transaction_id, title: row.title, documents: row.documents, expiresAt: row.expires_at,
    state: row.state === 'waiting' && row.expires_at <= now ? 'expired' : row.state,
    signatures: row.signatures === null ? [] : Signatures.parse(JSON.parse(row.signatures)),
  }
}

export interface NewTransaction {
  readonly dialect: 'gateway' | 'csc'
  readonly transactionId: string
  readonly credential: Credential
  readonly algorithm: Algorithm
  readonly title: string
  readonly documents: readonly { readonly id: string; readonly hash: string }[]
}

const fits = (kind: Credential['key_kind'], algorithm: Algorithm): boolean => (algorithm === 'ecdsa-p256') === (kind === 'p-256')

/** Puts hashes before the citizen. The same id and content is the same transaction; the same id with other content is 409. */
export async function submit(context: Context, lifetimeSeconds: number, wish: NewTransaction): Promise<Transaction> {
  if (!fits(wish.credential.key_kind, wish.algorithm)) throw new Problem(400, 'remote.algorithm', 'Khóa không ký được bằng thuật toán này.')
  const now = context.clock.now()
  const documents = JSON.stringify(wish.documents.map(({ id, hash }) => ({ id, hash })))
  return context.db.transaction(async (tx) => {
    await run(tx, `insert into remote_transactions (response_id, transaction_id, dialect, credential_id, algorithm, title, documents, state, made_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9) on conflict (dialect, transaction_id) do nothing returning response_id`,
    [randomUUID(), wish.transactionId, wish.dialect, wish.credential.credential_id, wish.algorithm, wish.title, documents, now.toISOString(), new Date(now.getTime() + lifetimeSeconds * 1000).toISOString()])
    const row = await only(tx, Row, `${SELECT} where dialect = $1 and transaction_id = $2`, [wish.dialect, wish.transactionId])
    const same = row.credential_id === wish.credential.credential_id && row.algorithm === wish.algorithm && JSON.stringify(row.documents) === documents
    if (!same) throw new Problem(409, 'remote.transaction', 'Mã giao dịch này đã dùng cho nội dung khác.')
    return standing(row, now)
  })
}

export async function transactionById(context: Context, which: { responseId: string } | { dialect: 'gateway'; transactionId: string }): Promise<Transaction | undefined> {
  const row = 'responseId' in which
    ? await first(context.db, Row, `${SELECT} where response_id::text = $1`, [which.responseId])
    : await first(context.db, Row, `${SELECT} where dialect = $1 and transaction_id = $2`, [which.dialect, which.transactionId])
  return row && standing(row, context.clock.now())
}

async function signaturesOf(row: Row, credential: Credential, fault: ReturnType<RemoteFaults['take']>): Promise<SignedDocument[]> {
  const key = fault === 'other-key' ? (await newKey(credential.key_kind)).privateKey : credential.private_key
  const documents = fault === 'half' ? row.documents.slice(0, Math.floor(row.documents.length / 2)) : row.documents
  return documents.map(({ id, hash }) => {
    const value = Buffer.from(signHash(key, row.algorithm, Buffer.from(hash, 'hex')))
    if (fault === 'changed-byte') value[value.length - 1] = (value.at(-1) ?? 0) ^ 1
    return { id, value: value.toString('base64') }
  })
}

type Outcome = { readonly state: 'done'; readonly signatures: string } | { readonly state: 'refused' | 'failed'; readonly signatures: null }

async function settle(sql: Sql, row: Row, now: Date, { state, signatures }: Outcome): Promise<boolean> {
  return (await run(sql, `update remote_transactions set state = $2, signatures = $3, settled_at = $4 where response_id = $1 and state = 'waiting' returning response_id`,
    [row.response_id, state, signatures, now.toISOString()])) === 1
}

/** What the citizen says on the phone. False when there is nothing waiting any longer. */
export async function decide(context: Context, faults: RemoteFaults, responseId: string, confirmed: boolean): Promise<boolean> {
  const now = context.clock.now()
  const row = await first(context.db, Row, `${SELECT} where response_id::text = $1`, [responseId])
  if (row?.state !== 'waiting' || row.expires_at <= now) return false
  if (!confirmed) return settle(context.db, row, now, { state: 'refused', signatures: null })
  const fault = faults.take()
  if (fault === 'fail') return settle(context.db, row, now, { state: 'failed', signatures: null })
  const credential = await credentialById(context.db, row.credential_id)
  if (!credential) throw new Error('a transaction without its key')
  return settle(context.db, row, now, { state: 'done', signatures: JSON.stringify(await signaturesOf(row, credential, fault)) })
}
