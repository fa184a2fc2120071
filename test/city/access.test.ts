import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { expect, it } from 'vitest'
import { onBothDatabases } from './both'
import { askToken, assertion, enrol, enrolWith, openCounter } from './counter'

const seconds = (ahead: number): number => Math.floor(Date.now() / 1000) + ahead

onBothDatabases('Access', (stage) => {
  it('answers the health question without a token, as the city', async () => {
    const answer = await fetch(`${stage.city().url}/v1/health`)
    expect(await answer.json()).toEqual({ system: 'mot-cua-city', time: expect.stringMatching(/^\d{4}-.*\+07:00$/) as string })
  })

  it('enrols a counter with the code that the city printed at start', async () => {
    const { answer } = await enrol(stage.city().url, stage.city().enrolmentCode)
    expect(answer.json).toMatchObject({ agency: { code: 'H29.900', name: 'Phường Tân Mỹ Hưng', parent: 'TP. Hồ Chí Minh' }, counter: 'Quầy 1' })
  })

  it('gives all counters of an agency one secret, and each a number that it keeps when it enrols again', async () => {
    const wardOf = async (counter: string) => (await enrol(stage.city().url, await stage.doors().enrolmentCode({ counter }))).answer.json.ward as { secret: string; counterNumber: number }
    const given = [await wardOf('Quầy 81'), await wardOf('Quầy 82'), await wardOf('Quầy 81')]
    expect({
      secrets: new Set(given.map(({ secret }) => secret)).size, bytes: Buffer.from(given[0]?.secret ?? '', 'base64url').length,
      numbers: given.map(({ counterNumber }) => counterNumber - (given[0]?.counterNumber ?? 0)),
    }).toEqual({ secrets: 1, bytes: 32, numbers: [0, 1, 0] })
  })

  it('gives ten counters that enrol at once ten numbers', async () => {
    const codes = await Promise.all(Array.from({ length: 10 }, (_, index) => stage.doors().enrolmentCode({ counter: `Quầy ${String(60 + index)}` })))
    const answers = await Promise.all(codes.map((code) => enrol(stage.city().url, code)))
    expect(new Set(answers.map(({ answer }) => (answer.json.ward as { counterNumber: number }).counterNumber)).size).toBe(10)
  })

  it('gives the same key the same answer again', async () => {
    const code = await stage.doors().enrolmentCode()
    const first = await enrol(stage.city().url, code)
    const again = await enrolWith(stage.city().url, code, first.publicKey)
    expect([again.status, again.text]).toEqual([first.answer.status, first.answer.text])
  })

  it('refuses a used code to another key with 409', async () => {
    const code = await stage.doors().enrolmentCode()
    await enrol(stage.city().url, code)
    expect((await enrol(stage.city().url, code)).answer.json).toMatchObject({ status: 409, code: 'enrolment.used' })
  })

  it('lets one of ten keys win that bring the same code at once', async () => {
    const code = await stage.doors().enrolmentCode()
    const answers = await Promise.all(Array.from({ length: 10 }, () => enrol(stage.city().url, code)))
    expect(answers.filter(({ answer }) => answer.status === 201)).toHaveLength(1)
  })

  it('refuses an unknown code with 404', async () => {
    expect((await enrol(stage.city().url, 'NO-SUCH-CODE')).answer.json).toMatchObject({ status: 404, code: 'enrolment.unknown' })
  })

  it('refuses a public key that is not a point of the curve', async () => {
    const code = await stage.doors().enrolmentCode()
    const x = Buffer.alloc(32, 1).toString('base64url')
    expect((await enrolWith(stage.city().url, code, { kty: 'EC', crv: 'P-256', x, y: x })).json).toMatchObject({ status: 400, field: 'publicKey' })
  })

  it('gives a token that is good for 15 minutes', async () => {
    const counter = await stage.counter()
    expect((await askToken(counter.url, await assertion(counter))).json).toMatchObject({ token_type: 'Bearer', expires_in: 900 })
  })

  it.each([
    ['made for another audience', { aud: 'http://127.0.0.1:1/oauth/token' }],
    ['that has expired', { exp: seconds(-120) }],
    ['that lives longer than five minutes', { exp: seconds(900) }],
    ['that speaks for somebody else', { sub: '00000000-0000-4000-8000-000000000000' }],
  ])('refuses an assertion %s', async (_what, claims) => {
    const counter = await stage.counter()
    expect((await askToken(counter.url, await assertion(counter, claims))).json).toMatchObject({ status: 401, code: 'invalid_client', error: 'invalid_client' })
  })

  it('takes one jti once', async () => {
    const counter = await stage.counter()
    const jwt = await assertion(counter)
    expect([(await askToken(counter.url, jwt)).status, (await askToken(counter.url, jwt)).status]).toEqual([200, 401])
  })

  it('refuses an assertion signed with another key', async () => {
    const counter = await stage.counter()
    const { privateKey } = await generateKeyPair('ES256')
    expect((await askToken(counter.url, await assertion({ ...counter, key: privateKey }))).status).toBe(401)
  })

  it('refuses an assertion that is signed by HMAC with the public key', async () => {
    const code = await stage.doors().enrolmentCode()
    const { publicKey, answer } = await enrol(stage.city().url, code)
    const clientId = String(answer.json.clientId)
    const jwt = await new SignJWT({ jti: 'abcdefgh' }).setProtectedHeader({ alg: 'HS256' }).setIssuer(clientId).setSubject(clientId)
      .setAudience(`${stage.city().url}/oauth/token`).setExpirationTime('2m').sign(new TextEncoder().encode(JSON.stringify(publicKey)))
    expect((await askToken(stage.city().url, jwt)).status).toBe(401)
  })

  it('refuses a request for a token without an assertion', async () => {
    const answer = await fetch(`${stage.city().url}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }) })
    expect(await answer.json()).toMatchObject({ status: 400, error: 'invalid_request' })
  })

  it.each(['', 'Bearer', 'Bearer abc.def.ghi', 'Basic YTpi'])('refuses the authorization "%s" with 401', async (authorization) => {
    const answer = await fetch(`${stage.city().url}/v1/statuses`, { headers: { authorization } })
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  })

  it('refuses a token that somebody else signed', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const token = await new SignJWT({ agency: 'H29.900', counter: 'Quầy 1', generation: 0, jwk: await exportJWK(publicKey) })
      .setProtectedHeader({ alg: 'ES256' }).setSubject('00000000-0000-4000-8000-000000000000').setExpirationTime('5m').sign(privateKey)
    expect((await fetch(`${stage.city().url}/v1/statuses`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
  })

  it('takes no token any more after they were revoked, and gives new ones', async () => {
    const code = await stage.doors().enrolmentCode()
    const counter = await openCounter(stage.city().url, code)
    await stage.doors().revokeTokens()
    const before = await counter.call('GET', '/v1/statuses')
    expect([before.status, (await askToken(counter.url, await assertion(counter))).status]).toEqual([401, 200])
  })

  it('answers an unknown address with 404 as problem+json', async () => {
    const answer = await fetch(`${stage.city().url}/v1/nothing`)
    expect([answer.status, answer.headers.get('content-type'), await answer.json()])
      .toEqual([404, 'application/problem+json; charset=utf-8', expect.objectContaining({ code: 'route.unknown' })])
  })
})
