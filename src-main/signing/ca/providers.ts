import { CaProvider } from '@contract/signing'
import { z } from 'zod'
import { isSelfIssued, parseCertificate } from '../../identity/pki'

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** Requests carry a name and a number: they travel under TLS, or do not leave the machine. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname))
}

const SafeUrl = z.string().max(500).refine(isSafeUrl, 'neither https nor this machine')
/** DER in base64. */
const Der = z.base64().min(8).max(50_000)

/** How the registration desk proves itself: a shared secret (RFC 9810 §5.1.3.1), or a certificate of its own (§5.1.3.3) with its PKCS#8 key. */
const Secret = z.object({ kind: z.literal('secret'), reference: z.string().min(1).max(200), secret: z.string().min(8).max(500) })
const Certificate = z.object({
  kind: z.literal('certificate'),
  /** The desk's certificate first, then what issued it. */
  certificates: z.array(Der).min(1).max(5), privateKey: Der,
})
export const CmpProtection = z.discriminatedUnion('kind', [Secret, Certificate])
export type CmpProtection = z.infer<typeof CmpProtection>

/** Common name and country of a party of CMP; the CA tells what it wants there. */
const Party = z.object({ country: z.string().regex(/^[A-Z]{2}$/).nullable(), organisation: z.string().max(200).nullable(), commonName: z.string().min(1).max(200) })
export type CmpParty = z.infer<typeof Party>

/** The way to a CA that speaks CMP over HTTP (RFC 9811). */
export const CmpConnection = z.object({
  url: SafeUrl,
  protection: CmpProtection,
  sender: Party, recipient: Party,
  /** Certificates that may sign the CA's answers beside the CA itself and those with the usage cmcCA; only where the desk signs. */
  responders: z.array(Der).max(5).default([]),
})
export type CmpConnection = z.infer<typeof CmpConnection>

/** One-time codes that the CA sends to the citizen's phone (`docs/city-protocol.md`). */
export const PhoneConnection = z.object({ url: SafeUrl, token: z.string().min(8).max(500) })
export type PhoneConnection = z.infer<typeof PhoneConnection>

/** A CA as the counter keeps it: what people are told (`CaProvider`), and the way to it. Holds secrets: kept in the encrypted database, never shown. */
export const ProviderConfig = CaProvider.extend({
  /** Roots and issuing CAs whose certificates are taken; DER in base64. */
  authorities: z.array(Der).min(1).max(10),
  /** RFC 3161; null where the CA stamps nothing for us. */
  tsaUrl: SafeUrl.nullable(),
  /** For `kind` token. */
  cmp: CmpConnection.nullable(),
  /** For `kind` remote; `signing/remote` knows its shape. */
  remote: z.record(z.string(), z.json()).nullable(),
  phone: PhoneConnection.nullable(),
}).refine(({ kind, cmp, remote }) => (kind === 'token' ? cmp !== null : remote !== null), 'the way to the CA is missing')
export type ProviderConfig = z.infer<typeof ProviderConfig>

/** A trust anchor that comes with the enrolment, for `signing/anchors`; DER in base64. */
export const AnchorGiven = z.object({ name: z.string().min(1).max(200), kind: z.enum(['root', 'ca', 'tsa']), certificate: Der, demo: z.boolean() })
export type AnchorGiven = z.infer<typeof AnchorGiven>

/** What a city says about signing when a counter enrols. */
export const SigningGiven = z.object({ providers: z.array(ProviderConfig).max(20), anchors: z.array(AnchorGiven).max(50) })
export type SigningGiven = z.infer<typeof SigningGiven>

const readable = <T>(schema: z.ZodType<T>, list: readonly unknown[]): T[] => list.flatMap((entry) => {
  const read = schema.safeParse(entry)
  return read.success ? [read.data] : []
})

/** What a city gave: an entry that cannot be used is left out, and the enrolment stands. */
export const readSigningGiven = (given: Readonly<{ providers: readonly unknown[]; anchors: readonly unknown[] }>): SigningGiven =>
  ({ providers: readable(ProviderConfig, given.providers), anchors: readable(AnchorGiven, given.anchors) })

/** Practice mode: what demonstration CAs hang on, for `signing/anchors`; without practice mode anchors come from signed lists only. DER. */
export function rootsOfProviders(providers: readonly ProviderConfig[]): Readonly<{ kind: 'root'; certificate: Uint8Array }>[] {
  const isRoot = (text: string): boolean => {
    try {
      return isSelfIssued(parseCertificate(Buffer.from(text, 'base64')))
    } catch {
      return false
    }
  }
  const roots = providers.filter(({ demo }) => demo).flatMap(({ authorities }) => authorities).filter(isRoot)
  return [...new Set(roots)].map((text) => ({ kind: 'root', certificate: Buffer.from(text, 'base64') }))
}

/** The part that may be shown. */
export const shownOf = (provider: ProviderConfig): CaProvider => CaProvider.parse(provider)
