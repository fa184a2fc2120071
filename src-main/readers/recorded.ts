import { AppError, type ErrorCode } from '@contract/errors'
import { readerErrors } from '@contract/errors/readers'
import { maskAnswer, maskCommand, parseRecording, type RecordedExchange, type Recording } from './recording'
import type { CardTransport, OpenSource } from './transport'

type Random = (length: number) => Uint8Array

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase()
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

/** Writes down what goes over a transport and which random bytes were drawn. */
export type Recorder = Readonly<{
  /** The same transport, listened to; also the one of a card that was put back. */
  transport(transport: CardTransport): CardTransport
  random(random: Random): Random
  recording(how: Readonly<{ masked: boolean }>): Recording
}>

export function createRecorder(): Recorder {
  const exchanges: RecordedExchange[] = []
  const drawn: string[] = []
  let first: CardTransport | null = null
  return {
    transport: (transport) => {
      if (first) exchanges.push({ reset: true })
      first ??= transport
      return {
        ...transport,
        transmit: async (command) => {
          try {
            const answer = await transport.transmit(command)
            exchanges.push({ command: hex(command), answer: hex(answer) })
            return answer
          } catch (error) {
            exchanges.push({ command: hex(command), fault: error instanceof AppError ? error.code : readerErrors.readerProtocol })
            throw error
          }
        },
        reset: async () => {
          exchanges.push({ reset: true })
          await transport.reset()
        },
      }
    },
    random: (random) => (length) => {
      const bytes = random(length)
      drawn.push(hex(bytes))
      return bytes
    },
    recording: ({ masked }) => ({
      format: 'mot-cua-apdu-recording', version: 1, masked,
      reader: first?.reader ?? '', atr: hex(first?.atr ?? new Uint8Array(0)), longestCommand: first?.longestCommand ?? 261, longestAnswer: first?.longestAnswer ?? 258,
      random: masked ? [] : [...drawn],
      exchanges: masked ? exchanges.map(maskExchange) : [...exchanges],
    }),
  }
}

function maskExchange(exchange: RecordedExchange): RecordedExchange {
  if ('reset' in exchange) return exchange
  const command = hex(maskCommand(bytesOf(exchange.command)))
  return 'answer' in exchange ? { command, answer: hex(maskAnswer(bytesOf(exchange.answer))) } : { command, fault: exchange.fault }
}

/** The random bytes of a recording, in order. @throws AppError TB-011 when others are asked for than were drawn */
export function recordedRandom(recording: Recording): Random {
  let at = 0
  return (length) => {
    const bytes = bytesOf(recording.random[at] ?? '')
    if (at >= recording.random.length || bytes.length !== length) throw new AppError(readerErrors.recordingMismatch, { index: at })
    at += 1
    return bytes
  }
}

export type PlayOptions = Readonly<{
  /** Failures to put in: after how many exchanges, and which. */
  faults?: Readonly<Record<number, ErrorCode>>
  reader?: string
}>

/** Where a recording is played: several transports in a row go on where the last stopped, as a card that was lifted and put back. */
export function createPlayer(recording: Recording, { faults = {}, reader = recording.reader }: PlayOptions = {}): () => CardTransport {
  if (recording.masked) throw new AppError(readerErrors.recordingUnreadable)
  let at = 0
  let opened = false
  const mismatch = (): AppError => new AppError(readerErrors.recordingMismatch, { index: at })

  const transmit = async (command: Uint8Array): Promise<Uint8Array> => {
    const fault = faults[at]
    const exchange = recording.exchanges[at]
    if (fault !== undefined) throw new AppError(fault)
    if (!exchange || 'reset' in exchange || exchange.command !== hex(command)) throw mismatch()
    at += 1
    if ('fault' in exchange) throw new AppError(exchange.fault)
    return bytesOf(exchange.answer)
  }
  const reset = async (): Promise<void> => {
    const exchange = recording.exchanges[at]
    if (!exchange || !('reset' in exchange)) throw mismatch()
    at += 1
  }

  return () => {
    // Putting the card back was recorded as a reset; the first time there was none.
    const exchange = recording.exchanges[at]
    if (opened && exchange && 'reset' in exchange) at += 1
    opened = true
    let closed = false
    const whileOpen = <T>(act: () => Promise<T>): Promise<T> => (closed ? Promise.reject(mismatch()) : act())
    return {
      reader, kind: 'recorded', atr: bytesOf(recording.atr), longestCommand: recording.longestCommand, longestAnswer: recording.longestAnswer,
      transmit: (command) => whileOpen(() => transmit(command)),
      reset: () => whileOpen(reset),
      close: async () => {
        closed = true
      },
    }
  }
}

export const RECORDED_READER = 'Bản ghi'

/** A reader that plays one recording, from its start at every connecting. What cannot be played shows as trouble (TB-012). */
export function openRecorded(text: string, options: PlayOptions = {}): OpenSource {
  const name = options.reader ?? RECORDED_READER
  return async () => {
    const player = playable(text)
    return {
      kind: 'recorded',
      slots: () => (player ? [{ name, kind: 'recorded', slot: 'contactless', card: 'present', atr: bytesOf(player.atr), simulated: true }] : []),
      trouble: () => (player ? null : { kind: 'recorded', code: readerErrors.recordingUnreadable, params: {} }),
      connect: async () => {
        if (!player) throw new AppError(readerErrors.recordingUnreadable)
        return createPlayer(player, { ...options, reader: name })()
      },
      close: async () => undefined,
    }
  }
}

function playable(text: string): Recording | null {
  try {
    const recording = parseRecording(text)
    return recording.masked ? null : recording
  } catch {
    return null
  }
}
