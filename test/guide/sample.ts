import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { createGuide, GUIDE_FILES, GuideData, type GuideAnswer } from '../../src-main/guide'
import { catalogue } from '../procedures/sample'

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

export const guideData = GuideData.parse(Object.fromEntries(GUIDE_FILES.map((name) => [name, read(`resources/guide/${name}.json`)])))
export const guide = createGuide({ procedures: catalogue.procedures, data: guideData })

/**
 * `expect`: codes that are right, or `@office` of another agency; `part`: the held-out part is not looked at while tuning; `written`: the
 * round it was written in, 1 before the guide, 2 to 5 while it grew (each measured unseen first).
 */
export const Question = z.strictObject({
  ask: z.string(), expect: z.array(z.string()).min(1), part: z.enum(['tuning', 'held-out']), written: z.number().int().min(1),
  style: z.enum(['formal', 'spoken', 'unmarked', 'short', 'misspelled', 'southern', 'northern', 'long', 'english']),
})
export type Question = z.infer<typeof Question>
export const questions = z.array(Question).parse(read('test/guide/questions.json'))

/** Codes and `@office` in order, an office once. */
export function targetsOf(answer: GuideAnswer): string[] {
  return [...new Set(answer.hits.map((hit) => (hit.kind === 'office' ? `@${hit.place.office ?? ''}` : hit.target)))]
}

/** Place of the first right answer, from 0; -1 when it is missing. */
export const placeOfRight = (question: Question, ask: string): number => targetsOf(guide.ask(ask)).findIndex((target) => question.expect.includes(target))

export interface Measure { readonly first: number; readonly three: number; readonly misses: readonly string[] }

/** Shares of questions whose right answer is first and among the first three, with the questions missed. */
export function measure(asked: readonly Question[], wordsOf: (question: Question) => string = (question) => question.ask): Measure {
  const places = asked.map((question) => ({ question, place: placeOfRight(question, wordsOf(question)) }))
  const within = (count: number): number => places.filter(({ place }) => place >= 0 && place < count).length / asked.length
  const misses = places.filter(({ place }) => place !== 0).map(({ question, place }) =>
    `${place < 0 || place > 2 ? 'NOT IN THREE' : `place ${String(place + 1)}`}: ${wordsOf(question)} → ${targetsOf(guide.ask(wordsOf(question))).slice(0, 3).join(' ')}, expected ${question.expect.join(' or ')}`)
  return { first: within(1), three: within(3), misses }
}
