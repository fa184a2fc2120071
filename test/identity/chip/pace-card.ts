import type { KeyAgreement } from '../../../src-main/identity/chip/agreement'
import type { Answer, Exchange } from '../../../src-main/identity/chip/apdu'
import { chipData, encryptChipData } from '../../../src-main/identity/chip/cam'
import { domainParameters } from '../../../src-main/identity/chip/domain-parameters'
import { keyAgreement } from '../../../src-main/identity/chip/key-agreement'
import { INTEGRATED_LENGTHS } from '../../../src-main/identity/chip/mapping-integrated'
import { encryptNonce, paceSecret } from '../../../src-main/identity/chip/pace'
import { authenticationToken } from '../../../src-main/identity/chip/pace-token'
import { sessionKeysOf } from '../../../src-main/identity/chip/session-keys'
import { concat, encodeTlv, readAll, readTlv } from '../../../src-main/identity/chip/tlv'
import type { AccessKey, PaceInfo, Random, SessionKeys } from '../../../src-main/identity/chip/types'

/** What a test may do to an answer before it goes out: step 0 is MSE:Set AT, 1 to 4 are GENERAL AUTHENTICATE. */
export type Meddling = (step: number, answer: Answer) => Answer

const answer = (tag: number, value: Uint8Array, ...more: Uint8Array[]): Answer => ({ data: encodeTlv(0x7c, encodeTlv(tag, value), ...more), sw: 0x9000 })
const refuse = (sw: number): Answer => ({ data: new Uint8Array(0), sw })
const field = (data: Uint8Array | undefined): Uint8Array => readAll(readTlv(data ?? new Uint8Array(0)).tlv.value)[0]?.value ?? new Uint8Array(0)

/** The chip's side of PACE, as small as it can be. `staticKey` is for the chip authentication mapping. */
export function paceCard(info: PaceInfo, key: AccessKey, random: Random, options: Readonly<{ meddle?: Meddling; staticKey?: bigint }> = {}): { exchange: Exchange; keys: () => SessionKeys | null; selection: () => Uint8Array } {
  const parameters = domainParameters(info.parameterId)
  if (!parameters) throw new Error('no such parameters')
  const plain = keyAgreement(parameters)
  const nonce = random(INTEGRATED_LENGTHS[info.cipher].nonce)
  let [agreement, mappingKey]: [KeyAgreement, bigint] = [plain, 0n]
  let [keys, open, expected, own]: [SessionKeys | null, boolean, Uint8Array, Uint8Array] = [null, false, new Uint8Array(0), new Uint8Array(0)]
  let [theirs, selection]: [Uint8Array, Uint8Array] = [new Uint8Array(0), new Uint8Array(0)]

  const map = (data: Uint8Array): Answer => {
    if (info.mapping === 'IM') {
      agreement = plain.mapIntegrated(info.cipher, nonce, data)
      return answer(0x82, new Uint8Array(0))
    }
    const pair = plain.newKeyPair(random)
    mappingKey = pair.privateKey
    agreement = plain.mapGeneric(nonce, pair, data)
    return answer(0x82, pair.publicKey)
  }
  const agree = (data: Uint8Array): Answer => {
    const pair = agreement.newKeyPair(random)
    keys = sessionKeysOf(info.cipher, agreement.agree(pair, data))
    ;[own, theirs] = [pair.publicKey, data]
    expected = authenticationToken(info.cipher, keys.mac, info.oid, agreement.publicKeyTag, own)
    return answer(0x84, own)
  }
  const finish = (data: Uint8Array): Answer => {
    if (!keys || !Buffer.from(data).equals(expected)) return refuse(0x6300)
    open = true
    const token = authenticationToken(info.cipher, keys.mac, info.oid, agreement.publicKeyTag, theirs)
    const proof = info.mapping === 'CAM' && parameters.kind === 'ECDH' && options.staticKey !== undefined
      ? encodeTlv(0x8a, encryptChipData(info.cipher, keys.enc, chipData(parameters, options.staticKey, mappingKey))) : new Uint8Array(0)
    return answer(0x86, token, proof)
  }
  const steps = [
    (data: Uint8Array) => {
      selection = data
      return refuse(0x9000)
    },
    () => answer(0x80, encryptNonce(info.cipher, paceSecret(key), nonce)),
    (data: Uint8Array) => map(field(data)),
    (data: Uint8Array) => agree(field(data)),
    (data: Uint8Array) => finish(field(data)),
  ]
  let step = -1
  const exchange: Exchange = ({ data = new Uint8Array(0) }) => {
    step += 1
    const given = steps[step]?.(concat(data)) ?? refuse(0x6985)
    return Promise.resolve(options.meddle?.(step, given) ?? given)
  }
  return { exchange, keys: () => (open ? keys : null), selection: () => selection }
}
