import { describe, expect, test } from 'vitest'
import { codeOf } from '../storage/support'
import { person, receive } from '../intake/support'
import { colleague, filledPart, HELPER, newHall, officer, OTHER_HELPER, typed } from './support'

describe('A helper', () => {
  test('starts a draft with the moment of the citizen’s consent, which is audited', () => {
    const { helpers, desk } = newHall()
    expect([helpers.start(HELPER).consentAt, desk.actions().includes('assist.consented')]).toEqual(['2026-11-23T02:00:00.000Z', true])
  })

  test('sees their own drafts and no other helper’s', () => {
    const { helpers } = newHall()
    const { id } = helpers.start(HELPER)
    expect([helpers.drafts(HELPER).map((line) => line.id), helpers.drafts(OTHER_HELPER), codeOf(() => helpers.open(OTHER_HELPER, id))]).toEqual([[id], [], 'TCN-001'])
  })

  test('does not see an officer’s draft', () => {
    const { helpers, desk } = newHall()
    expect(codeOf(() => helpers.open(HELPER, desk.intake.start(officer).id))).toBe('TCN-001')
  })

  test('is told neither of earlier dossiers of the person nor of marks and money', () => {
    const hall = newHall()
    receive(hall.desk)
    const draft = typed(hall)
    expect([Object.keys(draft).sort(), Object.keys(draft.content).sort()]).toEqual([
      ['consentAt', 'content', 'fee', 'gaps', 'id', 'questions', 'revision', 'savedAt', 'sentBack', 'verdict', 'warnings'],
      ['answers', 'applicant', 'capacity', 'delivery', 'organisation', 'owner', 'papers', 'procedure'],
    ])
  })

  test('hands over under the next number of the day, and a draft sent back keeps its number', () => {
    const hall = newHall()
    const [first, second] = [typed(hall), typed(hall)]
    const numbers = [hall.helpers.handOver(HELPER, first.id, ''), hall.helpers.handOver(HELPER, second.id, '')].map(({ number }) => number)
    hall.officers.sendBack(officer, first.id, 'Thiếu ngày sinh')
    const again = hall.helpers.handOver(HELPER, first.id, '').number
    hall.desk.at('2026-11-23T17:30:00.000Z')
    expect([numbers, again, hall.helpers.handOver(HELPER, typed(hall).id, '').number]).toEqual([[1, 2], 1, 1])
  })

  test('cannot hand over a draft in which nobody is named', () => {
    const { helpers } = newHall()
    expect(codeOf(() => helpers.handOver(HELPER, helpers.start(HELPER).id, ''))).toBe('TCN-004')
  })

  test('sees and changes nothing of a draft once it is handed over', () => {
    const hall = newHall()
    const { id, revision, content } = typed(hall)
    hall.helpers.handOver(HELPER, id, '')
    const codes = [
      codeOf(() => hall.helpers.open(HELPER, id)), codeOf(() => hall.helpers.save(HELPER, { draftId: id, revision, content })),
      codeOf(() => hall.helpers.discard(HELPER, id)), codeOf(() => hall.helpers.handOver(HELPER, id, '')),
    ]
    expect([hall.helpers.drafts(HELPER), codes]).toEqual([[], Array(4).fill('TCN-002')])
  })

  test('sets a draft aside and takes it back', () => {
    const { helpers } = newHall()
    const { id } = helpers.start(HELPER)
    helpers.discard(HELPER, id)
    expect(helpers.drafts(HELPER)).toEqual([])
    expect([helpers.restore(HELPER, id).id, helpers.drafts(HELPER).length]).toEqual([id, 1])
  })

  test('does not save over a newer revision', () => {
    const hall = newHall()
    const { id, revision, content } = typed(hall)
    hall.helpers.save(HELPER, { draftId: id, revision, content })
    expect(codeOf(() => hall.helpers.save(HELPER, { draftId: id, revision, content }))).toBe('HS-002')
  })

  test('cannot name a procedure that the catalogue lacks', () => {
    const hall = newHall()
    expect(codeOf(() => typed(hall, { procedure: { code: '9.999999', version: '2026-01-01' } }))).toBe('DM-003')
  })
})

describe('A draft in a helper’s hands', () => {
  test('is not among the officers’ open drafts and cannot be opened, saved, discarded or committed by them', () => {
    const hall = newHall()
    const { intake } = hall.desk
    const { id, revision } = typed(hall)
    const { content } = intake.start(officer)
    const codes = () => [
      codeOf(() => intake.open(id)), codeOf(() => intake.save(id, revision, content)), codeOf(() => intake.discard(officer, id)),
      codeOf(() => intake.commit(officer, { draftId: id, revision, despiteDuplicates: true })), codeOf(() => intake.assertOpen(id)),
    ]
    expect([intake.drafts(officer).map((draft) => draft.id).includes(id), codes()]).toEqual([false, Array(5).fill('HS-001')])
    hall.helpers.handOver(HELPER, id, '')
    expect([intake.drafts(officer).map((draft) => draft.id).includes(id), codes()]).toEqual([false, Array(5).fill('HS-001')])
  })

  test('does not count among the drafts of the day', () => {
    const hall = newHall()
    typed(hall)
    expect(hall.desk.intake.today().drafts).toBe(0)
  })
})

