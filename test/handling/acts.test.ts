import { describe, expect, test } from 'vitest'
import { AppError } from '@contract/errors'
import type { DossierId } from '@contract/ids'
import type { Act } from '@contract/handling'
import { readForm } from '../../src-main/handling/rows'
import { actor, moveTo, receive } from '../intake/support'
import { COMPLETED, EXTENSION, GROUNDS, handover, HEAD_ID, newOffice, type Office, READY, received, REFUSAL, STOP, SUPPLEMENT, UNIT } from './support'

const refused = async (doing: Promise<unknown>): Promise<string> => doing.then(() => 'done', (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error as Error)))
const formOf = ({ desk }: Office, id: Parameters<typeof readForm>[1] | undefined) => (id === undefined ? expect.fail('no form') : readForm(desk.store.read, id))
const dueOf = ({ desk }: Office, id: DossierId): string | null => desk.intake.get(id).dueAt

describe('Asking for supplements', () => {
  test('issues Mẫu 02 with its number, moves the dossier and tells the timeline', async () => {
    const office = newOffice()
    const { dossier, form } = await office.act(received(office), SUPPLEMENT)
    expect({ dossier, form, data: formOf(office, form?.id).data }).toMatchObject({
      dossier: { state: 5, version: 2, timeline: [{ state: 2 }, { state: 5, by: actor.name, note: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ số 01.Q3. Lý do: Thiếu chữ ký' }], submissions: [{ version: 1 }, { version: 2 }] },
      form: { form: 'mau-02', number: '01.Q3', signer: 'officer', prints: 0 },
      data: { frame: { number: '01.Q3', practice: true, signer: { titles: ['NGƯỜI HƯỚNG DẪN'], name: actor.name } }, dossier: { applicantName: 'Bùi Nhật Khang', idNumber: '079192004617' }, ordinal: 1, contact: { name: actor.name, phone: '028 3900 0000' } },
    })
  })

  test('shows what is open, and bars a second one meanwhile', async () => {
    const office = newOffice()
    const id = received(office)
    await office.act(id, SUPPLEMENT)
    expect([await refused(office.act(id, SUPPLEMENT)), office.handling.acts(actor, id)]).toMatchObject(['GQ-002', { open: { items: [{ name: 'Tờ khai' }] }, supplement: { barred: { code: 'GQ-002' }, earlier: 1 } }])
  })

  test('again after everything came in is possible, counted, and numbered on', async () => {
    const office = newOffice()
    const id = received(office)
    await office.act(id, SUPPLEMENT)
    await office.act(id, COMPLETED)
    const earlier = office.handling.acts(actor, id).supplement
    const { form } = await office.act(id, SUPPLEMENT)
    expect([earlier, form?.number, formOf(office, form?.id).data]).toMatchObject([{ barred: null, earlier: 1 }, '02.Q3', { ordinal: 2 }])
  })

  test('from an office brings the papers back to the counter', async () => {
    const office = newOffice()
    const id = received(office)
    await office.act(id, handover('Phòng Văn hóa - Xã hội'))
    await office.act(id, SUPPLEMENT)
    expect(office.handling.acts(actor, id).handovers.at(-1)).toMatchObject({ from: 'Phòng Văn hóa - Xã hội', to: UNIT, giver: 'Trần Văn Tiếp', receiver: actor.name, standing: null })
  })
})

describe('When everything came in', () => {
  test('the period starts from zero, and both appointments are kept', async () => {
    const office = newOffice()
    const id = received(office)
    const before = dueOf(office, id)
    await office.act(id, SUPPLEMENT)
    office.desk.at('2026-12-07T03:30:00.000Z')
    const { dossier } = await office.act(id, COMPLETED)
    const kept = office.desk.store.read.get('SELECT previous_due_at AS a, new_due_at AS b, completed_by AS c, received_note AS d FROM supplement_request', [], (row) => [row.text('a'), row.text('b'), row.text('c'), row.text('d')])
    expect([dossier.state, before, dossier.dueAt, kept]).toEqual([2, '2026-11-27T02:00:00.000Z', '2026-12-10T03:30:00.000Z', ['2026-11-27T02:00:00.000Z', '2026-12-10T03:30:00.000Z', actor.name, 'Đã ký lại tờ khai']])
  })

  test('with a corrected version, the same happens in its commit', () => {
    const office = newOffice()
    const { desk } = office
    const id = received(office)
    return office.act(id, SUPPLEMENT).then(() => {
      desk.at('2026-12-07T03:30:00.000Z')
      const draft = desk.intake.correct(actor, id)
      const dossier = desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: false })
      expect([dossier, office.handling.acts(actor, id).open, desk.actions().at(-1), desk.count('appointment_change')]).toMatchObject(
        [{ state: 2, version: 3, dueAt: '2026-12-10T03:30:00.000Z', timeline: [{ state: 2 }, { state: 5 }, { state: 2, note: 'Đã nhận đủ giấy tờ bổ sung' }] }, null, 'dossier.completed', 1])
    })
  })

  test('where nothing was asked for is said so', async () => {
    const office = newOffice()
    expect(await refused(office.act(received(office), COMPLETED))).toBe('GQ-003')
  })

  test('after the city moved the dossier on closes the request and leaves the state', async () => {
    const office = newOffice()
    const id = received(office)
    await office.act(id, SUPPLEMENT)
    office.desk.store.write((tx) => tx.run('UPDATE dossier SET state = 4 WHERE id = ?', [id]))
    const { dossier } = await office.act(id, COMPLETED)
    expect([dossier.state, dossier.dueAt, office.handling.acts(actor, id).open]).toEqual([4, '2026-11-27T02:00:00.000Z', null])
  })
})

describe('A refusal', () => {
  test('carries the grounds as they stand in the list, and ends the dossier', async () => {
    const office = newOffice()
    const { dossier, form } = await office.act(received(office), REFUSAL)
    expect([dossier.state, formOf(office, form?.id).data]).toMatchObject([3, { form: 'mau-03', grounds: [GROUNDS.refusal[0]], detail: 'Nơi cư trú ở phường khác' }])
  })

  test('wants a ground of the list', async () => {
    const office = newOffice()
    const id = received(office)
    expect([await refused(office.act(id, { kind: 'refusal', grounds: ['khong-co'], detail: '' })), office.desk.count('issued_form'), office.desk.intake.get(id).version]).toEqual(['GQ-004', 0, 1])
  })
})

describe('An extension', () => {
  test('promises the new day at the old hour, once, in the name of the deputy', async () => {
    const office = newOffice()
    const id = received(office)
    const { dossier, form } = await office.act(id, EXTENSION)
    expect([dossier, formOf(office, form?.id).data, await refused(office.act(id, EXTENSION))]).toMatchObject([
      { state: 2, dueAt: '2026-12-02T02:00:00.000Z', timeline: [{ state: 2 }, { kind: 'note', note: 'Văn bản xin lỗi và đề nghị gia hạn số 01.Q3, hẹn lại 09:00 ngày 02/12/2026. Lý do: Chờ xác minh nơi cư trú cũ' }] },
      { previousDueAt: '2026-11-27T02:00:00.000Z', newDueAt: '2026-12-02T02:00:00.000Z', frame: { signer: { titles: ['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], name: 'Lâm Chí Kiên' } } },
      'GQ-005',
    ])
  })

  test('on the day of the appointment comes too late', async () => {
    const office = newOffice()
    const id = received(office)
    office.desk.at('2026-11-26T17:00:00.000Z')
    expect([await refused(office.act(id, EXTENSION)), office.handling.acts(actor, id).extension]).toMatchObject(['GQ-006', { latest: '2026-11-26', earliest: '2026-11-30', barred: { params: { latest: '26/11/2026' } } }])
  })

  test('is not taken back by what the dossier owes: the appointment is counted anew only after a supplement', async () => {
    const office = newOffice()
    const id = received(office)
    await office.act(id, EXTENSION)
    await office.act(id, SUPPLEMENT)
    await office.act(id, COMPLETED)
    const rows = office.desk.store.read.all('SELECT previous_due_at AS a, due_at AS b, cause AS c FROM appointment_change ORDER BY sequence', [], (row) => [row.text('a'), row.text('b'), row.text('c')])
    expect([rows, dueOf(office, id)]).toEqual([
      [['2026-11-27T02:00:00.000Z', '2026-12-02T02:00:00.000Z', 'extension'], ['2026-12-02T02:00:00.000Z', '2026-11-27T02:00:00.000Z', 'supplement']], '2026-11-27T02:00:00.000Z',
    ])
  })
})

describe('The second person', () => {
  const second = (loginName: string) => ({ loginName, secret: 'x' })
  const asOfficer = (office: Office, id: DossierId, act: Act, loginName: string | null) =>
    office.handling.act(actor, { dossierId: id, version: office.desk.intake.get(id).version, act, second: loginName === null ? null : second(loginName) }, () => undefined)

  test.each([[null, 'GQ-010'], ['duyen', 'GQ-012'], ['nhan-vien-khac', 'GQ-011'], ['kien', 'done']])('of an extension by an officer, %s: %s', async (loginName, code) => {
    const office = newOffice({ role: 'officer' })
    expect(await refused(asOfficer(office, received(office), EXTENSION, loginName))).toBe(code)
  })

  test('is kept with the act', async () => {
    const office = newOffice({ role: 'officer' })
    await asOfficer(office, received(office), STOP, 'kien')
    expect(office.desk.store.read.get('SELECT s.approved_by AS a, f.approved_by AS b FROM stop_notice s JOIN issued_form f ON f.id = s.form_id', [], (row) => [row.text('a'), row.text('b')])).toEqual([HEAD_ID, HEAD_ID])
  })

  test('is not asked for what is not possible anyway', async () => {
    const office = newOffice({ role: 'officer' })
    const id = received(office)
    moveTo(office.desk, { id, version: 1 }, 9)
    expect(await refused(asOfficer(office, id, STOP, null))).toBe('GQ-013')
  })

  test('counts for nothing when the first has left meanwhile', async () => {
    const office = newOffice({ role: 'officer' })
    const id = received(office)
    const gone = office.handling.act(actor, { dossierId: id, version: 1, act: STOP, second: second('kien') }, () => { throw new AppError('TK-004') })
    expect([await refused(gone), office.desk.intake.get(id).state]).toEqual(['TK-004', 2])
  })
})

describe('A stop', () => {
  test('says how far the dossier came, what became of the fee, and ends it', async () => {
    const office = newOffice()
    const id = received(office)
    const { dossier, form } = await office.act(id, STOP)
    expect([dossier.state, formOf(office, form?.id).data, await refused(office.act(id, READY))]).toMatchObject([
      8, { form: 'mau-05', ground: GROUNDS.stop[0], stage: 'Được tiếp nhận', frame: { signer: { role: 'head', titles: ['CHỦ TỊCH'], name: '' } } }, 'GQ-017',
    ])
  })

  test('once a result was decided is refused, even where the city opened the dossier again', async () => {
    const office = newOffice()
    const id = received(office)
    await office.act(id, READY)
    office.desk.store.write((tx) => tx.run('UPDATE dossier SET state = 4 WHERE id = ?', [id]))
    expect(await refused(office.act(id, STOP))).toBe('GQ-013')
  })
})

describe('The control slip', () => {
  test('is issued with the first hand-over and grows with every other, to the way back', async () => {
    const office = newOffice()
    const id = received(office)
    const first = await office.act(id, handover('Phòng Văn hóa - Xã hội', 'Trần Văn Tiếp'))
    const second = await office.act(id, handover('Lãnh đạo UBND', 'Lâm Chí Kiên'))
    office.desk.at('2026-11-26T02:00:00.000Z')
    const third = await office.act(id, READY)
    const { data } = formOf(office, first.form?.id)
    expect([first.dossier.state, second.form?.id === first.form?.id, third.form, third.dossier.state, data]).toMatchObject([4, true, null, 9, {
      form: 'mau-06', agency: 'Phòng Văn hóa - Xã hội', handovers: [
        { from: UNIT, to: 'Phòng Văn hóa - Xã hội', giver: actor.name, receiver: 'Trần Văn Tiếp', standing: null },
        { from: 'Phòng Văn hóa - Xã hội', to: 'Lãnh đạo UBND', giver: 'Trần Văn Tiếp', receiver: 'Lâm Chí Kiên', standing: null },
        { from: 'Lãnh đạo UBND', to: UNIT, giver: 'Lâm Chí Kiên', receiver: actor.name, standing: 'early' },
      ],
    }])
  })

  test('is not needed for a result that is ready at once', async () => {
    const office = newOffice()
    const { dossier } = await office.act(received(office), READY)
    expect([dossier.state, office.desk.count('handover')]).toEqual([9, 0])
  })

  test('does not go from hand to the same hand', async () => {
    const office = newOffice()
    const id = received(office)
    await office.act(id, handover('Lãnh đạo UBND'))
    expect([await refused(office.act(id, handover('Lãnh đạo UBND'))), office.handling.acts(actor, id).handover]).toMatchObject(['GQ-014', { from: 'Lãnh đạo UBND', offices: ['Phòng Văn hóa - Xã hội', UNIT] }])
  })
})

describe('An act', () => {
  test('from a stale screen does nothing', async () => {
    const office = newOffice()
    const id = received(office)
    expect([await refused(office.act(id, SUPPLEMENT, 7)), office.desk.count('issued_form'), office.desk.count('supplement_request')]).toEqual(['HS-002', 0, 0])
  })

  test('numbers each form for itself, each year and each counter for itself', async () => {
    const office = newOffice()
    const numbers: (string | undefined)[] = []
    for (const act of [SUPPLEMENT, SUPPLEMENT, REFUSAL]) numbers.push((await office.act(receive(office.desk).id, act)).form?.number)
    office.desk.at('2026-12-31T17:30:00.000Z')
    numbers.push((await office.act(receive(office.desk).id, SUPPLEMENT)).form?.number)
    expect(numbers).toEqual(['01.Q3', '02.Q3', '01.Q3', '01.Q3'])
  })

  test('leaves the dossier in the register where its reception put it', async () => {
    const office = newOffice()
    const [one, two] = [received(office), received(office)]
    await office.act(one, REFUSAL)
    office.desk.at('2026-12-31T17:30:00.000Z')
    const next = received(office)
    expect([one, two, next].map((id) => office.handling.acts(actor, id).register)).toEqual([{ year: 2026, number: 1 }, { year: 2026, number: 2 }, { year: 2027, number: 1 }])
  })
})
