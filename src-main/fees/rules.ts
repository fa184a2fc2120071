import type { FeeState } from '@contract/draft'
import { DENOMINATIONS, type PaymentMethod, type Pieces } from '@contract/fees'

/** A payment as far as sums go; amounts in đồng. */
export type Kept = Readonly<{ method: PaymentMethod; amount: number; voided: boolean }>

export type Balance = Readonly<{
  /** Paid or let off. */
  settled: number
  /** Still to be paid, 0 at least. */
  open: number
  /** Money taken beyond what is owed now (a dossier was corrected to a smaller fee); what was let off is nobody's to get back. */
  over: number
}>

const sumOf = (payments: readonly Pick<Kept, 'amount'>[]): number => payments.reduce((sum, { amount }) => sum + amount, 0)

/** How a dossier that owes `total` stands after these payments; a voided one never was. */
export function balanceOf(total: number, payments: readonly Kept[]): Balance {
  const inForce = payments.filter(({ voided }) => !voided)
  const settled = sumOf(inForce)
  const money = sumOf(inForce.filter(({ method }) => method !== 'exempt'))
  return { settled, open: Math.max(0, total - settled), over: Math.max(0, money - total) }
}

/** In one word: by what the fee was last settled; `unpaid` as long as something is open, and where nothing was ever owed. @param payments oldest first */
export function paymentStateOf(total: number, payments: readonly Kept[]): FeeState {
  const last = payments.filter(({ voided }) => !voided).at(-1)
  return total === 0 || last === undefined || balanceOf(total, payments).open > 0 ? 'unpaid' : last.method
}

/** As it stands on the slip: number 7 of counter Q3 is "0007.Q3". Each counter counts for itself, so that two that are cut off never meet. */
export const slipNumber = (number: number, counter: string): string => `${String(number).padStart(4, '0')}.${counter}`

/** What the drawer should have gained since the last count: cash taken without the cash given back. Negative where more went out. */
export const expectedCash = (taken: number, givenBack: number): number => taken - givenBack

/** What lies on the table, in đồng. @throws RangeError for a piece that is not in circulation */
export function countedCash(pieces: Pieces): number {
  return Object.entries(pieces).reduce((sum, [name, count]) => {
    const value = DENOMINATIONS.find((one) => String(one) === name)
    if (value === undefined) throw new RangeError('no such note')
    return sum + value * count
  }, 0)
}
