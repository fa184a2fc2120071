import { DENOMINATIONS, type Pieces } from '@contract/fees'

/** What somebody typed as an amount: digits, with dots or blanks between them. Null where nothing was typed, or no amount. */
export function amountOf(typed: string): number | null {
  const digits = typed.replaceAll(/[.,\s]/gu, '')
  return /^\d{1,12}$/u.test(digits) ? Number(digits) : null
}

/** What is handed back of what was handed over; null until it is enough. */
export function changeOf(handed: number | null, due: number): number | null {
  return handed === null || handed < due ? null : handed - due
}

/** What was typed for each denomination, by its name. */
export type Typed = Readonly<Record<string, string>>

const countOf = (typed: string | undefined): number => Number(/^\d{1,5}$/u.exec((typed ?? '').trim())?.[0] ?? '0')

/** The pieces that were typed, those of which there are none left out. */
export function piecesOf(typed: Typed): Pieces {
  return Object.fromEntries(DENOMINATIONS.map((value) => [String(value), countOf(typed[String(value)])] as const).filter(([, count]) => count > 0))
}

/** What a row of the table is worth, in đồng. */
export const worthOf = (value: number, typed: string | undefined): number => value * countOf(typed)

/** All of it, in đồng. */
export const totalOf = (typed: Typed): number => DENOMINATIONS.reduce((sum, value) => sum + worthOf(value, typed[String(value)]), 0)
