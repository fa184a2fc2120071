import { z } from 'zod'
import { Sex } from './person'

/** What the QR of an identity card says. Unsigned text: help for typing, never proof. */
export const Card = z.object({
  idNumber: z.string().regex(/^\d{12}$/),
  /** The earlier number: 9 digits, 12 on some cards. */
  oldNumber: z.string().regex(/^(\d{9}|\d{12})$/).optional(),
  fullName: z.string().min(1),
  birthDate: z.iso.date(),
  sex: Sex,
  address: z.string(),
  issuedAt: z.iso.date(),
  /** Fields after the seventh, as they came (cards from 07/2024; meaning not documented). */
  extra: z.array(z.string()),
})
export type Card = z.infer<typeof Card>

/** Doubts about a number or a card. They are shown and never stop anything. */
export const CARD_WARNINGS = [
  'number-birth-year', 'number-sex', 'number-province', 'number-form', 'issued-before-birth', 'birth-in-future', 'issued-in-future',
  'name-unmarked', 'address-unmarked', 'address-empty', 'letters-mended', 'letters-lost',
] as const
export type CardWarningCode = (typeof CARD_WARNINGS)[number]
export interface CardWarning {
  readonly field: 'idNumber' | 'birthDate' | 'sex' | 'fullName' | 'address' | 'issuedAt'
  readonly code: CardWarningCode
  readonly params: Record<string, string>
}
