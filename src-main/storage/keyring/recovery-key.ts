import { createHash, randomBytes } from 'node:crypto'
import { AppError, ERRORS } from '@contract/errors'

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const RECOVERY_BYTES = 20
const DATA_SYMBOLS = 32
const CHECK_SYMBOLS = 4
const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

function encode(bytes: Uint8Array): string {
  let bits = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  let text = ''
  for (let symbols = (bytes.length * 8) / 5; symbols > 0; symbols--) {
    text = ALPHABET.charAt(Number(bits & 31n)) + text
    bits >>= 5n
  }
  return text
}

function decode(symbols: string): Buffer {
  let bits = 0n
  for (const symbol of symbols) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(symbol))
  return Buffer.from(bits.toString(16).padStart(RECOVERY_BYTES * 2, '0'), 'hex')
}

/** Twenty bits that catch a mistyped key before any time is spent on it. */
function checkOf(bytes: Uint8Array): string {
  const digest = createHash('sha256').update('mot-cua/recovery-key/v1').update(bytes).digest()
  return encode(digest.subarray(0, 5)).slice(0, CHECK_SYMBOLS)
}

/** 160 bits as eight groups of four symbols, and a ninth that checks them. */
export function formatRecoveryKey(bytes: Uint8Array): string {
  if (bytes.length !== RECOVERY_BYTES) throw new RangeError('a recovery key has 20 bytes')
  return `${encode(bytes)}${checkOf(bytes)}`.replaceAll(/.{4}(?!$)/g, '$&-')
}

export const newRecoveryKey = (): string => formatRecoveryKey(randomBytes(RECOVERY_BYTES))

/**
 * Reads a typed recovery key: case, spaces and dashes do not matter, O is 0, I and L are 1.
 * Throws TK-010 with `kind` `length`, `symbol` or `check`.
 */
export function parseRecoveryKey(typed: string): Buffer {
  const refuse = (kind: string): never => {
    throw new AppError(ERRORS.staff.wrongRecoveryKey, { kind })
  }
  const symbols = typed.normalize('NFKC').toUpperCase().replaceAll(/[\s\p{Pd}]/gu, '').replaceAll(/[OIL]/g, (letter) => LOOKALIKES[letter] ?? letter)
  if (symbols.length !== DATA_SYMBOLS + CHECK_SYMBOLS) return refuse('length')
  if ([...symbols].some((symbol) => !ALPHABET.includes(symbol))) return refuse('symbol')
  const bytes = decode(symbols.slice(0, DATA_SYMBOLS))
  return checkOf(bytes) === symbols.slice(DATA_SYMBOLS) ? bytes : refuse('check')
}
