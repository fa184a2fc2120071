import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { fatalPage } from '../../src-main/shell/fatal-page'
import { openKeyStore } from '../../src-main/shell/key-store'
import { coreEnvironment, driverEnvironment, Environment, placesOf } from '../../src-main/shell/places'
import { openPreferences } from '../../src-main/shell/preferences'
import { safeFileName, writeWhole } from '../../src-main/shell/save-file'
import { schemeOf } from '../../src-main/shell/shell-log'

vi.mock('electron', () => ({ safeStorage: {}, dialog: {} }))
const folder = (): string => mkdtempSync(join(tmpdir(), 'shell-'))

const hall = { display: 'auto', atStart: [], monitors: {} }

describe('the page for trouble', () => {
  const sentence = { what: 'Lỗi {{file}}', effect: 'Không mất gì.', next: 'Gọi kỹ thuật.' }
  it('says what happened, what it means and what to do, with the code', () => {
    const page = fatalPage({ code: 'LUU-016', params: { file: 'a' }, sentences: { vi: sentence, en: null } }, 'N')
    expect(['Lỗi a', 'Không mất gì.', 'Gọi kỹ thuật.', 'LUU-016', 'nonce="N"'].filter((part) => !page.includes(part))).toEqual([])
  })

  it('has words of its own for a core that only falls', () => {
    expect(fatalPage({ code: 'LOI-000', params: {}, sentences: { vi: null, en: null } }, 'N')).toContain('Phần lõi của Một Cửa dừng nhiều lần liền')
  })

  it('cannot be made to hold foreign markup', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const page = fatalPage({ code: text, params: { file: text }, sentences: { vi: sentence, en: sentence } }, 'N')
        return (page.match(/<script|onerror=/gi) ?? []).length === 0 && page.split('<').length === fatalPage({ code: '', params: { file: '' }, sentences: { vi: sentence, en: sentence } }, 'N').split('<').length
      }),
    )
  })
})

describe('the key store', () => {
  const working = {
    getSelectedStorageBackend: () => 'gnome_libsecret' as const,
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text: string) => Buffer.from(`wrapped:${text}`),
    decryptStringAsync: async (bytes: Buffer) => ({ shouldReEncrypt: false, result: bytes.toString().replace('wrapped:', '') }),
  }
  const key = new Uint8Array([0, 255, 7])

  it('gives back what it wrapped', async () => {
    const store = openKeyStore('linux', working)
    const wrapped = await store.wrap(key)
    expect(wrapped && (await store.unwrap(wrapped))).toEqual(key)
  })

  it('works with the older, synchronous calls', async () => {
    const store = openKeyStore('win32', {
      getSelectedStorageBackend: working.getSelectedStorageBackend,
      isEncryptionAvailable: () => true,
      encryptString: (text) => Buffer.from(`x${text}`),
      decryptString: (bytes) => bytes.toString().slice(1),
    })
    const wrapped = await store.wrap(key)
    expect([store.name, wrapped && (await store.unwrap(wrapped))]).toEqual(['windows', key])
  })

  it.each(['basic_text', 'unknown'] as const)('is none on Linux with the back-end %s, which protects nothing', async (backend) => {
    const store = openKeyStore('linux', { ...working, getSelectedStorageBackend: () => backend })
    expect([store.name, await store.wrap(key), await store.unwrap(key)]).toEqual(['none', null, null])
  })

  it('says null and not an error for bytes of another machine', async () => {
    const store = openKeyStore('darwin', { ...working, decryptStringAsync: () => Promise.reject(new Error('other user')) })
    expect(await store.unwrap(key)).toBeNull()
  })
})

