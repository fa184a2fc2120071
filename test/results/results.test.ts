import { describe, expect, it } from 'vitest'
import { ReadingId } from '@contract/chip'
import { AppError } from '@contract/errors'
import type { DossierId } from '@contract/ids'
import { SubmissionPayload } from '../city/payload'
import { signatureOfReturn } from '../../src-main/results'
import { DREW } from '../core/display-support'
import { actor, person, receive } from '../intake/support'
import { COUSIN, draw, FOR_CHILD, move, newPlace, OWNER, type Place, ready, TO_POST } from './support'

const READING = ReadingId.parse('01939b6e-0000-7000-8000-000000000001')

async function codeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act
    return 'nothing'
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}
const give = ({ results }: Place, of: { id: DossierId; version: number }, changed: Partial<Parameters<Place['results']['handOver']>[1]> = {}) =>
  results.handOver(actor, { dossierId: of.id, version: of.version, collector: OWNER, signed: 'paper', note: '', ...changed }, () => undefined)
const rows = ({ desk }: Place): number => desk.count('result_return')
const payloadOf = ({ desk }: Place, id: DossierId) => SubmissionPayload.parse(JSON.parse(Buffer.from(
  desk.store.read.get('SELECT payload FROM submission WHERE dossier_id = ? ORDER BY version DESC LIMIT 1', [id], (row) => row.bytes('payload')) ?? []).toString()))

it('is not handed over by somebody who left while the chip was looked at', async () => {
  const place = newPlace()
  const { id, version } = ready(place)
  const left = (): never => { throw new AppError('TK-003') }
  const code = await codeOf(place.results.handOver(actor, { dossierId: id, version, collector: OWNER, signed: 'paper', note: '' }, left))
  expect([code, rows(place)]).toEqual(['TK-003', 0])
})

describe('finding a result', () => {
  it.each<[string, (code: string) => string]>([
    ['the code as it is typed', (code) => code],
    ['the QR or barcode of the receipt, as a reader sends it', (code) => `]C1${code}\r`],
    ['its last digits', (code) => code.slice(-4)],
    ['the number of the card', () => '079192004617'],
    ['the whole text of the card\'s QR', () => '079192004617||Bùi Nhật Khang|21041992|Nam|12 đường Bàu Tràm|01072021'],
    ['the name', () => 'bui nhat khang'],
  ])('by %s', (_name, query) => {
    const place = newPlace()
    const { id, code } = ready(place)
    expect(place.results.find(query(code)).map((hit) => hit.id)).toEqual([id])
  })

  it('puts those with a result before newer ones without', () => {
    const place = newPlace()
    const first = ready(place)
    const second = receive(place.desk)
    expect(place.results.find('Bùi Nhật Khang').map(({ id }) => id)).toEqual([first.id, second.id])
  })

  it('finds nothing, and fails on nothing, whatever is scanned', () => {
    const place = newPlace()
    ready(place)
    for (const text of ['', '   ', '"', 'MOTCUA:THU:1:x', '\u0000', 'x'.repeat(3000), '🂡']) expect(place.results.find(text)).toEqual([])
  })

  it('lists what waits, the longest first, by counter or post, with what is open of the fee', () => {
    const place = newPlace()
    const one = receive(place.desk)
    const post = ready(place, { delivery: { method: 'post', address: '12 Bàu Tràm' } })
    place.desk.at('2026-11-24T02:00:00.000Z')
    move(place.desk, one.id, one.version, 9)
    const ids = (delivery: 'all' | 'counter' | 'post') => place.results.waiting(delivery, 10).map(({ id }) => id)
    expect([ids('all'), ids('counter'), ids('post'), place.results.waiting('all', 1).length]).toEqual([[post.id, one.id], [one.id], [post.id], 1])
    expect(place.results.waiting('post', 10)[0]).toMatchObject({ readyAt: '2026-11-23T02:00:00.000Z', delivery: 'post', open: 0 })
  })
})

