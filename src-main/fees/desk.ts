import type { LiveEvent } from '@contract/calls-live'
import { AppError, ERRORS } from '@contract/errors'
import type { CashCount, FeeAccount, PaymentId, Pieces, Shift } from '@contract/fees'
import { formatMoney } from '@contract/format'
import { type DossierId, Instant } from '@contract/ids'
import type { Settings } from '@contract/settings'
import { type Account, may } from '@contract/staff'
import { v7 } from 'uuid'
import type { Audit } from '../audit'
import { type Actor, addEvent, type CatalogueAccess, type DossierRow, readDossier } from '../intake'
import type { Clock, Reader, Store, WriteTx } from '../storage'
import { balanceOf, countedCash, expectedCash } from './rules'
import { countsOf, countSlip, findPayment, insertCount, insertPayment, keptOf, type NewPayment, type PaymentRow, paymentsOf, uncounted, voidPayment } from './rows'
import { referenceOf, transferAccount, transferOf, type TransferOffer } from './transfer'

export type FeesDeps = Readonly<{
  store: Store; audit: Audit; clock: Clock; catalogue: Pick<CatalogueAccess, 'version'>; settings(): Settings; practice: boolean
  /** Sends the dossier as it stands as its next version, in the same transaction. */
  resubmit(tx: WriteTx, actor: Actor, dossierId: DossierId): void
  /** Another officer proves to be here. @throws AppError TK-001, TK-002, TK-007, TK-018 */
  vouch(second: Readonly<{ loginName: string; secret: string }>): Promise<Account>
  changed(event: LiveEvent): void
}>

type Second = Readonly<{ loginName: string; secret: string }>

export type Fees = Readonly<{
  /** @throws AppError HS-004 */
  of(dossierId: DossierId): FeeAccount
  /** @throws AppError HS-004, LP-001 nothing open, LP-002 another amount is open now */
  collect(actor: Actor, input: { dossierId: DossierId; method: 'cash' | 'transfer'; amount: number }): FeeAccount
  /** @throws AppError HS-004, LP-001, LP-008 no exemption of the procedure */
  exempt(actor: Actor, input: { dossierId: DossierId; exemption: string; note: string }): FeeAccount
  /**
   * `stillHere` is asked after the second person has proved to be there, which takes a while.
   * @throws AppError LP-007, LP-004 voided before, GQ-011, GQ-012, and what `vouch` and `stillHere` throw
   */
  void(actor: Actor, input: { paymentId: PaymentId; reason: string; second: Second }, stillHere: () => void): Promise<FeeAccount>
  /** A transfer of what is open. @throws AppError HS-004, LP-001, LP-003 no account */
  transfer(dossierId: DossierId): TransferOffer
  /** Counts a slip that was printed. */
  printed(actor: Actor, dossierId: DossierId, paymentId: PaymentId | null): void
  shift(): Shift
  /** @throws AppError LP-006 taken or given back meanwhile, LP-005 a difference without a word */
  count(actor: Actor, input: { expected: number; pieces: Pieces; explanation: string }): CashCount
  counts(limit: number): CashCount[]
}>

