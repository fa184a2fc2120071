import { randomBytes } from 'node:crypto'
import { AppError, ERRORS } from '@contract/errors'
import { type Certificate, parseCertificate } from '../../identity/pki'
import { factsOf, NAME } from '../certificate-facts'
import { ctx } from '../der'
import { chainOf } from './chain'
import { nameDer } from './csr'
import { type BodyKind, LARGEST_MESSAGE, type Message, messageDer, type Protector, readMessage } from './cmp-message'
import { provesSecret, secretProtector, signatureProtector, signerOf } from './cmp-protection'
import { createPost, type Post } from './http-post'
import type { CmpConnection, CmpParty } from './providers'

export type CmpDeps = Readonly<{
  now(): Date
  /** For one exchange, in milliseconds. */
  timeoutMs: number
}>

/** One message of a transaction. */
export type Step = Readonly<{ transaction: Uint8Array; recipNonce: Uint8Array | null; kind: BodyKind; content: Uint8Array }>

/** Exchanges one message for one that is proven to be the CA's answer to it. @throws AppError KS-030, KS-032, KS-038, KS-039 */
export type CmpClient = Readonly<{ exchange(step: Step): Promise<Message>; reachable(): Promise<boolean> }>

const MEDIA_TYPE = 'application/pkixcmp'
const NONCE_BYTES = 16
/** May answer for a CA (RFC 9480 §4.5). */
const CMC_CA = '1.3.6.1.5.5.7.3.27'

const generalName = (name: Uint8Array): Uint8Array => ctx(4, name)

const partyName = ({ country, organisation, commonName }: CmpParty): Uint8Array => generalName(nameDer([
  ...(country === null ? [] : [{ type: NAME.country, text: country }]), ...(organisation === null ? [] : [{ type: NAME.organisation, text: organisation }]),
  { type: NAME.commonName, text: commonName },
]))

type Side = Readonly<{ sender: Uint8Array; senderKid: Uint8Array | null; protector(): Protector; proves(answer: Message): boolean }>

const base64 = (text: string): Uint8Array => Buffer.from(text, 'base64')

/** A certificate of the CA's may sign its answers; one that the CA gave to a citizen may not. */
function maySignAnswers(signer: Certificate, pinned: ReadonlySet<string>, authorities: readonly Certificate[], others: readonly Certificate[], now: Date): boolean {
  if (pinned.has(signer.sha256)) return signer.notBefore <= now && now <= signer.notAfter
  const { usage, purposes } = factsOf(signer)
  if (purposes?.includes(CMC_CA) !== true && signer.extensions.authority !== true) return false
  return (usage === null || usage.has(0) || signer.extensions.authority === true) && chainOf(signer, others, authorities, now) !== null
}

function sideOf(connection: CmpConnection, authorities: readonly Certificate[], now: () => Date): Side {
  const { protection, responders, sender } = connection
  if (protection.kind === 'secret') {
    const { reference, secret } = protection
    return {
      sender: partyName(sender), senderKid: Buffer.from(reference, 'utf8'), protector: () => secretProtector(secret), proves: (answer) => provesSecret(answer, secret),
    }
  }
  const certificates = protection.certificates.map(base64)
  const own = parseCertificate(certificates[0] ?? new Uint8Array(0))
  const pinned = responders.map((text) => parseCertificate(base64(text)))
  const pins = new Set(pinned.map(({ sha256 }) => sha256))
  const keyId = own.extensions.subjectKeyId
  return {
    sender: generalName(own.subject.raw), senderKid: keyId === null ? null : Buffer.from(keyId, 'hex'), protector: () => signatureProtector(base64(protection.privateKey), certificates),
    proves: (answer) => {
      const extra = certificatesIn(answer.extra)
      const signer = signerOf(answer, [...pinned, ...extra, ...authorities])
      return signer !== null && maySignAnswers(signer, pins, authorities, extra, now())
    },
  }
}

/** Those that can be read. */
function certificatesIn(list: readonly Uint8Array[]): Certificate[] {
  return list.flatMap((bytes) => {
    try {
      return [parseCertificate(bytes)]
    } catch {
      return []
    }
  })
}

const same = (a: Uint8Array | null, b: Uint8Array): boolean => a !== null && Buffer.compare(a, b) === 0

/** The parts of a provider's connection that are wrong show here, before anything is sent. @throws AppError KS-039 */
function sideOrNotSetUp(connection: CmpConnection, authorities: readonly Certificate[], now: () => Date): Side {
  try {
    const side = sideOf(connection, authorities, now)
    side.protector()
    return side
  } catch (error) {
    throw new AppError(ERRORS.signing.caNotSetUp, {}, { cause: error })
  }
}

async function bodyOf(post: Post, url: string, message: Uint8Array): Promise<Message> {
  const { status, type, body } = await post.send({ url, type: MEDIA_TYPE, body: message })
  // A proxy or gateway in trouble; RFC 9811 §3.5 lets errors come as CMP messages with 4xx and 5xx too.
  if (type !== MEDIA_TYPE && status >= 500) throw new AppError(ERRORS.signing.caSilent, {})
  const answer = type === MEDIA_TYPE ? readMessage(body) : null
  if (answer === null) throw new AppError(ERRORS.signing.caMalformed, {})
  return answer
}

/** @throws AppError KS-039 where the connection cannot be used as it stands */
export function createCmpClient(connection: CmpConnection, authorities: readonly Certificate[], { now, timeoutMs }: CmpDeps): CmpClient {
  const side = sideOrNotSetUp(connection, authorities, now)
  const post = createPost({ timeoutMs, mostBytes: LARGEST_MESSAGE })
  const recipient = partyName(connection.recipient)
  return {
    reachable: () => post.reachable(connection.url),
    exchange: async ({ transaction, recipNonce, kind, content }) => {
      const senderNonce = randomBytes(NONCE_BYTES)
      const message = messageDer({ sender: side.sender, recipient, at: now(), senderKid: side.senderKid, transaction, senderNonce, recipNonce }, kind, content, side.protector())
      const answer = await bodyOf(post, connection.url, message)
      if (!side.proves(answer)) throw new AppError(ERRORS.signing.caUnprotected, {})
      // An answer to somebody else, or to an older message of ours, proves nothing.
      if (!same(answer.header.transaction, transaction) || !same(answer.header.recipNonce, senderNonce)) throw new AppError(ERRORS.signing.caUnprotected, {})
      return answer
    },
  }
}

