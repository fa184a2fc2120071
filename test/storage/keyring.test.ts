import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AccountId } from '@contract/ids'
import {
  asDataKey, type DataKey, deriveKeys, folderState, formatRecoveryKey, type KeyWrapper, openKeyring, parseRecoveryKey, setAsideUnfinished,
} from '../../src-main/storage'
import { codeOf, codeOfAsync, fixedClock, temporaryFolder } from './support'

const cost = { memoryKiB: 64, iterations: 1, parallelism: 1 }
const lan = AccountId.parse('019ab000-0000-7000-8000-000000000001')
const officer = { account: lan, loginName: 'Lan.Đặng', secret: 'mưa rào tháng bảy', secretId: 'a'.repeat(32) }

/** A key store that turns every bit round, as a stand-in for one of an operating system. */
const wrapperNamed = (name: string): KeyWrapper => {
  const turn = async (bytes: Uint8Array): Promise<Uint8Array> => bytes.map((byte) => byte ^ 0xff)
  return { name, wrap: turn, unwrap: turn }
}
const none: KeyWrapper = { name: 'basic_text', wrap: async () => null, unwrap: async () => null }

async function madeKeyring(wrapper: KeyWrapper | null = null) {
  const folder = temporaryFolder()
  const keyring = openKeyring({ folder, cost })
  const made = await keyring.create(wrapper)
  keyring.confirm()
  return { folder, keyring, ...made }
}

const hex = (key: DataKey | null): string => (key ? Buffer.from(key).toString('hex') : 'none')

describe('the data key', () => {
  test('comes back from the operating system that wrapped it', async () => {
    const { keyring, dataKey } = await madeKeyring(wrapperNamed('dpapi'))
    expect(hex(await keyring.unlockWithOs(wrapperNamed('dpapi')))).toBe(hex(dataKey))
  })

  test('does not come from another key store than the one that wrapped it', async () => {
    const { keyring } = await madeKeyring(wrapperNamed('kwallet'))
    expect(await keyring.unlockWithOs(wrapperNamed('gnome-libsecret'))).toBeNull()
  })

  test('does not come from a key store that gives out other bytes', async () => {
    const { keyring } = await madeKeyring(wrapperNamed('dpapi'))
    const liar: KeyWrapper = { ...wrapperNamed('dpapi'), unwrap: async () => new Uint8Array(32) }
    expect(await keyring.unlockWithOs(liar)).toBeNull()
  })

  test('is not left with a key store that deserves no trust', async () => {
    const { folder } = await madeKeyring(none)
    expect(JSON.parse(readFileSync(join(folder, 'key.json'), 'utf8'))).toMatchObject({ os: null })
  })

  test('comes back by the recovery key as a person types it', async () => {
    const { keyring, dataKey, recoveryKey } = await madeKeyring()
    expect(hex(await keyring.unlockWithRecovery(` ${recoveryKey.toLowerCase().replaceAll('-', ' ')}`))).toBe(hex(dataKey))
  })

  test('does not come by the recovery key of another counter', async () => {
    const { keyring } = await madeKeyring()
    const { recoveryKey } = await madeKeyring()
    expect(await codeOfAsync(() => keyring.unlockWithRecovery(recoveryKey))).toBe('TK-010')
  })

  test('does not come by a recovery key that was renewed', async () => {
    const { keyring, dataKey, recoveryKey } = await madeKeyring()
    await keyring.renewRecovery(dataKey)
    expect(await codeOfAsync(() => keyring.unlockWithRecovery(recoveryKey))).toBe('TK-010')
  })

  test("comes back by an officer's login name, with or without marks, and secret", async () => {
    const { keyring, dataKey } = await madeKeyring()
    await keyring.addOfficer(dataKey, officer)
    expect(hex(await keyring.unlockWithOfficer('LAN.dang', officer.secret))).toBe(hex(dataKey))
  })

  test('comes back whether marks were typed composed or not', async () => {
    const { keyring, dataKey } = await madeKeyring()
    await keyring.addOfficer(dataKey, officer)
    expect(hex(await keyring.unlockWithOfficer(officer.loginName, officer.secret.normalize('NFD')))).toBe(hex(dataKey))
  })

  test.each([['lan.dang', 'another secret'], ['nobody', 'mưa rào tháng bảy']])('does not come for %s with "%s"', async (name, secret) => {
    const { keyring, dataKey } = await madeKeyring()
    await keyring.addOfficer(dataKey, officer)
    expect(await codeOfAsync(() => keyring.unlockWithOfficer(name, secret))).toBe('TK-001')
  })

  test('does not come for an officer who was removed', async () => {
    const { keyring, dataKey } = await madeKeyring()
    await keyring.addOfficer(dataKey, officer)
    keyring.removeOfficer(lan)
    expect(await codeOfAsync(() => keyring.unlockWithOfficer(officer.loginName, officer.secret))).toBe('TK-001')
  })

  test("does not come from an envelope put under another officer's account", async () => {
    const { folder, keyring, dataKey } = await madeKeyring()
    await keyring.addOfficer(dataKey, officer)
    const file = join(folder, 'key.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace(lan, lan.replace(/1$/, '2')))
    expect(await codeOfAsync(() => keyring.unlockWithOfficer(officer.loginName, officer.secret))).toBe('TK-001')
  })

  test('comes by the new secret only after the envelope was sealed anew', async () => {
    const { keyring, dataKey } = await madeKeyring()
    await keyring.addOfficer(dataKey, officer)
    await keyring.addOfficer(dataKey, { ...officer, secret: 'gió mùa đông bắc' })
    expect(await codeOfAsync(() => keyring.unlockWithOfficer(officer.loginName, officer.secret))).toBe('TK-001')
  })

  test('of another folder is not put into an envelope', async () => {
    const { keyring } = await madeKeyring()
    expect(await codeOfAsync(() => keyring.addOfficer(asDataKey(new Uint8Array(32)), officer))).toBe('LUU-018')
  })

  test('gives a different key for each use', async () => {
    const { dataKey } = await madeKeyring()
    const keys = Object.values(deriveKeys(dataKey)).map((key: Uint8Array) => Buffer.from(key).toString('hex'))
    expect(new Set([...keys, hex(dataKey)]).size).toBe(4)
  })
})

describe('the key file', () => {
  test('holds no login name', async () => {
    const { folder, keyring, dataKey } = await madeKeyring()
    await keyring.addOfficer(dataKey, officer)
    expect(readFileSync(join(folder, 'key.json'), 'utf8').toLowerCase()).not.toMatch(/lan|đặng|dang/)
  })

  test('that is gone is named', async () => {
    const { folder, keyring } = await madeKeyring()
    rmSync(join(folder, 'key.json'))
    expect(await codeOfAsync(() => keyring.unlockWithOfficer('a', 'b'))).toBe('LUU-019')
  })

  test.each(['', '{', '{"format":"other"}'])('that reads %j is named as missing', async (text) => {
    const { folder, keyring } = await madeKeyring()
    writeFileSync(join(folder, 'key.json'), text)
    expect(await codeOfAsync(() => keyring.unlockWithOfficer('a', 'b'))).toBe('LUU-019')
  })
})

describe('a data folder', () => {
  test('goes from empty over unfinished to ready', async () => {
    const folder = temporaryFolder()
    const keyring = openKeyring({ folder, cost })
    const states = [folderState(folder)]
    await keyring.create(null)
    states.push(folderState(folder))
    keyring.confirm()
    expect([...states, folderState(folder)]).toEqual(['empty', 'unfinished', 'ready'])
  })

  test('with a database and no key file is not taken for a new one', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'motcua.db'), 'x')
    expect(folderState(folder)).toBe('key-missing')
  })

  test('is empty again after an unfinished first run was set aside', async () => {
    const folder = temporaryFolder()
    await openKeyring({ folder, cost }).create(null)
    writeFileSync(join(folder, 'motcua.db'), 'x')
    setAsideUnfinished(folder, fixedClock().now())
    expect(folderState(folder)).toBe('empty')
  })
})

