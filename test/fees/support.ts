import type { FeeAccount } from '@contract/fees'
import { AccountId, type DossierId } from '@contract/ids'
import { DEFAULT_SETTINGS, Settings } from '@contract/settings'
import type { Account, Role } from '@contract/staff'
import { createFees, feeExtras, type Fees } from '../../src-main/fees'
import { counter, ward } from '../staff/support'
import { type Desk, newDesk, receive, SIMPLE } from '../intake/support'

export const FEE = 15_000
export const SECOND = { loginName: 'hanh', secret: 'x' }

export type Till = Readonly<{
  desk: Desk
  fees: Fees
  /** Who vouches from now on. */
  vouches(who: Account): void
  supervisor: Account
  /** A dossier that owes `FEE`, or another amount. */
  owing(amount?: number, payment?: 'unpaid' | 'cash' | 'transfer'): DossierId
  /** The dossier of the newest submission, as the city gets it. */
  sent(dossierId: DossierId): Readonly<Record<string, unknown>>
}>

export function addAccount(desk: Desk, loginName: string, role: Role): Account {
  const id = AccountId.parse(`01939b6e-0000-7000-8000-${loginName.padEnd(12, '0').replaceAll(/[^0-9a-f]/g, 'a').slice(0, 12)}`)
  const fullName = `Người ${loginName}`
  desk.store.write((tx) => tx.run(
    `INSERT INTO account (id, login_name, login_folded, full_name, title, role, secret_hash, secret_id, created_at, created_by)
     VALUES (?, ?, ?, ?, 'Cán bộ', ?, '{}', ?, '2026-11-20T00:00:00.000Z', 'system')`, [id, loginName, loginName, fullName, role, '1'.repeat(32)]))
  return { id, loginName, fullName, title: 'Cán bộ', role, disabled: false, mustChangeSecret: false, createdAt: '2026-11-20T00:00:00.000Z' } as Account
}

/** The till of a practice counter on real files. */
export function openTill(changed: { practice?: boolean; account?: Settings['payment']['account'] } = {}): Till {
  const desk = newDesk({ deps: { extras: feeExtras } })
  const supervisor = addAccount(desk, 'hanh', 'supervisor')
  let voucher = supervisor
  const settings = Settings.parse({ ...DEFAULT_SETTINGS, ward, counter, payment: { account: changed.account ?? null } })
  const fees = createFees({
    ...desk.deps, settings: () => ({ ...settings, counter: { ...settings.counter, code: 'Q3' } }), practice: changed.practice ?? true,
    resubmit: desk.intake.resubmit, vouch: () => Promise.resolve(voucher),
  })
  return {
    desk, fees, supervisor,
    vouches: (who) => { voucher = who },
    owing: (amount = FEE, payment = 'unpaid') => receive(desk, { fee: { copies: 1, pages: 1, exemption: null, payment, councilAmount: amount } }, SIMPLE).id,
    sent: (dossierId) => {
      const payload = desk.store.read.get('SELECT payload FROM submission WHERE dossier_id = ? ORDER BY version DESC LIMIT 1', [dossierId], (row) => Buffer.from(row.bytes('payload')).toString('utf8')) ?? '{}'
      return (JSON.parse(payload) as { dossier: Record<string, unknown> }).dossier
    },
  }
}

export const onlyPayment = ({ payments }: FeeAccount): FeeAccount['payments'][number] => {
  const [first] = payments
  if (!first) throw new Error('no payment')
  return first
}
