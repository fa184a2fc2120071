import { describe, expect, test } from 'vitest'
import { AppError } from '@contract/errors'
import { PaymentId } from '@contract/fees'
import { codeOf } from '../storage/support'
import { actor, readyDraft } from '../intake/support'
import { addAccount, FEE, onlyPayment, openTill, SECOND, type Till } from './support'

const codeOfAct = async (act: () => Promise<unknown>): Promise<string | undefined> => act().then(() => 'done', (error: unknown) => codeOf(() => { throw error }))
const take = ({ fees }: Till, dossierId: Parameters<Till['fees']['of']>[0], method: 'cash' | 'transfer' = 'cash', amount = FEE) => fees.collect(actor, { dossierId, method, amount })

describe('A fee', () => {
  test('that was not paid at the reception is open', () => {
    const till = openTill()
    const id = till.owing()
    expect(till.fees.of(id)).toMatchObject({ open: FEE, settled: 0, over: 0, payments: [], transfer: true, quote: { total: FEE } })
    expect([till.desk.intake.get(id).payment, till.sent(id)]).toEqual(['unpaid', expect.objectContaining({ fee: expect.objectContaining({ paid: false }) as unknown })])
    expect(till.sent(id)).not.toHaveProperty('payments')
  })

  test('that was paid at the reception has its slip, and is told of', () => {
    const till = openTill()
    const id = till.owing(FEE, 'cash')
    expect(till.fees.of(id)).toMatchObject({ open: 0, settled: FEE, payments: [{ number: '0001.Q3', method: 'cash', amount: FEE, officerName: actor.name, voided: null }] })
    expect(till.desk.actions()).toContain('fee.collected')
  })

  test('that is taken goes to the city as the next version', () => {
    const till = openTill()
    const id = till.owing()
    till.desk.events.length = 0
    expect(take(till, id)).toMatchObject({ open: 0, settled: FEE, payments: [{ number: '0001.Q3', method: 'cash' }] })
    expect(till.desk.intake.get(id)).toMatchObject({ version: 2, payment: 'cash', submissions: [{ state: 'superseded' }, { version: 2, state: 'ready' }] })
    expect(till.sent(id)).toMatchObject({ version: 2, fee: { paid: true }, payments: [{ number: '0001.Q3', method: 'cash', amount: FEE }] })
    expect(till.desk.events).toEqual([{ kind: 'fees' }, { kind: 'dossier', id }, { kind: 'sync' }])
    expect(till.desk.actions().at(-1)).toBe('fee.collected')
  })

  test('is taken once: LP-001', () => {
    const till = openTill()
    const id = till.owing()
    take(till, id)
    expect([codeOf(() => take(till, id)), till.desk.count('payment'), till.desk.intake.get(id).version]).toEqual(['LP-001', 1, 2])
  })

  test('is not taken when the screen shows another amount than is open: LP-002', () => {
    const till = openTill()
    const id = till.owing()
    expect([codeOf(() => take(till, id, 'cash', 10_000)), till.desk.count('payment')]).toEqual(['LP-002', 0])
  })

  test('slips are numbered without gaps, by year', () => {
    const till = openTill()
    const numbers = [till.owing(), till.owing(), till.owing()].map((id) => onlyPayment(take(till, id)).number)
    till.desk.at('2026-12-31T17:00:00.000Z')
    const id = till.owing()
    expect([...numbers, onlyPayment(take(till, id)).number]).toEqual(['0001.Q3', '0002.Q3', '0003.Q3', '0001.Q3'])
  })

  test('is let off on a ground of the procedure', () => {
    const till = openTill()
    const id = till.owing()
    const [exemption] = till.fees.of(id).exemptions
    const account = till.fees.exempt(actor, { dossierId: id, exemption: exemption?.code ?? '', note: 'Sổ hộ nghèo 12/2026' })
    expect(account).toMatchObject({ open: 0, payments: [{ method: 'exempt', amount: FEE, ground: `${exemption?.name ?? ''} – ${exemption?.ground ?? ''} – Sổ hộ nghèo 12/2026` }] })
    expect([till.desk.intake.get(id).payment, till.desk.actions().at(-1)]).toEqual(['exempt', 'fee.exempted'])
  })

  test('is not let off on a ground that the procedure does not have: LP-008', () => {
    const till = openTill()
    const id = till.owing()
    expect(codeOf(() => till.fees.exempt(actor, { dossierId: id, exemption: 'quen-biet', note: '' }))).toBe('LP-008')
  })

  test('that rises with a correction is open again by what is missing', () => {
    const till = openTill()
    const id = till.owing(FEE, 'cash')
    correctTo(till, id, 20_000)
    expect(till.fees.of(id)).toMatchObject({ open: 5_000, settled: FEE, over: 0, quote: { total: 20_000 } })
    expect(till.desk.intake.get(id).payment).toBe('unpaid')
    expect(take(till, id, 'transfer', 5_000)).toMatchObject({ open: 0, payments: [{ method: 'cash' }, { method: 'transfer', amount: 5_000 }] })
  })

  test('that falls with a correction shows what was paid too much', () => {
    const till = openTill()
    const id = till.owing(FEE, 'cash')
    correctTo(till, id, 10_000)
    expect(till.fees.of(id)).toMatchObject({ open: 0, over: 5_000 })
  })

  test('that a correction says to be taken is taken with it, once', () => {
    const till = openTill()
    const id = till.owing()
    correctTo(till, id, FEE, 'cash')
    correctTo(till, id, FEE, 'cash')
    expect(till.fees.of(id)).toMatchObject({ open: 0, payments: [{ method: 'cash', amount: FEE }] })
    expect(till.desk.count('payment')).toBe(1)
  })

  test('that was given back is not taken again by a correction that only hands the word down', async () => {
    const till = openTill()
    const id = till.owing(FEE, 'cash')
    await till.fees.void(actor, { paymentId: onlyPayment(till.fees.of(id)).id, reason: 'Thu nhầm', second: SECOND }, () => undefined)
    correctTo(till, id, FEE)
    expect(till.fees.of(id)).toMatchObject({ open: FEE, settled: 0 })
  })
})

