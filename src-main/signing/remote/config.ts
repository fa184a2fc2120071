import { z } from 'zod'

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** Requests carry a name and an ID number: they travel under TLS, or do not leave the machine. */
function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname))
}

const common = {
  /** Up to and without the closing slash, e.g. `https://…/sca/sp769/v1` or `https://…/csc/v2`. */
  url: z.string().max(500).refine(isSafe, 'neither https nor this machine').transform((url) => url.replace(/\/+$/, '')),
  /** How long to wait between two questions; the citizen has 3 to 5 minutes to confirm. */
  pollSeconds: z.number().int().min(1).max(60).default(5),
  timeoutMs: z.number().int().min(100).max(120_000).default(15_000),
  /** States of this service beside those of `states.ts`, by code or message. */
  states: z.record(z.string().max(60), z.enum(['waiting', 'done', 'expired', 'refused', 'failed'])).default({}),
}

/** The way to a remote signing service. Holds secrets: kept in the encrypted database, never shown. */
export const RemoteConfig = z.discriminatedUnion('dialect', [
  /** The shape of the national gateway's hash signing as vendors offer it; RSA comes back as PKCS#1 v1.5. */
  z.object({ ...common, dialect: z.literal('gateway'), spId: z.string().min(1).max(200), spPassword: z.string().min(1).max(500) }),
  /** Cloud Signature Consortium API v2, with an OAuth 2 token for the service itself. */
  z.object({
    ...common, dialect: z.literal('csc'), clientId: z.string().min(1).max(200), clientSecret: z.string().min(1).max(500),
    /** Asked for with RSA keys, where the credential can do it. */
    rsa: z.enum(['rsa-pss', 'rsa-pkcs1']).default('rsa-pkcs1'),
  }),
])
export type RemoteConfig = z.infer<typeof RemoteConfig>
export type GatewayConfig = Extract<RemoteConfig, { dialect: 'gateway' }>
export type CscConfig = Extract<RemoteConfig, { dialect: 'csc' }>
