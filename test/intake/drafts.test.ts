import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { DraftContent } from '@contract/draft'
import { codeOf } from '../storage/support'
import { actor, filled, newDesk, PDF, person, takeIn } from './support'

describe('A draft', () => {
  test('comes back as it was left, with the field that had the focus', () => {
    const desk = newDesk()
    const view = desk.intake.start(actor)
    const content = filled(desk, view, { focus: 'applicant.phone', applicant: person({ phone: '09035' }), note: 'nửa câu' })
    desk.intake.save(view.id, view.revision, content)
    expect(desk.intake.open(view.id).content).toEqual(content)
  })

  test('of an older revision is not saved over a newer one', () => {
    const desk = newDesk()
    const view = desk.intake.start(actor)
    desk.intake.save(view.id, view.revision, { ...view.content, note: 'mới' })
    expect([codeOf(() => desk.intake.save(view.id, view.revision, { ...view.content, note: 'cũ' })), desk.intake.open(view.id).content.note]).toEqual(['HS-002', 'mới'])
  })

  test('set aside is not listed, and comes back whole', async () => {
    const desk = newDesk()
    const view = desk.intake.start(actor)
    desk.intake.save(view.id, view.revision, { ...view.content, note: 'giữ lại' })
    await takeIn(desk, view.id, PDF)
    desk.intake.discard(actor, view.id)
    const [hidden, closed] = [desk.intake.drafts(actor).length, codeOf(() => desk.intake.open(view.id))]
    const back = desk.intake.restore(actor, view.id)
    expect([hidden, closed, back.content.note, back.documents.length, desk.actions()]).toMatchObject([0, 'HS-001', 'giữ lại', 1, expect.arrayContaining(['draft.discarded', 'draft.restored'])])
  })

  test('is listed newest first with who, what and how many papers', async () => {
    const desk = newDesk()
    const older = desk.intake.start(actor)
    desk.at('2026-11-23T02:05:00.000Z')
    const view = desk.intake.start(actor)
    desk.intake.save(view.id, view.revision, filled(desk, view))
    await takeIn(desk, view.id, PDF)
    expect(desk.intake.drafts(actor)).toMatchObject([{ id: view.id, applicantName: 'Bùi Nhật Khang', procedureName: 'Cấp Giấy xác nhận tình trạng hôn nhân', documents: 1, mine: true }, { id: older.id, procedureName: null }])
  })

  test('that was never there, or is committed, is named as such', () => {
    const desk = newDesk()
    const view = desk.intake.start(actor)
    const { revision, content } = desk.intake.save(view.id, view.revision, filled(desk, view))
    desk.intake.commit(actor, { draftId: view.id, revision, despiteDuplicates: false })
    expect([codeOf(() => desk.intake.save(view.id, revision + 1, content)), codeOf(() => desk.intake.discard(actor, view.id)), codeOf(() => desk.intake.restore(actor, view.id))]).toEqual(['HS-001', 'HS-001', 'HS-001'])
  })

  test('keeps any text that may be typed', () => {
    const desk = newDesk()
    const view = desk.intake.start(actor)
    let revision = view.revision
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 40 }), (note, phone) => {
      const content = DraftContent.parse({ ...view.content, note, applicant: person({ phone }) })
      revision = desk.intake.save(view.id, revision, content).revision
      expect(desk.intake.open(view.id).content).toEqual(content)
    }), { numRuns: 60 })
  })

  test('tells the other windows that drafts changed', () => {
    const desk = newDesk()
    desk.intake.start(actor)
    expect(desk.events).toEqual([{ kind: 'drafts' }])
  })
})
