import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RemoteSigner, RemoteStatus } from '../../../src-main/signing/ports'
import { createRemoteSigner, RemoteConfig } from '../../../src-main/signing/remote'
import { startCity } from '../../city'
import { phone } from '../../city/remote'
import { createPki, hasOpenssl } from '../pki'
import { CONTENT, DIALECTS, hashOf, judgedByOpenssl, openStage, PERSON, type Stage } from './stage'

const reason = hasOpenssl() ? '' : ' (skipped: OpenSSL 3 is not installed)'
const hash = { id: 'doc-1', hash: hashOf(CONTENT), title: 'Thỏa thuận thuê bao' }
const PATHS = { gateway: { sign: '/sca/sp769/v1/signatures/sign$', status: '/status$' }, csc: { sign: '/csc/v2/signatures/signHash$', status: '/csc/v2/signatures/signPolling$' } } as const

const firstValue = (status: RemoteStatus): Uint8Array => (status.kind === 'done' ? status.signatures[0]?.value : undefined) ?? new Uint8Array()

describe.skipIf(reason !== '').each(DIALECTS)(`bad luck with a remote signing service by %s${reason}`, (dialect) => {
  let stage: Stage
  let signer: RemoteSigner
  let account: string
  beforeAll(async () => {
    stage = await openStage()
    signer = await stage.signer(dialect, { timeoutMs: 400 })
    account = await stage.account(signer)
  })
  afterAll(() => stage.close())

  const submitted = (id = randomUUID()): Promise<string> => signer.submit({ id, account, hashes: [hash] })
  const certificate = async (): Promise<Uint8Array> => (await signer.certificate(account))?.certificates[0] ?? new Uint8Array()

  it.each(['changed-byte', 'other-key'])('hands a wrong signature on as it came (%s), and OpenSSL refuses it', async (mode) => {
    await stage.door('remote-faults', { mode })
    const ticket = await submitted()
    await stage.phone.confirm()
    const value = firstValue(await signer.status(ticket))
    expect([value.length, judgedByOpenssl(await certificate(), value, CONTENT)]).toEqual([256, false])
  })

  it('does not take half of the signatures for all of them', async () => {
    await stage.door('remote-faults', { mode: 'half' })
    const ticket = await signer.submit({ id: randomUUID(), account, hashes: [hash, { ...hash, id: 'doc-2' }] })
    await stage.phone.confirm()
    await expect(signer.status(ticket)).rejects.toMatchObject({ code: 'KS-044' })
  })

  it.each([
    ['answers too late', { mode: 'delay', ms: 900 }],
    ['breaks the connection', { mode: 'reset' }],
    ['stumbles', { mode: 'status', status: 503 }],
    ['is too busy', { mode: 'status', status: 429 }],
    ['is a captive portal', { mode: 'html-200' }],
    ['answers half a text', { mode: 'malformed' }],
  ] as const)('has no answer when the service %s, and goes on afterwards', async (_title, fault) => {
    const ticket = await submitted()
    await stage.fault({ match: PATHS[dialect].status, ...fault })
    await expect(signer.status(ticket)).rejects.toMatchObject({ code: 'KS-040' })
    expect((await signer.status(ticket)).kind).toBe('waiting')
    await stage.phone.refuse()
  })

  it('finds the same transaction again when the answer to the submission was lost', async () => {
    const id = randomUUID()
    await stage.fault({ match: PATHS[dialect].sign, mode: 'drop-after-commit' })
    await expect(submitted(id)).rejects.toMatchObject({ code: 'KS-040' })
    const ticket = await submitted(id)
    await stage.phone.confirm()
    expect([(await signer.status(ticket)).kind, (await stage.phone.page()).includes('/phone/transactions/')]).toEqual(['done', false])
  })

  it('asks on with another signer, as after a restart of the program', async () => {
    const ticket = await submitted()
    await stage.phone.confirm()
    const other = await stage.signer(dialect)
    expect(judgedByOpenssl(await certificate(), firstValue(await other.status(ticket)), CONTENT)).toBe(true)
  })

  it('is turned down with a wrong password', async () => {
    const wrong = await stage.signer(dialect, dialect === 'gateway' ? { spPassword: 'sai' } : { clientSecret: 'sai' })
    await expect(wrong.certificate(account)).rejects.toMatchObject({ code: 'KS-043', params: { status: 401 } })
  })

  it('says of a transaction that nobody knows that it failed', async () => {
    expect((await signer.status(JSON.stringify({ transaction: randomUUID(), documents: ['doc-1'] }))).kind).toBe('failed')
  })

  it('knows whether the service is there', async () => {
    const nobody = await stage.signer(dialect, { url: 'http://127.0.0.1:9', timeoutMs: 400 })
    expect([await signer.alive(), await nobody.alive()]).toEqual([true, false])
  })
})