describe('A draft that was handed over', () => {
  test('waits with helper, procedure, note and the papers that are lacking', () => {
    const hall = newHall()
    const draft = typed(hall)
    const [paper = ''] = Object.keys(draft.content.papers)
    hall.helpers.save(HELPER, { draftId: draft.id, revision: draft.revision, content: { ...draft.content, papers: { [paper]: 'lacks' } } })
    hall.helpers.handOver(HELPER, draft.id, 'Nghe kém')
    expect(hall.officers.waiting()).toMatchObject([{
      id: draft.id, number: 1, helper: { name: 'Nguyễn Hoài An' }, applicantName: 'Bùi Nhật Khang', note: 'Nghe kém', lacking: 1, accepted: null,
      procedureName: hall.desk.catalogue.get('1.004873').name,
    }])
  })

  test('is the officer’s once accepted, with everything in it, and not taken by another', () => {
    const hall = newHall()
    const { id } = typed(hall)
    hall.helpers.handOver(HELPER, id, '')
    hall.officers.accept(officer, id)
    hall.officers.accept(officer, id)
    const view = hall.desk.intake.open(id)
    expect([view.content.applicant.fullName, view.content.applicant.sources['fullName'], hall.desk.intake.drafts(officer)[0]?.mine]).toEqual(['Bùi Nhật Khang', 'helper', true])
    expect([codeOf(() => hall.officers.accept(colleague, id)), codeOf(() => hall.officers.sendBack(officer, id, 'x')), hall.officers.waiting()]).toEqual(['TCN-003', 'TCN-003', []])
    expect(hall.officers.of(id)?.accepted).toEqual({ at: '2026-11-23T02:00:00.000Z', by: officer.name })
    expect(hall.desk.actions().filter((action) => action.startsWith('assist.'))).toEqual(['assist.consented', 'assist.handed-over', 'assist.accepted'])
  })

  test('goes back to its helper with a word why', () => {
    const hall = newHall()
    const { id } = typed(hall)
    hall.helpers.handOver(HELPER, id, '')
    hall.officers.sendBack(officer, id, 'Hỏi lại ngày sinh')
    expect([hall.helpers.open(HELPER, id).sentBack?.note, hall.helpers.drafts(HELPER)[0]?.sentBackNote, codeOf(() => hall.officers.accept(officer, id))]).toEqual(['Hỏi lại ngày sinh', 'Hỏi lại ngày sinh', 'TCN-001'])
  })

  test('can be committed by the officer who accepted it', () => {
    const hall = newHall()
    const { intake } = hall.desk
    const { id } = typed(hall)
    hall.helpers.handOver(HELPER, id, '')
    hall.officers.accept(officer, id)
    const view = intake.open(id)
    const components = Object.fromEntries(Object.entries(view.content.components).map(([code, { note }]) => [code, { mark: 'seen' as const, note }]))
    const saved = intake.save(id, view.revision, { ...view.content, components, fee: { ...view.content.fee, councilAmount: 0 } })
    expect(intake.commit(officer, { draftId: id, revision: saved.revision, despiteDuplicates: true }).applicant.fullName).toBe('Bùi Nhật Khang')
  })
})

describe('What a helper types', () => {
  test('does not pass for what came from a chip, an earlier dossier or the city', () => {
    const hall = newHall()
    const sources = { fullName: 'chip', idNumber: 'qr', birthDate: 'earlier', address: 'city', phone: 'typed' } as const
    const draft = typed(hall, { applicant: { ...person(), sources } })
    expect(draft.content.applicant.sources).toEqual({ fullName: 'helper', idNumber: 'qr', birthDate: 'helper', address: 'helper', phone: 'helper' })
  })

  test('says of papers only what the citizen said, and nothing of papers of another procedure', () => {
    const hall = newHall()
    const { id, content } = typed(hall, { papers: { 'khong-co': 'has' } })
    expect(content.papers).toEqual({})
    const marks = hall.desk.store.read.get('SELECT content FROM draft WHERE id = ?', [id], (row) => row.text('content')) ?? ''
    expect(JSON.parse(marks)).toMatchObject({ components: {}, note: '', fee: { payment: 'unpaid' } })
  })

  test('comes back as it was typed', () => {
    const hall = newHall()
    const draft = hall.helpers.start(HELPER)
    const part = filledPart(hall, draft, { capacity: 'child', owner: { ...person(), fullName: 'Bùi Minh Anh', sources: {} }, delivery: { method: 'post', address: '12 đường Bàu Tràm' } })
    hall.helpers.save(HELPER, { draftId: draft.id, revision: draft.revision, content: part })
    expect(hall.helpers.open(HELPER, draft.id).content).toEqual(part)
  })
})
