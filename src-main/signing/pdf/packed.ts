import { contentOf } from './filters'
import { newLexer } from './lexer'
import { broken, type Budget } from './limits'
import { isCount, nameAt, type PdfStream, type PdfValue } from './objects'

/** Objects that lie together in a stream (ISO 32000-1 §7.5.7). */
export type Packed = Readonly<{ numbers: readonly number[]; value(index: number, num: number): PdfValue }>

/** @throws AppError KS-010, its method too */
export function readPacked(stream: PdfStream, budget: Budget): Packed {
  const [count, first] = [stream.dict.entries.get('N'), stream.dict.entries.get('First')]
  if (nameAt(stream.dict, 'Type') !== 'ObjStm' || !isCount(count) || !isCount(first)) throw broken('no packed objects')
  const data = contentOf(stream, budget)
  if (first > data.length || count * 4 > first + 1) throw broken('head of packed objects')
  const lexer = newLexer(data.subarray(0, first), 0, budget)
  const numbers: number[] = []
  const offsets: number[] = []
  for (let index = 0; index < count; index += 1) {
    budget.step()
    numbers.push(lexer.count())
    offsets.push(lexer.count())
  }
  return {
    numbers,
    value: (index, num) => {
      const offset = offsets[index]
      if (offset === undefined || numbers[index] !== num || first + offset >= data.length) throw broken('place of a packed object')
      return newLexer(data, first + offset, budget).value()
    },
  }
}
