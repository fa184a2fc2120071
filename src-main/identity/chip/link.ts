import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { readerErrors } from '@contract/errors/readers'
import type { CardTransport } from '../../readers'
import { type Answer, decodeAnswer, encodeCommand, type Exchange } from './apdu'
import { secure } from './secure-messaging'
import { concat } from './tlv'
import type { Trace } from './trace'
import type { SessionKeys } from './types'

/** `bytes` travelled both ways; `longest` is the longest answer with its status word. Times in milliseconds. */
export type LinkFigures = { apdus: number; bytes: number; waitMs: number; longest: number }

/** The way to the card that lies on the reader now, in clear and through secure messaging. */
export type Link = Readonly<{
  exchange: Exchange
  /** A channel of secure messaging over this link. */
  secured(keys: SessionKeys): Exchange
  transport(): CardTransport
  /** From now on commands go to the card that was put back. */
  replace(transport: CardTransport): void
  figures: Readonly<LinkFigures>
}>

type Options = Readonly<{ signal?: AbortSignal | undefined; trace?: Trace | undefined; now?: (() => number) | undefined }>
type Wire = Readonly<{ command: Uint8Array; answer: Uint8Array }>

/** Throws what a cancelled reading ends with. @throws AppError THE-013 */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError(chipErrors.cancelled)
}

/**
 * Exchanges over a transport that can be replaced: counted, timed, told to `trace`, and stopped between two commands.
 * @throws AppError THE-013 when cancelled, TB-009 for an answer without a status word, and what the transport throws
 */
export function createLink(first: CardTransport, { signal, trace, now = () => performance.now() }: Options): Link {
  let transport = first
  let last: Wire | null = null
  const figures: LinkFigures = { apdus: 0, bytes: 0, waitMs: 0, longest: 0 }

  const overWire: Exchange = async (command) => {
    stopIfAborted(signal)
    const bytes = encodeCommand(command)
    const started = now()
    const answer = await transport.transmit(bytes).finally(() => (figures.waitMs += now() - started))
    figures.apdus += 1
    figures.bytes += bytes.length + answer.length
    figures.longest = Math.max(figures.longest, answer.length)
    last = { command: bytes, answer }
    const decoded = decodeAnswer(answer)
    if (decoded === null) throw new AppError(readerErrors.readerProtocol)
    return decoded
  }

  const takeLast = (): Wire | null => {
    const taken = last
    last = null
    return taken
  }

  /** Tells the trace of each command once, after its answer was opened or failed to be. */
  const told = (exchange: Exchange): Exchange => {
    if (trace === undefined) return exchange
    return async (command) => {
      takeLast()
      let opened: Answer | null = null
      try {
        opened = await exchange(command)
        return opened
      } finally {
        const wire = takeLast()
        if (wire !== null) trace({ wire, clear: { command: encodeCommand(command), answer: opened === null ? null : encodeAnswer(opened) } })
      }
    }
  }

  return {
    exchange: told(overWire),
    secured: (keys) => told(secure(overWire, keys)),
    transport: () => transport,
    replace: (next) => {
      transport = next
    },
    figures,
  }
}

const encodeAnswer = ({ data, sw }: Answer): Uint8Array => concat(data, Uint8Array.of(sw >> 8, sw & 0xff))
