import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { EMPTY_FEEDBACK, type FeedbackId } from '@contract/feedback'
import { applyFeedbackStatus, createComplaints } from '../../src-main/feedback'
import { codeOf, codeOfAsync } from '../storage/support'
import { addDossier, addPhoto, chief, complaint, type Desk, draft, duyen, jpeg, newDesk, other, png, taken } from './support'

const Payload = z.object({ feedback: z.looseObject({ body: z.record(z.string(), z.unknown()).optional() }) })
const payloadsOf = ({ store }: Desk, id: FeedbackId): z.infer<typeof Payload>[] =>
  store.read.all('SELECT payload FROM feedback_letter WHERE feedback_id = ? ORDER BY version', [id], (row) => Payload.parse(JSON.parse(Buffer.from(row.bytes('payload')).toString('utf8'))))
const lettersOf = ({ store }: Desk, id: FeedbackId): string[] =>
  store.read.all('SELECT state FROM feedback_letter WHERE feedback_id = ? ORDER BY version', [id], (row) => row.text('state'))
const filesOf = ({ store, documents }: Desk, id: FeedbackId) =>
  store.read.all('SELECT sha256, copy_sha256 FROM feedback_photo WHERE feedback_id = ?', [id], (row) => [row.text('sha256'), row.text('copy_sha256')]).flat().map((sha256) => documents.has(sha256 as never))
const asks = (desk: Desk, id: FeedbackId): void => {
  desk.store.write((tx) => applyFeedbackStatus(tx, desk.audit, { feedbackId: id, state: 4, at: '2026-11-23T03:00:00.000Z', note: 'Xin ảnh chụp ban ngày', by: 'Thành phố', sequence: 1 }))
}

describe('A draft', () => {
  it('is there after a restart, as it was typed', () => {
    const desk = newDesk()
    const { id, content } = draft(desk, { content: '  chưa viết xong ', field: null })
    const again = createComplaints(desk.feedbackDeps)
    expect([again.get(duyen, id).content, again.list(duyen, { limit: 10 }).items.map((item) => item.state)]).toEqual([content, [0]])
  })

  it('that was saved elsewhere is not written over', () => {
    const desk = newDesk()
    const { id, revision } = draft(desk)
    desk.complaints.saveDraft(duyen, { id, revision, content: complaint({ place: 'Chợ' }) })
    expect([codeOf(() => desk.complaints.saveDraft(duyen, { id, revision, content: complaint() })), desk.complaints.get(duyen, id).place]).toEqual(['HS-002', 'Chợ'])
  })

  it('says what is missing, in the order of the form', () => {
    const desk = newDesk()
    const { id, revision } = desk.complaints.startDraft(duyen)
    const view = desk.complaints.saveDraft(duyen, { id, revision, content: { ...EMPTY_FEEDBACK, consent: { ...EMPTY_FEEDBACK.consent, contact: true } } })
    expect([view.missing, codeOf(() => desk.complaints.submit(duyen, view))]).toEqual([['field', 'content', 'place', 'name', 'phone'], 'PA-002'])
  })

  it('of somebody who wants to stay unnamed keeps no name', () => {
    const desk = newDesk()
    const { content, missing } = draft(desk, { anonymous: true })
    expect([content.person, content.consent.contact, missing]).toEqual([{ name: '', phone: '' }, false, []])
  })

  it('that is thrown away takes its files along', async () => {
    const desk = newDesk()
    const { id } = draft(desk)
    await addPhoto(desk, id, jpeg())
    const shas = desk.store.read.all('SELECT sha256, copy_sha256 FROM feedback_photo', [], (row) => [row.text('sha256'), row.text('copy_sha256')]).flat()
    await desk.complaints.discardDraft(duyen, id)
    expect([codeOf(() => desk.complaints.get(duyen, id)), shas.length, shas.filter((sha256) => desk.documents.has(sha256 as never))]).toEqual(['PA-001', 2, []])
  })

  it('about a dossier that is not there is not saved', () => {
    const desk = newDesk()
    const { id, revision } = desk.complaints.startDraft(duyen)
    const content = complaint({ dossierId: '0193aaaa-0000-7000-8000-000000000001' as never })
    expect(codeOf(() => desk.complaints.saveDraft(duyen, { id, revision, content }))).toBe('HS-004')
  })
})

