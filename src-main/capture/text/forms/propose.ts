import { Sex } from '@contract/person'
import { crossCheck } from '../../../identity'
import { around } from '../tsv'
import type { Line, PageText, Word } from '../types'
import { captionsOn, type Hit, isTitle } from './captions'
import { FORMS } from './definitions'
import type { FieldName, Form, Proposal, Role } from './form-types'
import { letters } from './likeness'
import { rowsOf } from './rows'
import { isNumeric, readValue, runsOn } from './values'

/** Below this nothing is worth an officer's look. */
export const LEAST_CONFIDENCE = 0.3
/** Without its title a form is believed by this many captions, and by two more than any other form. */
const CAPTIONS_WITHOUT_TITLE = 5
const CAPTIONS_AHEAD = 2
const MOST_RUN_ON = 2

type Recognised = Readonly<{ form: Form; hits: readonly Hit[]; titled: boolean }>

const kinds = (hits: readonly Hit[]): number => new Set(hits.map(({ caption }) => caption.text)).size

/** Which form a page is: by its title, and among several or without one by its captions. Null when in doubt. */
function recognise(rows: readonly Line[]): Recognised | null {
  const all = FORMS.map((form) => {
    const hits = captionsOn(rows, form)
    return { form, hits, titled: rows.some((row) => isTitle(row, form)), count: kinds(hits) }
  })
  const titled = all.filter((one) => one.titled && one.count > 0).sort((a, b) => b.count - a.count)
  if (titled[0]) return titled[0]
  const [best, next] = all.sort((a, b) => b.count - a.count)
  return best && best.count >= CAPTIONS_WITHOUT_TITLE && best.count >= (next?.count ?? 0) + CAPTIONS_AHEAD ? best : null
}

const isName = ({ caption }: Hit): boolean => caption.part === 'fullName' && caption.role !== undefined

/** Whose name opens the part of the form in which a caption stands: the last row above with names, and of those the one to the left of it. */
function openedBy(hit: Hit, hits: readonly Hit[], tolerance: number): Hit | null {
  const above = hits.filter((other) => isName(other) && (other.row < hit.row || (other.row === hit.row && other.from < hit.from)))
  const last = above.at(-1)
  if (!last) return null
  const beside = above.filter(({ row, x }) => row === last.row && x <= hit.x + tolerance)
  return beside.at(-1) ?? null
}

/** Field of each caption. After one that cannot belong to the person above, or the second of its kind, a name was missed: nothing is said up to the next name. */
function fieldsOf({ hits }: Recognised, tolerance: number): Map<Hit, FieldName> {
  const fields = new Map<Hit, FieldName>()
  const taken = new Set<FieldName>()
  const broken = new Set<Hit>()
  for (const hit of hits) {
    const { caption } = hit
    const opener = caption.role === undefined ? openedBy(hit, hits, tolerance) : null
    const role: Role | undefined = caption.role ?? opener?.caption.role
    if (role === undefined || (opener && broken.has(opener))) continue
    const field: FieldName = `${role}.${caption.part}`
    const fits = caption.role !== undefined || (caption.of?.includes(role) ?? false)
    if (fits && !taken.has(field)) fields.set(hit, field)
    else if (opener) broken.add(opener)
    taken.add(field)
  }
  return fields
}

const isNumbering = ({ text }: Word): boolean => /^\d{1,2}[.)]$/u.test(text)

/** A value ends before a caption that could not be read: at the last wide gap before its colon. Without a gap nobody can tell where, so there is no value. */
function beforeUnread(words: readonly Word[]): readonly Word[] {
  const colon = words.findIndex(({ text }, index) => index > 0 && text.endsWith(':'))
  if (colon < 0) return words
  const gap = words.findLastIndex((word, index) => {
    const before = words[index - 1]
    return index <= colon && before !== undefined && word.box.x - (before.box.x + before.box.width) > 1.5 * word.box.height
  })
  return words.slice(0, Math.max(gap, 0))
}

/** Words after a caption up to the next one on its row. */
function wordsAfter(hit: Hit, rows: readonly Line[], hits: readonly Hit[]): Word[] {
  const next = hits.find((other) => other.row === hit.row && other.from >= hit.to)
  const words = (rows[hit.row]?.words ?? []).slice(hit.to, next?.from)
  const last = words.at(-1)
  return next && last && isNumbering(last) ? words.slice(0, -1) : words
}

type Column = Readonly<{ left: number; right: number }>

