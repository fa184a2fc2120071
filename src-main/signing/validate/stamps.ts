import type { SubIndication } from '@contract/signing'
import { type Certificate, concat } from '../../identity/pki'
import { nameOf } from '../certificate-facts'
import { judgeStamp, judgeStampOfDigest, parseStamp, type Stamp } from '../cms'
import { type CertificateVerdict, judgeCertificate } from './certificate-verdict'
import type { Context } from './context'
import { hashOver, type Pieces } from './integrity'
import { SKEW } from './revocation'
import { strongAlgorithm, strongHash } from './strength'

/** A stamp, judged. It proves its time only when `why` is null; `rooted`: intact and under one of our anchors, whatever revocation says. */
export type JudgedStamp = Readonly<{ why: SubIndication | null; at: Date | null; authority: string | null; certificate: Certificate | null; verdict: CertificateVerdict | null; rooted: boolean }>

const nothing = (why: SubIndication): JudgedStamp => ({ why, at: null, authority: null, certificate: null, verdict: null, rooted: false })

function readStamp(token: Uint8Array): Stamp | null {
  try {
    return parseStamp(token)
  } catch {
    return null
  }
}

const TROUBLE = { imprint: 'HASH_FAILURE', signature: 'SIG_CRYPTO_FAILURE', certificate: 'NO_SIGNING_CERTIFICATE_FOUND' } as const

/** The stamp by itself: over these bytes, by the certificate that it names, with algorithms that count. */
function troubleOf(stamp: Stamp, pieces: Pieces, now: Date): Readonly<{ why: SubIndication | null; certificate: Certificate | null }> {
  const [by] = stamp.data.signers
  if (!strongHash(stamp.hash) || by === undefined || !strongAlgorithm(by.algorithm, by.digest)) return { why: 'CRYPTO_CONSTRAINTS_FAILURE', certificate: null }
  const { trouble, signer } = stamp.hash === 'SHA-256' ? judgeStampOfDigest(stamp, hashOver('SHA-256', pieces)) : judgeStamp(stamp, concat(...pieces))
  if (trouble === 'signature' && stamp.data.certificates.length === 0) return { why: 'NO_SIGNING_CERTIFICATE_FOUND', certificate: null }
  if (trouble !== null) return { why: TROUBLE[trouble], certificate: signer }
  return { why: stamp.at.getTime() > now.getTime() + SKEW ? 'SIG_CONSTRAINTS_FAILURE' : null, certificate: signer }
}

/** Judges an RFC 3161 token over these bytes; `proven` is when a later stamp shows it to have been there. */
export async function judgeToken(token: Uint8Array, pieces: Pieces, proven: Date | null, context: Context): Promise<JudgedStamp> {
  const stamp = readStamp(token)
  if (stamp === null) return nothing('FORMAT_FAILURE')
  context.work.stamps -= 1
  if (context.work.stamps < 0) return { ...nothing('GENERIC'), at: stamp.at }
  const { why, certificate } = troubleOf(stamp, pieces, context.now)
  if (certificate === null) return { ...nothing(why ?? 'NO_SIGNING_CERTIFICATE_FOUND'), at: stamp.at }
  const verdict = await judgeCertificate(certificate, 'stamping', { now: context.now, proven }, null, context)
  return { why: why ?? verdict.why, at: stamp.at, authority: nameOf(certificate), certificate, verdict, rooted: why === null && verdict.path !== null }
}
