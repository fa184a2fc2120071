import { createPublicKey, randomUUID, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RemoteSigner, RemoteStatus } from '../../../src-main/signing/ports'
import { hasOpenssl } from '../pki'
import { CONTENT, DIALECTS, hashOf, judgedByOpenssl, openStage, PERSON, type Stage } from './stage'

const reason = hasOpenssl() ? '' : ' (skipped: OpenSSL 3 is not installed)'

/** The values of a finished transaction. */
function valuesOf(status: RemoteStatus): Uint8Array[] {
  if (status.kind !== 'done') throw new Error(`the transaction is ${status.kind}`)
  return status.signatures.map(({ value }) => value)
}

describe.skipIf(reason !== '').each(DIALECTS)(`a remote signing service by %s${reason}`, (dialect) => {
  let stage: Stage
  let signer: RemoteSigner
  let account: string
  beforeAll(async () => {
    stage = await openStage()
    signer = await stage.signer(dialect)
    account = await stage.account(signer)
  })
  afterAll(() => stage.close())

  const hash = { id: 'doc-1', hash: hashOf(CONTENT), title: 'Thỏa thuận thuê bao' }
  const submitted = (): Promise<string> => signer.submit({ id: randomUUID(), account, hashes: [hash] })
  const certificate = async (): Promise<Uint8Array> => (await signer.certificate(account))?.certificates[0] ?? new Uint8Array()

  it('waits for the citizen to activate the account, then is ready', async () => {
    const person = { ...PERSON, id: randomUUID(), idNumber: '079199000999' }
    const before = await signer.register(person)
    await stage.phone.activate(person.id)
    expect([before.kind, (await signer.register(person)).kind]).toEqual(['waiting', 'ready'])
  })

  it('has no certificate before the account is activated', async () => {
    const waiting = await signer.register({ ...PERSON, id: randomUUID(), idNumber: '079199000888' })
    expect(waiting.kind === 'waiting' && (await signer.certificate(waiting.account))).toBe(null)
  })

  it('says in the service\'s words that the citizen refused the account', async () => {
    const person = { ...PERSON, id: randomUUID() }
    await signer.register(person)
    await stage.phone.refuseAccount(person.id)
    expect(await signer.register(person)).toEqual({ kind: 'refused', text: 'Công dân từ chối kích hoạt trên điện thoại.' })
  })

  it('refuses a registration that was made for somebody else', async () => {
    const person = { ...PERSON, id: randomUUID() }
    await signer.register(person)
    await expect(signer.register({ ...person, idNumber: '079199000777' })).rejects.toMatchObject({ code: 'KS-043', params: { status: 409 } })
  })

  it('gives the certificate of the person with its chain, without the root', async () => {
    const found = await signer.certificate(account)
    const [own, issuing] = (found?.certificates ?? []).map((der) => new X509Certificate(der))
    expect([own?.subject, issuing?.subject.includes('Issuing CA'), found?.certificates.length, found?.scheme])
      .toEqual(['C=VN\nST=Thành phố Hồ Chí Minh\nCN=NGUYỄN THỊ VÍ DỤ\nUID=CCCD:079199000123', true, 2, 'rsa-pkcs1'])
  })

  it('waits until the citizen has confirmed', async () => {
    const ticket = await submitted()
    expect(await signer.status(ticket)).toEqual({ kind: 'waiting', afterSeconds: 2 })
    await stage.phone.refuse()
  })

  it('gives a signature that OpenSSL accepts for the content whose hash was sent', async () => {
    const ticket = await submitted()
    await stage.phone.confirm()
    const [value] = valuesOf(await signer.status(ticket))
    expect([judgedByOpenssl(await certificate(), value ?? new Uint8Array(), CONTENT), judgedByOpenssl(await certificate(), value ?? new Uint8Array(), Buffer.from('khác'))]).toEqual([true, false])
  })

  it('signs all documents of a transaction, each under its own id', async () => {
    const pieces = ['một', 'hai', 'ba'].map((text) => Buffer.from(text))
    const ticket = await signer.submit({ id: randomUUID(), account, hashes: pieces.map((piece, index) => ({ id: `doc-${index}`, hash: hashOf(piece), title: `Giấy ${index}` })) })
    await stage.phone.confirm()
    const der = await certificate()
    expect(valuesOf(await signer.status(ticket)).map((value, index) => judgedByOpenssl(der, value, pieces[index] ?? new Uint8Array()))).toEqual([true, true, true])
  })

  it('signs with ECDSA where the key is one', async () => {
    const other = await stage.account(signer, 'p-256', '079199000555')
    const ticket = await signer.submit({ id: randomUUID(), account: other, hashes: [hash] })
    await stage.phone.confirm()
    const found = await signer.certificate(other)
    const [value] = valuesOf(await signer.status(ticket))
    expect([found?.scheme, judgedByOpenssl(found?.certificates[0] ?? new Uint8Array(), value ?? new Uint8Array(), CONTENT)]).toEqual(['ecdsa-p256', true])
  })

  it('uses the key that the account names, not a newer one', async () => {
    const newer = await stage.account(signer)
    const [old, fresh] = await Promise.all([signer.certificate(account), signer.certificate(newer)])
    expect(createPublicKey(new X509Certificate(old?.certificates[0] ?? '').publicKey.export({ type: 'spki', format: 'pem' }))
      .equals(new X509Certificate(fresh?.certificates[0] ?? '').publicKey)).toBe(false)
  })

  it('is refused when the citizen refuses', async () => {
    const ticket = await submitted()
    await stage.phone.refuse()
    expect((await signer.status(ticket)).kind).toBe('refused')
  })

  it('expires when the citizen does nothing, and is not signed afterwards', async () => {
    const ticket = await submitted()
    await stage.clock(301)
    const status = await signer.status(ticket)
    const late = await stage.phone.confirm().catch((error: unknown) => String(error))
    await stage.clock(0)
    expect([status.kind, late]).toEqual(['expired', 'Error: nothing waits on the phone'])
    await stage.phone.refuse()
  })

  it('fails when the service cannot sign', async () => {
    await stage.door('remote-faults', { mode: 'fail' })
    const ticket = await submitted()
    await stage.phone.confirm()
    expect((await signer.status(ticket)).kind).toBe('failed')
  })

  it('takes the same transaction id twice as one transaction', async () => {
    const id = randomUUID()
    const wish = { id, account, hashes: [hash] }
    const tickets = [await signer.submit(wish), await signer.submit(wish)]
    await stage.phone.confirm()
    const left = (await stage.phone.page()).includes('/phone/transactions/')
    expect([tickets[0] === tickets[1], (await signer.status(tickets[0] ?? '')).kind, left]).toEqual([true, 'done', false])
  })

  it('refuses other content under the same transaction id', async () => {
    const id = randomUUID()
    await signer.submit({ id, account, hashes: [hash] })
    await expect(signer.submit({ id, account, hashes: [{ ...hash, hash: hashOf(Buffer.from('khác')) }] })).rejects.toMatchObject({ code: 'KS-043', params: { status: 409 } })
    await stage.phone.refuse()
  })

  it('says that there is no key when the account has none', async () => {
    const waiting = await signer.register({ ...PERSON, id: randomUUID(), idNumber: '079199000444' })
    await expect(signer.submit({ id: randomUUID(), account: waiting.kind === 'waiting' ? waiting.account : '', hashes: [hash] })).rejects.toMatchObject({ code: 'KS-120' })
  })
})
