import { byteAt, EMPTY } from '../bytes'
import { UsbFault } from '../faults'

/** A command APDU taken apart (ISO 7816-3 §12.1). `le` is 0 when nothing is asked for. */
export type ApduParts = Readonly<{ header: Uint8Array; data: Uint8Array; le: number; extended: boolean }>

const SHORT_LE = 256
const EXTENDED_LE = 65_536

/** @throws UsbFault other for bytes that are no command */
export function takeApart(command: Uint8Array): ApduParts {
  const header = command.subarray(0, 4)
  const body = command.subarray(4)
  const parts = (data: Uint8Array, le: number, extended: boolean): ApduParts => ({ header, data, le, extended })
  if (header.length < 4) throw new UsbFault('other')
  if (body.length === 0) return parts(EMPTY, 0, false)
  const first = byteAt(body, 0)
  if (body.length === 1) return parts(EMPTY, first || SHORT_LE, false)
  if (first !== 0) {
    const rest = body.length - 1 - first
    if (rest !== 0 && rest !== 1) throw new UsbFault('other')
    return parts(body.subarray(1, 1 + first), rest === 1 ? byteAt(body, 1 + first) || SHORT_LE : 0, false)
  }
  const long = (byteAt(body, 1) << 8) | byteAt(body, 2)
  if (body.length === 3) return parts(EMPTY, long || EXTENDED_LE, true)
  const rest = body.length - 3 - long
  if (long === 0 || (rest !== 0 && rest !== 2)) throw new UsbFault('other')
  const le = (byteAt(body, 3 + long) << 8) | byteAt(body, 4 + long)
  return parts(body.subarray(3, 3 + long), rest === 2 ? le || EXTENDED_LE : 0, true)
}
