import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { type KeyAgreement, type KeyPair, RefusedKey } from './agreement'
import type { Answer, Exchange } from './apdu'
import { decryptChipData } from './cam'
import { blockOf, decryptCbc, encryptCbc } from './ciphers'
import { domainParameters } from './domain-parameters'
import { kpi, mrzPaceSeed } from './kdf'
import { keyAgreement } from './key-agreement'
import { INTEGRATED_LENGTHS } from './mapping-integrated'
import { oidValue } from './object-ids'
import { authenticationToken } from './pace-token'
import { sameBytes } from './same-bytes'
import { hexStatus } from './secure-messaging'
import { sessionKeysOf } from './session-keys'
import { concat, encodeTlv, readAll, readTlv } from './tlv'
import type { AccessKey, CamEvidence, Cipher, PaceInfo, PaceResult, Random } from './types'

/** Where PACE stood when it failed; `params.step` of THE-006. */
export type PaceStep = 'select' | 'nonce' | 'mapping' | 'agreement' | 'token'

const OK = 0x9000
const MRZ_KEY = 1
const CAN_KEY = 2
const DYNAMIC_DATA = 0x7c
const CHAINED = 0x10
const LONGEST_NONCE = 64
/** Longer commands go out extended, and their answers may be as long. */
const SHORT_DATA = 255
const SHORT_LE = 256
const EXTENDED_LE = 0x10000

const failed = (step: PaceStep, sw = OK, cause?: unknown): AppError => new AppError(chipErrors.paceFailed, { step, sw: hexStatus(sw) }, { cause })
const wrongKey = (sw: number): AppError => new AppError(chipErrors.wrongKey, { sw: hexStatus(sw) })

/** The secret π as octets (9303-11 §9.7.3 table 14). */
export const paceSecret = (key: AccessKey): Uint8Array => (key.kind === 'mrz' ? mrzPaceSeed(key.information) : Uint8Array.from(Buffer.from(key.can, 'latin1')))

/** The nonce s from z, and z from s: CBC under Kπ without padding (9303-11 §4.4.3.3). */
export const decryptNonce = (cipher: Cipher, secret: Uint8Array, encrypted: Uint8Array): Uint8Array => decryptCbc(cipher, kpi(secret, cipher), new Uint8Array(blockOf(cipher)), encrypted)
export const encryptNonce = (cipher: Cipher, secret: Uint8Array, nonce: Uint8Array): Uint8Array => encryptCbc(cipher, kpi(secret, cipher), new Uint8Array(blockOf(cipher)), nonce)

/** Data of MSE:Set AT (9303-11 §4.4.4.1). */
export const selectionData = (info: PaceInfo, key: AccessKey): Uint8Array =>
  concat(
    encodeTlv(0x80, oidValue(info.oid)),
    encodeTlv(0x83, Uint8Array.of(key.kind === 'mrz' ? MRZ_KEY : CAN_KEY)),
    info.ambiguous ? encodeTlv(0x84, Uint8Array.of(info.parameterId)) : new Uint8Array(0),
  )

/** A chip may tell with 63Cx how often a CAN may still be tried; only x = 0 forbids to go on. */
const selected = (sw: number): boolean => sw === OK || ((sw & 0xfff0) === 0x63c0 && sw !== 0x63c0)

/** What chips answer to a token made with another key; 6982 and 6988 are not the standard's, and seen. */
const meansWrongKey = (sw: number): boolean => sw === 0x6300 || (sw & 0xfff0) === 0x63c0 || sw === 0x6982 || sw === 0x6988

function fieldOf(answer: Answer, tag: number): Uint8Array | null {
  if (answer.data.length === 0) return null
  const { tlv } = readTlv(answer.data)
  return tlv.tag === DYNAMIC_DATA ? readAll(tlv.value).find((field) => field.tag === tag)?.value ?? null : null
}

const isAppError = (error: unknown, code: string): boolean => error instanceof AppError && error.code === code

/** What a step finds wrong in what the chip sent becomes THE-006 with the step; all else passes. */
async function inStep<T>(step: PaceStep, act: () => Promise<T> | T): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof RefusedKey || isAppError(error, chipErrors.malformed)) throw failed(step, OK, error)
    throw error
  }
}

type Talk = Readonly<{ send(fields: Uint8Array, last?: boolean): Promise<Answer>; ask(step: PaceStep, fields: Uint8Array, tag: number): Promise<Uint8Array> }>

