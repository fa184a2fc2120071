import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { type KeyAgreement, RefusedKey } from './agreement'
import type { Exchange } from './apdu'
import { toUnsigned } from './integers'
import { keyAgreement } from './key-agreement'
import { oidValue } from './object-ids'
import { parsePublicKey } from './public-keys'
import { hexStatus } from './secure-messaging'
import { type ChipAuthenticationInfo, type ChipAuthenticationKey, parseSecurityInfos, type SecurityInfos } from './security-infos'
import { sessionKeysOf } from './session-keys'
import { concat, encodeTlv } from './tlv'
import type { Cipher, Random, SessionKeys } from './types'

/** What the chip offers and we can do. `keyId` is named to the chip when it says one. */
export type ChipAuthenticationOffer = Readonly<{ oid: string; cipher: Cipher; keyId: number | null; agreement: KeyAgreement; publicKey: Uint8Array }>

const OK = 0x9000
const SHORT_DATA = 255
const SHORT_LE = 256
const EXTENDED_LE = 0x10000
/** Without an info the key alone means 3DES, as TR-03110 before version 2 had it. */
const DEFAULT_OIDS = { DH: '0.4.0.127.0.7.2.2.3.1.1', ECDH: '0.4.0.127.0.7.2.2.3.2.1' } as const
/** Version 2 (TR-03110) mixes a nonce into the keys: its chips would look like copies. */
const VERSION = 1

/** Stronger ciphers first. */
const STRENGTH: readonly Cipher[] = ['AES-256', 'AES-192', 'AES-128', '3DES']

function pairs({ chipAuthentication, chipAuthenticationKeys }: SecurityInfos): { info: ChipAuthenticationInfo; key: ChipAuthenticationKey }[] {
  const infosFor = (key: ChipAuthenticationKey): ChipAuthenticationInfo[] => {
    const fitting = chipAuthentication.filter(({ agreement, keyId, version }) =>
      agreement === key.agreement && version === VERSION && (keyId === key.keyId || keyId === null || key.keyId === null))
    if (fitting.length > 0 || chipAuthentication.length > 0) return fitting
    return [{ oid: DEFAULT_OIDS[key.agreement], agreement: key.agreement, cipher: '3DES', version: VERSION, keyId: key.keyId }]
  }
  return chipAuthenticationKeys
    .flatMap((key) => infosFor(key).map((info) => ({ info, key })))
    .toSorted((one, other) => STRENGTH.indexOf(one.info.cipher) - STRENGTH.indexOf(other.info.cipher))
}

/**
 * The chip authentication that DG14 offers: null when it offers none, `unsupported` when none of what it offers can be done.
 * @throws AppError THE-009
 */
export function chipAuthenticationOffer(dg14: Uint8Array): ChipAuthenticationOffer | 'unsupported' | null {
  const infos = parseSecurityInfos(dg14)
  if (infos.chipAuthenticationKeys.length === 0) return null
  for (const { info, key } of pairs(infos)) {
    const publicKey = parsePublicKey(key.publicKeyInfo)
    if (publicKey === null || publicKey.kind === 'RSA' || publicKey.kind !== info.agreement) continue
    return { oid: info.oid, cipher: info.cipher, keyId: key.keyId ?? info.keyId, agreement: keyAgreement(publicKey.parameters), publicKey: publicKey.value }
  }
  return 'unsupported'
}

const reference = (keyId: number | null): Uint8Array => (keyId === null ? new Uint8Array(0) : encodeTlv(0x84, toUnsigned(BigInt(keyId))))

async function accepted(exchange: Exchange, command: Parameters<Exchange>[0]): Promise<void> {
  const { sw } = await exchange(command)
  if (sw !== OK) throw new AppError(chipErrors.cardRefused, { sw: hexStatus(sw) })
}

/** MSE:Set KAT, the one command of 3DES (9303-11 §6.2.4.1). No Le: some cards refuse it. */
const sendTemplate = (exchange: Exchange, { keyId }: ChipAuthenticationOffer, publicKey: Uint8Array): Promise<void> =>
  accepted(exchange, { cla: 0, ins: 0x22, p1: 0x41, p2: 0xa6, data: concat(encodeTlv(0x91, publicKey), reference(keyId)) })

/** MSE:Set AT, then GENERAL AUTHENTICATE (9303-11 §6.2.4.2). */
async function sendKey(exchange: Exchange, { oid, keyId }: ChipAuthenticationOffer, publicKey: Uint8Array): Promise<void> {
  await accepted(exchange, { cla: 0, ins: 0x22, p1: 0x41, p2: 0xa4, data: concat(encodeTlv(0x80, oidValue(oid)), reference(keyId)) })
  const data = encodeTlv(0x7c, encodeTlv(0x80, publicKey))
  await accepted(exchange, { cla: 0, ins: 0x86, p1: 0, p2: 0, data, le: data.length > SHORT_DATA ? EXTENDED_LE : SHORT_LE })
}

function agreed({ agreement, publicKey }: ChipAuthenticationOffer, random: Random): { publicKey: Uint8Array; secret: Uint8Array } {
  try {
    const own = agreement.newKeyPair(random)
    return { publicKey: own.publicKey, secret: agreement.agree(own, publicKey) }
  } catch (error) {
    if (error instanceof RefusedKey) throw new AppError(chipErrors.malformed, { file: 'DG14' }, { cause: error })
    throw error
  }
}

/**
 * Chip authentication version 1 (9303-11 §6.2), over the session's secure exchange. Takes one private key from `random`.
 * Gives the keys of the session to go on with, counter at zero; null when DG14 offers nothing that can be done (ask
 * `chipAuthenticationOffer` which). The keys alone prove nothing: the chip is the original when the next command goes
 * through secure messaging with them and the answer's MAC fits, and a copy when that is THE-007; DG14's hash must fit, too.
 * @throws AppError THE-010 `{ sw }` when the chip refuses (the old keys still hold), THE-009 for a key in DG14 that is none, and what the exchange throws
 */
export async function performChipAuthentication(exchange: Exchange, dg14: Uint8Array, random: Random): Promise<SessionKeys | null> {
  const offer = chipAuthenticationOffer(dg14)
  if (offer === null || offer === 'unsupported') return null
  const { publicKey, secret } = agreed(offer, random)
  await (offer.cipher === '3DES' ? sendTemplate : sendKey)(exchange, offer, publicKey)
  return sessionKeysOf(offer.cipher, secret)
}
