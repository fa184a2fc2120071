import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createArranging } from '../../../src-main/capture/desk/arrange'
import { addPage, boundIn, finishPage, markRead, newBinding } from '../../capture/desk/piles'
import { readyDraft } from '../../intake/support'
import { codeOf } from '../../storage/support'
import { createPki, hasOpenssl, type Pki, type PkiUser } from '../pki'
import { actor, newCounter, PIN, target } from './support'

const own = { kind: 'own', pin: PIN } as const

describe.skipIf(!hasOpenssl())('scanned pages in a signed PDF (OpenSSL 3)', () => {
  let pki: Pki
  let user: PkiUser
  beforeAll(async () => {
    pki = await createPki()
    user = pki.user({ name: 'Bùi Nhật Khang' })
  })
  afterAll(() => pki.close())

  async function signedScan() {
    const counter = newCounter({ pki, user })
    const { desk, signing, withToken } = counter
    const draft = readyDraft(desk)
    const binding = newBinding(desk)
    const arranging = createArranging({ ...desk.deps, log: () => undefined, assertOpen: desk.intake.assertOpen })
    const pages = [await addPage(desk, draft.id, 1), await addPage(desk, draft.id, 2)]
    await binding.bind(draft.id)
    const bound = boundIn(desk, draft.id) ?? expect.fail()
    const job = await signing.sign(actor, { targets: [target(bound.id)], with: withToken, pin: own, reason: null })
    const documents = () => desk.intake.open(draft.id).documents
    const [signed] = documents()
    return { counter, desk, draft, binding, arranging, pages, bound, job, documents, signed: signed ?? expect.fail() }
  }

  it('are not bound anew over it, also when their words were read meanwhile', async () => {
    const { desk, draft, binding, pages, bound, job, documents, signed } = await signedScan()
    expect([job.state, signed.bound, signed.pages]).toEqual(['done', false, 2])
    const before = await desk.documents.readAll(bound.sha256, 1e8)
    expect(Buffer.compare((await desk.intake.readDocument(signed.id)).bytes.subarray(0, before.length), before)).toBe(0)
    for (const page of pages) markRead(desk, page)
    await binding.bind(draft.id)
    expect(documents()).toEqual([signed])
    const dossier = desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: true })
    expect(dossier.documents.map(({ id }) => id)).toEqual([signed.id])
  })

  it('stay as they were signed: turning, moving and taking off is refused by name', async () => {
    const { draft, arranging, pages: [first, second] } = await signedScan()
    if (!first || !second) expect.fail()
    expect([
      codeOf(() => arranging.turn(actor, first, 1)), codeOf(() => arranging.keep(actor, { draftId: draft.id, pageIds: [second], kept: false })),
      codeOf(() => arranging.place(actor, { draftId: draft.id, component: 'giay-2', at: 0, pageIds: [second] })),
    ]).toEqual(['KS-072', 'KS-072', 'KS-072'])
  })

  it('leave those that come later to a PDF of their own', async () => {
    const { desk, draft, binding, documents, signed } = await signedScan()
    await addPage(desk, draft.id, 3)
    await binding.bind(draft.id)
    expect(documents().map(({ bound, pages }) => [bound, pages])).toEqual([[true, 1], [false, 2]])
    expect(documents().at(-1)?.id).toBe(signed.id)
    expect(desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: true }).documents).toHaveLength(2)
  })

  it('are bound anew when the signed PDF is taken off', async () => {
    const { desk, draft, binding, arranging, pages: [first], documents, signed } = await signedScan()
    desk.intake.removeDocument(draft.id, signed.id, true)
    await binding.bind(draft.id)
    expect(documents().map(({ bound, pages }) => [bound, pages])).toEqual([[true, 2]])
    if (!first) expect.fail()
    arranging.turn(actor, first, 1)
    await binding.bind(draft.id)
    expect(codeOf(() => desk.intake.removeDocument(draft.id, signed.id, false))).toBe('LUU-021')
  })

  it('that are being made anew keep their PDF from being signed as it looked before', async () => {
    const { desk, signing, withToken } = newCounter({ pki, user })
    const draft = readyDraft(desk)
    const page = await addPage(desk, draft.id, 1)
    await newBinding(desk).bind(draft.id)
    const bound = boundIn(desk, draft.id) ?? expect.fail()
    await finishPage(desk, page, 7)
    expect(await signing.sign(actor, { targets: [target(bound.id)], with: withToken, pin: own, reason: null })).toMatchObject({ state: 'failed', trouble: 'KS-015' })
  })
})
