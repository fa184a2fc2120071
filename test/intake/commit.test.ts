import { describe, expect, test } from 'vitest'
import type { DossierView } from '@contract/dossier'
import { SubmissionPayload } from '../city'
import { createIntake, type IntakeDeps } from '../../src-main/intake'
import { reindex } from '../../src-main/intake'
import { codeOf } from '../storage/support'
import { actor, type Desk, faulty, filled, newDesk, newerCatalogue, OTHER, PDF, person, readyDraft, receive, SIMPLE, takeIn } from './support'

const payloadOf = (desk: Desk, { id, version }: DossierView): SubmissionPayload =>
  desk.store.read.get('SELECT payload FROM submission WHERE dossier_id = ? AND version = ?', [id, version], (row) => SubmissionPayload.parse(JSON.parse(Buffer.from(row.bytes('payload')).toString())))
  ?? expect.fail('no submission')

describe('A commit', () => {
  test('takes the next leased number of the day', () => {
    const desk = newDesk()
    desk.lease('2026-11-23', 9)
    const dossier = receive(desk)
    expect([dossier.code, dossier.codeIsProvisional, receive(desk, { applicant: person({ idNumber: '' }) }).code]).toEqual(['H29.900-261123-0009', false, 'H29.900-261123-0010'])
  })

  test('without a leased number gives provisional ones that differ', () => {
    const desk = newDesk()
    desk.lease('2026-11-22')
    expect([receive(desk).code, receive(desk).code]).toEqual(['TAM.Q3-261123-0001', 'TAM.Q3-261123-0002'])
  })

  test('with a provisional number does not give it again after the city named the first', () => {
    const desk = newDesk()
    const first = receive(desk)
    desk.store.write((tx) => {
      tx.run("UPDATE dossier SET provisional_code = code, code = 'H29.900-261123-0700', code_is_provisional = 0 WHERE id = ?", [first.id])
      reindex(tx, first.id)
    })
    expect([receive(desk).code, ...desk.intake.search('TAM.Q3-261123-0001', 5).map(({ code }) => code)]).toEqual(['TAM.Q3-261123-0002', 'H29.900-261123-0700'])
  })

  test('makes dossier, event, search row, audit entry and outbox row', async () => {
    const desk = newDesk()
    desk.lease('2026-11-23')
    const draft = readyDraft(desk)
    await takeIn(desk, draft.id, PDF)
    const dossier = desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: false })
    const made = ['dossier', 'dossier_document', 'dossier_event', 'dossier_search', 'submission', 'submission_document'].map((table) => desk.count(table))
    expect([made, desk.actions().at(-1), dossier.documents.length, dossier.submission]).toEqual([[1, 1, 1, 1, 1, 1], 'dossier.received', 1, 'ready'])
  })

  test('freezes a payload that the city understands', async () => {
    const desk = newDesk()
    desk.lease('2026-11-23')
    const draft = readyDraft(desk, { note: 'nửa chữ \ud83d và\0 NUL', organisation: { name: '', taxCode: '' } })
    const document = await takeIn(desk, draft.id, PDF)
    const dossier = desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: false })
    const { dossier: sent } = payloadOf(desk, dossier)
    expect([sent.code, sent.applicant.idNumber, sent.components[0]?.documents[0]?.sha256, sent.timeline.length]).toEqual([dossier.code, '079192004617', document.sha256, 1])
  })

  test('that fails at any of its statements leaves nothing behind', async () => {
    const desk = newDesk()
    desk.lease('2026-11-23')
    const draft = readyDraft(desk)
    await takeIn(desk, draft.id, PDF)
    const tables = ['dossier', 'dossier_document', 'dossier_event', 'dossier_search', 'submission', 'submission_document', 'document_upload', 'audit_entry']
    const snapshot = (): unknown => [tables.map((table) => desk.count(table)), desk.intake.open(draft.id), desk.store.read.all('SELECT next FROM number_lease', [], (row) => row.integer('next'))]
    const before = snapshot()
    let at = 0
    const intake = createIntake({ ...desk.deps, store: faulty(desk.store, () => at) } satisfies IntakeDeps)
    const attempt = (): string | undefined => codeOf(() => intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: false }))
    const leftovers: number[] = []
    for (at = 1; at < 100 && attempt() !== undefined; at++) if (JSON.stringify(snapshot()) !== JSON.stringify(before)) leftovers.push(at)
    expect({ enough: at > 12 && at < 100, leftovers, after: desk.count('dossier') }).toEqual({ enough: true, leftovers: [], after: 1 })
  })

  test('of an older revision is refused', () => {
    const desk = newDesk()
    const draft = readyDraft(desk)
    expect(codeOf(() => desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision - 1, despiteDuplicates: false }))).toBe('HS-002')
  })

  test('with gaps is refused', () => {
    const desk = newDesk()
    const draft = readyDraft(desk, { components: {} })
    expect(codeOf(() => desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: false }))).toBe('HS-003')
  })

  test('of an errand that is open already asks first', () => {
    const desk = newDesk()
    receive(desk)
    const draft = readyDraft(desk)
    expect([codeOf(() => desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: false })), draft.duplicates.length]).toEqual(['HS-006', 1])
  })

  test('made despite a duplicate says so in the audit chain', () => {
    const desk = newDesk()
    receive(desk)
    receive(desk)
    expect(desk.actions()).toContain('dossier.despite-duplicates')
  })

  test('whose document bytes are gone is refused', async () => {
    const desk = newDesk()
    const draft = readyDraft(desk)
    const { sha256 } = await takeIn(desk, draft.id, PDF)
    await desk.documents.remove(sha256)
    expect(codeOf(() => desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: false }))).toBe('LUU-021')
  })

  test('of the same draft twice is refused', () => {
    const desk = newDesk()
    const draft = readyDraft(desk)
    const commit = (): unknown => desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: true })
    commit()
    expect([codeOf(commit), desk.count('dossier')]).toEqual(['HS-001', 1])
  })

  test('leaves papers of a procedure that was changed for another with the draft, and warns before', async () => {
    const desk = newDesk()
    const view = desk.intake.start(actor)
    await takeIn(desk, view.id, PDF, 'chung-sinh.pdf', 'giay-chung-sinh')
    const draft = desk.intake.save(view.id, view.revision, filled(desk, view))
    const dossier = desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: false })
    expect([draft.warnings.some(({ code }) => code === 'documents-unplaced'), dossier.documents, desk.count('document')]).toEqual([true, [], 1])
  })

  test('uses one moment for reception, appointment and code although the clock moves on meanwhile', () => {
    const desk = newDesk()
    let seconds = 0
    const clock = { now: () => new Date(Date.parse('2026-11-23T16:59:59.000Z') + 1000 * seconds++) }
    const intake = createIntake({ ...desk.deps, clock })
    const view = intake.start(actor)
    seconds = 0
    const { revision } = intake.save(view.id, view.revision, filled(desk, view))
    seconds = 0
    const dossier = intake.commit(actor, { draftId: view.id, revision, despiteDuplicates: false })
    expect([dossier.code, dossier.receivedAt]).toEqual(['TAM.Q3-261123-0001', '2026-11-23T16:59:59.000Z'])
  })
})

