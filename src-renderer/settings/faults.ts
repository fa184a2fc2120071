import type { z } from 'zod'

/** What is wrong with a form: path of the field → words. */
export type Faults = Readonly<Record<string, string>>

/** Checks a form by its schema of the contract; `wordsFor` gives the sentence of a field. */
export function faultsOf(schema: z.ZodType, value: unknown, wordsFor: (field: string) => string): Faults {
  const checked = schema.safeParse(value)
  if (checked.success) return {}
  return Object.fromEntries(checked.error.issues.map(({ path }) => path.join('.')).map((field) => [field, wordsFor(field)]))
}
