import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRequest } from '../../../src-main/signing/ca'
import { namePartsOf } from '../../../src-main/signing/certificate-facts'
import { hasOpenssl } from '../pki'
import { PERSON, requestOf } from './openssl-cmp'

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

describe.skipIf(!hasOpenssl())('a request, before openssl req', () => {
  let folder: string
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'csr-')) })
  afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

  it.each([['rsa-pkcs1', 'sha256WithRSAEncryption'], ['rsa-pss', 'rsassaPss'], ['ecdsa-p256', 'ecdsa-with-SHA256']] as const)('signed by %s is verified', async (scheme, algorithm) => {
    const key = scheme === 'ecdsa-p256' ? ec : generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    writeFileSync(join(folder, 'csr'), await requestOf(key, scheme))
    const openssl = (...args: string[]): string => execFileSync('sh', ['-c', 'exec openssl "$@" 2>&1', 'sh', ...args], { cwd: folder, encoding: 'utf8' })
    const text = openssl('req', '-inform', 'DER', '-in', 'csr', '-noout', '-verify', '-text', '-nameopt', 'utf8,sep_comma_plus')
    expect(text).toContain('verify OK')
    expect(text).toContain(`Signature Algorithm: ${algorithm}`)
    expect(text).toContain('C=VN,ST=Tỉnh Nam Bình,CN=Đặng Thị Hường,UID=CCCD:079192000617')
    expect(openssl('asn1parse', '-inform', 'DER', '-in', 'csr')).toMatch(/PRINTABLESTRING +:VN[\s\S]*UTF8STRING[\s\S]*UTF8STRING[\s\S]*UTF8STRING/)
  })
})

describe('a request', () => {
  it('has the name in composed letters, however it was typed', async () => {
    const { subject } = readRequest(await requestOf(ec, 'ecdsa-p256', { ...PERSON, fullName: PERSON.fullName.normalize('NFD') }))
    expect(subject.map(({ text }) => text)).toEqual(['VN', 'Tỉnh Nam Bình', 'Đặng Thị Hường', 'CCCD:079192000617'])
  })

  it('is read back as it was written, for any name', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((name) => !/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(name))
    await fc.assert(fc.asyncProperty(text, fc.stringMatching(/^\d{12}$/), async (fullName, idNumber) => {
      const read = readRequest(await requestOf(ec, 'ecdsa-p256', { fullName, idNumber, province: 'Hà Nội' }))
      expect(read.proven).toBe(true)
      expect(namePartsOf(read.subjectDer)).toEqual(read.subject)
      expect(read.subject.slice(2).map((part) => part.text)).toEqual([fullName.normalize('NFC'), `CCCD:${idNumber}`])
    }), { numRuns: 50 })
  })

  it('is not proven when a single bit of it was turned', async () => {
    const csr = await requestOf(ec, 'ecdsa-p256')
    fc.assert(fc.property(fc.nat(csr.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
      const changed = Uint8Array.from(csr)
      changed[at] = (changed[at] ?? 0) ^ (1 << bit)
      try {
        expect(readRequest(changed).proven).toBe(false)
      } catch (error) {
        expect(error).toMatchObject({ code: 'THE-009' })
      }
    }), { numRuns: 2000 })
  })
})
