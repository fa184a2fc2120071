import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import type { Exchange } from './apdu'
import { decryptCbc, encryptCbc, macOf } from './ciphers'
import { kenc, kmac, mrzSeed } from './kdf'
import { hexStatus } from './secure-messaging'
import { sameBytes } from './same-bytes'
import { concat } from './tlv'
import type { Random, SessionKeys } from './types'

const CHALLENGE = 8
const KEYING = 16
const TOKEN = 40
const ZERO = new Uint8Array(8)

/** What chips answer when the key is another card's: chips differ, the meaning does not (`63Cx` counts tries). */
const saysWrongKey = (sw: number): boolean => sw >> 8 === 0x63 || sw === 0x6982 || sw === 0x6985 || sw === 0x6988

/**
 * Basic access control (9303-11 §4.3 and appendix D) with the application selected. Asks `random` for RND.IFD (8), then
 * K.IFD (16).
 * @param information the MRZ information of the key
 * @throws AppError THE-002 wrong key, THE-010 the chip refused, THE-007 an answer that is none
 */
export async function performBac(exchange: Exchange, information: string, random: Random): Promise<SessionKeys> {
  const seed = mrzSeed(information)
  const enc = kenc(seed, '3DES')
  const mac = kmac(seed, '3DES')

  const challenge = await exchange({ cla: 0, ins: 0x84, p1: 0, p2: 0, le: CHALLENGE })
  if (challenge.sw !== 0x9000 || challenge.data.length !== CHALLENGE) throw new AppError(chipErrors.cardRefused, { sw: hexStatus(challenge.sw) })
  const ours = random(CHALLENGE)
  const ourKeying = random(KEYING)
  const cryptogram = encryptCbc('3DES', enc, ZERO, concat(ours, challenge.data, ourKeying))

  const answer = await exchange({ cla: 0, ins: 0x82, p1: 0, p2: 0, data: concat(cryptogram, macOf('3DES', mac, cryptogram)), le: TOKEN })
  if (saysWrongKey(answer.sw)) throw new AppError(chipErrors.wrongKey)
  if (answer.sw !== 0x9000) throw new AppError(chipErrors.cardRefused, { sw: hexStatus(answer.sw) })
  if (answer.data.length !== TOKEN) throw new AppError(chipErrors.channelBroken, { fault: 'objects' })
  const theirs = answer.data.subarray(0, TOKEN - 8)
  if (!sameBytes(macOf('3DES', mac, theirs), answer.data.subarray(TOKEN - 8))) throw new AppError(chipErrors.wrongKey)
  const plain = decryptCbc('3DES', enc, ZERO, theirs)
  // A token with the right MAC and other challenges is an old one, played again.
  if (!sameBytes(plain.subarray(0, 2 * CHALLENGE), concat(challenge.data, ours))) throw new AppError(chipErrors.channelBroken, { fault: 'mac' })

  const shared = ourKeying.map((byte, index) => byte ^ (plain[2 * CHALLENGE + index] ?? 0))
  return { cipher: '3DES', enc: kenc(shared, '3DES'), mac: kmac(shared, '3DES'), ssc: concat(challenge.data.subarray(4), ours.subarray(4)) }
}
