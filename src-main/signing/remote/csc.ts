import { z } from 'zod'
import { AppError } from '@contract/errors'
import type { CscConfig } from './config'
import { bytesOf, mustAccept, type Post, readAs, type Reply } from './http'
import { chainOf, type Credential, type Dialect, MOST_CREDENTIALS, type Progress, schemeOfKey, type Transaction } from './dialect'
import { stateOf } from './states'

const Token = z.object({ access_token: z.string().min(1).max(8000), expires_in: z.number().int().min(1).max(31_536_000).default(300) })
const Registration = z.object({ state: z.enum(['waiting', 'ready', 'refused']), credentialID: z.string().max(200).nullish(), text: z.string().max(500).nullish() })
const List = z.object({ credentialIDs: z.array(z.string().max(200)).max(200) })
const Info = z.object({
  key: z.object({ status: z.string().max(40), algo: z.array(z.string().max(60)).max(30) }),
  cert: z.object({ status: z.string().max(40).nullish(), certificates: z.array(z.string().max(60_000)).min(1).max(10) }),
})
const Submitted = z.object({ responseID: z.string().min(1).max(200) })
const Polled = z.object({
  signatures: z.array(z.string().max(20_000)).max(500).nullish(), status: z.union([z.string(), z.number()]).nullish(),
  error: z.string().max(100).nullish(), error_description: z.string().max(500).nullish(),
})

const OID = { rsa: '1.2.840.113549.1.1.1', pss: '1.2.840.113549.1.1.10', ecdsa: '1.2.840.10045.4.3.2', sha256: '2.16.840.1.101.3.4.2.1' } as const
/** RSASSA-PSS-params (RFC 4055 §3.1): SHA-256, MGF1 with SHA-256, salt of 32 bytes. */
const PSS_PARAMS = Buffer.from('3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120', 'hex').toString('base64')
const UNAUTHORIZED = 401
const REFUSED = 400
/** A token is renewed while it is still good. */
const SPARE_MS = 30_000

function credentialOf(name: string, { key, cert }: z.infer<typeof Info>, rsa: CscConfig['rsa']): Credential {
  const { certificates, signer } = chainOf(cert.certificates.flatMap((text) => bytesOf(text) ?? []))
  const scheme = schemeOfKey(signer, rsa === 'rsa-pss' && key.algo.includes(OID.pss) ? 'rsa-pss' : 'rsa-pkcs1')
  return { name, active: key.status === 'enabled' && (cert.status == null || cert.status === 'valid'), certificates, scheme, since: signer.notBefore }
}

function algorithmOf({ scheme }: Credential): Readonly<Record<string, string>> {
  if (scheme === 'rsa-pss') return { signAlgo: OID.pss, signAlgoParams: PSS_PARAMS }
  return { signAlgo: scheme === 'ecdsa-p256' ? OID.ecdsa : OID.rsa, hashAlgorithmOID: OID.sha256 }
}

function hashesOf({ id, credential, hashes }: Transaction): Readonly<Record<string, unknown>> {
  const titles = hashes.map(({ title }) => title).join('; ').slice(0, 200)
  return {
    credentialID: credential.name, ...algorithmOf(credential), hashes: hashes.map(({ hash }) => Buffer.from(hash).toString('base64')),
    // By `clientData` the service knows a transaction again.
    numSignatures: hashes.length, operationMode: 'A', clientData: id, description: titles,
  }
}

function progressOf(reply: Reply, documents: readonly string[], own: CscConfig['states']): Progress {
  const { signatures, status, error, error_description } = readAs(Polled, reply)
  if (reply.status < REFUSED && signatures) {
    return { kind: 'done', values: new Map(signatures.flatMap((text, index) => {
      const [document, value] = [documents[index], bytesOf(text)]
      return document !== undefined && value ? [[document, value] as const] : []
    })) }
  }
  const state = stateOf([error, status], own) ?? (reply.status < REFUSED ? 'waiting' : 'failed')
  // Done without values is not done.
  return state === 'waiting' || state === 'done' ? { kind: 'waiting' } : { kind: state, text: error_description ?? error ?? null }
}

/** The service's own access token, kept while it lasts and never written down. */
function tokens(config: CscConfig, post: Post, now: () => number): Readonly<{ get(): Promise<string>; drop(): void }> {
  let kept: { text: string; until: number } | undefined
  return {
    get: async () => {
      if (kept && kept.until > now()) return kept.text
      const reply = await post('oauth2/token', new URLSearchParams({ grant_type: 'client_credentials', client_id: config.clientId, client_secret: config.clientSecret, scope: 'service' }))
      mustAccept(reply)
      const { access_token, expires_in } = readAs(Token, reply)
      kept = { text: access_token, until: now() + Math.max(0, expires_in * 1000 - SPARE_MS) }
      return access_token
    },
    drop: () => {
      kept = undefined
    },
  }
}

/**
 * Cloud Signature Consortium API v2: `credentials/list`, `credentials/info`, `signatures/signHash` with operation mode A, `signatures/signPolling`.
 * The citizen authorises each transaction on the phone, so no SAD is sent. Registering accounts is no part of it: `accounts/register` stands
 * for what each vendor has of its own.
 */
export function cscDialect(config: CscConfig, post: Post, now: () => number): Dialect {
  const token = tokens(config, post, now)
  async function ask(path: string, body: Readonly<Record<string, unknown>>, again = true): Promise<Reply> {
    const reply = await post(path, body, { authorization: `Bearer ${await token.get()}` })
    if (reply.status !== UNAUTHORIZED || !again) return reply
    // Taken back before its time: one more, then it is an answer.
    token.drop()
    return ask(path, body, false)
  }
  async function accepted<T>(schema: z.ZodType<T>, path: string, body: Readonly<Record<string, unknown>>): Promise<T> {
    const reply = await ask(path, body)
    mustAccept(reply)
    return readAs(schema, reply)
  }
  return {
    register: async ({ id, idNumber, name, phone, province }) => {
      const { state, credentialID, text } = await accepted(Registration, 'accounts/register', { clientData: id, userID: idNumber, fullName: name, phone, province })
      if (state === 'refused') return { kind: 'refused', text: text ?? '' }
      return state === 'ready' && credentialID ? { kind: 'ready', credential: credentialID } : { kind: 'waiting' }
    },
    credentials: async (user) => {
      const { credentialIDs } = await accepted(List, 'credentials/list', { userID: user })
      const found: Credential[] = []
      for (const name of credentialIDs.slice(0, MOST_CREDENTIALS)) {
        found.push(credentialOf(name, await accepted(Info, 'credentials/info', { credentialID: name, certificates: 'chain', certInfo: false }), config.rsa))
      }
      return found
    },
    submit: async (transaction) => (await accepted(Submitted, 'signatures/signHash', hashesOf(transaction))).responseID,
    progress: async (transaction, documents) => {
      const reply = await ask('signatures/signPolling', { responseID: transaction })
      if (reply.status === UNAUTHORIZED) throw new AppError('KS-043', { status: reply.status })
      return progressOf(reply, documents, config.states)
    },
    greet: async () => void readAs(z.object({ specs: z.string() }), await post('info', {})),
  }
}
