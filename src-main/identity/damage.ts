import { fold, words } from '@contract/fold'

// Text that cannot be on a card: controls, zero-width and direction characters, private use, lone halves, the replacement character.
// eslint-disable-next-line no-control-regex
const FOREIGN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd\ue000-\uf8ff]|\p{Cs}/u

// UTF-8 bytes shown as Latin-1 or Windows-1252: a lead byte (Ã Ä Å Æ á …) followed by what a continuation byte turns into.
const UTF8_AS_LATIN = /[ÂÃÄÅÆá][\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u

// Windows-1258 shown as Latin-1: its tone marks become Ì Ò Þ ì ò after a vowel, its đ becomes ð.
const CP1258_AS_LATIN = /[ðÐþÞ]|[âêôơưăÂÊÔƠƯĂ][ìòÌÒ]/u

const NAME_LETTERS = /^[\p{Script=Latin}\p{M}\s'’`.,\-()]+$/u

// What Telex leaves when nothing turned it into letters: doubled vowels, dd, w after a vowel, a tone letter after a vowel.
const TELEX = /aa|ee|dd|[aou]w|[aeiouy][a-z]{0,2}[fj]$|[aeiouy]{2,}[a-z]{0,2}[sx]$/

// As above, without the sign that stands for a lost letter.
// eslint-disable-next-line no-control-regex
const NEVER = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff]|\p{Cs}/u

/** True for characters that neither a card holds nor a reader makes of one. */
export const cannotBeOnACard = (text: string): boolean => NEVER.test(text)

/** True when the text shows signs of a wrong code page or characters that no card carries. */
export function isDamaged(text: string): boolean {
  return FOREIGN.test(text) || UTF8_AS_LATIN.test(text) || CP1258_AS_LATIN.test(text) || /\p{L}\?\p{L}/u.test(text)
}

/** True when Vietnamese marks stand in the text. */
export function hasMarks(text: string): boolean {
  return fold(text) !== text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim()
}

/**
 * True when a name was changed by a Vietnamese input method or lost letters on a keyboard-mode reader: digits inside it (VNI), raw
 * Telex without any mark, or a word without a vowel ("Vn" for "Văn").
 */
export function isNameDamaged(name: string): boolean {
  if (!NAME_LETTERS.test(name)) return true
  const folded = words(fold(name))
  if (folded.some((word) => word.length > 1 && !/[aeiouy]/.test(word))) return true
  return !hasMarks(name) && folded.some((word) => TELEX.test(word))
}