describe('A received dossier', () => {
  test('keeps the version of the catalogue it was received under', async () => {
    const desk = newDesk()
    const dossier = receive(desk)
    const file = newerCatalogue((procedure) => (procedure.code === SIMPLE ? { ...procedure, name: 'Tên mới của thủ tục' } : procedure), '2026-11-22')
    await desk.catalogue.import(actor.id, { bytes: file, name: 'moi.json', dryRun: false })
    const later = receive(desk)
    expect([desk.intake.get(dossier.id).catalogueVersion, desk.intake.get(dossier.id).procedureName === later.procedureName, later.catalogueVersion]).toEqual(['2026-11-21', false, '2026-11-22'])
  })

  test('that is corrected goes out as version 2 under its code, day and receiving officer', async () => {
    const desk = newDesk()
    desk.lease('2026-11-23')
    const draft = readyDraft(desk)
    await takeIn(desk, draft.id, PDF)
    const first = desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: false })
    desk.at('2026-11-25T02:00:00.000Z')
    const again = desk.intake.correct(actor, first.id)
    const { revision } = desk.intake.save(again.id, again.revision, { ...again.content, applicant: person({ phone: '0911222333' }) })
    const second = desk.intake.commit({ ...actor, name: 'Lâm Chí Kiên' }, { draftId: again.id, revision, despiteDuplicates: false })
    const { dossier: sent, officer } = payloadOf(desk, second)
    expect({ ...second, sent: sent.applicant.phone, by: officer.name }).toMatchObject({
      id: first.id, code: first.code, version: 2, receivedAt: first.receivedAt, dueAt: first.dueAt, officerName: actor.name, sent: '0911222333', by: 'Lâm Chí Kiên',
      submissions: [{ version: 1, state: 'superseded' }, { version: 2, state: 'ready' }], documents: [{ name: 'to-khai.pdf' }],
    })
  })

  test('corrected for another procedure gets its period, counted from the reception', () => {
    const desk = newDesk()
    const first = receive(desk)
    desk.at('2026-11-25T02:00:00.000Z')
    const again = desk.intake.correct(actor, first.id)
    const { revision } = desk.intake.save(again.id, again.revision, filled(desk, again, {}, OTHER))
    const second = desk.intake.commit(actor, { draftId: again.id, revision, despiteDuplicates: false })
    expect([second.procedureCode, second.procedureName, first.dueAt, second.dueAt]).toEqual([OTHER, 'Đăng ký lại khai sinh', '2026-11-27T02:00:00.000Z', '2026-12-01T02:00:00.000Z'])
  })

  test('is opened for correction once: asked again, the same draft comes', () => {
    const desk = newDesk()
    const { id } = receive(desk)
    expect(desk.intake.correct(actor, id).id).toBe(desk.intake.correct(actor, id).id)
  })
})
