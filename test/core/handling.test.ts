import { call } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import type { Act, TurnAwayAct } from '@contract/handling'
import { headlessHost, type Host } from '../../src-main/core/host'
import { textOf } from '../paperwork/pdf-tools'
import { codeOfCall, filledContent, practice, router } from './support'

const SUPPLEMENT = { kind: 'supplement', items: [{ component: null, name: 'Tờ khai xác nhận tình trạng hôn nhân', what: 'Ký lại trang 2', originals: 1, certified: 0, copies: 0 }], reason: 'Thiếu chữ ký của người yêu cầu' } as const satisfies Act
const STOP = { kind: 'stop', requestedBy: 'citizen', ground: 'citizen-withdraws', detail: 'Đơn đề nghị', signer: 'head' } as const satisfies Act
const bytesOf = async (pdf: Blob): Promise<Uint8Array> => new Uint8Array(await pdf.arrayBuffer())

async function desk() {
  const jobs: Uint8Array[] = []
  const host: Host = { ...headlessHost(), printPdf: async ({ bytes }) => { jobs.push(bytes); return 'printed' } }
  const made = await practice('duyen', { host })
  const { context, office } = made
  const draft = async (changed: object = {}) => {
    const view = await call(router.intake.start, undefined, context)
    return call(router.intake.save, { draftId: view.id, revision: view.revision, content: { ...filledContent(view, office().catalogue.get('1.004873')), ...changed } }, context)
  }
  const received = async () => {
    const { id, revision } = await draft()
    return call(router.intake.commit, { draftId: id, revision, despiteDuplicates: true }, context)
  }
  return { ...made, jobs, draft, received }
}

describe('Acts at the counter', () => {
  test('issue a form that is seen before, printed after, and has its register number on the receipt', async () => {
    const { context, jobs, received } = await desk()
    const { id: dossierId, version } = await received()
    const preview = textOf(await bytesOf(await call(router.handling.preview, { dossierId, act: SUPPLEMENT }, context)))
    const done = await call(router.handling.act, { dossierId, version, act: SUPPLEMENT, second: null }, context)
    const { dossier } = done
    const form = done.form ?? expect.fail('no form')
    const printed = await call(router.handling.print, { formId: form.id }, context)
    const text = textOf(jobs[0] ?? expect.fail('nothing printed'))
    expect([dossier.state, printed, preview.includes(form.number), text.includes(form.number), ['Tờ khai xác nhận tình trạng hôn nhân', 'Thiếu chữ ký của người yêu cầu', 'BẢN THỰC HÀNH'].map((words) => text.replaceAll(/\s+/gu, ' ').includes(words))])
      .toEqual([5, { outcome: 'printed', prints: 1 }, false, true, [true, true, true]])
    const receipt = textOf(await bytesOf(await call(router.paper.receipt, { dossierId }, context))).replaceAll(/\s+/gu, ' ')
    const { register } = await call(router.handling.acts, { dossierId }, context)
    expect([receipt.includes(`${register?.year ?? ''}/${dossier.counter}`), register?.number]).toEqual([true, 1])
  })

  test('of an officer want a supervisor beside where the matter itself is at stake', async () => {
    const { context, received } = await desk()
    const { id: dossierId, version } = await received()
    const attempt = (second: { loginName: string; secret: string } | null) => codeOfCall(() => call(router.handling.act, { dossierId, version, act: STOP, second }, context))
    const codes = [await attempt(null), await attempt({ loginName: 'duyen', secret: 'thuc-hanh-duyen' }), await attempt({ loginName: 'kien', secret: 'thuc-hanh-kien' }), await attempt({ loginName: 'huy', secret: 'wrong' })]
    const { dossier, form } = await call(router.handling.act, { dossierId, version, act: STOP, second: { loginName: 'huy', secret: 'thuc-hanh-huy' } }, context)
    expect([codes, dossier.state, form?.form]).toEqual([['GQ-010', 'GQ-012', 'GQ-011', 'TK-001'], 8, 'mau-05'])
  })

  test('turn a draft away in one step', async () => {
    const { context, draft } = await desk()
    const { id: draftId, revision } = await draft({ components: {} })
    const { refusal } = await call(router.handling.grounds, undefined, context)
    const act: TurnAwayAct = { kind: 'refusal', grounds: [refusal[0]?.code ?? ''], detail: '' }
    const preview = textOf(await bytesOf(await call(router.handling.previewTurnAway, { draftId, act }, context)))
    const { dossier, form } = await call(router.handling.turnAway, { draftId, revision, act }, context)
    expect([preview.length > 200, dossier.state, form.form, (await call(router.handling.acts, { dossierId: dossier.id }, context)).forms.map(({ number }) => number)]).toEqual([true, 3, 'mau-03', [form.number]])
  })

  test('list who is about to be late', async () => {
    const { context, received } = await desk()
    await received()
    expect((await call(router.handling.dueSoon, { days: 10 }, context)).map(({ apology }) => apology)).toEqual(['later'])
  })
})
