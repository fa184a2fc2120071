import type { Sheet } from './sheet'

/** The layout engine adds kerning, which this does not know: so much of the room is left free, in points. */
const SLACK = 0.6

/** Lines of a text that fit a width. */
export type Breaker = (text: string, width: number) => readonly string[]

/**
 * Breaks texts into lines where there are spaces, and inside a word only when it is wider than the column. The layout engine would do
 * the same, but it looks at each word of each cell on its own and writes it so; lines that are broken already are written as one.
 * @param measure width of a text in points; asked once for each different word
 */
export function lineBreaker(measure: Sheet['measure'], size: number, bold: boolean): Breaker {
  const words = new Map<string, number>()
  const widthOf = (word: string): number => {
    const known = words.get(word)
    if (known !== undefined) return known
    const width = measure(word, size, bold)
    words.set(word, width)
    return width
  }
  const torn = (word: string, room: number): string[] => {
    const pieces: string[] = []
    let piece = ''
    for (const letter of word) {
      if (piece !== '' && measure(piece + letter, size, bold) > room) {
        pieces.push(piece)
        piece = ''
      }
      piece += letter
    }
    return [...pieces, piece]
  }
  return (text, width) => {
    const room = width - SLACK
    const space = widthOf(' ')
    const lines: string[] = []
    let line = ''
    let used = 0
    for (const word of text.split(' ')) {
      const wide = widthOf(word)
      if (line !== '' && used + space + wide <= room) {
        line += ` ${word}`
        used += space + wide
        continue
      }
      // The space stays at the end of its line: the words are to be found again in the text of the paper.
      if (line !== '') lines.push(`${line} `)
      const pieces = wide <= room ? [word] : torn(word, room)
      line = pieces.pop() ?? ''
      used = pieces.length === 0 ? wide : measure(line, size, bold)
      lines.push(...pieces)
    }
    return [...lines, line]
  }
}
