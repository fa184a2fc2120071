import { constants, generateKeyPairSync, privateEncrypt, publicDecrypt, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { digest } from '../../../src-main/identity/trust/algorithms'
import { toInteger } from '../../../src-main/identity/chip/integers'
import { verifyPkcs1, verifyPss } from '../../../src-main/identity/trust/rsa'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 3 })
const modulus = toInteger(Buffer.from(publicKey.export({ format: 'jwk' }).n ?? '', 'base64url'))
const key = { modulus, exponent: 3n, bits: 1024 }
const signed = Buffer.from('what was signed')
const opened = (signature: Uint8Array): Buffer => publicDecrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, signature)
const closed = (message: Uint8Array): Uint8Array => privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, message)

describe('RSASSA-PSS', () => {
  const hashes = { hash: 'SHA-256', maskHash: 'SHA-256' } as const
  const signature = sign('sha256', signed, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 20 })
  it.each([
    ['as it is', (message: Buffer) => message, true],
    ['with another trailer', (message: Buffer) => Buffer.concat([message.subarray(0, -1), Buffer.of(0xcc)]), false],
    ['with its first bit set', (message: Buffer) => Buffer.concat([Buffer.of((message[0] ?? 0) | 0x80), message.subarray(1)]), false],
    ['with another hash', (message: Buffer) => Buffer.concat([message.subarray(0, -2), Buffer.of((message.at(-2) ?? 0) ^ 1, 0xbc)]), false],
    ['of nothing', () => Buffer.alloc(128), false],
  ])('holds only unchanged: %s', (_, change, expected) => {
    // A first bit that is set may make the number larger than the modulus; then there is nothing to sign, and the number stands for itself.
    const message = change(opened(signature))
    const changed = toInteger(message) < modulus ? closed(message) : message
    expect(verifyPss(key, hashes, signed, changed)).toBe(expected)
  })

  it('refuses a signature that is as large as the modulus or longer', () => {
    expect(verifyPss(key, hashes, signed, Buffer.from(modulus.toString(16), 'hex'))).toBe(false)
    expect(verifyPss(key, hashes, signed, Buffer.concat([Buffer.alloc(2), signature]))).toBe(false)
  })
})

describe('RSASSA-PKCS1-v1_5', () => {
  const good = opened(sign('sha256', signed, privateKey))
  const info = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest('SHA-256', signed)])
  const bare = Buffer.concat([Buffer.from('302f300b0609608648016503040201', 'hex'), Buffer.of(4, 32), digest('SHA-256', signed)])
  const padded = (body: Buffer, padding: number, tail = Buffer.alloc(0)): Buffer => Buffer.concat([Buffer.of(0, 1), Buffer.alloc(padding, 0xff), Buffer.of(0), body, tail])
  it.each([
    ['as it is', good, true],
    ['without NULL parameters', padded(bare, 128 - 3 - bare.length), true],
    ['with little padding and rubbish behind, as forgers of small exponents do', padded(info, 8, Buffer.alloc(128 - 11 - info.length, 1)), false],
    ['with another block type', Buffer.concat([Buffer.of(0, 2), good.subarray(2)]), false],
    ['with a hole in the padding', Buffer.concat([good.subarray(0, 20), Buffer.of(0xfe), good.subarray(21)]), false],
  ])('holds only whole: %s', (_, message, expected) => {
    expect(verifyPkcs1(key, 'SHA-256', signed, closed(message))).toBe(expected)
  })
})
