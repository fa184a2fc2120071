import { CivilDate } from '@contract/ids'
import { type DraftPerson, Person } from '@contract/person'

export type PersonField = 'fullName' | 'idNumber' | 'birthDate' | 'phone' | 'email' | 'address'
export type PersonProblem = Readonly<{ field: PersonField; code: 'missing' | 'id-number' | 'birth-date' | 'phone' | 'email' | 'too-long' }>

const squeeze = (text: string): string => text.normalize('NFC').replace(/[\s\p{Cc}]+/gu, ' ').trim()
const digitsOf = (text: string): string => text.replace(/[\s.\-()]/gu, '')

/** `dd/mm/yyyy`, `ddmmyyyy` or `yyyy-mm-dd` → `YYYY-MM-DD`; null when it is no day of the calendar. */
export function civilDateOf(text: string): CivilDate | null {
  const trimmed = text.trim()
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(trimmed)
  const vietnamese = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/u.exec(trimmed) ?? /^(\d{2})(\d{2})(\d{4})$/u.exec(trimmed)
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : [vietnamese?.[3], vietnamese?.[2]?.padStart(2, '0'), vietnamese?.[1]?.padStart(2, '0')]
  const parsed = CivilDate.safeParse(`${year ?? ''}-${month ?? ''}-${day ?? ''}`)
  return parsed.success ? parsed.data : null
}

/** True when nothing was written about this person. */
export function isBlank(person: DraftPerson): boolean {
  return [person.fullName, person.idNumber, person.birthDate, person.address, person.phone, person.email].every((text) => text.trim() === '')
}

/** What of a half-typed person can be used, and what has to be mended before the commit. Never throws. */
export function readPerson(draft: DraftPerson): { person: Person | null; problems: PersonProblem[] } {
  const problems: PersonProblem[] = []
  const fullName = squeeze(draft.fullName)
  if (fullName === '') problems.push({ field: 'fullName', code: 'missing' })
  const idNumber = digitsOf(draft.idNumber)
  if (idNumber !== '' && !/^(\d{12}|\d{9})$/u.test(idNumber)) problems.push({ field: 'idNumber', code: 'id-number' })
  const birthDate = draft.birthDate.trim() === '' ? undefined : civilDateOf(draft.birthDate)
  if (birthDate === null) problems.push({ field: 'birthDate', code: 'birth-date' })
  const phone = digitsOf(draft.phone)
  if (phone !== '' && !/^\+?\d{8,15}$/u.test(phone)) problems.push({ field: 'phone', code: 'phone' })
  const email = draft.email.trim()
  if (email !== '' && !Person.shape.email.safeParse(email).success) problems.push({ field: 'email', code: 'email' })
  const address = squeeze(draft.address)
  if (!Person.shape.fullName.safeParse(fullName).success) problems.push({ field: 'fullName', code: 'too-long' })
  if (!Person.shape.address.safeParse(address).success) problems.push({ field: 'address', code: 'too-long' })
  if (problems.length > 0) return { person: null, problems }
  const person = Person.parse({
    fullName,
    ...(idNumber !== '' && { idNumber }),
    ...(birthDate && { birthDate }),
    ...(draft.sex !== null && { sex: draft.sex }),
    ...(address !== '' && { address }),
    ...(phone !== '' && { phone }),
    ...(email !== '' && { email }),
  })
  return { person, problems }
}
