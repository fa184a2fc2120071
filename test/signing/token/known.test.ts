import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { driverList, findDrivers } from '../../../src-main/signing/token/known'
import { keysOf, schemesOf, wayOf } from '../../../src-main/signing/token/mechanisms'
import { pointOf } from '../../../src-main/signing/token/driver/objects'
import { returnValue } from '../../../src-main/signing/token/driver/pkcs11'
import { pinStateOf, plain } from '../../../src-main/signing/token/driver/slots'
import { codeOf } from '../../../src-main/signing/token/failures'
import { root } from './support'

const list = driverList(join(root, 'resources'))
const having = (...paths: string[]) => (path: string): boolean => paths.includes(path)

describe('drivers by their known names', () => {
  it('only files that exist are drivers, the newest of a maker alone', () => {
    const exists = having('C:\\Windows\\System32\\vnptca_p11_v8.dll', 'C:\\Windows\\System32\\vnptca_p11_v6.dll', 'C:\\Windows\\System32\\viettel-ca_v6.dll')
    expect(findDrivers(list, [], { platform: 'win32', env: { SystemRoot: 'C:\\Windows' }, exists }).map(({ name, path }) => [name, path])).toEqual([
      ['VNPT-CA', 'C:\\Windows\\System32\\vnptca_p11_v8.dll'], ['Viettel-CA', 'C:\\Windows\\System32\\viettel-ca_v6.dll'],
    ])
  })

  it('those of the setting come first, once, with the name that the list knows', () => {
    const path = '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so'
    expect(findDrivers(list, ['/opt/ca/p11.so', path, 'not/whole.so', '/opt/absent.so'], { platform: 'linux', env: {}, exists: having(path, '/opt/ca/p11.so', 'not/whole.so') })).toMatchObject([
      { name: 'p11.so', found: 'setting' }, { name: 'OpenSC', found: 'setting', path },
    ])
  })

  it('SoftHSM is a driver only where its own variable says so', () => {
    const exists = having('/usr/lib/softhsm/libsofthsm2.so')
    expect(findDrivers(list, [], { platform: 'linux', env: {}, exists })).toEqual([])
    expect(findDrivers(list, [], { platform: 'linux', env: { SOFTHSM2_CONF: '/x' }, exists })).toMatchObject([{ id: 'softhsm', found: 'known' }])
    expect(findDrivers(list, ['/usr/lib/softhsm/libsofthsm2.so'], { platform: 'linux', env: {}, exists })).toMatchObject([{ name: 'SoftHSM', found: 'setting' }])
  })

  it('the same file keeps its id whatever else the setting names', () => {
    const machine = { platform: 'linux', env: {}, exists: having('/a.so', '/b.so') } as const
    const id = (setting: string[]): string | undefined => findDrivers(list, setting, machine).find(({ path }) => path === '/b.so')?.id
    expect(id(['/a.so', '/b.so'])).toBe(id(['/b.so']))
  })

  it('each driver of the list has an id of its own and says where its names are from', () => {
    expect(new Set(list.drivers.map(({ id }) => id)).size).toBe(list.drivers.length)
    expect(list.drivers.filter(({ confirmed }) => confirmed).map(({ id }) => id)).toEqual(['opensc', 'softhsm'])
  })
})

describe('what a token can do', () => {
  const all = new Set([0x0, 0x1, 0xd, 0x40, 0x1040, 0x1041])
  it.each([
    [[...all], ['rsa-pss', 'rsa-pkcs1', 'ecdsa-p256']], [[0x40], ['rsa-pkcs1']], [[0x43, 0x1044], ['rsa-pss', 'ecdsa-p256']], [[0x250], []],
  ] as const)('mechanisms %o are schemes %o', (mechanisms, schemes) => {
    expect(schemesOf(new Set(mechanisms))).toEqual(schemes)
  })

  it('hashes here where the token lets it', () => {
    expect(wayOf('rsa-pkcs1', all)).toMatchObject({ input: 'digest-info' })
    expect(wayOf('rsa-pkcs1', new Set([0x40]))).toMatchObject({ input: 'bytes' })
  })

  it.each([
    [{ rsa: { least: 512, most: 4096 }, ec: { least: 256, most: 521 } }, ['rsa-2048', 'rsa-3072', 'p-256']], [{ rsa: { least: 128, most: 256 }, ec: null }, ['rsa-2048']],
    [{ rsa: { least: 1024, most: 2048 }, ec: { least: 384, most: 521 } }, ['rsa-2048']], [{ rsa: null, ec: null }, []],
  ] as const)('key sizes %o are key pairs %o', (sizes, keys) => {
    expect(keysOf(sizes, ['rsa-pss', 'rsa-pkcs1', 'ecdsa-p256'])).toEqual(keys)
  })

  it.each([
    [0x40d, 'ok'], [0x1040d, 'last-tries'], [0x3040d, 'final-try'], [0x7040d, 'blocked'], [0x8040d, 'must-change'], [0x405, 'not-set'], [0x40405, 'blocked'],
  ])('flags 0x%s mean that the PIN is "%s"', (flags, state) => {
    expect(pinStateOf(flags)).toBe(state)
  })

  it('fixed-length fields end with blanks or with a zero', () => {
    expect([plain('citizen         '), plain('abc\0\0junk')]).toEqual(['citizen', 'abc'])
  })

  it('a point of P-256 is taken bare and wrapped, and nothing else is', () => {
    const bare = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)])
    expect(pointOf(bare)).toEqual(bare)
    expect(pointOf(Buffer.concat([Buffer.from([4, 65]), bare]))).toEqual(bare)
    expect(pointOf(bare.subarray(1))).toBeNull()
  })
})

describe('what a return value means', () => {
  const failure = (rv: number, pin: 'blocked' | 'last-tries' | null = null) => codeOf({ word: null, rv, step: 'C_Login', pin })
  it.each([
    [0xa0, 'KS-023'], [0xa4, 'KS-024'], [0xa3, 'KS-025'], [0xa1, 'KS-026'], [0xa2, 'KS-026'], [0x31, 'KS-027'], [0x06, 'KS-029'], [0x05, 'KS-029'], [0x30, 'KS-029'], [0x32, 'KS-022'],
    [0xe0, 'KS-022'], [0xb5, 'KS-123'], [0xe2, 'KS-123'], [0x70, 'KS-122'], [0x102, 'KS-124'], [0x80000001, 'KS-029'],
  ])('CKR 0x%s is %s', (rv, code) => {
    expect(failure(rv)).toBe(code)
  })

  it('a wrong PIN that was the last try is "blocked"', () => {
    expect([failure(0xa0, 'last-tries'), failure(0xa0, 'blocked')]).toEqual(['KS-023', 'KS-024'])
  })

  it('is read out of the words of the native part', () => {
    expect(['CKR_PIN_INCORRECT:160', 'UNKNOWN ERROR:2147483649', 'Argument 2 has wrong type'].map((text) => returnValue(new Error(text)))).toEqual([160, 2147483649, null])
  })

  it('every code has its sentences in both languages', () => {
    const codes = [...['020', '021', '022', '023', '024', '025', '026', '027', '028', '029'], ...['120', '121', '122', '123', '124', '125', '126']].map((end) => `KS-${end}`)
    for (const language of ['vi', 'en']) {
      const words = JSON.parse(readFileSync(join(root, 'resources', 'locales', language, 'errors.json'), 'utf8')) as Record<string, unknown>
      expect(codes.filter((code) => !(code in words))).toEqual([])
    }
  })
})
