import { call } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import type { FeeAccount } from '@contract/fees'
import { headlessHost, type Host } from '../../src-main/core/host'
import { codeOfCall, filledContent, practice, router, secretOf } from '../core/support'
import { plugIn } from '../core/display-support'
import { codesByZbar, textOf } from '../paperwork/pdf-tools'

type Job = Parameters<Host['printPdf']>[0]

/** A practice counter with a dossier that owes its fee. */
async function counterWithFee() {
  const jobs: Job[] = []
  const host: Host = { ...headlessHost(), printPdf: async (job) => { jobs.push(job); return 'printed' } }
  const made = await practice('duyen', { host })
  const { context, office } = made
  const view = await call(router.intake.start, undefined, context)
  const content = filledContent(view, office().catalogue.get('1.004873'))
  const { revision } = await call(router.intake.save, { draftId: view.id, revision: view.revision, content: { ...content, fee: { ...content.fee, exemption: null, payment: 'unpaid', councilAmount: 15_000 } } }, context)
  const { id: dossierId, code } = await call(router.intake.commit, { draftId: view.id, revision }, context)
  const of = (): Promise<FeeAccount> => call(router.fees.of, { dossierId }, context)
  return { ...made, jobs, dossierId, code, of, collect: (method: 'cash' | 'transfer' = 'cash') => call(router.fees.collect, { dossierId, method, amount: 15_000 }, context) }
}

describe('The till of a counter', () => {
  it('shows the QR of what is open, which two windows agree on', async () => {
    const ward = await counterWithFee()
    const offer = await call(router.fees.transferQr, { dossierId: ward.dossierId }, ward.context)
    expect(offer).toMatchObject({ amount: 15_000, simulated: true, purpose: `Le phi ho so ${ward.code.split('-').slice(-2).join('')}` })
    const window = await plugIn(ward)
    await call(router.display.show, { kind: 'pay', dossierId: ward.dossierId }, ward.context)
    expect(await window.until('pay')).toMatchObject({ amount: 15_000, qr: offer.qr, purpose: offer.purpose })
  })

  it('has nothing to show once it is paid: MH-003', async () => {
    const ward = await counterWithFee()
    await ward.collect()
    await plugIn(ward)
    expect(await codeOfCall(() => call(router.display.show, { kind: 'pay', dossierId: ward.dossierId }, ward.context))).toBe('MH-003')
  })

  it('prints slips on a small sheet of the receipts, or on the roll where there is one', async () => {
    const ward = await counterWithFee()
    const print = async (paymentId: FeeAccount['payments'][number]['id'] | null) => call(router.fees.printSlip, { dossierId: ward.dossierId, paymentId }, ward.context)
    expect((await print(null)).outcome).toBe('printed')
    const { payments: [payment] } = await ward.collect()
    const { printing } = ward.office().settings()
    ward.office().settingsStore.saveSection('system', 'printing', { ...printing, ticket: { printer: 'Máy in phiếu', way: 'queue' } })
    await print(payment?.id ?? null)
    await print(payment?.id ?? null)
    const [open, first, again] = ward.jobs
    expect(ward.jobs.map(({ paper, printer }) => [paper, printer])).toEqual([['A5', null], ['T80', 'Máy in phiếu'], ['T80', 'Máy in phiếu']])
    expect(codesByZbar(open?.bytes ?? new Uint8Array(), 150)).toEqual([(await qrText(ward))])
    expect([textOf(first?.bytes ?? new Uint8Array()).includes('Bản in lại'), textOf(again?.bytes ?? new Uint8Array()).includes('Bản in lại lần 1'), (await ward.of()).payments[0]?.prints]).toEqual([false, true, 2])
    expect(ward.office().audit.list(ward.office().store.read, { limit: 50 }).filter(({ action }) => action === 'fee.slip-printed')).toHaveLength(3)
  })

  it('gives the slip as PDF', async () => {
    const ward = await counterWithFee()
    const blob = await call(router.fees.slip, { dossierId: ward.dossierId, paymentId: null }, ward.context)
    expect(textOf(new Uint8Array(await blob.arrayBuffer()))).toContain('BẢN THỰC HÀNH')
  })

  it('takes a payment back with the supervisor who proves to be there', async () => {
    const ward = await counterWithFee()
    const { payments: [payment] } = await ward.collect()
    if (!payment) throw new Error('no payment')
    const voided = (loginName: string, secret: string) => call(router.fees.void, { paymentId: payment.id, reason: 'Thu nhầm', second: { loginName, secret } }, ward.context)
    expect(await codeOfCall(() => voided('duyen', secretOf('duyen')))).toBe('GQ-012')
    const supervisor = ward.office().staff.list().find(({ role }) => role === 'supervisor')
    const loginName = supervisor?.loginName ?? ''
    expect(await codeOfCall(() => voided(loginName, 'sai mật khẩu'))).toBe('TK-001')
    expect(await voided(loginName, secretOf(loginName))).toMatchObject({ open: 15_000, payments: [{ voided: { second: supervisor?.fullName } }] })
  })

  it('prints on Mẫu 01 whether the fee was paid, as it stands then', async () => {
    const ward = await counterWithFee()
    const receipt = async (): Promise<string> => textOf(new Uint8Array(await (await call(router.paper.receipt, { dossierId: ward.dossierId, paper: 'A5' }, ward.context)).arrayBuffer()))
    const before = await receipt()
    await ward.collect('transfer')
    expect([before.includes('chưa thanh toán'), (await receipt()).includes('chưa thanh toán')]).toEqual([true, false])
  })

  it('counts the drawer and begins the next shift', async () => {
    const ward = await counterWithFee()
    await ward.collect()
    const { expected } = await call(router.fees.shift, undefined, ward.context)
    expect(await codeOfCall(() => call(router.fees.count, { expected, pieces: { '10000': 1 }, explanation: '' }, ward.context))).toBe('LP-005')
    expect(await call(router.fees.count, { expected, pieces: { '10000': 1, '5000': 1 }, explanation: '' }, ward.context)).toMatchObject({ expected: 15_000, counted: 15_000 })
    expect([(await call(router.fees.shift, undefined, ward.context)).expected, (await call(router.fees.counts, {}, ward.context)).length]).toEqual([0, 1])
  })
})

const qrText = async ({ office, dossierId }: Awaited<ReturnType<typeof counterWithFee>>): Promise<string> => {
  const { transferOf, transferAccount, referenceOf } = await import('../../src-main/fees')
  const account = transferAccount(office().settings(), true)
  if (!account) throw new Error('no account in practice')
  return transferOf(account, 15_000, referenceOf(office().intake.get(dossierId).code), true).payload
}
