import type { Command } from './apdu'
import { lengthOf, readTlv } from './tlv'

/** Offsets up to here fit P1 and P2 of READ BINARY; farther ones need the odd instruction. */
const FAR = 0x8000
const OFFSET = 0x54
const DISCRETIONARY = 0x53
/** Tag and length of DO'53' around at most 65,535 bytes. */
const WRAPPING = 4

/** Reads the first bytes of a file and makes it the current one (ISO 7816-4 §7.2.3). */
export const readFirst = (sfi: number, le: number): Command => ({ cla: 0, ins: 0xb0, p1: 0x80 | sfi, p2: 0, le })

/** Reads on in the current file: by INS B0, and by B1 with the offset in DO'54' from 32,768 on (9303-10 §3.6.3.2). */
export function readAt(offset: number, le: number): Command {
  if (offset < FAR) return { cla: 0, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le }
  const bytes = [offset >> 16, offset >> 8, offset].map((byte) => byte & 0xff).slice(offset > 0xffff ? 0 : 1)
  return { cla: 0, ins: 0xb1, p1: 0, p2: 0, data: Uint8Array.of(OFFSET, bytes.length, ...bytes), le: le + WRAPPING }
}

/** What the answer to `readAt` holds of the file; null when an odd read did not wrap it as it must. @throws AppError THE-009 */
export function contentOf(offset: number, data: Uint8Array): Uint8Array | null {
  if (offset < FAR || data.length === 0) return data
  const { tlv } = readTlv(data)
  return tlv.tag === DISCRETIONARY ? tlv.value : null
}

/** The most bytes to ask for at `offset` where an answer carries `most`. */
export const roomAt = (offset: number, most: number): number => (offset < FAR ? most : most - WRAPPING)

/** Length of a whole file by its first bytes; null while they are too few. @throws AppError THE-009 */
export const fileLength = (head: Uint8Array): number | null => (head.length < 2 ? null : lengthOf(head))
