import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parseCertificate } from '../../../src-main/identity/pki'
import { createAnchors, keepPracticeAnchors, keptPracticeAnchors } from '../../../src-main/signing'
import { newestList } from '../../../src-main/signing/desk/evidence-rows'
import { createHash } from 'node:crypto'
import { newDesk } from '../../intake/support'
import { codeOf, codeOfAsync } from '../../storage/support'
import { made, RESOURCES } from '../pdf/samples'
import { createPki, hasOpenssl, type Pki, type PkiUser } from '../pki'
import { actor, newCounter } from './support'

describe.skipIf(!hasOpenssl())('evidence and papers that the counter keeps (OpenSSL 3)', () => {
  let pki: Pki
  let user: PkiUser
  beforeAll(async () => {
    pki = await createPki()
    user = pki.user()
  })
  afterAll(() => pki.close())

  const keyOf = (issuer: Uint8Array): string => createHash('sha256').update(parseCertificate(issuer).spki.raw).digest('hex')
  const source = (list: Uint8Array) => ({ ocsp: async () => null, list: async () => list })

  it('keeps the newest revocation list of an issuer, and never an older one over it', async () => {
    const { evidence, store } = newCounter({ pki, user })
    const at = (day: number) => ({ last: `202611${String(day)}000000Z`, next: '20281231000000Z' })
    pki.publish(at(10))
    const older = pki.list()
    pki.publish(at(20))
    const newer = pki.list()
    const kept = () => Buffer.from(newestList(store.read, keyOf(pki.issuing))?.der ?? '')
    await evidence.asking(source(newer)).list(user.certificate, pki.issuing)
    expect(Buffer.compare(kept(), newer)).toBe(0)
    await evidence.asking(source(older)).list(user.certificate, pki.issuing)
    expect(Buffer.compare(kept(), newer)).toBe(0)
    expect(evidence.listOf(parseCertificate(pki.issuing))).toHaveLength(64)
  })

  it('fetches the list while there is a line, although OCSP answers, and judges by it when there is none', async () => {
    const { judge, evidence, line, store } = newCounter({ pki, user })
    pki.publish()
    const check = () => judge.certificate(parseCertificate(user.certificate), [pki.issuing], true)
    expect((await check()).revocation).toBe('good')
    await vi.waitFor(() => expect(evidence.listOf(parseCertificate(pki.issuing))).not.toBeNull())
    store.write((tx) => tx.run('DELETE FROM kept_answer'))
    line.up = false
    expect((await check()).revocation).toBe('good')
  })

  it('keeps no list that somebody else signed', async () => {
    const { evidence, store } = newCounter({ pki, user })
    await evidence.asking(source(pki.list('root'))).list(user.certificate, pki.issuing)
    await evidence.asking(source(Buffer.from('không phải danh sách'))).list(user.certificate, pki.issuing)
    expect(store.read.get('SELECT count(*) AS n FROM kept_list', [], (row) => row.integer('n'))).toBe(0)
  })

  it('reads a paper by the id that it had first, and takes a newer version only when it begins with the older one', async () => {
    const { files, desk } = newCounter({ pki, user })
    const pdf = await made()
    const file = { kind: 'agreement', title: 'Thỏa thuận', issuance: null, dossierId: null, draftId: null, level: null, replaces: null } as const
    const first = await files.keep({ ...file, bytes: pdf }, actor.id)
    const longer = Buffer.concat([pdf, Buffer.from('\n% thêm\n')])
    const second = await files.keep({ ...file, bytes: longer, level: 'B-B', replaces: first }, actor.id)
    expect([files.newest(first), (await files.read(first)).length, files.list({}).map(({ id }) => id)]).toEqual([second, longer.length, [second]])
    await expect(files.keep({ ...file, bytes: Buffer.from('%PDF-1.7 khác'), replaces: second }, actor.id)).rejects.toThrow('begin with')
    expect(await codeOfAsync(() => files.keep({ ...file, bytes: Buffer.concat([pdf, Buffer.from('x')]), replaces: first }, actor.id))).toBe('KS-015')
    expect(desk.actions().filter((action) => action === 'signing.file-kept')).toHaveLength(2)
    expect(() => desk.store.write((tx) => tx.run('DELETE FROM signing_file'))).toThrow('never deleted')
    expect(() => desk.store.write((tx) => tx.run("UPDATE signing_file SET title = 'khác' WHERE replaced_by IS NULL"))).toThrow('only gets a newer version')
  })

  it('lists papers of a civil day', async () => {
    const { files, desk } = newCounter({ pki, user })
    desk.at('2026-11-23T16:30:00.000Z')
    const bytes = await made()
    const keep = (title: string) => files.keep({ kind: 'daily-list', title, bytes, issuance: null, dossierId: null, draftId: null, level: null, replaces: null }, actor.id)
    await keep('tối 23')
    desk.at('2026-11-23T17:30:00.000Z')
    await keep('sáng 24')
    expect(files.list({ day: '2026-11-23' }).map(({ title }) => title)).toEqual(['tối 23'])
    expect(files.list({ day: '2026-11-24' }).map(({ title }) => title)).toEqual(['sáng 24'])
  })

  it('trusts the shipped anchors, those of practice, and none that was taken out', () => {
    const desk = newDesk()
    const { store, audit, deps: { clock } } = desk
    store.write((tx) => keepPracticeAnchors(tx, [{ name: 'Gốc trình diễn', kind: 'root', certificate: Buffer.from(pki.root).toString('base64') }, { name: 'hỏng', kind: 'ca', certificate: 'AAAA' }], '2026-11-23T02:00:00.000Z'))
    const open = () => createAnchors({ store, audit, clock, changed: () => undefined, shipped: readFileSync(join(RESOURCES, 'signing/anchors.v1.p7m')), practice: () => keptPracticeAnchors(store.read) })
    const anchors = open()
    const mine = parseCertificate(pki.root).sha256
    expect(anchors.view().anchors.find(({ sha256 }) => sha256 === mine)).toMatchObject({ name: 'Gốc trình diễn', demo: true, removed: false })
    anchors.remove(mine, true, actor.id)
    anchors.remove('0'.repeat(63), true, actor.id)
    expect(anchors.inForce().some(({ certificate }) => certificate.sha256 === mine)).toBe(false)
    expect(open().view().anchors.find(({ sha256 }) => sha256 === mine)?.removed).toBe(true)
    anchors.remove(mine, false, actor.id)
    expect(anchors.inForce().some(({ certificate }) => certificate.sha256 === mine)).toBe(true)
    expect(codeOf(() => anchors.import(Buffer.from('không phải danh sách'), actor.id))).toBe('KS-066')
    expect(desk.actions().filter((action) => action.startsWith('signing.'))).toEqual(['signing.anchor-removed', 'signing.anchor-put-back'])
  })
})
