import type { TransferQr } from '@contract/fees'
import type { Settings } from '@contract/settings'
import { plainPurpose, vietQr } from '@contract/vietqr'

/** A transfer in practice goes nowhere, whatever account the settings name. */
const PRACTICE_ACCOUNT = { bin: '000000', bank: 'Ngân hàng thực hành', number: '0000000000' }

export type TransferAccount = Readonly<{ bin: string; bank: string; number: string; holder: string }>

/** Where transfers of this counter go; null where no account is set. */
export const transferAccount = ({ payment, ward }: Pick<Settings, 'payment' | 'ward'>, practice: boolean): TransferAccount | null =>
  practice ? { ...PRACTICE_ACCOUNT, holder: ward.name } : payment.account

/** What tells a dossier's payment on the statement without naming anybody: day and number of its code, "H29.900-261123-0009" → "2611230009". */
export const referenceOf = (code: string): string => code.split('-').slice(-2).join('')

export type TransferOffer = Omit<TransferQr, 'qr'>

/** A transfer of that amount. @param reference letters and digits that tell it on the statement */
export function transferOf(account: TransferAccount, amount: number, reference: string, simulated: boolean): TransferOffer {
  const purpose = plainPurpose(`Le phi ho so ${reference}`)
  const { bin, bank, number, holder } = account
  return { amount, purpose, account: { bank, number, holder }, payload: vietQr({ bin, account: number, amount, purpose }), simulated }
}
