import { deepEqual, equal } from 'node:assert/strict'
import type { KeyAgreement } from '../../../src-main/identity/chip/agreement'
import { domainParameters } from '../../../src-main/identity/chip/domain-parameters'
import { keyAgreement } from '../../../src-main/identity/chip/key-agreement'
import { kpi } from '../../../src-main/identity/chip/kdf'
import { decryptNonce, encryptNonce, paceSecret, performPace } from '../../../src-main/identity/chip/pace'
import { authenticationToken, publicKeyObject } from '../../../src-main/identity/chip/pace-token'
import { parseSecurityInfos } from '../../../src-main/identity/chip/security-infos'
import { sessionKeysOf } from '../../../src-main/identity/chip/session-keys'
import type { AccessKey, CamEvidence, PaceInfo } from '../../../src-main/identity/chip/types'
import { integerOf, octets, same, scriptedExchange, scriptedRandom, type VectorCheck } from './script'

export type Key = Readonly<{ private: string; public: string }>
export type Dialogue = readonly (readonly [command: string, answer: string])[]

/** A worked example of 9303-11 as printed, hexadecimal. Points with 04 in front. */
export type WorkedPace = Readonly<{
  name: string; cardAccess: string; info: PaceInfo; information: string
  secret?: string; kpi: string; encryptedNonce: string; nonce: string
  generator: string; ifd: Key; ic: Key; shared: string; enc: string; mac: string
  tokenInputIfd: string; tokenInputIc: string; tokenIfd: string; tokenIc: string
  random: readonly string[]; dialogue: Dialogue
}>

/** An example seen from the chip: what it draws, in order, and its key for the chip authentication mapping. */
export type CardSide = Readonly<{ example: WorkedPace; random: readonly string[]; staticKey?: bigint }>

export function agreementFor(info: PaceInfo): KeyAgreement {
  const parameters = domainParameters(info.parameterId)
  if (!parameters) throw new Error('no such parameters')
  return keyAgreement(parameters)
}

/** An agreement with the generator that a mapping gave: both mappings are checked elsewhere, this only carries on from them. */
export type Mapped = () => KeyAgreement

export function keyChecks(example: WorkedPace): VectorCheck[] {
  const key: AccessKey = { kind: 'mrz', information: example.information }
  const { cipher } = example.info
  const checks: VectorCheck[] = [
    { name: `${example.name}: the info is read from EF.CardAccess`, run: () => deepEqual(parseSecurityInfos(octets(example.cardAccess)).pace, [example.info]) },
  ]
  const { secret } = example
  if (secret === undefined) return checks
  return [...checks, { name: `${example.name}: secret, Kπ and nonce`, run: () => {
    same(paceSecret(key), secret)
    same(kpi(octets(secret), cipher), example.kpi)
    same(decryptNonce(cipher, octets(secret), octets(example.encryptedNonce)), example.nonce)
    same(encryptNonce(cipher, octets(secret), octets(example.nonce)), example.encryptedNonce)
  } }]
}

export function agreementChecks(example: WorkedPace, mapped: Mapped): VectorCheck[] {
  const { name, ifd, ic, info } = example
  return [
    { name: `${name}: public keys under the mapped generator`, run: () => {
      same(mapped().generator, example.generator)
      same(mapped().keyPairOf(integerOf(ifd.private)).publicKey, ifd.public)
      same(mapped().keyPairOf(integerOf(ic.private)).publicKey, ic.public)
    } },
    { name: `${name}: the shared secret, on both sides`, run: () => {
      same(mapped().agree(mapped().keyPairOf(integerOf(ifd.private)), octets(ic.public)), example.shared)
      same(mapped().agree(mapped().keyPairOf(integerOf(ic.private)), octets(ifd.public)), example.shared)
    } },
    { name: `${name}: session keys and authentication tokens`, run: () => {
      const keys = sessionKeysOf(info.cipher, octets(example.shared))
      same(keys.enc, example.enc)
      same(keys.mac, example.mac)
      const { publicKeyTag } = mapped()
      same(publicKeyObject(info.oid, publicKeyTag, octets(ic.public)), example.tokenInputIfd)
      same(publicKeyObject(info.oid, publicKeyTag, octets(ifd.public)), example.tokenInputIc)
      same(authenticationToken(info.cipher, keys.mac, info.oid, publicKeyTag, octets(ic.public)), example.tokenIfd)
      same(authenticationToken(info.cipher, keys.mac, info.oid, publicKeyTag, octets(ifd.public)), example.tokenIc)
    } },
  ]
}

export function dialogueCheck(example: WorkedPace, cam: CamEvidence | null = null): VectorCheck {
  return { name: `${example.name}: the whole dialogue, byte by byte`, run: async () => {
    const { exchange, finished } = scriptedExchange(example.dialogue)
    const result = await performPace(exchange, example.info, { kind: 'mrz', information: example.information }, scriptedRandom(...example.random))
    finished()
    same(result.keys.enc, example.enc)
    same(result.keys.mac, example.mac)
    same(result.keys.ssc, '00'.repeat(16))
    equal(result.info, example.info)
    deepEqual(result.cam, cam)
  } }
}