describe('handing over', () => {
  it('closes the dossier in one act: row, state, history, audit entry, and the next version for the city', async () => {
    const place = newPlace()
    const result = ready(place)
    place.desk.at('2026-11-23T03:00:00.000Z')
    const view = await give(place, result)
    expect(view).toMatchObject({ state: 10, version: result.version + 1 })
    expect(view.timeline.at(-1)).toMatchObject({ state: 10, note: 'Trả kết quả cho Bùi Nhật Khang.', by: actor.name, at: '2026-11-23T03:00:00.000Z' })
    expect(place.results.desk(actor, result.id)).toMatchObject({
      bars: [{ code: 'KQ-004' }], returned: { how: 'owner', collectorName: 'Bùi Nhật Khang', maskedId: '079 ••• ••• 617', signed: 'paper', officerName: actor.name },
    })
    expect(place.desk.actions().at(-1)).toBe('result.handed-over')
    expect(payloadOf(place, result.id).dossier).toMatchObject({ state: 10, result: { how: 'owner', name: 'Bùi Nhật Khang', checked: 'card', signed: 'paper', at: '2026-11-23T03:00:00.000Z' } })
    expect(place.desk.events.slice(-2)).toEqual([{ kind: 'dossier', id: result.id }, { kind: 'sync' }])
  })

  it('tells no number of whoever took it, neither in the history nor in the audit chain nor to the city', async () => {
    const place = newPlace()
    const result = ready(place)
    const view = await give(place, result, { collector: COUSIN })
    const told = place.desk.audit.list(place.desk.store.read, { limit: 1 })
    expect(JSON.stringify([view.timeline, told, payloadOf(place, result.id)])).not.toContain(COUSIN.idNumber)
    expect(JSON.stringify(told)).not.toContain(COUSIN.name)
    expect(payloadOf(place, result.id).dossier.result).toMatchObject({ how: 'authorised', authority: COUSIN.authority })
  })

  it('of a child goes to the child\'s parent or in the child\'s name', async () => {
    const place = newPlace()
    const result = ready(place, FOR_CHILD)
    expect(place.results.desk(actor, result.id).people.map(({ role, name }) => `${role} ${name}`)).toEqual(['applicant Bùi Nhật Khang', 'owner Bùi Minh An'])
    expect(place.results.isWho(result.id, '079 220 001 234')).toEqual({ role: 'owner', name: 'Bùi Minh An' })
    expect(place.results.isWho(result.id, COUSIN.idNumber)).toBeNull()
    await give(place, result, { collector: { ...OWNER, role: 'owner' } })
    expect(place.results.desk(actor, result.id).returned?.collectorName).toBe('Bùi Minh An')
  })

  it('by post keeps the number of the parcel, and wants a word where the counter was wished', async () => {
    const place = newPlace()
    const result = ready(place)
    expect(await codeOf(give(place, result, { collector: TO_POST, signed: 'post' }))).toBe('KQ-007')
    await give(place, result, { collector: TO_POST, signed: 'post', note: 'gọi điện xin đổi' })
    expect(place.results.desk(actor, result.id).returned).toMatchObject({ how: 'post', tracking: 'EK123456789VN', signed: 'post', note: 'gọi điện xin đổi' })
  })

  it('is refused while a fee is open, says how much, and goes on when it is paid', async () => {
    const place = newPlace()
    const draft = { fee: { copies: 1, pages: 1, exemption: null, payment: 'unpaid' as const, councilAmount: 15_000 } }
    const result = ready(place, draft)
    expect(place.results.desk(actor, result.id)).toMatchObject({ open: 15_000, bars: [{ code: 'KQ-002', params: { amount: '15.000 đ' } }] })
    expect(place.results.waiting('all', 5)[0]?.open).toBe(15_000)
    expect([await codeOf(give(place, result)), rows(place)]).toEqual(['KQ-002', 0])
    place.desk.store.write((tx) => place.desk.deps.fees.taken(tx, { dossierId: result.id, method: 'cash', amount: 15_000, counter: 'Q3', at: nowOf(place), actor }))
    await give(place, result)
    expect(rows(place)).toBe(1)
  })

  it('is refused before there is a result, after a stop, and the second time', async () => {
    const place = newPlace()
    const early = receive(place.desk)
    expect(await codeOf(give(place, early))).toBe('KQ-001')
    const stopped = { id: early.id, version: move(place.desk, early.id, early.version, 8) }
    expect(await codeOf(give(place, stopped))).toBe('KQ-003')
    // What the city says later makes no result of a stop.
    place.desk.store.write((tx) => tx.run('UPDATE dossier SET state = 9 WHERE id = ?', [early.id]))
    expect(await codeOf(give(place, stopped))).toBe('KQ-003')
    const result = ready(place, { applicant: person({ fullName: 'Lý Văn Ba', idNumber: '079192004699' }) })
    const { version } = await give(place, result)
    expect(await codeOf(give(place, { id: result.id, version }))).toBe('KQ-004')
    expect(rows(place)).toBe(1)
  })

  it('is refused when somebody changed the dossier meanwhile', async () => {
    const place = newPlace()
    const result = ready(place)
    expect([await codeOf(give(place, { id: result.id, version: result.version - 1 })), rows(place)]).toEqual(['HS-002', 0])
  })

  it('leaves nothing behind when a part of it fails', async () => {
    const place = newPlace()
    const result = ready(place)
    place.desk.store.write((tx) => tx.run("CREATE TRIGGER broken BEFORE INSERT ON submission BEGIN SELECT RAISE(ABORT, 'full'); END"))
    expect(await codeOf(give(place, result))).not.toBe('nothing')
    expect([rows(place), place.desk.intake.get(result.id).state]).toEqual([0, 9])
  })
})

