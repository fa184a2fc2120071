import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAnswer } from '../../src-main/shell/page-answer'
import { isOwnAddress, liesInside, wantedFile } from '../../src-main/shell/protocol-filter'

const place = mkdtempSync(join(tmpdir(), 'app-protocol-'))
const root = join(place, 'renderer')
const answer = asResponse(createAnswer(root, { made: new Map([['made.html', (nonce: string) => `made ${nonce}`]]) }))

/** The answer as the page gets it. */
function asResponse(plain: ReturnType<typeof createAnswer>): (method: string, address: string) => Promise<Response> {
  return async (method, address) => {
    const { status, headers, body } = await plain(method, address)
    return new Response(new Uint8Array(body), { status, headers })
  }
}

beforeAll(() => {
  mkdirSync(join(root, 'assets', 'folder.js'), { recursive: true })
  mkdirSync(join(place, 'renderer-evil'))
  writeFileSync(join(root, 'index.html'), '<meta nonce="%CSP_NONCE%">')
  writeFileSync(join(root, 'assets', 'index-Bx_1.js'), 'one')
  writeFileSync(join(root, 'program.exe'), 'MZ')
  writeFileSync(join(root, '.env.json'), '{}')
  writeFileSync(join(place, 'secret.json'), 'secret')
  writeFileSync(join(place, 'renderer-evil', 'a.json'), 'secret')
  symlinkSync(join(place, 'secret.json'), join(root, 'link.json'))
  symlinkSync(join(place, 'renderer-evil'), join(root, 'evil'))
  symlinkSync(join(root, 'assets', 'index-Bx_1.js'), join(root, 'inside.js'))
})
afterAll(() => rmSync(place, { recursive: true }))

describe('what is served', () => {
  it.each([
    ['app://motcua/index.html', 'text/html; charset=utf-8'],
    ['app://motcua/index.html?mode=work#x', 'text/html; charset=utf-8'],
    ['app://motcua/assets/index-Bx_1.js', 'text/javascript; charset=utf-8'],
    ['app://motcua/assets/../index.html', 'text/html; charset=utf-8'],
    ['app://motcua/inside.js', 'text/javascript; charset=utf-8'],
  ])('serves %s', async (address, type) => {
    const { status, headers } = await answer('GET', address)
    expect({ status, type: headers.get('content-type') }).toEqual({ status: 200, type })
  })

  it('puts the nonce of the policy into the page, a fresh one each time', async () => {
    const nonces = await Promise.all([1, 2].map(async () => {
      const response = await answer('GET', 'app://motcua/index.html')
      const nonce = /nonce="([^"]+)"/.exec(await response.text())?.[1] ?? 'none'
      return { nonce, inPolicy: response.headers.get('content-security-policy')?.includes(`'nonce-${nonce}'`) }
    }))
    expect([nonces.map(({ inPolicy }) => inPolicy), new Set(nonces.map(({ nonce }) => nonce)).size]).toEqual([[true, true], 2])
  })

  it('answers HEAD with headers alone', async () => {
    const response = await answer('HEAD', 'app://motcua/index.html')
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  it('gives a thing that is given once only once', async () => {
    const jobs = new Map([['a.pdf', new Uint8Array([1])]])
    const once = createAnswer(root, {
      made: new Map(),
      once: (name) => {
        const bytes = jobs.get(name) ?? null
        jobs.delete(name)
        return bytes
      },
    })
    const statuses = [await once('GET', 'app://motcua/a.pdf'), await once('GET', 'app://motcua/a.pdf')].map(({ status }) => status)
    expect(statuses).toEqual([200, 404])
  })
})

describe('what is refused', () => {
  it.each([
    ['POST', 'app://motcua/index.html', 405],
    ['PUT', 'app://motcua/index.html', 405],
    ['OPTIONS', 'app://motcua/index.html', 405],
    ['GET', 'app://other/index.html', 403],
    ['GET', 'app://motcua.evil.vn/index.html', 403],
    ['GET', 'app://user:secret@motcua/index.html', 403],
    ['GET', 'app://motcua:99/index.html', 403],
    ['GET', 'https://motcua/index.html', 403],
    ['GET', 'file:///etc/passwd', 403],
    ['GET', 'not an address', 400],
    ['GET', 'app://motcua/', 403],
    ['GET', 'app://motcua', 403],
    ['GET', 'app://motcua/assets/', 403],
    ['GET', 'app://motcua/assets', 404],
    ['GET', 'app://motcua/assets/folder.js', 404],
    ['GET', 'app://motcua//index.html', 403],
    ['GET', 'app://motcua/../secret.json', 404],
    ['GET', 'app://motcua/%2e%2e/secret.json', 404],
    ['GET', 'app://motcua/%2e%2e%2fsecret.json', 403],
    ['GET', 'app://motcua/..%5csecret.json', 403],
    ['GET', 'app://motcua/..\\secret.json', 403],
    ['GET', 'app://motcua/%252e%252e%252fsecret.json', 403],
    ['GET', 'app://motcua/....//secret.json', 403],
    ['GET', 'app://motcua/index.html%00.js', 403],
    ['GET', 'app://motcua/index%2ehtml', 403],
    ['GET', 'app://motcua/index.html.', 403],
    ['GET', 'app://motcua/index.html::$DATA', 403],
    ['GET', 'app://motcua/C:/windows/win.ini', 403],
    ['GET', 'app://motcua/.env.json', 403],
    ['GET', 'app://motcua/program.exe', 404],
    ['GET', 'app://motcua/link.json', 404],
    ['GET', 'app://motcua/evil/a.json', 404],
    ['GET', 'app://motcua/none.js', 404],
  ])('%s %s → %i, without a word', async (method, address, status) => {
    const response = await answer(method, address)
    expect([response.status, await response.text()]).toEqual([status, ''])
  })

  it('never leaves the folder, whatever the path', async () => {
    const piece = fc.oneof(fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', '\\', '/', '//', '%00', '%25', 'secret.json', 'evil', 'link.json', 'renderer-evil', 'a.json'), fc.string({ maxLength: 4 }))
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.constantFrom('', '/'), async (pieces, glue) => {
        const response = await answer('GET', `app://motcua/${pieces.join(glue)}`)
        expect(await response.text()).not.toContain('secret')
      }),
      { numRuns: 500 },
    )
  })

  it('wants only names of a safe alphabet', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '.js', '.html'), (text, ending) => {
        const wanted = wantedFile('GET', `app://motcua/${text}${ending}`)
        return wanted.kind === 'refused' || wanted.segments.every((segment) => /^[\w.-]+$/.test(segment) && !segment.startsWith('.'))
      }),
    )
  })
})

describe('where a path lies', () => {
  it.each([
    ['/srv/renderer/a.js', '/srv/renderer', '/', true],
    ['/srv/renderer-evil/a.js', '/srv/renderer', '/', false],
    ['/srv/renderer', '/srv/renderer', '/', false],
    ['/etc/passwd', '/', '/', true],
    ['C:\\app\\renderer2\\a.js', 'C:\\app\\renderer', '\\', false],
  ])('%s in %s: %s → %s', (path, folder, separator, inside) => {
    expect(liesInside(path, folder, separator)).toBe(inside)
  })

  it.each([
    ['app://motcua/index.html', true],
    ['app://motcua.vn/index.html', false],
    ['https://motcua/', false],
    ['app:motcua', false],
    ['', false],
  ])('%s is our own page: %s', (address, own) => {
    expect(isOwnAddress(address)).toBe(own)
  })
})
