/** Line ends and tabs stay; the joiner stays for emoji. Everything else that is not seen could hide or turn around what is. */
const UNSEEN = /[^\P{Cc}\n\t]|(?!\u200D)\p{Cf}|\p{Zl}|\p{Zp}/gu

/**
 * What somebody typed, as plain text: NFC, no control and no direction characters, no half characters, no blank at the ends,
 * at most `max` characters. Markup stays what it is: text.
 */
export function plainText(text: string, max: number): string {
  const clean = text.normalize('NFC').replace(/\r\n?/gu, '\n').replace(/\p{Surrogate}/gu, '\uFFFD').replace(UNSEEN, '').trim()
  return [...clean].slice(0, max).join('').trim()
}

/** The beginning of a text on one line. */
export function extractOf(text: string, max = 140): string {
  const line = [...text.replace(/\s+/gu, ' ').trim()]
  return line.length <= max ? line.join('') : `${line.slice(0, max - 1).join('').trimEnd()}…`
}