describe('a recovery key', () => {
  const bytes = fc.uint8Array({ minLength: 20, maxLength: 20 })
  const lookalike = (symbol: string, choice: number): string =>
    symbol === '0' ? (['0', 'O', 'o'][choice % 3] ?? symbol) : symbol === '1' ? (['1', 'I', 'l'][choice % 3] ?? symbol) : symbol

  test('is nine groups of four', () => {
    expect(formatRecoveryKey(new Uint8Array(20))).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/)
  })

  test('comes back from what a person types, in any case, spacing and look-alike letters', () => {
    fc.assert(fc.property(bytes, fc.nat(), fc.boolean(), (raw, choice, lower) => {
      const typed = [...formatRecoveryKey(raw)].map((symbol, index) => (symbol === '-' ? (['-', ' ', '', ' – '][(choice + index) % 4] ?? '') : lookalike(symbol, choice + index))).join('')
      expect([...parseRecoveryKey(lower ? typed.toLowerCase() : typed)]).toEqual([...raw])
    }))
  })

  test('with one symbol mistyped is refused', () => {
    const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    fc.assert(fc.property(bytes, fc.nat({ max: 35 }), fc.integer({ min: 1, max: 31 }), (raw, place, step) => {
      const key = [...formatRecoveryKey(raw).replaceAll('-', '')]
      const wrong = key.with(place, symbols.charAt((symbols.indexOf(key[place] ?? '0') + step) % 32)).join('')
      expect(codeOf(() => parseRecoveryKey(wrong))).toBe('TK-010')
    }), { seed: 20_261_123 })
  })

  test('that is any other text is refused by name and nothing else', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(codeOf(() => parseRecoveryKey(text))).toBe('TK-010')
    }))
  })
})
