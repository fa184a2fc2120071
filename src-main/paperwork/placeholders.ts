import { AppError } from '@contract/errors'

const PATTERN = /\{([^{}]*)\}/g

/** What stands between braces in a text of a template, in order. */
export function namesIn(pattern: string): string[] {
  return [...pattern.matchAll(PATTERN)].map((match) => match[1] ?? '')
}

type Texts = Readonly<Record<string, string | undefined>>
const valueOf = (values: Texts, name: string): string | undefined => (Object.hasOwn(values, name) ? values[name] : undefined)

/**
 * Replaces each {name} by its value, once: braces inside a value stay as they are.
 * @throws AppError IN-001 naming the field when a value is missing or empty.
 */
export function fill(pattern: string, values: Texts): string {
  return pattern.replaceAll(PATTERN, (_whole, name: string) => {
    const value = valueOf(values, name)
    if (value === undefined || value === '') throw new AppError('IN-001', { field: name })
    return value
  })
}

/** True when every placeholder of the pattern has a value. */
export function fillable(pattern: string, values: Texts): boolean {
  return namesIn(pattern).every((name) => Boolean(valueOf(values, name)))
}
