import { ORPCError } from '@orpc/client'
import type { Language } from '@contract/format'

/** A refusal of the core with the values of its sentence, or no answer at all. */
export type Problem = Readonly<{ code: string | null; params: Readonly<Record<string, unknown>> }>
export type Sentences = Readonly<{ what: string; effect: string; next: string }>

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

export function problemOf(error: unknown): Problem {
  if (!(error instanceof ORPCError)) return { code: null, params: {} }
  const data: unknown = error.data
  const params = isRecord(data) ? data['params'] : undefined
  return { code: String(error.code), params: isRecord(params) ? params : {} }
}

const written = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const filled = (text: unknown, params: Problem['params']): string => written(text).replace(/\{\{\s*(\w+)\s*\}\}/gu, (_, name: string) => written(params[name]))

/** The sentences of a code; null for one that has none. They are many, and fetched when the first is wanted. */
export async function sentencesOf({ code, params }: Problem, language: Language): Promise<Sentences | null> {
  if (code === null) return null
  const words: Readonly<Record<string, unknown>> = language === 'vi' ? (await import('@resources/locales/vi/errors.json')).default : (await import('@resources/locales/en/errors.json')).default
  const found = words[code]
  if (!isRecord(found)) return null
  const { what, effect, next } = found
  return { what: filled(what, params), effect: filled(effect, params), next: filled(next, params) }
}
