import { z } from 'zod'
import { CivilDate } from './ids'

export const Sex = z.enum(['male', 'female'])
export type Sex = z.infer<typeof Sex>

/** Where a fact about a person came from; shown beside the fact (`ui.md` §1.8). */
export const FactSource = z.enum(['chip', 'qr', 'paper', 'typed', 'earlier', 'city', 'helper'])
export type FactSource = z.infer<typeof FactSource>

const line = (max: number) => z.string().trim().max(max)

/** A natural person as the counter records them. Only the name is ever obligatory. */
export const Person = z.object({
  fullName: line(200),
  idNumber: z.string().regex(/^\d{12}$|^\d{9}$/).optional(),
  birthDate: CivilDate.optional(),
  sex: Sex.optional(),
  address: line(500).optional(),
  phone: z.string().regex(/^\+?\d{8,15}$/).optional(),
  email: z.email().max(200).optional(),
  nationality: line(60).optional(),
})
export type Person = z.infer<typeof Person>

/** A person as shown: numbers may be masked (`079 192 ••• 617`). */
export const ShownPerson = Person.extend({ idNumber: z.string().max(40).optional(), phone: z.string().max(40).optional() })
export type ShownPerson = z.infer<typeof ShownPerson>

/** A person while being typed: anything may still be missing or half-written; nothing typed is ever refused or lost. */
export const DraftPerson = z.object({
  fullName: z.string().max(400),
  idNumber: z.string().max(40),
  birthDate: z.string().max(40),
  sex: Sex.nullable(),
  address: z.string().max(1000),
  phone: z.string().max(40),
  email: z.string().max(400),
  sources: z.record(z.string().max(20), FactSource),
})
export type DraftPerson = z.infer<typeof DraftPerson>

export const EMPTY_PERSON: DraftPerson = {
  fullName: '', idNumber: '', birthDate: '', sex: null, address: '', phone: '', email: '', sources: {},
}