/** GENERAL AUTHENTICATE, chained but for the last (9303-11 §4.4.4.2–4.4.4.3). */
function talkOver(exchange: Exchange): Talk {
  const send: Talk['send'] = (fields, last = false) => {
    const data = encodeTlv(DYNAMIC_DATA, fields)
    return exchange({ cla: last ? 0 : CHAINED, ins: 0x86, p1: 0, p2: 0, data, le: data.length > SHORT_DATA ? EXTENDED_LE : SHORT_LE })
  }
  return {
    send,
    ask: async (step, fields, tag) => {
      const answer = await send(fields)
      const value = answer.sw === OK ? fieldOf(answer, tag) : null
      if (value === null) throw failed(step, answer.sw)
      return value
    },
  }
}

type Mapped = Readonly<{ agreement: KeyAgreement; mappingPublicKey: Uint8Array | null }>

async function mapNonce(talk: Talk, info: PaceInfo, agreement: KeyAgreement, nonce: Uint8Array, random: Random): Promise<Mapped> {
  if (info.mapping === 'IM') {
    const extra = random(INTEGRATED_LENGTHS[info.cipher].key)
    const { sw } = await talk.send(encodeTlv(0x81, extra))
    if (sw !== OK) throw failed('mapping', sw)
    return { agreement: agreement.mapIntegrated(info.cipher, nonce, extra), mappingPublicKey: null }
  }
  const own = agreement.newKeyPair(random)
  const theirs = await talk.ask('mapping', encodeTlv(0x81, own.publicKey), 0x82)
  return { agreement: agreement.mapGeneric(nonce, own, theirs), mappingPublicKey: theirs }
}

type Agreed = Readonly<{ own: KeyPair; theirs: Uint8Array; secret: Uint8Array }>

async function agree(talk: Talk, agreement: KeyAgreement, random: Random): Promise<Agreed> {
  const own = agreement.newKeyPair(random)
  const theirs = await talk.ask('agreement', encodeTlv(0x83, own.publicKey), 0x84)
  return { own, theirs, secret: agreement.agree(own, theirs) }
}

function camEvidence(info: PaceInfo, key: Uint8Array, mappingPublicKey: Uint8Array | null, encrypted: Uint8Array | null): CamEvidence | null {
  if (info.mapping !== 'CAM') return null
  if (encrypted === null || mappingPublicKey === null) throw failed('token')
  return { parameterId: info.parameterId, mappingPublicKey, chipAuthenticationData: decryptChipData(info.cipher, key, encrypted) ?? new Uint8Array(0) }
}

async function nonceOf(talk: Talk, info: PaceInfo, key: AccessKey): Promise<Uint8Array> {
  const encrypted = await talk.ask('nonce', new Uint8Array(0), 0x80)
  if (encrypted.length === 0 || encrypted.length > LONGEST_NONCE || encrypted.length % blockOf(info.cipher) !== 0) throw failed('nonce')
  return decryptNonce(info.cipher, paceSecret(key), encrypted)
}

/**
 * PACE with a key of the card (9303-11 §4.4). Takes from `random`: the mapping's private key, or for the integrated mapping
 * the nonce t, then the private key of the agreement. In the result the counter is zero and `cam` is still to be checked.
 * @throws AppError THE-002 when the key does not fit the card, THE-006 `{ step, sw }` for every other failure,
 * THE-017 for parameters that are not supported, and what the exchange throws
 */
export async function performPace(exchange: Exchange, info: PaceInfo, key: AccessKey, random: Random): Promise<PaceResult> {
  const parameters = domainParameters(info.parameterId)
  if (parameters?.kind !== info.agreement) throw new AppError(chipErrors.paceUnsupported)
  const talk = talkOver(exchange)
  const start = await exchange({ cla: 0, ins: 0x22, p1: 0xc1, p2: 0xa4, data: selectionData(info, key) })
  if (!selected(start.sw)) throw failed('select', start.sw)
  const nonce = await inStep('nonce', () => nonceOf(talk, info, key))
  const { agreement, mappingPublicKey } = await inStep('mapping', () => mapNonce(talk, info, keyAgreement(parameters), nonce, random))
  const { own, theirs, secret } = await inStep('agreement', () => agree(talk, agreement, random))
  const keys = sessionKeysOf(info.cipher, secret)
  const tokenFor = (publicKey: Uint8Array): Uint8Array => authenticationToken(info.cipher, keys.mac, info.oid, agreement.publicKeyTag, publicKey)
  return inStep('token', async () => {
    const answer = await talk.send(encodeTlv(0x85, tokenFor(theirs)), true)
    if (meansWrongKey(answer.sw)) throw wrongKey(answer.sw)
    const token = answer.sw === OK ? fieldOf(answer, 0x86) : null
    if (token === null) throw failed('token', answer.sw)
    if (!sameBytes(token, tokenFor(own.publicKey))) throw wrongKey(answer.sw)
    return { keys, info, cam: camEvidence(info, keys.enc, mappingPublicKey, fieldOf(answer, 0x8a)) }
  })
}
