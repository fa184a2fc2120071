import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { AppError } from '@contract/errors'
import type { Grounds } from '@contract/handling'
import { Ground } from '@contract/office-forms'
import { ConfidenceMark } from '@contract/procedures'

const MarkedGround = Ground.extend({ confidence: ConfidenceMark })
const GroundsFile = z.object({ format: z.literal('mot-cua/grounds-1'), refusal: z.array(MarkedGround).min(1), stop: z.array(MarkedGround).min(1) })

/** Legal grounds of refusal and stop (`resources/forms/grounds.json`). How far each was confirmed is for whoever keeps the file, not for the paper. */
export function readGrounds(file: string): Grounds {
  const { refusal, stop } = GroundsFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  const plain = (list: readonly Ground[]): Ground[] => list.map(({ code, text, basis }) => ({ code, text, basis }))
  return { refusal: plain(refusal), stop: plain(stop) }
}

/** The grounds of these codes, each once, in the order given. @throws AppError GQ-004 a code that stands in no list */
export function groundsOf(list: readonly Ground[], codes: readonly string[]): Ground[] {
  return [...new Set(codes)].map((code) => {
    const found = list.find((ground) => ground.code === code)
    if (!found) throw new AppError('GQ-004')
    return found
  })
}
