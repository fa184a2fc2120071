import type { CardTransport } from '../../readers'
import { carriedBy } from './secure-messaging'
import type { Cipher } from './types'

/**
 * How a chip and a reader turned out to be readable, kept for the whole session: chips refuse long answers, reads past a
 * file's end, or short file ids, each in its own words.
 */
export type Manner = {
  /** Step of the ladder: the reader's longest, 2,048, a short answer's most, 160 bytes. */
  step: number
  /** Read a file's length first, then no byte more than it has. */
  careful: boolean
  /** Address files by their short id. */
  shortIds: boolean
}

const STEPS: readonly Readonly<{ most: number; extended: boolean }>[] = [
  { most: 65_536, extended: true },
  { most: 2048, extended: true },
  { most: 256, extended: false },
  { most: 160, extended: false },
]
const FIRST_SHORT = 2
const SHORT_ANSWER = 256
const SHORT_COMMAND = 261

const carriesExtended = ({ longestAnswer, longestCommand }: CardTransport): boolean => longestAnswer > SHORT_ANSWER + 2 && longestCommand > SHORT_COMMAND

/** How reading begins: as long as the reader carries. */
export const firstManner = (transport: CardTransport): Manner => ({ step: carriesExtended(transport) ? 0 : FIRST_SHORT, careful: false, shortIds: true })

/** Bytes to ask for at once, at most; `cipher` is null in clear. */
export function mostAtOnce({ step }: Manner, transport: CardTransport, cipher: Cipher | null): number {
  const { most, extended } = STEPS[step] ?? { most: 160, extended: false }
  const answer = extended ? Math.min(transport.longestAnswer - 2, 65_536) : SHORT_ANSWER
  return Math.min(most, cipher === null ? answer : carriedBy(cipher, answer))
}

/** True while answers longer than 256 bytes are asked for. */
export const readsExtended = ({ step }: Manner): boolean => step < FIRST_SHORT

/** Takes the next smaller step; false when there is none. A step that asks for no less than before is passed over. */
export function readSmaller(manner: Manner, transport: CardTransport, cipher: Cipher | null): boolean {
  const before = mostAtOnce(manner, transport, cipher)
  while (manner.step < STEPS.length - 1) {
    manner.step += 1
    if (mostAtOnce(manner, transport, cipher) < before) return true
  }
  return false
}
