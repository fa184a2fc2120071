import type { PdfWord } from '../pdf'
import { textLayer, turnedBack, turnedSize } from '../text'
import type { ReadText } from './text-rows'

/** Words of a page for the text layer of its PDF, in pixels of the page as it was made: before its turns. */
export function wordsAsMade(text: ReadText, made: Readonly<{ width: number; height: number }>): PdfWord[] {
  const { turns } = text
  const shown = textLayer(text, turnedSize(made, turns))
  return turns === 0 ? shown : shown.map((word) => ({ text: word.text, ...turnedBack(word, turns, made), turns }))
}
