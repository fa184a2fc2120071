import { decryptCbc, encryptCbc, macOf } from '../chip/ciphers'
import { kenc, kmac, mrzSeed } from '../chip/kdf'
import { sameBytes } from '../chip/same-bytes'
import { concat } from '../chip/tlv'
import type { Random, SessionKeys } from '../chip/types'
import { done, just, type Outcome, STATUS } from './command'

/** What a step of access ended with: an answer, and keys when the session begins with the next command. */
export type Step = Readonly<{ outcome: Outcome; keys: SessionKeys | null }>

export const answered = (outcome: Outcome, keys: SessionKeys | null = null): Step => ({ outcome, keys })
const ZERO = new Uint8Array(8)

/** EXTERNAL AUTHENTICATE of BAC, the chip's side (9303-11 §4.3.3). Draws K.IC from `random`. */
export function authenticateByBac(information: string, challenge: Uint8Array, data: Uint8Array, random: Random): Step {
  const seed = mrzSeed(information)
  const [enc, mac] = [kenc(seed, '3DES'), kmac(seed, '3DES')]
  const cryptogram = data.subarray(0, 32)
  if (data.length !== 40 || !sameBytes(macOf('3DES', mac, cryptogram), data.subarray(32))) return answered(just(STATUS.wrongKey))
  const plain = decryptCbc('3DES', enc, ZERO, cryptogram)
  const [theirs, back, theirKeying] = [plain.subarray(0, 8), plain.subarray(8, 16), plain.subarray(16, 32)]
  if (!sameBytes(back, challenge)) return answered(just(STATUS.wrongKey))
  const keying = random(16)
  const answer = encryptCbc('3DES', enc, ZERO, concat(challenge, theirs, keying))
  const shared = keying.map((byte, index) => byte ^ (theirKeying[index] ?? 0))
  return answered(
    done(concat(answer, macOf('3DES', mac, answer))),
    { cipher: '3DES', enc: kenc(shared, '3DES'), mac: kmac(shared, '3DES'), ssc: concat(challenge.subarray(4), theirs.subarray(4)) })
}
