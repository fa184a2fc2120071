import { fold, withMarks, words } from '@contract/fold'
import { normaliseDossierCode, parseDossierCode, readLastFour } from './code'

/** What the search index holds of one dossier; never shown, only matched. */
export type SearchRow = Readonly<{ exact: string; folded: string; digits: string }>

export type Indexed = Readonly<{
  code: string
  /** The code on a receipt that was printed before the city gave the final one. */
  provisionalCode?: string | null
  idNumber: string | null
  ownerIdNumber?: string | null
  phone: string | null
  names: readonly string[]
  procedureName: string
}>

const digitsOf = (text: string): string => text.replace(/\D/gu, '')

/** Given-name initials as officers say them: "Nguyễn Văn An" → "nva". */
function initials(name: string): string {
  return words(fold(name)).map((word) => word[0] ?? '').join('')
}

/** Numbers of a code: whole, its day and number, its number alone. */
function codeForms(code: string): string[] {
  const parts = code.split('-')
  const number = parts.at(-1) ?? ''
  return [digitsOf(code), digitsOf((parts.at(-2) ?? '') + number), number]
}

const idForms = (idNumber: string | null | undefined): string[] => (idNumber ? [idNumber, idNumber.slice(-9)] : [])
/** +84 903 517 284 and 0903 517 284 are one number. */
const plainPhone = (phone: string): string => digitsOf(phone.replace(/^\s*\(?\+84\)?/u, '0'))

/** Numbers a person may read out: of the code, of the ID card, the phone. */
function numberForms({ code, provisionalCode, idNumber, ownerIdNumber, phone }: Indexed): string[] {
  const codes = provisionalCode ? [...codeForms(code), ...codeForms(provisionalCode)] : codeForms(code)
  return [...codes, ...idForms(idNumber), ...idForms(ownerIdNumber), phone ? plainPhone(phone) : ''].filter((text) => text !== '')
}

/** The row of the search index for a dossier. */
export function indexRow(of: Indexed): SearchRow {
  const text = [...of.names, of.procedureName].join(' ')
  return {
    exact: withMarks(text),
    folded: [fold(text), ...of.names.map(initials)].join(' '),
    digits: [...new Set(numberForms(of))].join(' '),
  }
}

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"*`
const phrase = (column: keyof SearchRow, list: readonly string[]): string => `${column} : (${list.map(quoted).join(' AND ')})`

/** Exactly this name with its marks, anywhere in the row; null when it has no word. */
export function wholeName(name: string): string | null {
  const list = words(withMarks(name))
  return list.length === 0 ? null : `exact : "${list.join(' ')}"`
}

/** The digits of what can only be a number: a code in any spacing, an ID number, a phone; null for anything else. */
function numberIn(text: string): string | null {
  const code = parseDossierCode(text)
  if (code) return digitsOf(code.text)
  if (/^\(?\+84/u.test(text) && /^[\d+().\s-]+$/u.test(text)) return plainPhone(text)
  const numeric = /^(tam[.\s-]*)?[a-z]?[\d.\s/()-]*(q\d+)?[\d.\s/-]*$/iu.test(normaliseDossierCode(text))
  return numeric && digitsOf(text).length >= 3 ? digitsOf(text) : null
}

/**
 * FTS5 expressions for what was typed, best first; empty when nothing can be searched.
 * Marks typed → exact hits first, then without marks. Digits only → numbers. A dossier code in any spacing → its digits;
 * its last four digits alone, or a shorter number of the day, as they are said.
 */
export function matchesFor(query: string): string[] {
  const text = query.normalize('NFC').trim()
  const short = readLastFour(text)
  const ofTheDay = short === null ? [] : [`digits : "${short}"`]
  const number = numberIn(text)
  if (number !== null) return [...ofTheDay, phrase('digits', [number])]
  if (ofTheDay.length > 0) return ofTheDay
  const marked = words(withMarks(text))
  if (marked.length === 0) return []
  const folded = words(fold(text))
  const mixed = folded.map((word) => (/^\d{3,}$/u.test(word) ? `digits : ${quoted(word)}` : `folded : ${quoted(word)}`)).join(' AND ')
  const exact = fold(text) === withMarks(text) ? [] : [phrase('exact', marked)]
  // A mark that stands alone folds to nothing, and FTS5 takes no empty expression.
  return folded.length === 0 ? exact : [...exact, mixed]
}

/** Words that are looked for on papers, at most; letters of a word that is looked for alone, and of one that may go on; digits of a number. */
const ON_PAPER = { words: 12, alone: 4, begun: 3, digits: 6 } as const

/** The last word may still be half typed; a very short one would begin half of all words. */
const half = (word: string): string => (word.length >= ON_PAPER.begun ? ' *' : '')
const together = (column: 'exact' | 'folded', list: readonly string[]): string => `${column} : "${list.join(' ')}"${half(list.at(-1) ?? '')}`
const anywhere = (column: 'exact' | 'folded', list: readonly string[]): string =>
  `${column} : (${list.map((word, index) => `"${word}"${index === list.length - 1 ? half(word) : ''}`).join(' AND ')})`

/** How words on papers are looked for: `newest` alone where they must stand together, which takes long among many dossiers if they never do. */
export type PaperMatch = Readonly<{ match: string; among: 'newest' | 'all' }>

/**
 * FTS5 expressions for words on papers, best first: as they were typed with their marks, then without, one after the other before anywhere on the papers.
 * Empty for what says too little: one short word, a short number, the last digits of a code.
 */
export function paperMatchesFor(query: string): PaperMatch[] {
  const text = query.normalize('NFC').trim()
  const number = numberIn(text)
  if (number !== null) return number.length >= ON_PAPER.digits ? [{ match: `folded : "${number}" *`, among: 'all' }] : []
  if (readLastFour(text) !== null) return []
  const [marked, folded] = [words(withMarks(text)).slice(0, ON_PAPER.words), words(fold(text)).slice(0, ON_PAPER.words)]
  const [first, second] = folded
  if (first === undefined || (second === undefined && [...first].length < ON_PAPER.alone)) return []
  const exact = fold(text) === withMarks(text) || marked.length === 0 ? null : marked
  const anywhereIn = [...(exact ? [anywhere('exact', exact)] : []), anywhere('folded', folded)].map((match) => ({ match, among: 'all' as const }))
  if (second === undefined) return anywhereIn
  const togetherIn = [...(exact ? [together('exact', exact)] : []), together('folded', folded)].map((match) => ({ match, among: 'newest' as const }))
  return [...togetherIn, ...anywhereIn]
}
