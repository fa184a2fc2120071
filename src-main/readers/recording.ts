import { z } from 'zod'
import { AppError, type ErrorCode, isErrorCode } from '@contract/errors'
import { readerErrors } from '@contract/errors/readers'

/**
 * A recording of what was said to a chip, byte for byte as it went over the reader, as JSON:
 *
 * - `exchanges`: in order, `{ command, answer }`, or `{ command, fault }` where the way failed with a code, or `{ reset: true }`.
 * - `random`: the random bytes that our side drew, in order. Access protocols and secure messaging follow from them, so a program that
 *   is given these again says the same commands, and the recording can be played to it.
 * - `masked`: data that a person could be known by, and all that could open the chip, were replaced by zero bytes of the same length
 *   (`maskCommand`, `maskAnswer`); `random` is empty. Such a recording shows the course, lengths and status words, and cannot be played.
 *
 * A recording that is not masked holds a person's data, readable to whoever has the file. Bytes are hexadecimal.
 */
const Hex = z.string().regex(/^(?:[0-9A-F]{2})*$/u)
const Code = z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value))
const MOST_EXCHANGES = 20_000
const LONGEST_TEXT = 32_000_000

const RecordedExchange = z.union([
  z.strictObject({ command: Hex, answer: Hex }),
  z.strictObject({ command: Hex, fault: Code }),
  z.strictObject({ reset: z.literal(true) }),
])
export type RecordedExchange = z.infer<typeof RecordedExchange>

export const Recording = z.strictObject({
  format: z.literal('mot-cua-apdu-recording'),
  version: z.literal(1),
  masked: z.boolean(),
  reader: z.string().max(300),
  atr: Hex,
  longestCommand: z.number().int().min(5).max(65_544),
  longestAnswer: z.number().int().min(2).max(65_538),
  random: z.array(Hex).max(MOST_EXCHANGES),
  exchanges: z.array(RecordedExchange).max(MOST_EXCHANGES),
})
export type Recording = z.infer<typeof Recording>

/** Reads a recording. @throws AppError TB-012 for anything that is none */
export function parseRecording(text: string): Recording {
  if (text.length > LONGEST_TEXT) throw new AppError(readerErrors.recordingUnreadable)
  try {
    return Recording.parse(JSON.parse(text))
  } catch (error) {
    // The text itself may be a person's: it does not travel with the error.
    throw new AppError(readerErrors.recordingUnreadable, {}, error instanceof SyntaxError ? {} : { cause: error instanceof Error ? error.name : undefined })
  }
}

export const writeRecording = (recording: Recording): string => `${JSON.stringify(recording, null, 1)}\n`

const SELECT = 0xa4
const MANAGE_SECURITY = 0x22
const SECURE = 0x0c

/** Bytes of a header, and where the data of a command stand in it (ISO 7816-4 §5.1). */
function dataOf(command: Uint8Array): readonly [number, number] {
  const extended = command[4] === 0 && command.length > 7
  const start = extended ? 7 : 5
  const length = extended ? ((command[5] ?? 0) << 8) | (command[6] ?? 0) : command.length > 5 ? command[4] ?? 0 : 0
  return [start, Math.min(command.length, start + length)]
}

/** The command with its data as zeros. Names of applications and files in clear stay: they are the same on every card. */
export function maskCommand(command: Uint8Array): Uint8Array {
  const clear = ((command[0] ?? 0) & SECURE) === 0
  if (clear && (command[1] === SELECT || command[1] === MANAGE_SECURITY)) return command
  return Uint8Array.from(command).fill(0, ...dataOf(command))
}

/** The answer with its data as zeros; the status word stays. */
export const maskAnswer = (answer: Uint8Array): Uint8Array => Uint8Array.from(answer).fill(0, 0, Math.max(0, answer.length - 2))
