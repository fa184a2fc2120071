const collator = new Intl.Collator('vi', { sensitivity: 'variant', numeric: true })

/** "NGUYỄN THỊ ÁNH" → "Nguyễn Thị Ánh", "H'HEN NIÊ" → "H'Hen Niê". White space becomes single; letters are never dropped. */
export function titleCaseName(name: string): string {
  return name
    .trim()
    .replace(/\s+/gu, ' ')
    .toLocaleLowerCase('vi')
    // After it: some letters fall apart when they change their case.
    .normalize('NFC')
    .replace(/(^|[^\p{L}\p{M}\p{N}])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toLocaleUpperCase('vi'))
    .normalize('NFC')
}

export interface NameParts {
  readonly family: string
  readonly middle: string
  readonly given: string
}

/** Vietnamese name order: family first, given name last. A single word is a given name. */
export function nameParts(name: string): NameParts {
  const parts = name.normalize('NFC').trim().split(/\s+/u).filter((part) => part !== '')
  const given = parts.at(-1) ?? ''
  if (parts.length < 2) return { family: '', middle: '', given }
  return { family: parts[0] ?? '', middle: parts.slice(1, -1).join(' '), given }
}

/** Sorts as a Vietnamese list does: given name, then middle names, then family name, by Vietnamese collation. */
export function compareNames(left: string, right: string): number {
  const a = nameParts(left)
  const b = nameParts(right)
  return collator.compare(a.given, b.given) || collator.compare(a.middle, b.middle) || collator.compare(a.family, b.family)
}