/** Words on the row below, in the column of a caption, when that row has no caption there and lies close. */
function wordsBelow(row: number, { left, right }: Column, rows: readonly Line[], hits: readonly Hit[]): Word[] {
  const [own, below] = [rows[row], rows[row + 1]]
  if (!own || !below || below.box.y - (own.box.y + own.box.height) > 1.5 * own.box.height) return []
  if (hits.some((hit) => hit.row === row + 1 && hit.x < right && (rows[row + 1]?.words[hit.to - 1]?.box.x ?? 0) >= left)) return []
  return below.words.filter(({ box }) => box.x >= left && box.x < right)
}

function valueWords(hit: Hit, rows: readonly Line[], hits: readonly Hit[], margin: number): Word[] {
  const { part } = hit.caption
  const after = wordsAfter(hit, rows, hits)
  // What has a form of its own is found in what follows, such as the same date in words.
  const found = isNumeric(part) || part === 'sex' || part === 'email' ? after : beforeUnread(after)
  if (found.length < after.length && found.length === 0) return []
  const next = hits.find((other) => other.row === hit.row && other.from >= hit.to)
  const height = rows[hit.row]?.box.height ?? 0
  const column = { left: hit.x - 2 * height, right: next?.x ?? Number.POSITIVE_INFINITY }
  const isEmpty = letters(found.map(({ text }) => text).join('')) === ''
  if (isEmpty) return wordsBelow(hit.row, column, rows, hits)
  const all = [...found]
  if (!runsOn(part) || next) return all
  for (let row = hit.row; row < hit.row + MOST_RUN_ON; row += 1) {
    const end = rows[row]?.box
    if (!end || end.x + end.width < margin) break
    const more = wordsBelow(row, { left: 0, right: Number.POSITIVE_INFINITY }, rows, hits)
    if (more.length === 0) break
    all.push(...more)
  }
  return all
}

function proposalOf(hit: Hit, field: FieldName, words: readonly Word[], page: number, { form, titled }: Recognised): Proposal | null {
  const { part } = hit.caption
  const value = readValue(part, words)
  const kept = words.filter(({ text }) => letters(text) !== '')
  if (value === null || kept.length === 0) return null
  const sure = kept.map((word) => word.confidence)
  const read = isNumeric(part) ? Math.min(...sure) : sure.reduce((sum, one) => sum + one, 0) / sure.length
  const confidence = read * (1 - hit.differences / Math.max(1, letters(hit.caption.text).length)) * (value.repaired ? 0.8 : 1) * (hit.colon ? 1 : 0.9)
  if (confidence < LEAST_CONFIDENCE) return null
  const why = { kind: 'form', form: form.id, caption: hit.caption.text, read: hit.read, differences: hit.differences, titled, repaired: value.repaired, doubts: [] } as const
  return { field, value: value.value, box: around(kept.map(({ box }) => box)), page, confidence, why }
}

/** Adds what does not go together: number against birth date and sex, person by person. */
function withDoubts(proposals: readonly Proposal[]): Proposal[] {
  const of = (role: string, part: string): string | undefined => proposals.find(({ field }) => field === `${role}.${part}`)?.value
  return proposals.map((proposal) => {
    const [role = '', part = ''] = proposal.field.split('.')
    const sex = Sex.safeParse(of(role, 'sex'))
    const person = { idNumber: of(role, 'idNumber'), birthDate: of(role, 'birthDate'), sex: sex.success ? sex.data : null }
    if (proposal.why.kind !== 'form' || !['idNumber', 'birthDate', 'sex'].includes(part)) return proposal
    const doubts = crossCheck(person).filter((warning) => warning.field === part || part === 'idNumber').map(({ code }) => code)
    return { ...proposal, why: { ...proposal.why, doubts } }
  })
}

/**
 * Fields that a page of a known form seems to hold, in the order in which they stand. Pure; never throws, and gives nothing rather than a guess:
 * an unknown form, a caption that is too different or a value that cannot be one is left out.
 * @param page number of the page, from 0, for the proposals
 */
export function proposeFields(text: PageText, page: number): Proposal[] {
  const rows = rowsOf(text)
  const known = recognise(rows)
  if (!known) return []
  const edge = Math.max(...rows.map(({ box }) => box.x + box.width))
  const height = rows[0]?.box.height ?? 0
  const proposals = [...fieldsOf(known, 2 * height)].map(([hit, field]) => proposalOf(hit, field, valueWords(hit, rows, known.hits, edge - text.width * 0.12), page, known))
  return withDoubts(proposals.filter((proposal) => proposal !== null))
}
