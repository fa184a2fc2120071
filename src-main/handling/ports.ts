import type { Grounds, Second } from '@contract/handling'
import type { AccountId, Instant } from '@contract/ids'
import type { ActFormCode, FormFrame, FormSigner, OfficeForm } from '@contract/office-forms'
import type { Paper, ReceiptOptions } from '@contract/receipt'
import type { Account, Role } from '@contract/staff'
import type { Audit } from '../audit'
import type { FeesAccess, Intake, WorkCalendar } from '../intake'
import type { Printer } from '../printing'
import type { Clock, Store } from '../storage'

/** Who issues a form, as it stands now. */
export type IssuingPlace = Readonly<{
  agencyParent: string; agencyName: string; unitName: string
  /** Địa danh before the date. */
  place: string
  hotline: string | null
  counter: string
  practice: boolean
  /** Offices that papers are handed on to. */
  offices: readonly string[]
  signers: readonly FormSigner[]
}>

export type FormWish = Readonly<{ paper: Paper; practice: boolean; reprint?: NonNullable<ReceiptOptions['reprint']> }>

/** What acts are made of. */
export type ActDeps = Readonly<{
  store: Store
  audit: Audit
  clock: Clock
  intake: Intake
  fees: Pick<FeesAccess, 'stateOf'>
  calendar(): WorkCalendar
  place(): IssuingPlace
  grounds(): Grounds
  /** The wording that a form is issued in: reprints keep it, whatever the form says by then. */
  wordingOf(form: ActFormCode, at: Instant): NonNullable<FormFrame['template']>
}>

export type HandlingDeps = ActDeps & Readonly<{
  render(form: OfficeForm, wish: FormWish): Promise<Readonly<{ pdf: Uint8Array }>>
  printer: Printer
  saveFile(file: { suggestedName: string; bytes: Uint8Array }): Promise<'saved' | 'cancelled'>
  roleOf(id: AccountId): Role
  /** A second person proves to be here. @throws AppError TK-001, TK-002, TK-007, TK-018 */
  vouch(second: Second): Promise<Account>
}>
