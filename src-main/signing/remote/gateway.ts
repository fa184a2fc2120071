import { z } from 'zod'
import { AppError } from '@contract/errors'
import type { GatewayConfig } from './config'
import { bytesOf, mustAccept, type Post, readAs, type Reply } from './http'
import { chainOf, type Credential, type Dialect, MOST_CREDENTIALS, type Progress, schemeOfKey } from './dialect'
import { stateOf } from './states'

/** Every answer has this shape; the HTTP status says less than `status_code`. */
const Envelope = z.object({ status_code: z.number(), message: z.string().max(500).nullish(), data: z.unknown() })
const Registration = z.object({ state: z.enum(['waiting', 'ready', 'refused']), serial_number: z.string().max(80).nullish(), text: z.string().max(500).nullish() })
const UserCertificates = z.object({
  user_certificates: z.array(z.object({
    serial_number: z.string().max(80), cert_data: z.string().max(60_000), cert_status_code: z.string().max(40).nullish(),
    chain_data: z.object({ ca_cert: z.string().max(60_000).nullish() }).nullish(),
  })).max(200).nullish(),
})
const Submitted = z.object({ transaction_id: z.string().min(1).max(200) })
const Status = z.object({ signatures: z.array(z.object({ doc_id: z.string().max(200), signature_value: z.string().max(20_000) })).max(500).nullish() }).nullish()

const ACTIVE: readonly string[] = ['VALID', 'ACTIVE']
const GOOD = 200
const REFUSED = 400

/** PEM or bare base64. */
const derOf = (text: string): Uint8Array | null => bytesOf(text.replaceAll(/-----[^-]+-----|\s/g, ''))

/** The content of an accepted answer. @throws AppError KS-040, KS-043 */
function accepted<T>(schema: z.ZodType<T>, reply: Reply): T {
  mustAccept(reply)
  const { status_code, data } = readAs(Envelope, reply)
  if (status_code >= REFUSED) throw new AppError('KS-043', { status: status_code })
  return readAs(schema, { ...reply, body: data })
}

function credentialOf({ serial_number, cert_data, chain_data, cert_status_code }: NonNullable<z.infer<typeof UserCertificates>['user_certificates']>[number]): Credential {
  const { certificates, signer } = chainOf([cert_data, chain_data?.ca_cert ?? ''].flatMap((text) => derOf(text) ?? []))
  // The gateway's RSA is PKCS#1 v1.5, always.
  return { name: serial_number, active: cert_status_code == null || ACTIVE.includes(cert_status_code.toUpperCase()), certificates, scheme: schemeOfKey(signer, 'rsa-pkcs1'), since: signer.notBefore }
}

function progressOf(reply: Reply, own: GatewayConfig['states']): Progress {
  const { status_code, message, data } = readAs(Envelope, reply)
  const found = readAs(Status, { ...reply, body: data })
  const values = new Map((found?.signatures ?? []).flatMap(({ doc_id, signature_value }) => {
    const value = bytesOf(signature_value)
    return value ? [[doc_id, value] as const] : []
  }))
  const state = stateOf([status_code, message], own) ?? (status_code === GOOD ? (values.size > 0 ? 'done' : 'waiting') : 'failed')
  if (state === 'done') return { kind: 'done', values }
  return state === 'waiting' ? { kind: 'waiting' } : { kind: state, text: message ?? null }
}

/**
 * Hash signing in the shape of the national gateway, as VNPT offers it (`/sca/sp769/v1`). Everything is a POST with the desk's own id and
 * password in it. Registering accounts is no part of it: `accounts/register` stands for what each vendor has of its own.
 */
export function gatewayDialect(config: GatewayConfig, post: Post): Dialect {
  const own = { sp_id: config.spId, sp_password: config.spPassword }
  const send = (path: string, body: Readonly<Record<string, unknown>>): Promise<Reply> => post(path, { ...own, ...body })
  return {
    register: async ({ id, idNumber, name, phone, province }) => {
      const { state, serial_number, text } = accepted(Registration, await send('accounts/register', { transaction_id: id, user_id: idNumber, full_name: name, phone, province }))
      if (state === 'refused') return { kind: 'refused', text: text ?? '' }
      return state === 'ready' && serial_number ? { kind: 'ready', credential: serial_number } : { kind: 'waiting' }
    },
    credentials: async (user) => {
      const { user_certificates } = accepted(UserCertificates, await send('credentials/get_certificate', { user_id: user, serial_number: '' }))
      return (user_certificates ?? []).slice(0, MOST_CREDENTIALS).map(credentialOf)
    },
    submit: async ({ id, user, credential, hashes }) => {
      const sign_files = hashes.map(({ id: doc_id, hash }) => ({ data_to_be_signed: Buffer.from(hash).toString('hex'), doc_id, file_type: 'pdf', sign_type: 'hash' }))
      const transaction_desc = hashes.map(({ title }) => title).join('; ').slice(0, 200)
      return accepted(Submitted, await send('signatures/sign', { user_id: user, transaction_id: id, transaction_desc, serial_number: credential.name, sign_files })).transaction_id
    },
    progress: async (transaction) => {
      const reply = await send(`signatures/sign/${encodeURIComponent(transaction)}/status`, {})
      // Refused and expired transactions come with statuses of errors: their body is read first.
      if (reply.status >= REFUSED && !Envelope.safeParse(reply.body).success) mustAccept(reply)
      return progressOf(reply, config.states)
    },
    greet: async () => void readAs(Envelope, await send('credentials/get_certificate', { user_id: '', serial_number: '' })),
  }
}
