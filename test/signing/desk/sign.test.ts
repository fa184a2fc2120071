import { describe, expect, it } from 'vitest'
import { codeOfAsync } from '../../storage/support'
import { readyDraft, takeIn } from '../../intake/support'
import { baselineTroubles } from '../assertions'
import { made } from '../pdf/samples'
import { hasOpenssl } from '../pki'
import { actor, bench, newCounter, PIN, target } from './support'

describe.skipIf(!hasOpenssl())('signing at the desk (OpenSSL 3)', () => {
  const shared = bench()

  const own = { kind: 'own', pin: PIN } as const

  it('signs a batch with one log-in and puts each signed document where the unsigned one stood, byte for byte behind it', async () => {
    const counter = newCounter({ ...shared })
    const { desk, signing, token, withToken } = counter
    const draft = readyDraft(desk)
    const papers = [await takeIn(desk, draft.id, shared.pdf, 'mot.pdf'), await takeIn(desk, draft.id, await made({ content: ['Giấy thứ hai'] }), 'hai.pdf')]
    const job = await signing.sign(actor, { targets: papers.map(({ id }) => target(id)), with: withToken, pin: own, reason: 'Xác nhận tờ khai' })
    expect([job.state, job.trouble, job.signer, job.documents.map(({ level }) => level), token.logins]).toEqual(['done', null, 'Bùi Nhật Khang', ['B-B', 'B-B'], [2]])
    const after = desk.intake.open(draft.id).documents
    expect(after.map(({ name, ordinal }) => [name, ordinal])).toEqual([['mot.pdf', 0], ['hai.pdf', 1]])
    expect(after.map(({ id }) => id)).toEqual(job.documents.map(({ target: { id } }) => id))
    const [first = expect.fail()] = after
    const { bytes } = await desk.intake.readDocument(first.id)
    expect(Buffer.compare(bytes.subarray(0, shared.pdf.length), shared.pdf)).toBe(0)
    expect(baselineTroubles(bytes, 'B-B')).toEqual([])
    expect(desk.actions().filter((action) => action.startsWith('signing.'))).toEqual(['signing.job-begun', 'signing.signed', 'signing.signed', 'signing.job-done'])
  })

  it('does not sign with a wrong PIN, and says so', async () => {
    const { desk, signing, withToken } = newCounter({ ...shared })
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, shared.pdf)
    const order = { targets: [target(id)], with: withToken, reason: null }
    expect(await codeOfAsync(() => signing.sign(actor, { ...order, pin: { kind: 'own', pin: '000000' } }))).toBe('KS-023')
    expect(signing.jobs().map(({ state, trouble }) => [state, trouble])).toEqual([['failed', 'KS-023']])
    expect(desk.intake.open(draft.id).documents.map((one) => one.id)).toEqual([id])
  })
})
