import { describe, expect, test } from 'vitest'
import type { TurnAwayAct } from '@contract/handling'
import { actor, filled, PDF, person, takeIn } from '../intake/support'
import { codeOf } from '../storage/support'
import { GROUNDS, lastPayload, newOffice, type Office, SUPPLEMENT, REFUSAL } from './support'

const ask = SUPPLEMENT as TurnAwayAct
const refuse = REFUSAL as TurnAwayAct

/** A draft of which only the name and the procedure are known. */
function bareDraft({ desk }: Office, changed: Partial<ReturnType<typeof filled>> = {}) {
  const view = desk.intake.start(actor)
  return desk.intake.save(view.id, view.revision, { ...filled(desk, view), components: {}, answers: {}, applicant: person({ idNumber: '', phone: '', address: '', birthDate: '' }), ...changed })
}
const turnAway = (office: Office, act: TurnAwayAct, changed: Parameters<typeof bareDraft>[1] = {}) => {
  const { id, revision } = bareDraft(office, changed)
  return office.handling.turnAway(actor, { draftId: id, revision, act })
}

describe('A draft that is turned away', () => {
  test('for papers becomes a dossier with code, register entry, form and one submission', () => {
    const office = newOffice()
    office.desk.lease('2026-11-23', 9)
    const { dossier, form } = turnAway(office, ask)
    expect([dossier, form, office.handling.acts(actor, dossier.id), office.desk.actions().at(-1)]).toMatchObject([
      { code: 'H29.900-261123-0009', state: 5, version: 1, dueAt: null, payment: 'unpaid', timeline: [{ state: 1 }, { state: 5 }], submissions: [{ version: 1, state: 'ready' }] },
      { form: 'mau-02', number: '01.Q3' }, { register: { year: 2026, number: 1 }, open: { items: [{ name: 'Tờ khai' }] } }, 'dossier.supplement-asked',
    ])
  })

  test('for good is refused with its grounds and told to the city', () => {
    const office = newOffice()
    const { dossier } = turnAway(office, refuse)
    expect(lastPayload(office, dossier.id).dossier).toMatchObject({ state: 3, version: 1, forms: [{ form: 'mau-03', number: '01.Q3' }], refusal: { grounds: [GROUNDS.refusal[0]] }, timeline: [{ state: 1 }, { state: 3 }] })
  })

  test('takes the papers along that were scanned already', async () => {
    const office = newOffice()
    const draft = bareDraft(office)
    await takeIn(office.desk, draft.id, PDF)
    const { dossier } = office.handling.turnAway(actor, { draftId: draft.id, revision: draft.revision, act: ask })
    expect(dossier.documents).toMatchObject([{ name: 'to-khai.pdf' }])
  })

  test('gets its whole period once everything came in', async () => {
    const office = newOffice()
    const { dossier: { id } } = turnAway(office, ask)
    office.desk.at('2026-12-07T03:30:00.000Z')
    const { dossier } = await office.act(id, { kind: 'completed', note: 'Đủ' })
    expect([dossier.state, dossier.dueAt, dossier.receivedAt]).toEqual([2, '2026-12-10T03:30:00.000Z', '2026-11-23T02:00:00.000Z'])
  })

  test('or comes in as a correction that is complete, with what was paid then', () => {
    const office = newOffice()
    const { desk } = office
    const { dossier: { id } } = turnAway(office, ask)
    const draft = desk.intake.correct(actor, id)
    const saved = desk.intake.save(draft.id, draft.revision, { ...filled(desk, draft), fee: { ...draft.content.fee, payment: 'cash' } })
    const dossier = desk.intake.commit(actor, { draftId: draft.id, revision: saved.revision, despiteDuplicates: false })
    expect(dossier).toMatchObject({ state: 2, version: 2, timeline: [{ state: 1 }, { state: 5 }, { state: 2 }] })
  })

  test.each([
    ['no name', { applicant: person({ fullName: ' ' }) }, 'GQ-016'], ['no procedure', { procedure: null }, 'GQ-016'], ['a number that the city refuses', { applicant: person({ idNumber: '12' }) }, 'HS-003'],
    ['a day that is none', { applicant: person({ birthDate: '31/02/1990' }) }, 'HS-003'], ['an organisation without a name', { capacity: 'organisation', organisation: { name: '', taxCode: '' } }, 'done'],
    ['nobody on whose behalf it is', { capacity: 'authorised' }, 'done'], ['post without an address', { delivery: { method: 'post', address: '' } }, 'done'], ['a place that is not here', { answers: { place: 'elsewhere' } }, 'done'],
  ] as const)('with %s: %s', (_name, changed, code) => {
    const office = newOffice()
    const attempt = codeOf(() => turnAway(office, refuse, changed)) ?? 'done'
    const sent = office.desk.store.read.get('SELECT dossier_id FROM submission', [], (row) => row.text<Parameters<typeof lastPayload>[1]>('dossier_id'))
    expect([attempt, sent === undefined ? 'not sent' : lastPayload(office, sent).dossier.state]).toEqual([code, code === 'done' ? 3 : 'not sent'])
  })

  test('of an older revision, twice, or of a dossier under correction is refused and leaves nothing', () => {
    const office = newOffice()
    const draft = bareDraft(office)
    const attempt = (revision: number) => codeOf(() => office.handling.turnAway(actor, { draftId: draft.id, revision, act: ask }))
    const old = attempt(draft.revision - 1)
    const made = office.desk.count('dossier')
    attempt(draft.revision)
    const { id } = office.desk.intake.list({ limit: 1 }).items[0] ?? expect.fail('no dossier')
    const again = office.desk.intake.correct(actor, id)
    const corrected = codeOf(() => office.handling.turnAway(actor, { draftId: again.id, revision: again.revision, act: ask }))
    expect([old, made, attempt(draft.revision), corrected, office.desk.count('dossier')]).toEqual(['HS-002', 0, 'HS-001', 'HS-005', 1])
  })
})

describe('A form before it is issued', () => {
  test('is shown without a number, and nothing of it is kept', async () => {
    const office = newOffice()
    const draft = bareDraft(office)
    const before = office.desk.count('audit_entry')
    await office.handling.previewTurnAway(actor, { draftId: draft.id, act: ask, paper: 'A5' })
    expect([office.rendered[0]?.form, office.rendered[0]?.wish, office.desk.count('dossier'), office.desk.count('audit_entry') - before])
      .toMatchObject([{ form: 'mau-02', frame: { number: null }, dossier: { applicantName: 'Bùi Nhật Khang' } }, { paper: 'A5', practice: true }, 0, 0])
  })
})