describe('A submission', () => {
  it('is number, limits, event, audit entry and letter at once', () => {
    const desk = newDesk()
    const view = taken(desk)
    expect({ number: view.number, state: view.state, due: view.due, timeline: view.timeline.map(({ kind, state }) => [kind, state]), sending: view.sending?.state, actions: desk.actions().slice(-1), woken: desk.woken() }).toEqual({
      number: 'PA-H29.900-Q3-261123-0001', state: 1, timeline: [['state', 1]], sending: 'ready', actions: ['feedback.taken'], woken: 1,
      due: { refuseBy: '2026-11-26T10:00:00.000Z', supplementBy: '2026-12-01T10:00:00.000Z', answerBy: '2026-12-15T10:00:00.000Z' },
    })
  })

  it('that cannot be put in line is none at all', () => {
    const desk = newDesk()
    const failing = createComplaints({ ...desk.feedbackDeps, letters: { ...desk.feedbackDeps.letters, enqueueLetter: () => { throw new Error('disk') } } })
    const view = draft(desk)
    expect(() => failing.submit(duyen, view)).toThrow('disk')
    expect([desk.complaints.get(duyen, view.id).state, desk.count('feedback_event'), desk.count('feedback_letter')]).toEqual([0, 0, 0])
  })

  it('gives each its own number, also when the clock goes back', () => {
    const desk = newDesk()
    const first = taken(desk).number
    desk.at('2026-11-24T02:00:00.000Z')
    const next = taken(desk).number
    desk.at('2026-11-23T03:00:00.000Z')
    expect([first, next, taken(desk).number]).toEqual(['PA-H29.900-Q3-261123-0001', 'PA-H29.900-Q3-261124-0001', 'PA-H29.900-Q3-261123-0002'])
  })

  it('sends the bytes whose hash it keeps', () => {
    const desk = newDesk()
    const { id } = taken(desk)
    const letter = desk.store.read.get('SELECT payload, payload_sha256 FROM feedback_letter WHERE feedback_id = ?', [id], (row) => ({ bytes: row.bytes('payload'), sha256: row.text('payload_sha256') }))
    expect(createHash('sha256').update(letter?.bytes ?? '').digest('hex')).toBe(letter?.sha256)
  })

  it.each([
    ['with consent', {}, { name: 'Lê Thị Mận', phone: '0903 000 111' }],
    ['without consent', { consent: { contact: false, publish: false, photos: false } }, undefined],
    ['unnamed', { anonymous: true }, undefined],
  ])('tells who it is only %s', (_name, changed, contact) => {
    const desk = newDesk()
    const { id } = taken(desk, changed)
    const [payload] = payloadsOf(desk, id)
    expect([payload?.feedback.body?.['contact'], JSON.stringify(payload).includes('Mận')]).toEqual([contact, contact !== undefined])
  })

  it('keeps hostile words as words', () => {
    const desk = newDesk()
    const { id } = taken(desk, { content: '"><img src=x onerror=alert(1)>\u202Egnp.exe\u0000 {{gaps}} \uD800', place: "'; DROP TABLE feedback; --" })
    const [payload] = payloadsOf(desk, id)
    expect([payload?.feedback.body?.['content'], payload?.feedback.body?.['place']]).toEqual(['"><img src=x onerror=alert(1)>gnp.exe {{gaps}} \uFFFD', "'; DROP TABLE feedback; --"])
  })

  it('can no longer be changed, not even past the program', () => {
    const desk = newDesk()
    const { id, revision } = taken(desk)
    const trials = [`UPDATE feedback SET content = '{"kind":"praise"}'`, "UPDATE feedback SET number = 'PA-X'", 'UPDATE feedback SET state = 0', 'DELETE FROM feedback', "UPDATE feedback_letter SET payload = x'00'", 'DELETE FROM feedback_event']
    const done = trials.filter((sql) => {
      try {
        desk.store.write((tx) => tx.run(sql))
        return true
      } catch {
        return false
      }
    })
    expect([done, codeOf(() => desk.complaints.saveDraft(duyen, { id, revision, content: complaint() }))]).toEqual([[], 'PA-008'])
  })

  it('names the dossier and the procedure it is about', () => {
    const desk = newDesk()
    const dossierId = addDossier(desk)
    const { about } = taken(desk, { dossierId, procedureCode: '1.001193', place: '' })
    expect(about).toEqual({ dossierCode: expect.stringMatching(/^H29\.900-261123-/), procedureName: 'Đăng ký khai sinh' })
  })
})

