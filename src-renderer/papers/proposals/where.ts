import type { DraftContent } from '@contract/draft'
import { fold } from '@contract/fold'
import { formatDate, formatIdNumber, formatPhone } from '@contract/format'
import type { FieldProposal } from '@contract/pages'
import type { DraftPerson } from '@contract/person'
import type { Who } from '../../intake/content'
import { civilDateOf, tidyEmail, tidyName, type TextFact } from '../../intake/tidy'

export type Fact = TextFact | 'sex'
/** A field of the draft. */
export type Target = Readonly<{ who: Who; fact: Fact }>
type Persons = Pick<DraftContent, 'applicant' | 'owner' | 'capacity'>

const FACTS: Readonly<Record<string, Fact>> = {
  fullName: 'fullName', idNumber: 'idNumber', birthDate: 'birthDate', sex: 'sex', residence: 'address', phone: 'phone', email: 'email',
}
/** What is asked of the person for whom somebody else stands at the counter. */
const OF_OWNER: ReadonlySet<Fact> = new Set<Fact>(['fullName', 'idNumber', 'birthDate', 'sex', 'address'])

const digits = (text: string): string => text.replace(/\D/gu, '')
const plain = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
const spelt = (text: string): string => text.normalize('NFC').toLocaleLowerCase('vi').replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()

/** An address with its abbreviations written out, to compare with. */
const whole = (address: string): string => spelt(address).replace(/(?<!\p{L})(?:tp hcm|tphcm)(?!\p{L})/gu, 'thành phố hồ chí minh').replace(/(?<!\p{L})(tp|p|q|đ)(?!\p{L})/gu, (short) => LONG[short] ?? short)
const LONG: Readonly<Record<string, string>> = { tp: 'thành phố', p: 'phường', q: 'quận', đ: 'đường' }

/** Whom a field is about and what it says: `applicant.fullName`. */
export function fieldOf(proposal: FieldProposal): Readonly<{ role: string; part: string }> {
  const [role = '', part = ''] = proposal.field.split('.')
  return { role, part }
}

/** A value as it is shown and as the fields of a person hold it: `14/03/1992`, `079 192 004 617`, names in title case. */
export function valueOf({ field, value }: Pick<FieldProposal, 'field' | 'value'>): string {
  const part = field.slice(field.indexOf('.') + 1)
  if (/^\d{4}-\d{2}-\d{2}$/u.test(value)) return formatDate(value)
  if (part === 'fullName') return tidyName(value)
  if (part === 'idNumber') return formatIdNumber(value)
  if (part === 'phone') return formatPhone(value.replace(/^\+?84(?=\d{9}$)/u, '0'))
  if (part === 'email') return tidyEmail(value)
  return value
}

/** Another fact of the same person on the same paper, as it was read. */
function beside(proposal: FieldProposal, part: string, all: readonly FieldProposal[]): string | undefined {
  const { role } = fieldOf(proposal)
  const same = all.filter((other) => other.pageId === proposal.pageId && other.field === `${role}.${part}`)
  return (same.find(({ origin }) => origin.kind === proposal.origin.kind) ?? same[0])?.value
}

/** Two names that cannot be one person's; a machine-readable zone and a badly read one have no marks. */
const otherName = (left: string, right: string): boolean => plain(left) !== '' && plain(right) !== '' && plain(left) !== plain(right)

/** Whether the person of a card is who stands here, by number, else by name; nobody here yet counts as the same. */
function mayBe(person: DraftPerson, idNumber: string | undefined, name: string | undefined): boolean {
  const here = digits(person.idNumber)
  if (here !== '' && idNumber !== undefined) return here === idNumber
  return !otherName(person.fullName, name ?? '')
}

const isCard = ({ origin }: FieldProposal): boolean => origin.kind === 'mrz' || origin.form === 'identity-card'

function personOf(proposal: FieldProposal, content: Persons, all: readonly FieldProposal[]): Who | null {
  const { role } = fieldOf(proposal)
  const owner = content.capacity === 'child' || content.capacity === 'authorised' ? 'owner' : null
  if (role === 'applicant') return 'applicant'
  if (role !== 'subject') return null
  if (isCard(proposal)) return mayBe(content.applicant, beside(proposal, 'idNumber', all), beside(proposal, 'fullName', all)) ? 'applicant' : owner
  return content.capacity === 'self' ? 'applicant' : owner
}

/**
 * The field of the draft that a field of a paper may fill; null when the draft has none (parents, places, dates of registration).
 * A paper's applicant is the applicant. Whom a paper is about is the person for whom it is made: the owner, or the applicant who stands
 * here for themselves. A card belongs to the applicant as long as its number, else its name, does not say otherwise.
 */
export function targetOf(proposal: FieldProposal, content: Persons, all: readonly FieldProposal[]): Target | null {
  const fact = FACTS[fieldOf(proposal).part]
  const who = fact && personOf(proposal, content, all)
  if (!fact || !who || (who === 'owner' && !OF_OWNER.has(fact))) return null
  return { who, fact }
}

/** What stands in a field of the draft now; empty when nothing. */
export const currentOf = (content: Persons, { who, fact }: Target): string => content[who][fact] ?? ''

/** True when both say the same: other blanks, dots, capitals and abbreviations are no difference; the marks of a name are, but for a zone without any. */
export function sameFact(fact: Fact, current: string, { value, origin }: Pick<FieldProposal, 'value' | 'origin'>): boolean {
  if (current.trim() === '') return false
  if (fact === 'idNumber') return digits(current) === digits(value)
  if (fact === 'phone') return digits(current).replace(/^84(?=\d{9}$)/u, '0') === digits(value).replace(/^84(?=\d{9}$)/u, '0')
  if (fact === 'birthDate') return (civilDateOf(current) ?? current) === value
  if (fact === 'fullName' && origin.kind === 'mrz') return plain(current) === plain(value)
  if (fact === 'email') return tidyEmail(current).toLowerCase() === tidyEmail(value).toLowerCase()
  return fact === 'address' ? whole(current) === whole(value) : spelt(current) === spelt(value)
}

/** True when the paper's name or number is another than that of who stands in that part of the draft. */
export function namesAnother(proposal: FieldProposal, target: Target, content: Persons, all: readonly FieldProposal[]): boolean {
  const here = content[target.who]
  const [name = '', number] = [beside(proposal, 'fullName', all), beside(proposal, 'idNumber', all)]
  return otherName(here.fullName, name) || (number !== undefined && here.idNumber.trim() !== '' && digits(here.idNumber) !== number)
}

/** A person with one fact as a paper says it. */
export function putRead(person: DraftPerson, fact: Fact, value: string): DraftPerson {
  const sources = { ...person.sources, [fact]: 'paper' as const }
  if (fact !== 'sex') return { ...person, [fact]: value, sources }
  return value === 'male' || value === 'female' ? { ...person, sex: value, sources } : person
}

/** The same person with one fact as it was before. */
export function putBack(person: DraftPerson, fact: Fact, before: DraftPerson): DraftPerson {
  const source = before.sources[fact]
  const others = Object.fromEntries(Object.entries(person.sources).filter(([name]) => name !== fact))
  return { ...person, [fact]: before[fact], sources: source === undefined ? others : { ...others, [fact]: source } }
}
