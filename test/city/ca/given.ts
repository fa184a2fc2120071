import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Context } from '../context'
import { only, run, type Sql } from '../db'
import type { Enrolment } from '../messages'
import { remoteConnection } from '../remote'
import { PERSON_YEARS } from './issuing'
import { CA_NAMES, type Roles, rolesOf } from './roles'

type Signing = NonNullable<Enrolment['signing']>
type Provider = Signing['providers'][number]

const SECRET_BYTES = 32
const Row = z.object({ secret: z.string() })
const TOKEN_SETTING = 'ca-phone-token'
const SettingRow = z.object({ value: z.string() })

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** What desks show to the phone codes; one for the whole city. */
export async function phoneToken(sql: Sql): Promise<string> {
  await run(sql, 'insert into settings (name, value) values ($1, $2) on conflict do nothing returning name', [TOKEN_SETTING, randomBytes(SECRET_BYTES).toString('base64url')])
  return (await only(sql, SettingRow, 'select value from settings where name = $1', [TOKEN_SETTING])).value
}

/** The secret of a registration desk, made where there is none. */
export async function deskSecret(sql: Sql, now: Date, reference: string): Promise<string> {
  await run(sql, 'insert into ca_desks (reference, secret, made_at) values ($1, $2, $3) on conflict do nothing returning reference', [reference, randomBytes(SECRET_BYTES).toString('base64url'), now.toISOString()])
  return (await only(sql, Row, 'select secret from ca_desks where reference = $1', [reference])).secret
}

const CARD = {
  licence: 'trình diễn, không có giá trị pháp lý', years: PERSON_YEARS, hotline: '1900 0000 (trình diễn)', terms: 'Bản 1.0 (trình diễn)', demo: true,
  price: { vi: 'Miễn phí (trình diễn)', en: 'Free of charge (demonstration)' }, revokeAt: 'Trang của thành phố tham chiếu (trình diễn)',
} as const

interface Common { readonly authorities: string[]; readonly tsaUrl: string; readonly phone: NonNullable<Provider['phone']> }

const tokenProvider = (common: Common, base: string, reference: string, secret: string): Provider => ({
  ...CARD, ...common, id: 'ca-nam-binh', name: CA_NAMES.issuing, kind: 'token', remote: null,
  cmp: {
    url: `${base}/ca/cmp`, protection: { kind: 'secret', reference, secret }, responders: [],
    sender: { country: 'VN', organisation: null, commonName: reference }, recipient: { country: 'VN', organisation: CA_NAMES.issuing, commonName: CA_NAMES.issuing },
  },
})

/** Everything about signing that a counter gets with its enrolment and that does not depend on it. Not to be called in a transaction. */
export async function signingOf(context: Context): Promise<(tx: Sql, clientId: string) => Promise<Signing>> {
  const base = context.publicUrl()
  const roles: Roles = await rolesOf(context.db, context.clock.now(), base)
  const common: Common = {
    authorities: [base64(roles.root.certificate), base64(roles.issuing.certificate)], tsaUrl: `${base}/ca/tsa`, phone: { url: `${base}/ca/phone`, token: await phoneToken(context.db) },
  }
  const remote = await remoteConnection(context, 'gateway')
  const afar: Provider = { ...CARD, ...common, id: 'ca-nam-binh-tu-xa', name: 'CA Nam Bình, ký số từ xa (trình diễn)', kind: 'remote', cmp: null, remote }
  return async (tx, clientId) => {
    const reference = `quay-${createHash('sha256').update(clientId).digest('hex').slice(0, 12)}`
    const secret = await deskSecret(tx, context.clock.now(), reference)
    return { providers: [tokenProvider(common, base, reference, secret), afar], anchors: [{ name: CA_NAMES.root, kind: 'root', certificate: base64(roles.root.certificate), demo: true }] }
  }
}