describe('What somebody else took', () => {
  it('is seen by supervisors only', () => {
    const desk = newDesk()
    const { id } = taken(desk)
    expect([codeOf(() => desk.complaints.get(other, id)), desk.complaints.list(other, { limit: 10 }).items.length, desk.complaints.list(chief, { limit: 10 }).items.length]).toEqual(['PA-001', 0, 1])
  })
})

describe('The list', () => {
  it('comes page by page, newest first, each once', () => {
    const desk = newDesk()
    const ids = [1, 2, 3, 4, 5].map(() => taken(desk).id).reverse()
    const seen: string[] = []
    let before: string | undefined
    do {
      const page = desk.complaints.list(duyen, { limit: 2, before })
      seen.push(...page.items.map(({ id }) => id))
      before = page.next ?? undefined
    } while (before !== undefined)
    expect(seen).toEqual(ids)
  })

  it('finds what is overdue and what waits to be sent', () => {
    const desk = newDesk()
    taken(desk)
    taken(desk, { kind: 'praise' })
    draft(desk)
    desk.at('2026-12-16T02:00:00.000Z')
    const count = (query: object): number => desk.complaints.list(duyen, { limit: 10, ...query }).items.length
    expect([count({ overdue: true }), count({ sending: 'waiting' }), count({ sending: 'attention' }), count({ states: [0] }), count({ states: [] })]).toEqual([1, 2, 0, 1, 0])
  })
})

describe('Photos', () => {
  it('of 30 MB are taken whole, and leave without where they were made', async () => {
    const desk = newDesk()
    const bytes = jpeg({ size: 30 * 1024 * 1024 - 500 })
    const { id } = draft(desk)
    const photo = await addPhoto(desk, id, bytes)
    const kept = await desk.complaints.readPhoto(duyen, { id, photoId: photo.id })
    const copy = desk.store.read.get('SELECT copy_sha256 FROM feedback_photo', [], (row) => row.text('copy_sha256'))
    const leaving = await desk.documents.readAll(copy as never, bytes.length)
    expect([photo.hasLocation, photo.size, Buffer.from(kept.bytes).equals(bytes), Buffer.from(leaving).includes('GPS'), bytes.length - leaving.length < 500]).toEqual([true, bytes.length, true, false, true])
  }, 30_000)

  it.each([['PA-003', 'larger than 30 MB', () => ({ size: 30 * 1024 * 1024 + 1 })], ['TEP-003', 'empty', () => ({ size: 0 })]])('%s: %s', (code, _name, wish) => {
    const desk = newDesk()
    const { id } = draft(desk)
    expect(codeOf(() => desk.complaints.beginPhoto(duyen, { id, name: 'a.jpg', ...wish() }))).toBe(code)
  })

  it.each([['a PDF', Buffer.from('%PDF-1.7 nothing')], ['cut off', jpeg().subarray(0, 700)]])('PA-006: %s, and nothing of it stays', async (_name, bytes) => {
    const desk = newDesk()
    const { id } = draft(desk)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect([await codeOfAsync(() => addPhoto(desk, id, bytes)), desk.count('feedback_photo'), desk.documents.has(sha256 as never)]).toEqual(['PA-006', 0, false])
  })

  it('are eight at most', async () => {
    const desk = newDesk()
    const { id } = draft(desk)
    for (let count = 0; count < 8; count++) await addPhoto(desk, id, jpeg({ size: 500 + count }))
    expect(await codeOfAsync(() => addPhoto(desk, id, jpeg()))).toBe('PA-007')
  })

  it('are not sent without consent', async () => {
    const desk = newDesk()
    const view = draft(desk, { consent: { contact: false, publish: false, photos: false } })
    await addPhoto(desk, view.id, png(), '../../etc/passwd\u0000.png')
    const now = desk.complaints.get(duyen, view.id)
    expect([now.missing, now.photoList[0]?.name, codeOf(() => desk.complaints.submit(duyen, now))]).toEqual([['consent-photos'], 'passwd.png', 'PA-002'])
  })

  it('that another draft has too stay when they are taken off here', async () => {
    const desk = newDesk()
    const [first, second] = [draft(desk), draft(desk)]
    const photo = await addPhoto(desk, first.id, jpeg())
    await addPhoto(desk, second.id, jpeg())
    await desk.complaints.removePhoto(duyen, { id: first.id, photoId: photo.id })
    expect([desk.complaints.get(duyen, first.id).photos, filesOf(desk, second.id)]).toEqual([0, [true, true]])
  })

  it('go into the letter by the copy that leaves', async () => {
    const desk = newDesk()
    const { id } = draft(desk)
    await addPhoto(desk, id, jpeg())
    desk.complaints.submit(duyen, desk.complaints.get(duyen, id))
    const [payload] = payloadsOf(desk, id)
    const row = desk.store.read.get('SELECT sha256, copy_sha256 FROM feedback_photo', [], (view) => [view.text('sha256'), view.text('copy_sha256')])
    expect([payload?.feedback.body?.['photos'], row?.[0] === row?.[1]]).toEqual([[expect.objectContaining({ sha256: row?.[1] })], false])
  })
})

