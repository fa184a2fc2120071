import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answer, failureOf, failureOfThrown } from '../../src-main/sync/failures'
import { expectJson } from '../../src-main/sync/http'
import { Acknowledgement } from '../../src-main/sync/wire'

const NOW = new Date('2026-11-23T07:20:00.000Z')
const answer = (status: number, text: string, type = 'application/problem+json', headers: Record<string, string> = {}): Answer =>
  ({ status, text, headers: new Headers({ 'content-type': type, ...headers }) })
const problem = (code: string, extra: object = {}): string => JSON.stringify({ type: 'x', title: 'x', status: 0, code, detail: 'Lời của thành phố.', ...extra })
const PAGE = '<!doctype html><html><body>Đăng nhập Wi-Fi</body></html>'

describe('An answer that is not the agreed one', () => {
  it.each<[string, Answer, string, string, string]>([
    ['a page with 200', answer(200, PAGE, 'text/html'), 'portal', 'TP-200', 'line'],
    ['a page that calls itself JSON', answer(200, PAGE, 'application/json'), 'portal', 'TP-200', 'line'],
    ['a page with 404', answer(404, PAGE, 'text/html'), 'portal', 'TP-200', 'line'],
    ['a redirect', answer(302, '', 'text/plain', { location: 'http://login.example/' }), 'portal', 'TP-200', 'line'],
    ['a proxy that wants a password', answer(407, '', 'text/plain'), 'portal', 'TP-200', 'line'],
    ['half a JSON answer', answer(201, '{"submissionId":"0', 'application/json'), 'malformed', 'TP-201', 'trouble'],
    ['an empty 200', answer(200, '', 'application/json'), 'malformed', 'TP-201', 'trouble'],
    ['a 404 that is not the city\'s', answer(404, 'not found', 'text/plain'), 'malformed', 'TP-201', 'trouble'],
    ['400', answer(400, problem('request.invalid')), 'bad-request', 'TP-400', 'refused'],
    ['401', answer(401, problem('token.invalid')), 'unauthorised', 'TP-401', 'line'],
    ['404', answer(404, problem('submission.unknown')), 'not-found', 'TP-404', 'trouble'],
    ['409', answer(409, problem('submission.conflict')), 'conflict', 'TP-409', 'refused'],
    ['413', answer(413, problem('body.too-large')), 'too-large', 'TP-413', 'refused'],
    ['413 of a proxy', answer(413, PAGE, 'text/html'), 'too-large', 'TP-413', 'refused'],
    ['422', answer(422, problem('submission.rejected', { field: 'dossier.code' })), 'rejected', 'TP-422', 'refused'],
    ['422 in a page', answer(422, PAGE, 'text/html'), 'portal', 'TP-200', 'line'],
    ['424', answer(424, problem('submission.documents-missing', { missing: [] })), 'documents-missing', 'TP-424', 'trouble'],
    ['429', answer(429, problem('rate.limited')), 'too-many', 'TP-429', 'line'],
    ['460', answer(460, problem('document.hash-mismatch')), 'hash', 'TP-460', 'trouble'],
    ['500', answer(500, problem('city.trouble')), 'trouble', 'TP-500', 'trouble'],
    ['502 of a proxy', answer(502, PAGE, 'text/html'), 'trouble', 'TP-500', 'trouble'],
  ])('%s has its name', (_name, given, kind, code, how) => {
    const failure = failureOf(given, NOW)
    expect([failure.kind, failure.code, failure.class]).toEqual([kind, code, how])
  })

  it('carries the city\'s own words with the field', () => {
    expect(failureOf(answer(422, problem('submission.rejected', { field: 'dossier.code' })), NOW).facts.words).toBe('Lời của thành phố. [dossier.code]')
  })

  it('carries both hashes of a conflict', () => {
    const words = failureOf(answer(409, problem('submission.conflict', { storedSha256: 'a'.repeat(64), sentSha256: 'b'.repeat(64) })), NOW).facts.words
    expect(words).toBe('Lời của thành phố. (aaaaaaaaaaaa… ≠ bbbbbbbbbbbb…)')
  })

  it('carries how long the city asks to wait', () => {
    expect(failureOf(answer(429, problem('rate.limited'), undefined, { 'retry-after': '30' }), NOW).facts.retryAfterMs).toBe(30_000)
  })

  it('no text whatever with 200 or 201 passes for an acknowledgement', () => {
    fc.assert(fc.property(fc.constantFrom(200, 201), fc.oneof(fc.string(), fc.json()), (status, text) => {
      expect(() => expectJson(answer(status, text, 'application/json'), [200, 201], Acknowledgement, NOW)).toThrow(/^city: (malformed|portal)$/)
    }))
  })
})

describe('A call without any answer', () => {
  const thrown = (code: string): Error => new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) })
  it.each([
    ['ECONNREFUSED', 'offline'], ['ENOTFOUND', 'offline'], ['ECONNRESET', 'offline'], ['UND_ERR_SOCKET', 'offline'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout'], ['ETIMEDOUT', 'timeout'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'portal'], ['ERR_TLS_CERT_ALTNAME_INVALID', 'portal'],
  ])('%s is %s', (code, kind) => {
    expect(failureOfThrown(thrown(code)).kind).toBe(kind)
  })

  it('a deadline that passed is a timeout', () => {
    expect(failureOfThrown(new DOMException('x', 'TimeoutError')).kind).toBe('timeout')
  })
})
