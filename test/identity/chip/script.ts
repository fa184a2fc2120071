import { deepEqual, equal, fail } from 'node:assert/strict'
import { decodeAnswer, encodeCommand, type Exchange } from '../../../src-main/identity/chip/apdu'
import type { Random } from '../../../src-main/identity/chip/types'

export type VectorCheck = { name: string; run: () => void | Promise<void> }

/** Octets of hexadecimal text; blanks do not count. */
export const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'))
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase()
export const integerOf = (hex: string): bigint => BigInt(`0x${hex.replaceAll(/\s/g, '')}`)

/** Compares as hexadecimal, so that a difference can be read. */
export const same = (actual: Uint8Array, expected: string, what?: string): void => equal(hexOf(actual), expected.replaceAll(/\s/g, '').toUpperCase(), what)

/** A source that gives exactly these octets, one entry a call; another length is an error. */
export function scriptedRandom(...values: readonly string[]): Random {
  const left = values.map(octets)
  return (length) => {
    const next = left.shift() ?? fail('random octets were asked for once too often')
    equal(next.length, length, 'length of random octets')
    return next
  }
}

/** A chip that knows one dialogue by heart: commands byte by byte, answers with their status word. */
export function scriptedExchange(dialogue: readonly (readonly [command: string, answer: string])[]): { exchange: Exchange; finished: () => void } {
  const left = [...dialogue]
  return {
    exchange: (command) => {
      const [expected, answer] = left.shift() ?? fail('one command too many')
      same(encodeCommand(command), expected, 'command')
      return Promise.resolve(decodeAnswer(octets(answer)) ?? fail('no status word'))
    },
    finished: () => deepEqual(left, []),
  }
}
