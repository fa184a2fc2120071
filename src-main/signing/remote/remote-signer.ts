import { z } from 'zod'
import { AppError } from '@contract/errors'
import type { RemoteSigner, RemoteStatus } from '../ports'
import type { RemoteConfig } from './config'
import { cscDialect } from './csc'
import type { Credential, Dialect, Progress } from './dialect'
import { gatewayDialect } from './gateway'
import { createPost, type Fetch } from './http'

export type RemoteSignerDeps = Readonly<{ config: RemoteConfig; fetch?: Fetch; now?: () => number }>

/** The service's transaction and its documents in their order: everything that asking needs, so that nothing is lost with this process. */
const Ticket = z.object({ transaction: z.string().min(1), documents: z.array(z.string()).min(1) })

/** Who it is at the service, and which key once there is one. */
const Account = z.object({ user: z.string().min(1), credential: z.string().min(1).nullable() })
type Account = z.infer<typeof Account>

/** What an earlier call gave out. @throws SyntaxError, ZodError for anything else: a defect of the caller */
const kept = <T>(schema: z.ZodType<T>, text: string): T => schema.parse(JSON.parse(text))

/** The key that an account names, or else its newest one that is in force. */
async function credentialOf(dialect: Dialect, { user, credential }: Account): Promise<Credential | null> {
  const all = await dialect.credentials(user)
  if (credential !== null) return all.find(({ name }) => name === credential) ?? null
  return all.filter(({ active }) => active).sort((a, b) => b.since.getTime() - a.since.getTime())[0] ?? null
}

function statusOf(progress: Progress, documents: readonly string[], afterSeconds: number): RemoteStatus {
  if (progress.kind === 'waiting') return { kind: 'waiting', afterSeconds }
  if (progress.kind !== 'done') return progress
  return { kind: 'done', signatures: documents.map((id) => {
    const value = progress.values.get(id)
    // Half of what was asked for is not what was asked for.
    if (!value || progress.values.size !== documents.length) throw new AppError('KS-044')
    return { id, value }
  }) }
}

/** A remote signing service behind either of its two dialects. Keeps nothing but, for CSC, its access token in memory. */
export function createRemoteSigner({ config, fetch = globalThis.fetch, now = Date.now }: RemoteSignerDeps): RemoteSigner {
  const post = createPost({ url: config.url, fetch, timeoutMs: config.timeoutMs })
  const dialect = config.dialect === 'gateway' ? gatewayDialect(config, post) : cscDialect(config, post, now)
  const accountText = (account: Account): string => JSON.stringify(account)
  return {
    register: async (person) => {
      const registered = await dialect.register(person)
      if (registered.kind === 'refused') return registered
      return { kind: registered.kind, account: accountText({ user: person.idNumber, credential: registered.kind === 'ready' ? registered.credential : null }) }
    },
    certificate: async (account) => {
      const credential = await credentialOf(dialect, kept(Account, account))
      return credential && { certificates: credential.certificates, scheme: credential.scheme }
    },
    submit: async ({ id, account: text, hashes }) => {
      const account = kept(Account, text)
      const credential = await credentialOf(dialect, account)
      if (!credential) throw new AppError('KS-120')
      const transaction = await dialect.submit({ id, user: account.user, credential, hashes })
      return JSON.stringify({ transaction, documents: hashes.map((each) => each.id) })
    },
    status: async (ticket) => {
      const { transaction, documents } = kept(Ticket, ticket)
      return statusOf(await dialect.progress(transaction, documents), documents, config.pollSeconds)
    },
    alive: () => dialect.greet().then(() => true, () => false),
  }
}