/** The till of a counter: what is owed, taken, let off, taken back and counted. */
export function createFees(deps: FeesDeps): Fees {
  const { store, audit, clock, settings, changed } = deps
  const now = (): Instant => Instant.parse(clock.now().toISOString())
  const exemptionsOf = (reader: Reader, { procedureCode, procedureVersion }: DossierRow): FeeAccount['exemptions'] =>
    deps.catalogue.version(reader, procedureCode, procedureVersion).fee.exemptions.map(({ code, name, ground }) => ({ code, name, ground }))

  const account = (dossierId: DossierId): FeeAccount => {
    const dossier = readDossier(store.read, dossierId)
    const { fee } = dossier.body
    return {
      dossierId, code: dossier.code, quote: fee, ...balanceOf(fee.total, keptOf(store.read, dossierId)), payments: paymentsOf(store.read, dossierId).map(withoutDossier),
      exemptions: exemptionsOf(store.read, dossier), transfer: transferAccount(settings(), deps.practice) !== null,
    }
  }
  const told = (dossierId: DossierId): FeeAccount => {
    for (const event of [{ kind: 'fees' }, { kind: 'dossier', id: dossierId }, { kind: 'sync' }] as const) changed(event)
    return account(dossierId)
  }
  /** What every change of a dossier's money leaves behind. */
  const noted = (tx: WriteTx, actor: Actor, dossierId: DossierId, action: 'fee.collected' | 'fee.exempted' | 'fee.voided', detail: Readonly<Record<string, string | number>>): void => {
    addEvent(tx, { dossierId, kind: 'note', state: null, at: now(), by: actor.name, origin: 'counter', note: action })
    audit.append(tx, { actor: actor.id, action, subject: { type: 'dossier', id: dossierId }, detail })
    deps.resubmit(tx, actor, dossierId)
  }
  const keep = (tx: WriteTx, actor: Actor, payment: Pick<NewPayment, 'dossierId' | 'method' | 'amount' | 'ground'>): PaymentRow | undefined =>
    findPayment(tx, insertPayment(tx, { ...payment, counter: settings().counter.code, at: now(), officerId: actor.id }))

  return {
    of: account,
    collect: (actor, { dossierId, method, amount }) => {
      store.write((tx) => {
        const open = mustBeOpen(tx, readDossier(tx, dossierId))
        if (open !== amount) throw new AppError(ERRORS.fees.otherAmount, { open: formatMoney(open), amount: formatMoney(amount) })
        const kept = keep(tx, actor, { dossierId, method, amount, ground: null })
        noted(tx, actor, dossierId, 'fee.collected', { method, amount, number: kept?.number ?? '' })
      })
      return told(dossierId)
    },
    exempt: (actor, { dossierId, exemption: code, note }) => {
      store.write((tx) => {
        const dossier = readDossier(tx, dossierId)
        const amount = mustBeOpen(tx, dossier)
        const exemption = exemptionsOf(tx, dossier).find((one) => one.code === code)
        if (!exemption) throw new AppError(ERRORS.fees.exemptionUnknown)
        const ground = [exemption.name, exemption.ground, note].filter((part) => part !== '').join(' – ')
        const kept = keep(tx, actor, { dossierId, method: 'exempt', amount, ground })
        noted(tx, actor, dossierId, 'fee.exempted', { exemption: code, amount, number: kept?.number ?? '' })
      })
      return told(dossierId)
    },
    void: async (actor, { paymentId, reason, second }, stillHere) => {
      mustBeInForce(store.read, paymentId)
      const other = await deps.vouch(second)
      if (other.id === actor.id) throw new AppError(ERRORS.handling.secondIsSame)
      if (!may(other.role, 'supervise')) throw new AppError(ERRORS.handling.secondNotAllowed)
      stillHere()
      const { dossierId } = store.write((tx) => {
        const payment = mustBeInForce(tx, paymentId)
        voidPayment(tx, paymentId, { at: now(), by: actor.id, second: other.id, reason })
        noted(tx, actor, payment.dossierId, 'fee.voided', { number: payment.number, method: payment.method, amount: payment.amount, second: other.id })
        return payment
      })
      return told(dossierId)
    },
    transfer: (dossierId) => {
      const dossier = readDossier(store.read, dossierId)
      const open = mustBeOpen(store.read, dossier)
      const to = transferAccount(settings(), deps.practice)
      if (!to) throw new AppError(ERRORS.fees.noAccount)
      return transferOf(to, open, referenceOf(dossier.code), deps.practice)
    },
    printed: (actor, dossierId, paymentId) => {
      store.write((tx) => {
        if (paymentId !== null) countSlip(tx, paymentId)
        audit.append(tx, { actor: actor.id, action: 'fee.slip-printed', subject: { type: 'dossier', id: dossierId }, detail: { payment: paymentId ?? 'open' } })
      })
      changed({ kind: 'fees' })
    },
    shift: () => shiftOf(store.read, settings().counter.code),
    count: (actor, { expected, pieces, explanation }) => {
      const id = v7()
      store.write((tx) => {
        const { counter, ...shift } = shiftOf(tx, settings().counter.code)
        if (shift.expected !== expected) throw new AppError(ERRORS.fees.drawerChanged, { expected: formatMoney(shift.expected), before: formatMoney(expected) })
        const counted = countedCash(pieces)
        const said = explanation.trim()
        if (counted !== expected && said === '') throw new AppError(ERRORS.fees.differenceUnexplained, { difference: formatMoney(counted - expected) })
        insertCount(tx, { id, counter, since: shift.since, at: now(), officerId: actor.id, expected, counted, pieces, explanation: said === '' ? null : said })
        audit.append(tx, { actor: actor.id, action: 'cash.counted', subject: { type: 'cash-count', id }, detail: { expected, counted } })
      })
      changed({ kind: 'fees' })
      const [made] = countsOf(store.read, 1)
      if (made?.id !== id) throw new Error('a count that was just made is not the newest')
      return made
    },
    counts: (limit) => countsOf(store.read, limit),
  }
}

const withoutDossier = ({ dossierId: _dossierId, ...payment }: PaymentRow): FeeAccount['payments'][number] => payment

/** What is open of a dossier. @throws AppError LP-001 */
function mustBeOpen(reader: Reader, { id, body }: DossierRow): number {
  const { open } = balanceOf(body.fee.total, keptOf(reader, id))
  if (open === 0) throw new AppError(ERRORS.fees.nothingOpen)
  return open
}

/** @throws AppError LP-007, LP-004 */
function mustBeInForce(reader: Reader, id: PaymentId): PaymentRow {
  const payment = findPayment(reader, id)
  if (!payment) throw new AppError(ERRORS.fees.paymentNotFound)
  if (payment.voided) throw new AppError(ERRORS.fees.alreadyVoided, { number: payment.number })
  return payment
}

function shiftOf(reader: Reader, counter: string): Shift {
  const { cash, voided, transfer } = uncounted(reader)
  const last = countsOf(reader, 1)[0] ?? null
  return { counter, since: last?.at ?? null, cash, voided, transfer, expected: expectedCash(cash.amount, voided.amount), last }
}
