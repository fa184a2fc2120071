import { fold, withMarks, words } from '@contract/fold'

/** What the search index holds of one dossier; never shown, only matched. */
export type SearchRow = Readonly<{ exact: string; folded: string; digits: string }>

export type Indexed = Readonly<{ code: string; idNumber: string | null; phone: string | null; names: readonly string[]; procedureName: string }>

const digitsOf = (text: string): string => text.replace(/\D/gu, '')

/** Given-name initials as officers say them: "Nguyễn Văn An" → "nva". */
function initials(name: string): string {
  return words(fold(name)).map((word) => word[0] ?? '').join('')
}

/** Numbers a person may read out: the whole code, its day and number, its number alone, ID number, phone. */
function numberForms({ code, idNumber, phone }: Indexed): string[] {
  const parts = code.split('-')
  const number = parts.at(-1) ?? ''
  const day = parts.at(-2) ?? ''
  return [digitsOf(code), digitsOf(day + number), number, idNumber ?? '', idNumber?.slice(-9) ?? '', phone ?? ''].filter((text) => text !== '')
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

/**
 * FTS5 expressions for what was typed, best first; empty when nothing can be searched.
 * Marks typed → exact hits first, then without marks. Digits only → numbers. A dossier code in any spacing → its digits.
 */
export function matchesFor(query: string): string[] {
  const text = query.trim()
  const digits = digitsOf(text)
  const codeLike = /^(tam[.\s-]*)?[a-z]?[\d.\s/-]*(q\d+)?[\d.\s/-]*$/iu.test(text)
  if (codeLike && digits.length >= 3) return [phrase('digits', [digits])]
  const marked = words(withMarks(text))
  if (marked.length === 0) return []
  const folded = words(fold(text))
  const mixed = folded.map((word) => (/^\d{3,}$/u.test(word) ? `digits : ${quoted(word)}` : `folded : ${quoted(word)}`)).join(' AND ')
  return fold(text) === withMarks(text) ? [mixed] : [phrase('exact', marked), mixed]
}
