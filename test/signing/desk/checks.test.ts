import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signPdf } from '../../../src-main/signing/pades'
import { readyDraft, takeIn } from '../../intake/support'
import { codeOfAsync } from '../../storage/support'
import { made, RESOURCES } from '../pdf/samples'
import { createPki, hasOpenssl, type Pki, type PkiUser } from '../pki'
import { actor, newCounter, target } from './support'

describe.skipIf(!hasOpenssl())('signed PDFs that come in (OpenSSL 3)', () => {
  let pki: Pki
  let user: PkiUser
  let pdf: Uint8Array
  let signed: Uint8Array
  beforeAll(async () => {
    pki = await createPki()
    user = pki.user({ name: 'Phạm Thu Trang' })
    pdf = await made()
    signed = (await signPdf(pdf, user.key(), { name: user.name, reason: null, location: null, at: new Date(), visible: null }, { resourcesFolder: RESOURCES })).bytes
  })
  afterAll(() => pki.close())

  it('are judged by themselves and get a badge; those without a signature get none', async () => {
    const { desk, checks, background } = newCounter({ pki, user })
    const draft = readyDraft(desk)
    const mine = await takeIn(desk, draft.id, signed, 'ky.pdf')
    const plain = await takeIn(desk, draft.id, pdf, 'thuong.pdf')
    const broken = await takeIn(desk, draft.id, Buffer.from('%PDF-1.7\nhỏng\n%%EOF\n'), 'hong.pdf')
    expect(checks.badges([mine.id])).toEqual({})
    await background.idle()
    expect(checks.badges([mine.id, plain.id, broken.id])).toEqual({ [mine.id]: { verdict: 'TOTAL-PASSED', signers: ['Phạm Thu Trang'], changedSince: false, checkedAt: expect.any(String) } })
    expect(desk.count('signature_check')).toBe(3)
    expect(desk.events).toContainEqual({ kind: 'signing' })
  })

  it('are undecided without a line, never valid, and judged again when it is back', async () => {
    const { desk, checks, background, line, store } = newCounter({ pki, user })
    line.up = false
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, signed)
    await background.idle()
    expect(checks.badges([id])[id]).toMatchObject({ verdict: 'INDETERMINATE' })
    line.up = true
    desk.at(new Date(Date.now() + 150_000).toISOString())
    await background.idle()
    expect(checks.badges([id])[id]).toMatchObject({ verdict: 'TOTAL-PASSED' })
    expect(store.read.get('SELECT tries, again_at FROM signature_check', [], (row) => [row.integer('tries'), row.textOrNull('again_at')])).toEqual([2, null])
  })

  it('are undecided as soon as other anchors are in force, until they are judged under those', async () => {
    const { desk, checks, background, anchors } = newCounter({ pki, user })
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, signed)
    await background.idle()
    const [root = expect.fail()] = anchors.view().anchors.filter(({ name }) => name === 'Gốc thử')
    anchors.remove(root.sha256, true, actor.id)
    expect(checks.badges([id])[id]).toMatchObject({ verdict: 'INDETERMINATE' })
    await background.idle()
    expect([checks.badges([id])[id], (await checks.report(target(id), false)).signatures[0]?.why]).toMatchObject([{ verdict: 'INDETERMINATE' }, 'NO_CERTIFICATE_CHAIN_FOUND'])
    anchors.remove(root.sha256, false, actor.id)
    await background.idle()
    expect(checks.badges([id])[id]).toMatchObject({ verdict: 'TOTAL-PASSED' })
  })

  it('are judged without a line by what was kept of an earlier answer', async () => {
    const { desk, checks, line } = newCounter({ pki, user })
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, signed)
    expect((await checks.report(target(id), true)).signatures[0]?.revocation).toMatchObject({ state: 'good', from: 'online' })
    line.up = false
    expect((await checks.report(target(id), true)).signatures[0]?.revocation).toMatchObject({ state: 'good', from: 'kept' })
  })

  it('of a revoked signer fail, whatever was kept before', async () => {
    const other = pki.user()
    const theirs = (await signPdf(pdf, other.key(), { name: other.name, reason: null, location: null, at: new Date(), visible: null }, { resourcesFolder: RESOURCES })).bytes
    const { desk, checks } = newCounter({ pki, user })
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, theirs)
    await checks.report(target(id), true)
    pki.revoke(other.certificate)
    const again = await checks.report(target(id), true)
    expect(again.signatures[0]?.verdict).not.toBe('TOTAL-PASSED')
    expect(again.signatures[0]?.revocation.state).toBe('revoked')
  })

  it('show what the signer saw, and an unsigned one says that it has no signature', async () => {
    const { desk, checks } = newCounter({ pki, user })
    const draft = readyDraft(desk)
    const mine = await takeIn(desk, draft.id, signed, 'ky.pdf')
    const plain = await takeIn(desk, draft.id, pdf, 'thuong.pdf')
    expect(Buffer.compare(await checks.revision(target(mine.id), 2), signed)).toBe(0)
    expect(await codeOfAsync(() => checks.revision(target(plain.id), 1))).toBe('KS-014')
    expect(checks.nameOf(target(mine.id))).toBe('ky.pdf')
  })

  it('from anywhere are judged without being kept', async () => {
    const { desk, checks } = newCounter({ pki, user })
    expect((await checks.check(signed)).verdict).toBe('TOTAL-PASSED')
    expect([desk.count('signature_check'), desk.count('document')]).toEqual([0, 0])
    expect(await codeOfAsync(() => checks.check(Buffer.from('nicht')))).toBe('KS-010')
  })
})
