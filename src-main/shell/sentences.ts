import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Sentence } from './fatal-page'

const Sentences = z.record(z.string(), z.unknown())
const One = z.object({ what: z.string(), effect: z.string(), next: z.string() })

/** The sentence of an error's code, read when it is needed; null when the file or the code is not there. */
export function sentenceOf(resources: string, language: 'vi' | 'en', code: string): Sentence | null {
  try {
    const all = Sentences.parse(JSON.parse(readFileSync(join(resources, 'locales', language, 'errors.json'), 'utf8')))
    return One.safeParse(all[code]).data ?? null
  } catch {
    return null
  }
}
