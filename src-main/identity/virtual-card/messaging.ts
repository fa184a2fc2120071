import { blockOf, decryptCbc, encryptBlock, encryptCbc, macOf, pad, unpad } from '../chip/ciphers'
import { sameBytes } from '../chip/same-bytes'
import { concat, encodeTlv, readTlv } from '../chip/tlv'
import type { SessionKeys } from '../chip/types'
import type { CardCommand, Outcome } from './command'

/** The chip's side of secure messaging (9303-11 §9.8). */
export type CardChannel = Readonly<{
  /** The plain command; null when MAC or objects are wrong, after which the session is over. */
  open(command: CardCommand): CardCommand | null
  /** The protected answer to the command that was opened last. */
  close(outcome: Outcome, odd: boolean): Outcome
}>

const NOTHING = new Uint8Array(0)

function counted(counter: Uint8Array): Uint8Array {
  const next = BigInt(`0x${Buffer.from(counter).toString('hex')}`) + 1n
  return Uint8Array.from(Buffer.from(next.toString(16).padStart(2 * counter.length, '0').slice(-2 * counter.length), 'hex'))
}

export function createCardChannel(keys: SessionKeys): CardChannel {
  const { cipher, enc, mac } = keys
  const block = blockOf(cipher)
  let counter = keys.ssc
  const iv = (): Uint8Array => (cipher === '3DES' ? new Uint8Array(8) : encryptBlock(cipher, enc, counter))
  const checksum = (message: Uint8Array): Uint8Array => macOf(cipher, mac, cipher === '3DES' ? message : pad(message, 16))
  const decrypted = (cryptogram: Uint8Array): Uint8Array | null =>
    (cryptogram.length === 0 || cryptogram.length % block !== 0 ? null : unpad(decryptCbc(cipher, enc, iv(), cryptogram), block))

  return {
    open: (command) => {
      counter = counted(counter)
      const objects = objectsOf(command.data)
      const expected = objects && checksum(concat(counter, pad(Uint8Array.of(command.cla, command.ins, command.p1, command.p2), block), objects.covered))
      if (!objects || !expected || !sameBytes(expected, objects.mac)) return null
      const data = objects.cryptogram === null ? NOTHING : decrypted(objects.cryptogram)
      return data && { ...command, cla: command.cla & 0xf3, data, le: objects.le }
    },
    close: ({ data, sw }, odd) => {
      counter = counted(counter)
      const cryptogram = data.length === 0 ? NOTHING : encryptCbc(cipher, enc, iv(), pad(data, block))
      const carrier = data.length === 0 ? NOTHING : odd ? encodeTlv(0x85, cryptogram) : encodeTlv(0x87, Uint8Array.of(1), cryptogram)
      const covered = concat(carrier, encodeTlv(0x99, Uint8Array.of(sw >> 8, sw & 0xff)))
      return { data: concat(covered, encodeTlv(0x8e, checksum(concat(counter, covered)))), sw }
    },
  }
}

type Objects = Readonly<{ cryptogram: Uint8Array | null; le: number; mac: Uint8Array; covered: Uint8Array }>

function objectsOf(data: Uint8Array): Objects | null {
  let [cryptogram, mac]: [Uint8Array | null, Uint8Array | null] = [null, null]
  let [le, covered] = [0, 0]
  try {
    for (let at = 0; at < data.length;) {
      const { tlv, end } = readTlv(data, at)
      if (tlv.tag === 0x87 && tlv.value[0] === 1) cryptogram = tlv.value.subarray(1)
      else if (tlv.tag === 0x85) cryptogram = tlv.value
      else if (tlv.tag === 0x97) le = lengthAsked(tlv.value)
      else if (tlv.tag === 0x8e) mac = tlv.value
      else return null
      if (tlv.tag !== 0x8e) covered = end
      at = end
    }
  } catch {
    return null
  }
  return mac && { cryptogram, le, mac, covered: data.subarray(0, covered) }
}

const lengthAsked = (value: Uint8Array): number => {
  const asked = value.reduce((sum, byte) => sum * 256 + byte, 0)
  return asked === 0 ? (value.length === 1 ? 256 : 65_536) : asked
}