describe('Afterwards', () => {
  it('a supplement goes as the next letter, with the one before given way', () => {
    const desk = newDesk()
    const { id } = taken(desk)
    asks(desk, id)
    const view = desk.complaints.supplement(duyen, { id, words: 'Ảnh chụp lúc 9 giờ' })
    expect([view.state, lettersOf(desk, id), payloadsOf(desk, id).at(-1)?.feedback.body?.['supplements']])
      .toEqual([3, ['superseded', 'ready'], [{ at: expect.any(String), words: 'Ảnh chụp lúc 9 giờ' }]])
  })

  it('nothing is supplemented that nobody asked for', () => {
    const desk = newDesk()
    const { id } = taken(desk)
    expect(codeOf(() => desk.complaints.supplement(duyen, { id, words: 'thêm' }))).toBe('PA-008')
  })

  it('what is withdrawn before it left does not leave', () => {
    const desk = newDesk()
    const { id } = taken(desk)
    const view = desk.complaints.withdraw(duyen, { id, words: 'Đã tự giải quyết' })
    expect([view.state, lettersOf(desk, id)]).toEqual([8, ['superseded']])
  })

  it('what may have left is taken back by a letter that says no more than which', () => {
    const desk = newDesk()
    const { id } = taken(desk)
    desk.store.write((tx) => tx.run('UPDATE feedback_letter SET in_doubt = 1'))
    desk.complaints.withdraw(duyen, { id, words: 'Không muốn nữa' })
    expect([lettersOf(desk, id), payloadsOf(desk, id).at(-1)?.feedback.body, payloadsOf(desk, id).at(-1)?.feedback['act']]).toEqual([['superseded', 'ready'], undefined, 'withdrawn'])
  })

  it('what was withdrawn stays so, whatever the city says', () => {
    const desk = newDesk()
    const { id } = taken(desk)
    desk.complaints.withdraw(duyen, { id, words: 'thôi' })
    asks(desk, id)
    expect([desk.complaints.get(duyen, id).state, codeOf(() => desk.complaints.withdraw(duyen, { id, words: 'thôi' }))]).toEqual([8, 'PA-008'])
  })

  it('a note stays at the counter', () => {
    const desk = newDesk()
    const { id } = taken(desk)
    desk.complaints.note(duyen, { id, words: 'Đã gọi lại' })
    expect([desk.complaints.get(duyen, id).timeline.at(-1)?.note, lettersOf(desk, id)]).toEqual(['Đã gọi lại', ['ready']])
  })
})
