import { type KeyAgreement, type KeyPair, RefusedKey } from '../chip/agreement'
import { chipData, encryptChipData } from '../chip/cam'
import { type DomainParameters, domainParameters } from '../chip/domain-parameters'
import { keyAgreement } from '../chip/key-agreement'
import { INTEGRATED_LENGTHS } from '../chip/mapping-integrated'
import { oidValue } from '../chip/object-ids'
import { encryptNonce, paceSecret } from '../chip/pace'
import { authenticationToken } from '../chip/pace-token'
import { sameBytes } from '../chip/same-bytes'
import { sessionKeysOf } from '../chip/session-keys'
import { encodeTlv, readAll, readTlv } from '../chip/tlv'
import type { AccessKey, PaceInfo, Random, SessionKeys } from '../chip/types'
import { answered, type Step } from './access'
import { done, just, type Outcome, STATUS } from './command'
import type { ChipKey, ChipProfile } from './profile'

/** One run of PACE, the chip's side: four GENERAL AUTHENTICATE commands in order (9303-11 §4.4). */
export type PaceRun = Readonly<{ next(data: Uint8Array): Step }>

type Chosen = Readonly<{ pace: PaceInfo; parameters: DomainParameters; key: AccessKey; chipKey: ChipKey | null }>

const NONCE_LENGTH = 16
const CAN_KEY = 2
const NOTHING = new Uint8Array(0)

/**
 * Begins PACE as MSE:Set AT asks for it; null when the card does not do that. Draws from `random`: the nonce s, the mapping's
 * private key (not for the integrated mapping), the private key of the agreement.
 */
export function beginPace(profile: ChipProfile, data: Uint8Array, random: Random): PaceRun | null {
  const chosen = choice(profile, data)
  return chosen && inOrder(stepsOf(chosen, random))
}

function choice({ pace, information, can, chipAuthentication: chipKey }: ChipProfile, data: Uint8Array): Chosen | null {
  const objects = readAll(data)
  const value = (tag: number): Uint8Array | undefined => objects.find((object) => object.tag === tag)?.value
  const parameters = pace && domainParameters(pace.parameterId)
  const protocol = value(0x80)
  const named = value(0x84)
  if (!pace || !parameters || !protocol || !sameBytes(protocol, oidValue(pace.oid))) return null
  if (named && !sameBytes(named, Uint8Array.of(pace.parameterId))) return null
  if (value(0x83)?.[0] !== CAN_KEY) return { pace, parameters, key: { kind: 'mrz', information }, chipKey }
  return can === null ? null : { pace, parameters, key: { kind: 'can', can }, chipKey }
}

/** The object that a step takes, null for any, and what is answered to what is in it. */
type PaceStep = Readonly<{ tag: number | null; act(value: Uint8Array): Step }>

function inOrder(steps: readonly PaceStep[]): PaceRun {
  let at = 0
  return {
    next: (bytes) => {
      const step = steps[at]
      at += 1
      const inner = readAll(readTlv(bytes).tlv.value)[0]
      if (!step || (step.tag !== null && inner?.tag !== step.tag)) return answered(just(STATUS.badData))
      try {
        return step.act(inner?.value ?? NOTHING)
      } catch (error) {
        if (error instanceof RefusedKey) return answered(just(STATUS.wrongKey))
        throw error
      }
    },
  }
}

const wrap = (tag: number, bytes: Uint8Array, more: Uint8Array = NOTHING): Outcome => done(encodeTlv(0x7c, encodeTlv(tag, bytes), more))

function stepsOf({ pace, parameters, key, chipKey }: Chosen, random: Random): readonly PaceStep[] {
  const { cipher, oid, mapping } = pace
  const nonce = random(mapping === 'IM' ? INTEGRATED_LENGTHS[cipher].nonce : NONCE_LENGTH)
  const plain = keyAgreement(parameters)
  let mappingKey: KeyPair | null = null
  let mapped: KeyAgreement | null = null
  let agreed: Readonly<{ own: KeyPair; theirs: Uint8Array; keys: SessionKeys }> | null = null

  const map = (theirs: Uint8Array): Step => {
    if (mapping === 'IM') {
      mapped = plain.mapIntegrated(cipher, nonce, theirs)
      return answered(wrap(0x82, NOTHING))
    }
    mappingKey = plain.newKeyPair(random)
    mapped = plain.mapGeneric(nonce, mappingKey, theirs)
    return answered(wrap(0x82, mappingKey.publicKey))
  }
  const agree = (theirs: Uint8Array): Step => {
    if (!mapped) return answered(just(STATUS.badData))
    const own = mapped.newKeyPair(random)
    agreed = { own, theirs, keys: sessionKeysOf(cipher, mapped.agree(own, theirs)) }
    return answered(wrap(0x84, own.publicKey))
  }
  /** A_IC, by which the chip authentication mapping proves the chip; nothing for the other mappings. */
  const evidence = (keys: SessionKeys): Uint8Array =>
    (mapping === 'CAM' && chipKey && mappingKey && parameters.kind === 'ECDH'
      ? encodeTlv(0x8a, encryptChipData(cipher, keys.enc, chipData(parameters, chipKey.privateKey, mappingKey.privateKey)))
      : NOTHING)
  const prove = (token: Uint8Array): Step => {
    if (!agreed) return answered(just(STATUS.badData))
    const { own, theirs, keys } = agreed
    const tokenFor = (publicKey: Uint8Array): Uint8Array => authenticationToken(cipher, keys.mac, oid, plain.publicKeyTag, publicKey)
    return sameBytes(token, tokenFor(own.publicKey)) ? answered(wrap(0x86, tokenFor(theirs), evidence(keys)), keys) : answered(just(STATUS.wrongKey))
  }

  return [
    { tag: null, act: () => answered(wrap(0x80, encryptNonce(cipher, paceSecret(key), nonce))) },
    { tag: 0x81, act: map }, { tag: 0x83, act: agree }, { tag: 0x85, act: prove },
  ]
}
