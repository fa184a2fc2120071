import { z } from 'zod'
import { Turns } from '@contract/pages'
import type { Line, Word } from '../text'

const pixel = z.number().int().min(0)
/** text, x, y, width, height, confidence in hundredths */
const Packed = z.tuple([z.string(), pixel, pixel, pixel, pixel, z.number().int().min(0).max(100)])
type Packed = z.infer<typeof Packed>

/** Lines of a page as they are kept: words without the names of what is said of them. `turns`: how the page was turned when it was read. */
export const PackedText = z.object({ turns: Turns, lines: z.array(z.array(Packed).min(1)) })
export type PackedText = z.infer<typeof PackedText>

const packWord = ({ text, box, confidence }: Word): Packed => [text, box.x, box.y, box.width, box.height, Math.round(confidence * 100)]

const unpackWord = ([text, x, y, width, height, hundredths]: Packed): Word => ({ text, box: { x, y, width, height }, confidence: hundredths / 100 })

export const packText = (lines: readonly Line[], turns: Turns): PackedText =>
  ({ turns, lines: lines.map(({ words }) => words.map(packWord)).filter(({ length }) => length > 0) })

export const unpackWords = ({ lines }: PackedText): Word[][] => lines.map((words) => words.map(unpackWord))
