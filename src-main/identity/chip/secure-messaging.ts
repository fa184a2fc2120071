import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import type { Answer, Command, Exchange } from './apdu'
import { blockOf, decryptCbc, encryptBlock, encryptCbc, macOf, pad, unpad } from './ciphers'
import { sameBytes } from './same-bytes'
import { concat, encodeTlv, readTlv, type Tlv } from './tlv'
import type { Cipher, SessionKeys } from './types'

/** What was wrong with an answer. `clear`: the chip answered with a bare error status, which ends its side of the session. */
export type ChannelFault = 'clear' | 'over' | 'objects' | 'status' | 'mac' | 'padding'

const DATA = 0x87
const DATA_ODD = 0x85
const LE = 0x97
const STATUS = 0x99
const MAC = 0x8e
const MAC_LENGTH = 8
const SHORT_LE = 256
const EXTENDED_LE = 65_536
/** DO'99' and DO'8E' as they always are. */
const STATUS_AND_MAC = 4 + 2 + MAC_LENGTH
const NOTHING = new Uint8Array(0)

const broken = (fault: ChannelFault, sw?: number): AppError =>
  new AppError(chipErrors.channelBroken, sw === undefined ? { fault } : { fault, sw: hexStatus(sw) })

/** Status word as it is told, `6A82`. */
export const hexStatus = (sw: number): string => sw.toString(16).toUpperCase().padStart(4, '0')

/**
 * The status word when a channel ended because the chip answered in clear: a new session may go on. Null for every other
 * error, forged answers among them.
 */
export function clearStatus(error: unknown): number | null {
  if (!(error instanceof AppError) || error.code !== chipErrors.channelBroken || error.params['fault'] !== 'clear') return null
  return Number.parseInt(String(error.params['sw']), 16)
}

/** The most plain bytes that a protected answer of `bytes` (without its status word) can carry. */
export function carriedBy(cipher: Cipher, bytes: number): number {
  const objects = bytes - STATUS_AND_MAC
  const header = objects <= 0x81 ? 2 : objects <= 0x102 ? 3 : 4
  const room = objects - header - 1
  return room - (room % blockOf(cipher)) - 1
}

/**
 * Secure messaging over an exchange in clear (9303-11 §9.8). One command at a time; after anything wrong the channel is
 * over and every further command is refused, for the counters no longer agree.
 * @throws AppError THE-007 with `fault`; with `sw`, too, where the chip ended the session in clear
 */
export function secure(exchange: Exchange, keys: SessionKeys): Exchange {
  let counter = keys.ssc
  let open = true
  return async (command) => {
    if (!open) throw broken('over')
    open = false
    counter = counted(counter)
    const answer = await exchange(protect(command, keys, counter))
    counter = counted(counter)
    const plain = unprotect(answer, keys, counter)
    open = true
    return plain
  }
}

/** Big-endian, one more. */
function counted(counter: Uint8Array): Uint8Array {
  const next = counter.slice()
  for (let index = next.length - 1; index >= 0; index -= 1) {
    const byte = ((next[index] ?? 0) + 1) & 0xff
    next[index] = byte
    if (byte !== 0) break
  }
  return next
}

const ivOf = ({ cipher, enc }: SessionKeys, counter: Uint8Array): Uint8Array => (cipher === '3DES' ? new Uint8Array(8) : encryptBlock(cipher, enc, counter))

/** Retail MAC pads by itself; for CMAC the padding of secure messaging goes before. */
const checksum = ({ cipher, mac }: SessionKeys, message: Uint8Array): Uint8Array => macOf(cipher, mac, cipher === '3DES' ? message : pad(message, 16))

/** The protected command (§9.8.4 and figure 2), asking for an answer as long as the plain one would make it. */
export function protect(command: Command, keys: SessionKeys, counter: Uint8Array): Command {
  const { ins, p1, p2, data = new Uint8Array(0), le = 0 } = command
  const cla = command.cla | 0x0c
  const block = blockOf(keys.cipher)
  const odd = ins % 2 === 1
  const cryptogram = data.length === 0 ? null : encryptCbc(keys.cipher, keys.enc, ivOf(keys, counter), pad(data, block))
  const objects = concat(
    cryptogram === null ? NOTHING : odd ? encodeTlv(DATA_ODD, cryptogram) : encodeTlv(DATA, Uint8Array.of(1), cryptogram),
    le === 0 ? NOTHING : encodeTlv(LE, le > SHORT_LE ? Uint8Array.of((le >> 8) & 0xff, le & 0xff) : Uint8Array.of(le & 0xff)),
  )
  const mac = checksum(keys, concat(counter, pad(Uint8Array.of(cla, ins, p1, p2), block), objects))
  const whole = concat(objects, encodeTlv(MAC, mac))
  // A Le of 256 asks for what a short answer holds, more or less; any other length is meant.
  const long = whole.length > 0xff || (le !== SHORT_LE && le > carriedBy(keys.cipher, SHORT_LE))
  return { cla, ins, p1, p2, data: whole, le: long ? EXTENDED_LE : SHORT_LE }
}

/** The plain answer (§9.8.4 and figure 4). Nothing of it is believed before its MAC is. */
export function unprotect(answer: Answer, keys: SessionKeys, counter: Uint8Array): Answer {
  if (answer.data.length === 0) throw answer.sw === 0x9000 ? broken('objects') : broken('clear', answer.sw)
  const { cryptogram, status, mac, covered } = objectsOf(answer.data)
  if (!sameBytes(checksum(keys, concat(counter, covered)), mac)) throw broken('mac')
  const sw = ((status[0] ?? 0) << 8) | (status[1] ?? 0)
  if (sw !== answer.sw) throw broken('status')
  if (cryptogram === null) return { data: new Uint8Array(0), sw }
  const block = blockOf(keys.cipher)
  if (cryptogram.length === 0 || cryptogram.length % block !== 0) throw broken('padding')
  const data = unpad(decryptCbc(keys.cipher, keys.enc, ivOf(keys, counter), cryptogram), block)
  if (data === null) throw broken('padding')
  return { data, sw }
}

type Objects = Readonly<{ cryptogram: Uint8Array | null; status: Uint8Array; mac: Uint8Array; covered: Uint8Array }>

/** DO'87' or DO'85' at most once, then DO'99', then DO'8E', and nothing else. */
function objectsOf(data: Uint8Array): Objects {
  const found: Tlv[] = []
  let macAt = 0
  for (let at = 0; at < data.length;) {
    macAt = at
    const { tlv, end } = readObject(data, at)
    found.push(tlv)
    at = end
  }
  const mac = found.pop()
  const status = found.pop()
  const carrier = found.pop()
  if (mac?.tag !== MAC || mac.value.length !== MAC_LENGTH || status?.tag !== STATUS || status.value.length !== 2 || found.length > 0) throw broken('objects')
  return { cryptogram: carrier === undefined ? null : cryptogramOf(carrier), status: status.value, mac: mac.value, covered: data.subarray(0, macAt) }
}

function readObject(data: Uint8Array, at: number): { tlv: Tlv; end: number } {
  try {
    return readTlv(data, at)
  } catch {
    throw broken('objects')
  }
}

/** Chips put the answer to an odd instruction into either object; the MAC covers which. */
function cryptogramOf(carrier: Tlv): Uint8Array {
  if (carrier.tag === DATA_ODD) return carrier.value
  if (carrier.tag !== DATA || carrier.value[0] !== 1) throw broken('objects')
  return carrier.value.subarray(1)
}
