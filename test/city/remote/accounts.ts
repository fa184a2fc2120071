import { randomUUID, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { Context } from '../context'
import { first, only, run, type Sql } from '../db'
import { Problem } from '../problem'
import { type KeyKind, newKey } from './hash-signature'
import { type AccountIssuer, requestOf } from './issuer'

export interface Person {
  readonly userId: string
  readonly fullName: string
  readonly phone: string
  readonly province: string
}

const Base64List = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)).map((each) => new Uint8Array(Buffer.from(each, 'base64'))))
const CredentialRow = z.object({
  credential_id: z.string(), user_id: z.string(), serial: z.string(), key_kind: z.enum(['rsa-2048', 'p-256']),
  private_key: z.instanceof(Uint8Array), certificate: z.instanceof(Uint8Array), chain: Base64List, made_at: z.date(),
})
export type Credential = z.infer<typeof CredentialRow>
const CREDENTIAL = 'select credential_id, user_id, serial, key_kind, private_key, certificate, chain, made_at from remote_credentials'

const RegistrationRow = z.object({ registration_id: z.string(), user_id: z.string(), state: z.enum(['waiting', 'ready', 'refused']), credential_id: z.string().nullable(), serial: z.string().nullable() })
export type Registration = z.infer<typeof RegistrationRow>
const REGISTRATION = `select r.registration_id, r.user_id, r.state, r.credential_id, c.serial
  from remote_registrations r left join remote_credentials c using (credential_id) where r.registration_id = $1`

/** Registers a person; the same id is the same registration, and how it stands. Someone else under the same id is 409. */
export async function register(context: Context, registrationId: string, person: Person): Promise<Registration> {
  const now = context.clock.now().toISOString()
  return context.db.transaction(async (tx) => {
    await run(tx, `insert into remote_accounts (user_id, full_name, phone, province, made_at) values ($1, $2, $3, $4, $5)
      on conflict (user_id) do update set phone = excluded.phone, province = excluded.province returning user_id`, [person.userId, person.fullName, person.phone, person.province, now])
    await run(tx, `insert into remote_registrations (registration_id, user_id, state, made_at) values ($1, $2, 'waiting', $3) on conflict do nothing returning registration_id`,
      [registrationId, person.userId, now])
    const found = await only(tx, RegistrationRow, REGISTRATION, [registrationId])
    if (found.user_id !== person.userId) throw new Problem(409, 'remote.registration', 'Mã đăng ký này đã dùng cho người khác.')
    return found
  })
}

/** The citizen turns it down on the phone. False when there is nothing waiting. */
export async function refuseRegistration(context: Context, registrationId: string): Promise<boolean> {
  return (await run(context.db, `update remote_registrations set state = 'refused', settled_at = $2 where registration_id = $1 and state = 'waiting' returning registration_id`,
    [registrationId, context.clock.now().toISOString()])) === 1
}

const WaitingRow = z.object({ user_id: z.string(), full_name: z.string(), province: z.string() })

/** The citizen activates: the key is made here, its certificate comes from the CA. False when there is nothing waiting. */
export async function activate(context: Context, issuer: AccountIssuer, registrationId: string, kind: KeyKind): Promise<boolean> {
  const waiting = await first(context.db, WaitingRow,
    `select a.user_id, a.full_name, a.province from remote_registrations r join remote_accounts a using (user_id) where r.registration_id = $1 and r.state = 'waiting'`, [registrationId])
  if (!waiting) return false
  const key = await newKey(kind)
  const { certificate, chain } = await issuer.issue(await requestOf({ fullName: waiting.full_name, idNumber: waiting.user_id, province: waiting.province }, { kind, ...key }))
  const credentialId = randomUUID()
  const serial = new X509Certificate(certificate).serialNumber.toLowerCase()
  const now = context.clock.now().toISOString()
  return context.db.transaction(async (tx) => {
    await run(tx, `insert into remote_credentials (credential_id, user_id, serial, key_kind, private_key, certificate, chain, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [credentialId, waiting.user_id, serial, kind, key.privateKey, certificate, JSON.stringify(chain.map((each) => Buffer.from(each).toString('base64'))), now])
    const settled = await run(tx, `update remote_registrations set state = 'ready', credential_id = $2, settled_at = $3 where registration_id = $1 and state = 'waiting' returning registration_id`,
      [registrationId, credentialId, now])
    // Pressed twice: the first one counts, and nothing of the second stays.
    if (settled === 0) throw new Problem(409, 'remote.registration', 'Tài khoản đã được kích hoạt.')
    return true
  })
}

export const credentialsOf = (sql: Sql, userId: string): Promise<Credential[]> => sql.all(CredentialRow, `${CREDENTIAL} where user_id = $1 order by made_at desc`, [userId])
export const credentialById = (sql: Sql, credentialId: string): Promise<Credential | undefined> => first(sql, CredentialRow, `${CREDENTIAL} where credential_id = $1`, [credentialId])
export const credentialBySerial = (sql: Sql, userId: string, serial: string): Promise<Credential | undefined> =>
  first(sql, CredentialRow, `${CREDENTIAL} where user_id = $1 and serial = $2`, [userId, serial.toLowerCase()])
