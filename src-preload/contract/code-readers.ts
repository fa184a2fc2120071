import { z } from 'zod'
import { type ErrorCode, isErrorCode } from './errors'

/** How a scanned text came in. */
export const CodeSource = z.enum(['serial', 'hid', 'keyboard', 'camera', 'clipboard'])
export type CodeSource = z.infer<typeof CodeSource>

export const SerialSettings = z.object({
  baudRate: z.number().int().min(300).max(921_600),
  dataBits: z.union([z.literal(7), z.literal(8)]),
  parity: z.enum(['none', 'even', 'odd']),
  stopBits: z.union([z.literal(1), z.literal(2)]),
})
export type SerialSettings = z.infer<typeof SerialSettings>
/** USB-COM readers take any speed; those on a real port are mostly delivered with this one. */
export const SERIAL_DEFAULTS: SerialSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }

/** A port that the officer said a reader hangs on. A port of unknown kind is never opened by itself: it may be a modem or a signing device. */
export const SerialChoice = z.object({ port: z.string().min(1).max(300), settings: SerialSettings })
export type SerialChoice = z.infer<typeof SerialChoice>

export const CodeReaderView = z.object({
  /** Stays the same when the reader is plugged in again, as far as the system tells readers apart. */
  id: z.string().max(400),
  source: z.enum(['serial', 'hid']),
  /** As the device calls itself, else its place (COM3). */
  name: z.string().max(200),
  /** Maker by its USB number; null for an unknown one. */
  maker: z.string().nullable(),
  /** `offered`: a serial port that might be a reader and waits to be chosen. */
  state: z.enum(['open', 'offered', 'trouble']),
})
export type CodeReaderView = z.infer<typeof CodeReaderView>

const Code = z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value))
/** What keeps a way or one device from working; the sentence of the code tells how to mend it. */
export const CodeReaderTrouble = z.object({ source: z.enum(['serial', 'hid']), id: z.string().nullable(), code: Code, params: z.record(z.string(), z.union([z.string(), z.number()])) })
export type CodeReaderTrouble = z.infer<typeof CodeReaderTrouble>

export const CodeReadersView = z.object({ readers: z.array(CodeReaderView), troubles: z.array(CodeReaderTrouble) })
export type CodeReadersView = z.infer<typeof CodeReadersView>

/** One code as a reader sent it; what it is for is told by `classifyScan`. `damage`: signs that letters were changed on the way. */
export const CodeScan = z.object({ text: z.string(), source: CodeSource, device: z.string(), symbology: z.string().nullable(), damage: z.array(z.string()) })
export type CodeScan = z.infer<typeof CodeScan>