function correctTo({ desk }: Till, id: Parameters<Till['fees']['of']>[0], amount: number, payment?: 'cash'): void {
  const draft = desk.intake.correct(actor, id)
  const { content } = draft
  const saved = desk.intake.save(draft.id, draft.revision, { ...content, fee: { ...content.fee, councilAmount: amount, ...(payment && { payment }) } })
  desk.intake.commit(actor, { draftId: saved.id, revision: saved.revision, despiteDuplicates: true })
}

describe('Taking a payment back', () => {
  test('wants a second person, stays on the books and opens the fee', async () => {
    const till = openTill()
    const id = till.owing()
    const { id: paymentId } = onlyPayment(take(till, id))
    const account = await till.fees.void(actor, { paymentId, reason: 'Thu nhầm hồ sơ', second: SECOND }, () => undefined)
    expect(account).toMatchObject({ open: FEE, settled: 0, payments: [{ number: '0001.Q3', voided: { by: actor.name, second: till.supervisor.fullName, reason: 'Thu nhầm hồ sơ' } }] })
    expect(till.sent(id)).toMatchObject({ version: 3, fee: { paid: false }, payments: [{ number: '0001.Q3', voidedAt: '2026-11-23T02:00:00.000Z' }] })
    expect(JSON.stringify(till.sent(id))).not.toContain('Thu nhầm hồ sơ')
    expect([till.desk.actions().at(-1), till.desk.count('payment')]).toEqual(['fee.voided', 1])
  })

  test('is not done when whoever began it has left while the second person proved to be there', async () => {
    const till = openTill()
    const { id: paymentId } = onlyPayment(take(till, till.owing()))
    const left = (): never => { throw new AppError('TK-003') }
    expect([await codeOfAct(() => till.fees.void(actor, { paymentId, reason: 'Sai', second: SECOND }, left)), till.desk.actions().at(-1)]).toEqual(['TK-003', 'fee.collected'])
  })

  test('frees its number for nobody', async () => {
    const till = openTill()
    const id = till.owing()
    await till.fees.void(actor, { paymentId: onlyPayment(take(till, id)).id, reason: 'Sai', second: SECOND }, () => undefined)
    expect(take(till, id).payments.map(({ number }) => number)).toEqual(['0001.Q3', '0002.Q3'])
  })

  test.each([['another officer', 'officer', 'GQ-011'], ['a supervisor', 'supervisor', 'done'], ['an administrator', 'administrator', 'done']] as const)('is vouched for by %s: %s → %s', async (_who, role, code) => {
    const till = openTill()
    till.vouches(addAccount(till.desk, 'khac', role))
    const { id: paymentId } = onlyPayment(take(till, till.owing()))
    expect(await codeOfAct(() => till.fees.void(actor, { paymentId, reason: 'Sai', second: SECOND }, () => undefined))).toBe(code)
  })

  test('is not vouched for by whoever does it: GQ-012', async () => {
    const till = openTill()
    till.vouches({ ...till.supervisor, id: actor.id })
    const { id: paymentId } = onlyPayment(take(till, till.owing()))
    expect(await codeOfAct(() => till.fees.void(actor, { paymentId, reason: 'Sai', second: SECOND }, () => undefined))).toBe('GQ-012')
  })

  test('happens once, and to a payment that is there: LP-004, LP-007', async () => {
    const till = openTill()
    const { id: paymentId } = onlyPayment(take(till, till.owing()))
    await till.fees.void(actor, { paymentId, reason: 'Sai', second: SECOND }, () => undefined)
    const codes = [await codeOfAct(() => till.fees.void(actor, { paymentId, reason: 'Sai', second: SECOND }, () => undefined)),
      await codeOfAct(() => till.fees.void(actor, { paymentId: PaymentId.parse('01939b6e-0000-7000-8000-00000000ffff'), reason: 'Sai', second: SECOND }, () => undefined))]
    expect(codes).toEqual(['LP-004', 'LP-007'])
  })

  test('is not to be had around the desk: the rows refuse it', () => {
    const till = openTill()
    take(till, till.owing())
    const { store } = till.desk
    const refused = ['UPDATE payment SET amount = 1', 'DELETE FROM payment', `UPDATE payment SET voided_at = at, voided_by = officer_id, void_second = officer_id, void_reason = 'x'`, "UPDATE payment SET method = 'transfer'"]
    for (const statement of refused) expect(() => store.write((tx) => tx.run(statement)), statement).toThrow()
  })
})

