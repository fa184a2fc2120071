import { call } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { SigningFileId, TokenId } from '@contract/signing'
import { buildRequest, keepPracticeAnchors } from '../../src-main/signing'
import { takeIn as takeInto } from '../intake/support'
import { made } from '../signing/pdf/samples'
import { createPki, hasOpenssl, type Pki } from '../signing/pki'
import { headlessHost } from '../../src-main/core/host'
import { hasUnfinishedSigning } from '../../src-main/core/unfinished-signing'
import { draftOf } from './display-support'
import { codeOfCall, filledContent, practice, router } from './support'

const SERIAL = '0000000000004472'
const PIN = '135790'

describe.skipIf(!hasOpenssl())('signing through the calls of the window (OpenSSL 3)', () => {
  let pki: Pki
  beforeAll(async () => {
    pki = await createPki()
  })
  afterAll(() => pki.close())

  async function office() {
    const saved: { name: string; bytes: Uint8Array }[] = []
    const host = { ...headlessHost(), saveFile: async ({ suggestedName, bytes }: { suggestedName: string; bytes: Uint8Array }) => {
      saved.push({ name: suggestedName, bytes })
      return 'saved' as const
    } }
    const made = await practice('duyen', { host })
    const { store } = made.office()
    store.write((tx) => keepPracticeAnchors(tx, [{ name: 'Gốc thử', kind: 'root', certificate: Buffer.from(pki.root).toString('base64') }], new Date().toISOString()))
    return { ...made, saved, store }
  }

  /** A simulated token with a key and its certificate. */
  async function equipped() {
    const at = await office()
    const { context } = at
    await call(router.tokens.plug, { token: SERIAL, plugged: true }, context)
    const { tokens } = await at.office().signing()
    const [info = expect.fail()] = (await tokens.list()).tokens.filter(({ serial }) => serial === SERIAL)
    const token = TokenId.parse(info.id)
    const keyId = '0a0b0c'
    const spki = await tokens.generate({ token, pin: PIN, key: 'p-256', keyId, label: 'thử' })
    const sign = async (piece: Uint8Array) => (await tokens.sign({ token, pin: PIN, keyId, scheme: 'ecdsa-p256', pieces: [piece] }))[0] ?? expect.fail()
    const csr = await buildRequest({ subject: { fullName: 'Đỗ Thị Mỹ Duyên', idNumber: '079300000001', province: 'Thành phố Hồ Chí Minh' }, spki, scheme: 'ecdsa-p256', sign })
    await tokens.store({ token, pin: PIN, keyId, certificate: pki.issue(csr), label: 'thử' })
    return { ...at, token, keyId }
  }

  it('shows tokens with their certificates, how the PIN stands, and saves a certificate as a file', async () => {
    const { context, token, keyId, saved } = await equipped()
    const view = await call(router.tokens.view, undefined, context)
    const mine = view.tokens.find(({ id }) => id === token)
    expect(mine).toMatchObject({ simulated: true, pin: 'ok', serial: SERIAL })
    expect(mine?.certificates.map(({ hasKey, sheet }) => [hasKey, sheet.subject, sheet.ids])).toEqual([[true, 'Đỗ Thị Mỹ Duyên', ['CCCD:079300000001']]])
    expect(await call(router.tokens.saveCertificate, { token, keyId }, context)).toEqual({ saved: true })
    expect(saved[0]?.name).toMatch(/^Đỗ Thị Mỹ Duyên \([0-9a-f]+\)\.cer$/)
    expect(await codeOfCall(() => call(router.tokens.changePin, { token, pin: '000000', next: '246802' }, context))).toBe('KS-023')
    await call(router.tokens.changePin, { token, pin: PIN, next: '246802' }, context)
  })

  it('makes the declaration of a draft among its documents, anew only when the draft changed, and signs it', async () => {
    const { context, token, keyId, office: opened, saved } = await equipped()
    const view = await call(router.intake.start, undefined, context)
    expect(await codeOfCall(() => call(router.signing.declaration, { draftId: view.id }, context))).toBe('HS-003')
    const content = filledContent(view, opened().catalogue.get('1.004873'))
    const draft = await call(router.intake.save, { draftId: view.id, revision: view.revision, content }, context)
    const first = await call(router.signing.declaration, { draftId: draft.id }, context)
    expect([first.placed, first.target.kind]).toEqual([true, 'document'])
    expect(await call(router.signing.declaration, { draftId: draft.id }, context)).toEqual(first)

    const withKey = { kind: 'token', token, keyId } as const
    const review = await call(router.signing.review, { targets: [first.target], with: withKey }, context)
    expect([review.documents.map(({ refused, pages }) => [refused, pages]), review.scheme, review.token?.id]).toEqual([[[null, 1]], 'ecdsa-p256', token])
    const job = await call(router.signing.sign, { targets: [first.target], with: withKey, pin: { kind: 'own', pin: PIN }, reason: 'Xác nhận bản kê khai' }, context)
    const [signed = expect.fail()] = job.documents
    expect([job.state, signed.level]).toEqual(['done', 'B-B'])
    expect(await call(router.signing.declaration, { draftId: draft.id }, context)).toEqual({ target: signed.target, placed: true })
    const report = await call(router.signing.report, { target: signed.target, online: true }, context)
    expect(report).toMatchObject({ verdict: 'TOTAL-PASSED', signatures: [{ signer: { subject: 'Đỗ Thị Mỹ Duyên', demo: true } }] })
    expect(Object.keys(await call(router.signing.badges, { documents: [signed.target.id as never] }, context))).toEqual([signed.target.id])
    expect(await call(router.signing.save, { target: signed.target }, context)).toEqual({ saved: true })
    expect(saved[0]?.name).toBe('Bản kê khai thông tin hồ sơ.pdf')

    const later = await call(router.intake.save, { draftId: draft.id, revision: draft.revision, content: { ...content, note: '', applicant: { ...content.applicant, phone: '0911222333' } } }, context)
    const renewed = await call(router.signing.declaration, { draftId: later.id }, context)
    expect(renewed.target.id).not.toBe(signed.target.id)
    expect((await call(router.intake.open, { draftId: draft.id }, context)).documents.map(({ id }) => id)).toEqual([renewed.target.id])
  })

  it('keeps Mẫu 01 as a paper that the officer signs, and the same paper when it is asked for again', async () => {
    const at = await equipped()
    const { id: dossierId } = await (await draftOf(at)).commit()
    const { target } = await call(router.signing.receipt, { dossierId }, at.context)
    const job = await call(router.signing.sign, { targets: [target], with: { kind: 'token', token: at.token, keyId: at.keyId }, pin: { kind: 'own', pin: PIN }, reason: null }, at.context)
    expect(job.documents.map(({ level }) => level)).toEqual(['B-B'])
    const again = await call(router.signing.receipt, { dossierId }, at.context)
    expect((await call(router.signing.report, { target: again.target, online: false }, at.context)).signatures.map(({ signer }) => signer?.subject)).toEqual(['Đỗ Thị Mỹ Duyên'])
  })

  it('keeps the list of a day for the supervisor only', async () => {
    const { context } = await office()
    expect(await codeOfCall(() => call(router.signing.dailyList, { day: '2026-11-23' }, context))).toBe('TK-005')
    const supervisor = await practice('huy')
    expect((await call(router.signing.dailyList, { day: '2026-11-23' }, supervisor.context)).target.kind).toBe('file')
  })

  it('judges a signed PDF that was uploaded, by itself, soon after it came', async () => {
    const at = await office()
    const { signPdf } = await import('../../src-main/signing/pades')
    const user = pki.user({ name: 'Phạm Thu Trang' })
    const { bytes } = await signPdf(await made(), user.key(), { name: user.name, reason: null, location: null, at: new Date(), visible: null })
    const view = await call(router.intake.start, undefined, at.context)
    await at.office().signing()
    const { id } = await takeInto({ intake: at.office().intake } as never, view.id, bytes)
    const badges = () => call(router.signing.badges, { documents: [id] }, at.context)
    await (await at.office().signing()).settled()
    await vi.waitFor(async () => expect(await badges()).toMatchObject({ [id]: { verdict: 'TOTAL-PASSED', signers: ['Phạm Thu Trang'] } }))
    expect((await call(router.signing.check, { file: new Blob([new Uint8Array(bytes)]), name: 'a.pdf' }, at.context)).verdict).toBe('TOTAL-PASSED')
  })

  it('tells trust anchors to anybody, and takes another list from an administrator only', async () => {
    const { context } = await office()
    const view = await call(router.signing.anchors, undefined, context)
    expect([view.origin, view.anchors.some(({ name, demo }) => name === 'Gốc thử' && demo)]).toEqual(['practice', true])
    expect(await codeOfCall(() => call(router.signing.importAnchors, { file: new Blob(['x']) }, context))).toBe('TK-005')
    const admin = await practice('quantri')
    expect(await codeOfCall(() => call(router.signing.importAnchors, { file: new Blob(['x']) }, admin.context))).toBe('KS-066')
  })

  it('ends by name what an earlier run was signing when the program stopped', async () => {
    const { context, store, office: opened } = await office()
    const id = '01939b6e-0000-7000-8000-00000000aaaa'
    store.write((tx) => {
      tx.run(
        "INSERT INTO signing_job (id, how, state, signer, certificate, scheme, officer_id, started_at) VALUES (?, 'token', 'signing', 'ai đó', ?, 'rsa-pss', (SELECT id FROM account LIMIT 1), ?)",
        [id, 'a'.repeat(64), new Date().toISOString()])
      tx.run("INSERT INTO signing_job_item (job_id, ordinal, target_kind, target_id, title, source_sha256) VALUES (?, 0, 'file', ?, 'tệp', ?)", [id, id, 'b'.repeat(64)])
    })
    expect(hasUnfinishedSigning(store.read, new Date().toISOString())).toBe(true)
    expect(await call(router.signing.job, { id: id }, context)).toMatchObject({ state: 'failed', trouble: 'KS-074', documents: [{ code: 'KS-074' }] })
    expect(hasUnfinishedSigning(opened().store.read, new Date().toISOString())).toBe(false)
  })

  it('knows no job and no paper that is not there', async () => {
    const { context } = await office()
    const id = '01939b6e-0000-7000-8000-00000000ffff'
    expect(await codeOfCall(() => call(router.signing.job, { id: id }, context))).toBe('KS-070')
    expect(await codeOfCall(() => call(router.signing.read, { id: SigningFileId.parse(id) }, context))).toBe('LUU-021')
    expect([await call(router.signing.jobs, undefined, context), await call(router.signing.files, {}, context)]).toEqual([[], []])
  })
})
