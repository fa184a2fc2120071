import { describe, expect, test } from 'vitest'
import { IssuedFormId } from '@contract/handling'
import { createHandling } from '../../src-main/handling'
import { SubmissionPayload } from '../city'
import { actor } from '../intake/support'
import { COMPLETED, EXTENSION, handover, lastPayload, newOffice, type Office, READY, received, STOP, SUPPLEMENT } from './support'

async function issued(office: Office): Promise<{ dossierId: ReturnType<typeof received>; id: IssuedFormId }> {
  const dossierId = received(office)
  const { form } = await office.act(dossierId, SUPPLEMENT)
  return { dossierId, id: form?.id ?? expect.fail('no form') }
}

describe('An issued form', () => {
  test('goes to the printer of receipts under a title that names nobody, and says from the second time on that it is a reprint', async () => {
    const office = newOffice()
    const { dossierId, id } = await issued(office)
    const first = await office.handling.papers.print(actor, id, 'A5')
    const second = await office.handling.papers.print(actor, id, 'A5')
    expect([first, second, office.printed[0], office.rendered.map(({ wish }) => wish.reprint?.count)]).toMatchObject([
      { outcome: 'printed', prints: 1 }, { outcome: 'printed', prints: 2 }, { kind: 'receipt', title: 'mau-02', subject: { type: 'dossier', id: dossierId }, paper: 'A5' }, [undefined, 1],
    ])
  })

  test('is told of as printed in the timeline and the audit chain, with form and number', async () => {
    const office = newOffice()
    const { dossierId, id } = await issued(office)
    await office.handling.papers.print(actor, id, 'A5')
    const [entry] = office.desk.audit.list(office.desk.store.read, { limit: 1 })
    expect([office.desk.intake.get(dossierId).timeline.at(-1), entry?.action, JSON.parse(entry?.detailText ?? '')]).toMatchObject([
      { kind: 'print', note: 'form.printed:mau-02:01.Q3' }, 'form.printed', { form: 'mau-02', number: '01.Q3', count: 1 },
    ])
  })

  test('whose printing was cancelled counts as not printed', async () => {
    const office = newOffice()
    const { id } = await issued(office)
    const handling = createHandling({ ...office.deps, printer: { print: async (_actor, wish) => ({ ...(await office.deps.printer.print(actor, wish)), outcome: 'cancelled' }) } })
    expect([await handling.papers.print(actor, id, 'A5'), office.desk.actions().at(-1)]).toEqual([{ outcome: 'cancelled', prints: 0 }, 'dossier.supplement-asked'])
  })

  test('that was printed twice is shown as the reprint it was', async () => {
    const office = newOffice()
    const { id } = await issued(office)
    await office.handling.papers.print(actor, id, 'A5')
    office.desk.at('2026-11-24T02:00:00.000Z')
    await office.handling.papers.print(actor, id, 'A5')
    await office.handling.papers.render(id, 'A4')
    expect(office.rendered.at(-1)?.wish).toMatchObject({ paper: 'A4', reprint: { at: '2026-11-24T02:00:00.000Z', by: actor.name, count: 1 } })
  })

  test('saved to a file counts like a print', async () => {
    const office = newOffice()
    const { dossierId, id } = await issued(office)
    expect([await office.handling.papers.save(actor, id, 'A4'), office.handling.acts(actor, dossierId).forms[0]?.prints, office.desk.actions().at(-1)]).toEqual(['saved', 1, 'form.saved'])
  })

  test('keeps the wording that it was issued in, whatever the form says by the time of a reprint', async () => {
    const office = newOffice()
    let edition = 1
    const handling = createHandling({ ...office.deps, wordingOf: () => ({ official: 1, edition }) })
    const dossierId = received(office)
    const { form } = await handling.act(actor, { dossierId, version: 1, act: SUPPLEMENT, second: null }, () => undefined)
    edition = 2
    await handling.papers.print(actor, form?.id ?? expect.fail('no form'), 'A5')
    await handling.preview(actor, { dossierId, act: STOP, paper: 'A5' })
    expect(office.rendered.map((each) => each.form.frame.template)).toEqual([{ official: 1, edition: 1 }, { official: 1, edition: 2 }])
  })

  test('never changes, nor is it deleted', async () => {
    const office = newOffice()
    await issued(office)
    const attempt = (sql: string): string => { try { office.desk.store.write((tx) => tx.run(sql)); return 'done' } catch (error) { return error instanceof Error ? error.message : '' } }
    expect([attempt("UPDATE issued_form SET data = '{}'"), attempt('UPDATE issued_form SET prints = prints - 1'), attempt('DELETE FROM issued_form'), attempt('DELETE FROM supplement_request')])
      .toEqual(['an issued form never changes', 'an issued form never changes', 'an issued form is never deleted', 'a supplement request is never deleted'].map((text) => expect.stringContaining(text) as string))
  })

  test('that is not there is said so', async () => {
    const office = newOffice()
    await expect(Promise.resolve().then(() => office.handling.papers.render(IssuedFormId.parse('01939b6e-0000-7000-8000-00000000ffff'), 'A5'))).rejects.toMatchObject({ code: 'GQ-015' })
  })
})

describe('The city hears', () => {
  test('of everything that was done, in a shape that it takes', async () => {
    const office = newOffice()
    const id = received(office)
    await office.act(id, handover('Phòng Văn hóa - Xã hội'))
    await office.act(id, EXTENSION)
    await office.act(id, SUPPLEMENT)
    await office.act(id, COMPLETED)
    await office.act(id, handover('Lãnh đạo UBND'))
    await office.act(id, READY)
    expect(lastPayload(office, id).dossier).toMatchObject({
      version: 7, state: 9, forms: [{ form: 'mau-06', number: '01.Q3' }, { form: 'mau-04', number: '01.Q3', signer: 'deputy', signerName: 'Lâm Chí Kiên' }, { form: 'mau-02', number: '01.Q3' }],
      supplements: [{ ordinal: 1, items: [{ name: 'Tờ khai' }], completedBy: actor.name, previousDueAt: '2026-12-02T02:00:00.000Z', newDueAt: '2026-11-27T02:00:00.000Z' }],
      extension: { previousDueAt: '2026-11-27T02:00:00.000Z', dueAt: '2026-12-02T02:00:00.000Z' }, handovers: [{}, {}, {}, { standing: 'early' }],
    })
  })

  test('nothing of acts where there were none', () => {
    const office = newOffice()
    const { dossier } = lastPayload(office, received(office))
    expect(Object.keys(SubmissionPayload.shape.dossier.shape).filter((key) => ['forms', 'supplements', 'refusal', 'extension', 'stop', 'handovers'].includes(key) && key in dossier)).toEqual([])
  })
})