describe('A transfer', () => {
  test('asks for what is open, under day and number of the dossier', () => {
    const till = openTill({ practice: false, account: { bin: '970415', bank: 'VietinBank', number: '0011001932418', holder: 'UBND phường Tân Mỹ Hưng' } })
    till.desk.lease('2026-11-23', 9, 9)
    expect(till.fees.transfer(till.owing())).toEqual({
      amount: FEE, purpose: 'Le phi ho so 2611230009', account: { bank: 'VietinBank', number: '0011001932418', holder: 'UBND phường Tân Mỹ Hưng' }, simulated: false,
      payload: expect.stringContaining('540515000') as unknown,
    })
  })

  test('of practice goes nowhere', () => {
    const till = openTill()
    expect(till.fees.transfer(till.owing())).toMatchObject({ simulated: true, account: { number: '0000000000' } })
  })

  test('wants an account, and something open: LP-003, LP-001', () => {
    const till = openTill({ practice: false })
    const id = till.owing()
    const code = codeOf(() => till.fees.transfer(id))
    take(till, id)
    expect([code, codeOf(() => till.fees.transfer(id)), till.fees.of(id).transfer]).toEqual(['LP-003', 'LP-001', false])
  })
})

describe('The count at the end of a shift', () => {
  const pieces = (amount: number) => ({ '1000': Math.floor(amount / 1000) })

  test('expects the cash of this shift and nothing else', async () => {
    const till = openTill()
    take(till, till.owing())
    take(till, till.owing(20_000), 'transfer', 20_000)
    const { id } = onlyPayment(take(till, till.owing(30_000), 'cash', 30_000))
    await till.fees.void(actor, { paymentId: id, reason: 'Sai', second: SECOND }, () => undefined)
    expect(till.fees.shift()).toMatchObject({ counter: 'Q3', since: null, cash: { count: 2, amount: 45_000 }, voided: { count: 1, amount: 30_000 }, transfer: { count: 1, amount: 20_000 }, expected: 15_000, last: null })
  })

  test('begins the next one', () => {
    const till = openTill()
    take(till, till.owing())
    const made = till.fees.count(actor, { expected: FEE, pieces: pieces(FEE), explanation: '' })
    expect(made).toMatchObject({ expected: FEE, counted: FEE, explanation: null, since: null, officerName: actor.name, counter: 'Q3' })
    expect(till.fees.shift()).toMatchObject({ since: made.at, cash: { count: 0, amount: 0 }, expected: 0, last: { id: made.id } })
    expect(till.desk.actions().at(-1)).toBe('cash.counted')
  })

  test('wants a word about a difference: LP-005', () => {
    const till = openTill()
    take(till, till.owing())
    expect(codeOf(() => till.fees.count(actor, { expected: FEE, pieces: pieces(14_000), explanation: '  ' }))).toBe('LP-005')
    expect(till.fees.count(actor, { expected: FEE, pieces: pieces(14_000), explanation: 'Thối nhầm 1.000 đ' })).toMatchObject({ counted: 14_000, explanation: 'Thối nhầm 1.000 đ' })
  })

  test('does not go through when something was taken meanwhile: LP-006', () => {
    const till = openTill()
    take(till, till.owing())
    take(till, till.owing())
    expect([codeOf(() => till.fees.count(actor, { expected: FEE, pieces: pieces(FEE), explanation: '' })), till.desk.count('cash_count')]).toEqual(['LP-006', 0])
  })

  test('has what was given back after an earlier count', async () => {
    const till = openTill()
    const { id } = onlyPayment(take(till, till.owing()))
    till.fees.count(actor, { expected: FEE, pieces: pieces(FEE), explanation: '' })
    await till.fees.void(actor, { paymentId: id, reason: 'Sai', second: SECOND }, () => undefined)
    expect(till.fees.shift().expected).toBe(-FEE)
  })

  test('counts nothing twice when the clock is set back', () => {
    const till = openTill()
    take(till, till.owing())
    till.fees.count(actor, { expected: FEE, pieces: pieces(FEE), explanation: '' })
    till.desk.at('2026-11-22T02:00:00.000Z')
    take(till, till.owing(20_000), 'cash', 20_000)
    expect(till.fees.shift()).toMatchObject({ cash: { count: 1, amount: 20_000 }, expected: 20_000 })
    till.fees.count(actor, { expected: 20_000, pieces: pieces(20_000), explanation: '' })
    expect(till.fees.counts(10).map(({ expected }) => expected)).toEqual([20_000, FEE])
  })
})

describe('A dossier that owes nothing', () => {
  test('has nothing to pay, to let off or to transfer', () => {
    const till = openTill()
    const id = till.owing(0)
    expect(till.fees.of(id)).toMatchObject({ open: 0, settled: 0, over: 0 })
    expect(codeOf(() => take(till, id, 'cash', 1))).toBe('LP-001')
    expect(readyDraft(till.desk).fee?.total).toBe(0)
  })
})