describe('the chip of whoever collects', () => {
  const chip = { ...OWNER, checked: 'chip', reading: READING } as const
  it('proves the person by what the core read', async () => {
    const place = newPlace(async (reading) => (reading === READING ? '079192004617' : null))
    await give(place, ready(place), { collector: chip })
    expect(rows(place)).toBe(1)
  })

  it.each([['somebody else\'s', '079183000111'], ['one without a number, or a changed one', null]])('is refused: %s', async (_name, number) => {
    const place = newPlace(async () => number)
    expect([await codeOf(give(place, ready(place), { collector: chip })), rows(place)]).toEqual(['KQ-006', 0])
  })
})

describe('a signature on the display', () => {
  it('is kept with the hand-over that it belongs to, once', async () => {
    const place = newPlace()
    const result = ready(place)
    draw(place, result.id)
    expect(place.results.desk(actor, result.id).signed).toMatchObject({ by: { how: 'owner', role: 'applicant' } })
    await give(place, result, { signed: 'pad' })
    expect(signatureOfReturn(place.desk.store.read, result.id)).toEqual(DREW)
    expect(place.results.desk(actor, result.id).signed).toBeNull()
  })

  it.each<[string, (place: Place, id: DossierId, other: DossierId) => void]>([
    ['there is none', () => undefined],
    ['it is of another dossier', (place, _id, other) => draw(place, other)],
    ['it is of another person', (place, id) => draw(place, id, { how: 'owner', role: 'owner' })],
    ['it is of an hour ago', (place, id) => { draw(place, id); place.desk.at('2026-11-23T04:00:00.000Z') }],
  ])('is asked for when %s', async (_name, before) => {
    const place = newPlace()
    const [result, other] = [ready(place), ready(place, { applicant: person({ fullName: 'Lý Văn Ba', idNumber: '079192004699' }) })]
    before(place, result.id, other.id)
    expect([await codeOf(give(place, result, { signed: 'pad' })), rows(place)]).toEqual(['KQ-005', 0])
  })
})

describe('the table of hand-overs', () => {
  const put = ({ desk }: Place, id: DossierId, changed: Readonly<Record<string, string | null>> = {}) => () => desk.store.write((tx) => tx.run(
    `INSERT INTO result_return (dossier_id, how, collector_name, collector_id_number, authority, tracking, checked, signed, signature, showing, note, at, officer_id)
     VALUES (:id, :how, 'A', NULL, :authority, :tracking, :checked, :signed, :signature, :showing, '', '2026-11-23T02:00:00.000Z', :officer)`,
    { id, how: 'owner', authority: null, tracking: null, checked: 'card', signed: 'paper', signature: null, showing: null, officer: actor.id, ...changed }))

  it.each<[string, Readonly<Record<string, string | null>>]>([
    ['an authorised person without a paper', { how: 'authorised' }],
    ['a paper of authority for the owner', { authority: 'giấy' }],
    ['a pad without strokes', { signed: 'pad' }],
    ['strokes on paper', { signature: '{}', showing: 'x' }],
    ['a parcel that was signed for here', { how: 'post', checked: 'post' }],
    ['a parcel\'s number at the counter', { tracking: 'EK1' }],
    ['a receipt that authorises somebody else', { how: 'authorised', authority: 'giấy', checked: 'receipt' }],
  ])('takes no %s', (_name, changed) => {
    const place = newPlace()
    expect(put(place, ready(place).id, changed)).toThrow()
  })

  it('takes nothing before a result or after a stop, and lets nothing go', () => {
    const place = newPlace()
    const early = receive(place.desk)
    expect(put(place, early.id)).toThrow()
    move(place.desk, early.id, early.version, 8)
    place.desk.store.write((tx) => tx.run('UPDATE dossier SET state = 9 WHERE id = ?', [early.id]))
    expect(put(place, early.id)).toThrow()
    const { id } = ready(place, { applicant: person({ fullName: 'Lý Văn Ba', idNumber: '079192004699' }) })
    put(place, id)()
    expect(put(place, id)).toThrow()
    for (const sql of ["UPDATE result_return SET note = 'x'", 'DELETE FROM result_return']) expect(() => place.desk.store.write((tx) => tx.run(sql))).toThrow()
  })
})

const nowOf = ({ desk }: Place) => desk.deps.clock.now().toISOString() as Parameters<typeof desk.deps.fees.taken>[1]['at']
