/** The five marks of tone, as what Unicode joins to a letter. */
export const TONES = { acute: '\u0301', grave: '\u0300', hook: '\u0309', tilde: '\u0303', dot: '\u0323' } as const
export type Tone = keyof typeof TONES

const EVERY_TONE = /[\u0301\u0300\u0309\u0303\u0323]/gu
const VOWELS = 'aăâeêioôơuưy'
const LAST_WORD = /\p{L}+$/u
const VOWEL_GROUP = new RegExp(`[${VOWELS}]+(?=[^${VOWELS}]*$)`, 'iu')
/** Vowels with a mark of their own draw the tone. */
const MARKED = /[ăâêôơư]/iu

const withoutTone = (text: string): string => text.normalize('NFD').replace(EVERY_TONE, '').normalize('NFC')

/** Which letter of a word without tone carries it; -1 when there is no vowel. */
function placeOf(word: string): number {
  const group = VOWEL_GROUP.exec(word)
  if (group === null) return -1
  // "qu" and "gi" before a vowel count as consonants: quà, giá.
  const opening = group.index === 1 && group[0].length > 1 && /^(?:qu|gi)/iu.test(word) ? 1 : 0
  const start = group.index + opening
  const vowels = [...group[0]].slice(opening)
  const marked = vowels.findLastIndex((vowel) => MARKED.test(vowel))
  if (marked >= 0) return start + marked
  const closed = group.index + group[0].length < word.length
  return closed || vowels.length === 1 ? start + vowels.length - 1 : start + vowels.length - 2
}

/** Puts a tone on the last word of the text, or takes it off when it is there already: "toan" + acute → "toán". */
export function withTone(text: string, tone: Tone): string {
  const composed = text.normalize('NFC')
  const word = LAST_WORD.exec(composed)?.[0] ?? ''
  const plain = [...withoutTone(word)]
  const place = placeOf(plain.join(''))
  if (place < 0) return composed
  const toned = plain.map((letter, index) => (index === place ? `${letter}${TONES[tone]}`.normalize('NFC') : letter)).join('')
  return composed.slice(0, composed.length - word.length) + (toned === word ? plain.join('') : toned)
}
