/** A name as the MRZ holds it. `truncated`: the field is full to its last letter, so more may have been cut off (9303-3 §4.6.2). */
export type MrzName = Readonly<{ primary: string; secondary: string; truncated: boolean }>

const spaced = (text: string): string => text.split('<').filter((part) => part !== '').join(' ')

/** Splits a name field: primary identifier, `<<`, secondary identifier (9303-3 §4.6). A second `<<` is taken for a space. */
export function readName(field: string): MrzName {
  const body = field.replace(/^<+/, '')
  const cut = body.indexOf('<<')
  const primary = cut < 0 ? body : body.slice(0, cut)
  const secondary = cut < 0 ? '' : body.slice(cut + 2)
  return { primary: spaced(primary), secondary: spaced(secondary), truncated: /[A-Z0-9]$/.test(field) }
}

/** Family name first, as Vietnamese names are written. */
export const fullNameOf = (name: MrzName): string => [name.primary, name.secondary].filter((part) => part !== '').join(' ')

/** A name in the MRZ's letters: marks fall, hyphens and blanks become fillers, apostrophes and points fall (9303-3 §4.6, §6). */
export function toMrzLetters(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/gu, 'D').toUpperCase().replace(/['’`.,]/gu, '').replace(/[^A-Z]+/gu, '<').replace(/^<+|<+$/gu, '')
}

const endsInLetter = (text: string): boolean => /[A-Z]$/.test(text)

/** The name field of a width. A name that is too long is cut so that the last character is a letter (9303-3 §4.6.2), from the family name where that is needed for it. */
export function writeName(primary: string, secondary: string, width: number): string {
  const given = toMrzLetters(secondary)
  const family = toMrzLetters(primary)
  const whole = given === '' ? family : `${family}<<${given}`
  if (whole.length <= width) return whole.padEnd(width, '<')
  for (let kept = Math.min(family.length, width); kept > 0; kept -= 1) {
    const first = family.slice(0, kept)
    const cut = kept === width ? first : `${first}<<${given}`.slice(0, width)
    if (endsInLetter(first) && cut.length === width && endsInLetter(cut)) return cut
  }
  return whole.slice(0, width)
}