describe('places', () => {
  const from = { main: '/app/out/main', appData: '/home/u/.config', resources: '/opt/mot-cua/resources', packaged: false }
  it('are the project’s own in development', () => {
    expect(placesOf(from, undefined)).toEqual({
      renderer: '/app/out/renderer', bridge: '/app/out/preload/bridge.cjs', hallBridge: '/app/out/preload/hall-bridge.cjs', core: '/app/out/main/core.js', token: '/app/out/main/token.js', resources: '/app/resources', migrations: '/app/migrations',
      profile: '/home/u/.config/mot-cua/window', data: '/home/u/.config/mot-cua/data', practiceData: '/home/u/.config/mot-cua/practice',
    })
  })

  it('are beside the program when installed', () => {
    const { resources, migrations } = placesOf({ ...from, packaged: true }, undefined)
    expect([resources, migrations]).toEqual(['/opt/mot-cua/resources/resources', '/opt/mot-cua/resources/migrations'])
  })

  it('keep practice and profile out of a given data folder', () => {
    const { data, practiceData, profile } = placesOf(from, '/tmp/x')
    expect([data, practiceData, profile]).toEqual(['/tmp/x', '/tmp/x-practice', '/tmp/x-window'])
  })

  it.each([
    [false, { PATH: '/bin', MOTCUA_FAULT: 'disk-full' }],
    [true, { PATH: '/bin' }],
  ])('the core’s environment is bare (installed: %s)', (packaged, expected) => {
    expect(coreEnvironment({ PATH: '/bin', MOTCUA_FAULT: 'disk-full', NODE_OPTIONS: '--inspect', LD_PRELOAD: '/x.so', SECRET: 's', ELECTRON_RUN_AS_NODE: '1' }, packaged)).toEqual(expected)
  })

  it.each([
    [false, { PATH: '/bin', SOFTHSM2_CONF: '/t', ProgramFiles: 'C:\\P' }],
    [true, { PATH: '/bin', ProgramFiles: 'C:\\P' }],
  ])('a driver of tokens gets nothing of ours (installed: %s)', (packaged, expected) => {
    expect(driverEnvironment({ PATH: '/bin', SOFTHSM2_CONF: '/t', ProgramFiles: 'C:\\P', MOTCUA_DATA: '/d', MOTCUA_CITY_ENROLMENT: 's', LD_PRELOAD: '/x.so' }, packaged)).toEqual(expected)
  })

  it.each([{ MOTCUA_CITY_URL: 'not a url' }, { MOTCUA_PRACTICE: 'yes' }, { MOTCUA_WINDOW: '1x1' }])('refuses %o', (environment) => {
    expect(Environment.safeParse(environment).success).toBe(false)
  })
})

describe('preferences', () => {
  it('come back after a restart', () => {
    const path = join(folder(), 'profile', 'window.json')
    const first = openPreferences(path)
    first.change({ theme: 'dark', zoom: 2, camera: 'Máy chụp (1234:abcd)', bounds: { x: 1, y: 2, width: 1100, height: 700 } })
    first.flush()
    expect(openPreferences(path).current).toEqual({ bounds: { x: 1, y: 2, width: 1100, height: 700 }, maximized: true, fullScreen: false, zoom: 2, theme: 'dark', language: 'vi', camera: 'Máy chụp (1234:abcd)', hall })
  })

  it.each(['', '[]', 'null', '{"zoom":900,"theme":"neon","bounds":{"x":"a"}}'])('are the defaults for a damaged file: %s', (text) => {
    const path = join(folder(), 'window.json')
    writeFileSync(path, text)
    expect(openPreferences(path).current).toEqual({ bounds: null, maximized: true, fullScreen: false, zoom: 1, theme: 'system', language: 'vi', camera: null, hall })
  })

  it('do not stop anything when they cannot be written', () => {
    const blocker = join(folder(), 'file')
    writeFileSync(blocker, '')
    const preferences = openPreferences(join(blocker, 'window.json'))
    preferences.change({ zoom: 2 })
    expect(() => preferences.flush()).not.toThrow()
  })
})

describe('saving a file', () => {
  it.each([
    ['Mẫu 01 H29.07.pdf', 'Mẫu 01 H29.07.pdf'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['a\u0000b<c>:"|?*.pdf', 'a-b-c------.pdf'],
    ['. . .', 'mot-cua'],
    ['a\u202Efdp.exe', 'a-fdp.exe'],
  ])('suggests %j as %j', (suggested, safe) => {
    expect(safeFileName(suggested)).toBe(safe)
  })

  it('leaves the file and nothing else', async () => {
    const place = folder()
    await writeWhole(join(place, 'a.pdf'), new Uint8Array([1, 2]))
    expect([readdirSync(place), [...readFileSync(join(place, 'a.pdf'))]]).toEqual([['a.pdf'], [1, 2]])
  })

  it('leaves nothing when it fails', async () => {
    const path = join(folder(), 'none', 'a.pdf')
    await expect(writeWhole(path, new Uint8Array([1]))).rejects.toMatchObject({ name: 'AppError' })
    expect(existsSync(`${path}.part`)).toBe(false)
  })
})

it.each([
  ['https://evil.vn/?q=079192004617', 'https:'],
  ['', 'none'],
  ['no scheme', 'none'],
])('a log line keeps of %j only %j', (address, scheme) => {
  expect(schemeOf(address)).toBe(scheme)
})
