import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { PROTOCOL } from './wire'

/** What the counters of one ward have in common: 32 bytes that each of them got with its enrolment. */
export type WardSecret = Readonly<{ agency: string; bytes: Uint8Array }>

/**
 * Keys of the two ways in which counters meet. Another ward, another secret or another version of the protocol gives other keys,
 * so that the two do not even understand each other's first word.
 */
export type WardKeys = Readonly<{
  /** Pre-shared key of TLS. */
  link: Buffer
  /** For the code under a call on the LAN. */
  beacon: Buffer
  /** Names the ward on the LAN without telling which one it is; changes with the secret. */
  tag: string
}>

const SECRET_BYTES = 32

export function wardKeys({ agency, bytes }: WardSecret): WardKeys {
  if (bytes.length !== SECRET_BYTES) throw new RangeError(`a ward's secret has ${SECRET_BYTES} bytes`)
  const key = (use: string): Buffer => Buffer.from(hkdfSync('sha256', bytes, createHash('sha256').update(agency).digest(), `mot-cua/queue/${PROTOCOL}/${use}`, 32))
  return { link: key('link'), beacon: key('beacon'), tag: key('tag').toString('base64url').slice(0, 12) }
}

export const codeUnder = (keys: WardKeys, text: string): string => createHmac('sha256', keys.beacon).update(text).digest('base64url')

export function isCodeUnder(keys: WardKeys, text: string, code: string): boolean {
  const right = Buffer.from(codeUnder(keys, text))
  const given = Buffer.from(code)
  return right.length === given.length && timingSafeEqual(right, given)
}
