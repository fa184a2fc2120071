import { call } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import { toCivil } from '@contract/civil-time'
import { textOf } from '../paperwork/pdf-tools'
import { codeOfCall, filledContent, practice, router, secretOf } from './support'

const REWORDED = { texts: { 'titleLines.0': 'GIẤY NHẬN HỒ SƠ' }, blocks: [] }

describe('Wordings of the forms', () => {
  test('are listed for every officer and changed by administrators only', async () => {
    const { context } = await practice('duyen')
    const briefs = await call(router.forms.list, undefined, context)
    expect([briefs.map(({ form }) => form), await codeOfCall(() => call(router.forms.open, { form: 'mau-02' }, context))]).toEqual([
      ['mau-01', 'mau-02', 'mau-03', 'mau-04', 'mau-05', 'mau-06', 'mau-07'], 'TK-005',
    ])
  })

  test('are looked at as PDF, kept from today on, and faulty ones are refused by their code', async () => {
    const { context, connection, office } = await practice('quantri')
    const preview = await call(router.forms.preview, { form: 'mau-01', change: REWORDED, paper: 'A5' }, context)
    const today = toCivil(connection.clock.now()).date
    const { brief } = await call(router.forms.save, { form: 'mau-01', change: REWORDED, effectiveFrom: today }, context)
    const faulty = await codeOfCall(() => call(router.forms.save, { form: 'mau-01', change: { texts: { 'titleLines.0': '<b>' }, blocks: [] }, effectiveFrom: today }, context))
    const past = await codeOfCall(() => call(router.forms.official, { form: 'mau-01', effectiveFrom: '2025-07-01' }, context))
    expect([preview.type, textOf(new Uint8Array(await preview.arrayBuffer())).includes('GIẤY NHẬN HỒ SƠ'), brief.own?.edition, faulty, past]).toEqual(['application/pdf', true, 1, 'BM-001', 'BM-002'])
    expect(office().audit.list(office().store.read, { limit: 1 })[0]?.action).toBe('form.reworded')
  })

  test('hold for the receipt of a dossier that is received from then on', async () => {
    const { context, connection, office } = await practice('quantri')
    const today = toCivil(connection.clock.now()).date
    await call(router.forms.save, { form: 'mau-01', change: REWORDED, effectiveFrom: today }, context)
    await call(router.staff.signIn, { loginName: 'duyen', secret: secretOf('duyen') }, context)
    const view = await call(router.intake.start, undefined, context)
    const saved = await call(router.intake.save, { draftId: view.id, revision: view.revision, content: filledContent(view, office().catalogue.get('1.004873')) }, context)
    const dossier = await call(router.intake.commit, { draftId: view.id, revision: saved.revision }, context)
    expect(textOf((await office().receipts.render(dossier.id, 'A5')).pdf)).toContain('GIẤY NHẬN HỒ SƠ')
  })
})