describe.skipIf(reason !== '')(`the token of CSC${reason}`, () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage.close())

  it('is asked for anew when the service has taken it back', async () => {
    const signer = await stage.signer('csc')
    const account = await stage.account(signer)
    await stage.revokeTokens()
    expect((await signer.certificate(account))?.scheme).toBe('rsa-pkcs1')
  })

  it('does not stand in the way of PSS, which OpenSSL accepts', async () => {
    const signer = await stage.signer('csc', { rsa: 'rsa-pss' })
    const account = await stage.account(signer)
    const ticket = await signer.submit({ id: randomUUID(), account, hashes: [hash] })
    await stage.phone.confirm()
    const found = await signer.certificate(account)
    const value = firstValue(await signer.status(ticket))
    const der = found?.certificates[0] ?? new Uint8Array()
    expect([found?.scheme, judgedByOpenssl(der, value, CONTENT, true), judgedByOpenssl(der, value, CONTENT)]).toEqual(['rsa-pss', true, false])
  })
})

describe.skipIf(reason !== '')(`the service itself${reason}`, () => {
  it.each(DIALECTS)('keeps accounts and transactions through its own restart (%s)', async (dialect) => {
    const folder = mkdtempSync(join(tmpdir(), 'remote-city-'))
    const pki = await createPki()
    const options = { doors: true, folder, issuer: { issue: async (csr: Uint8Array) => ({ certificate: pki.issue(csr), chain: [pki.issuing] }) } }
    const connect = async (url: string): Promise<RemoteSigner> => {
      const connections = await (await fetch(`${url}/doors/remote-connections`)).json() as Record<string, object>
      return createRemoteSigner({ config: RemoteConfig.parse(connections[dialect]) })
    }
    try {
      const before = await startCity(options)
      const signer = await connect(before.url)
      const person = { ...PERSON, id: randomUUID() }
      await signer.register(person)
      await phone(before.url).activate(person.id)
      const ready = await signer.register(person)
      const ticket = ready.kind === 'ready' ? await signer.submit({ id: randomUUID(), account: ready.account, hashes: [hash] }) : ''
      await before.close()
      const after = await startCity(options)
      const again = await connect(after.url)
      const waiting = await again.status(ticket)
      await phone(after.url).confirm()
      const done = await again.status(ticket)
      await after.close()
      expect([waiting.kind, done.kind]).toEqual(['waiting', 'done'])
    } finally {
      await pki.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('lets no other page press the citizen\'s buttons', async () => {
    const stage = await openStage()
    const person = { ...PERSON, id: randomUUID() }
    await (await stage.signer('gateway')).register(person)
    const pressed = await fetch(`${stage.city.url}/phone/registrations/${person.id}`, { method: 'POST', body: new URLSearchParams({ act: 'activate' }), headers: { origin: 'https://elsewhere.example' } })
    await stage.close()
    expect(pressed.status).toBe(403)
  })

  it('says on the phone that it is a simulation, escapes names, and shows no whole ID number', async () => {
    const stage = await openStage()
    await (await stage.signer('gateway')).register({ ...PERSON, id: randomUUID(), name: '<b>Tên</b>' })
    const text = await stage.phone.page()
    await stage.close()
    expect([text.includes('Điện thoại của công dân (mô phỏng)'), text.includes('&lt;b&gt;Tên'), text.includes(PERSON.idNumber)]).toEqual([true, true, false])
  })
})
