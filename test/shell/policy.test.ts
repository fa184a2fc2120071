import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, pageHeaders } from '../../src-main/shell/page-headers'
import { mayHave, mayLoad } from '../../src-main/shell/permissions'
import { isOwnAddress } from '../../src-main/shell/protocol-filter'
import { QUIET_SWITCHES, REFUSED_WHEN_PACKAGED } from '../../src-main/shell/switches'
import { windowAct } from '../../src-main/shell/window-keys'

const ours = { address: 'app://motcua/index.html', isMainFrame: true, isCounter: true, media: [] }

describe('permissions', () => {
  it.each([
    'media', 'geolocation', 'notifications', 'midi', 'midiSysex', 'pointerLock', 'fullscreen', 'openExternal', 'clipboard-read', 'display-capture', 'mediaKeySystem',
    'idle-detection', 'storage-access', 'top-level-storage-access', 'window-management', 'speaker-selection', 'fileSystem', 'hid', 'serial', 'usb', 'keyboardLock', 'deprecated-sync-clipboard-read',
    'unknown', 'something-of-next-year', '', 'constructor',
  ])('refuses %s to our own page', (permission) => {
    expect(mayHave(permission, ours, isOwnAddress)).toBe(false)
  })

  it.each([
    [ours, true],
    [{ ...ours, isMainFrame: false }, false],
    [{ ...ours, address: 'https://evil.vn/' }, false],
    [{ ...ours, address: '' }, false],
  ])('lets %o write to the clipboard: %s', (asker, granted) => {
    expect(mayHave('clipboard-sanitized-write', asker, isOwnAddress)).toBe(granted)
  })

  it.each([
    ['the counter’s own page its camera', { ...ours, media: ['video'] }, true],
    ['nobody the microphone', { ...ours, media: ['audio'] }, false],
    ['nobody camera and microphone together', { ...ours, media: ['video', 'audio'] }, false],
    ['nobody what has no name', { ...ours, media: ['unknown'] }, false],
    ['no other window of ours the camera', { ...ours, isCounter: false, media: ['video'] }, false],
    ['no frame inside the page the camera', { ...ours, isMainFrame: false, media: ['video'] }, false],
    ['no other origin the camera', { ...ours, address: 'https://evil.vn/', media: ['video'] }, false],
    ['no other host of our scheme the camera', { ...ours, address: 'app://other/index.html', media: ['video'] }, false],
    ['no page without an address the camera', { ...ours, address: '', media: ['video'] }, false],
  ])('lets %s', (_who, asker, granted) => {
    expect(mayHave('media', asker, isOwnAddress)).toBe(granted)
  })
})

describe('loads', () => {
  it.each([
    ['app://motcua/index.html', true],
    ['blob:app://motcua/1', true],
    ['data:image/png;base64,AA==', true],
    ['https://example.vn/', false],
    ['http://127.0.0.1:80/', false],
    ['ws://localhost/', false],
    ['ftp://example.vn/', false],
    ['file:///etc/passwd', false],
    ['devtools://devtools/bundled/inspector.html', false],
    ['chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html', false],
    ['chrome://gpu', false],
    ['view-source:app://motcua/', false],
    ['nonsense', false],
  ])('%s → %s', (address, allowed) => {
    expect(mayLoad(address, new Set())).toBe(allowed)
  })

  it.each([
    ['http://127.0.0.1:5173/main.tsx', true],
    ['ws://127.0.0.1:5173/', true],
    ['http://127.0.0.1:51730/', false],
    ['http://127.0.0.1:5173.evil.vn/', false],
  ])('beside a development server, %s → %s', (address, allowed) => {
    expect(mayLoad(address, new Set(['http://127.0.0.1:5173', 'ws://127.0.0.1:5173']))).toBe(allowed)
  })
})

describe('headers', () => {
  it('let in nothing but our own files, blobs as pictures and styles with the nonce', () => {
    expect(Object.fromEntries(contentSecurityPolicy('N').split('; ').map((line) => [line.split(' ')[0], line.split(' ').slice(1).join(' ')]))).toEqual({
      'default-src': "'none'", 'script-src': "'self'", 'style-src': "'self' 'nonce-N'", 'style-src-attr': "'unsafe-inline'", 'img-src': "'self' blob: data:",
      'font-src': "'self'", 'connect-src': "'self'", 'worker-src': "'self'", 'manifest-src': "'none'", 'media-src': "'none'", 'frame-src': "'none'",
      'object-src': "'none'", 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'",
    })
  })

  it('switch off sniffing, sharing of the window, referrers and the powers of the platform', () => {
    const { 'permissions-policy': policy, 'content-security-policy': _csp, ...rest } = pageHeaders('text/html', 'N')
    expect([rest, ['camera=()', 'geolocation=()', 'usb=()', 'display-capture=()'].every((off) => policy?.includes(off))]).toEqual([
      {
        'content-type': 'text/html', 'x-content-type-options': 'nosniff', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'no-referrer', 'x-dns-prefetch-control': 'off', 'x-frame-options': 'DENY',
      },
      true,
    ])
  })
})

describe('powers of the counter’s pages', () => {
  const powersOf = (type: string, powers: 'none' | 'counter'): { compiles: boolean; camera: string | undefined } => {
    const { 'content-security-policy': csp, 'permissions-policy': policy } = pageHeaders(type, 'N', powers)
    return { compiles: csp?.includes("'wasm-unsafe-eval'") === true, camera: /camera=(\([a-z]*\))/.exec(policy ?? '')?.[1] }
  }

  it.each([
    ['a page', 'text/html; charset=utf-8', { compiles: false, camera: '(self)' }],
    ['a thread', 'text/javascript; charset=utf-8', { compiles: true, camera: '(self)' }],
  ])('are the camera, and WebAssembly in threads alone: %s', (_what, type, found) => {
    expect(powersOf(type, 'counter')).toEqual(found)
  })

  it.each(['text/html; charset=utf-8', 'text/javascript; charset=utf-8'])('are not those of pages that print: %s', (type) => {
    expect(powersOf(type, 'none')).toEqual({ compiles: false, camera: '()' })
  })

  it('differ from the strict ones in nothing else', () => {
    const strict = pageHeaders('text/javascript', 'N')
    const counter = pageHeaders('text/javascript', 'N', 'counter')
    const undone = { ...counter, 'content-security-policy': counter['content-security-policy']?.replace(" 'wasm-unsafe-eval'", ''), 'permissions-policy': counter['permissions-policy']?.replace('(self)', '()') }
    expect(undone).toEqual(strict)
  })
})

describe('powers of the pages of the hall', () => {
  it('are to speak unasked, and nothing else', () => {
    const strict = pageHeaders('text/javascript', 'N')
    const hall = pageHeaders('text/javascript', 'N', 'hall')
    expect([hall['permissions-policy']?.includes('autoplay=(self)'), { ...hall, 'permissions-policy': hall['permissions-policy']?.replace('(self)', '()') }]).toEqual([true, strict])
  })
})

describe('switches', () => {
  it.each(['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'disable-web-security', 'js-flags', 'load-extension', 'proxy-server', 'ignore-certificate-errors', 'utility-cmd-prefix', 'use-file-for-fake-video-capture', 'use-fake-device-for-media-stream'])(
    'an installed app refuses --%s',
    (name) => {
      expect(REFUSED_WHEN_PACKAGED).toContain(name)
    },
  )

  it.each(['disable-background-networking', 'disable-breakpad', 'disable-component-update', 'disable-domain-reliability', 'no-pings', 'no-proxy-server'])('always sets --%s', (name) => {
    expect(QUIET_SWITCHES.map(([known]) => known)).toContain(name)
  })
})

describe('keys of the window', () => {
  const press = { type: 'keyDown', key: 'a', control: false, meta: false, alt: false, shift: false }
  it.each([
    [{ key: 'F11' }, 'full-screen'],
    [{ key: '=', control: true }, 'zoom-in'],
    [{ key: '+', control: true, shift: true }, 'zoom-in'],
    [{ key: '-', control: true }, 'zoom-out'],
    [{ key: '0', control: true }, 'zoom-reset'],
    [{ key: '0', meta: true }, 'zoom-reset'],
    [{ key: 'r', control: true }, null],
    [{ key: 'F12', control: true }, null],
    [{ key: 'F5' }, null],
    [{ key: '+', control: true, alt: true }, null],
    [{ key: 'F11', type: 'keyUp' }, null],
  ])('%o → %s', (change, act) => {
    expect(windowAct({ ...press, ...change }, false)).toBe(act)
  })

  it.each([
    [true, 'developer-tools'],
    [false, null],
  ])('developer tools on a developer’s machine only (%s)', (developer, act) => {
    expect(windowAct({ ...press, key: 'I', control: true, shift: true }, developer)).toBe(act)
  })
})
