import type { ImportProblem } from '@contract/calls-office'
import type { z } from 'zod'

/** What is wrong with one field; the sentence stands in the locales under `import.<code>`. */
export type ProblemCode =
  | 'missing' | 'wrong-type' | 'wrong-form' | 'not-in-list' | 'too-small' | 'too-large' | 'not-expected' | 'not-a-number' | 'not-a-date'
  | 'duplicate' | 'unknown-reference' | 'overlap' | 'order' | 'sheet-missing' | 'column-missing' | 'too-many'

export type Problem = ImportProblem & { problem: ProblemCode }

export type Path = readonly PropertyKey[]

/** Where a path of the catalogue stands in the file. */
export type Locate = (path: Path) => Pick<Problem, 'sheet' | 'row' | 'field'>

/** In a JSON file: the position of the procedure in its list (from 1) and the path below it. */
export const locateInJson: Locate = (path) => {
  const inProcedure = path[0] === 'procedures' && typeof path[1] === 'number'
  const rest = inProcedure ? path.slice(2) : path
  const field = rest.map((step, index) => (typeof step === 'number' ? `[${String(step + 1)}]` : `${index === 0 ? '' : '.'}${String(step)}`)).join('')
  return { sheet: null, row: inProcedure ? Number(path[1]) + 1 : null, field: field === '' ? 'procedures' : field }
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined), root)
}

const CODES: Readonly<Record<string, ProblemCode>> = {
  invalid_type: 'wrong-type', too_small: 'too-small', too_big: 'too-large', invalid_format: 'wrong-form', invalid_value: 'not-in-list',
  invalid_union: 'not-in-list', unrecognized_keys: 'not-expected', not_multiple_of: 'wrong-form',
}

function codeOf(issue: z.core.$ZodIssue, value: unknown): ProblemCode {
  if (value === undefined || value === '') return 'missing'
  return CODES[issue.code] ?? 'wrong-form'
}

/** The issue's own path, and for keys that do not belong one path each. */
function pathsOf(issue: z.core.$ZodIssue, raw: unknown): Path[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...issue.path, key])
  const value = valueAt(raw, issue.path)
  const atObject = issue.code === 'invalid_union' && 'discriminator' in issue && typeof issue.discriminator === 'string' && typeof value === 'object'
  return [atObject && issue.path.at(-1) !== issue.discriminator ? [...issue.path, issue.discriminator] : issue.path]
}

/** Every issue of a failed check as problems of the file. */
export function problemsOf(error: z.ZodError, raw: unknown, locate: Locate): Problem[] {
  return error.issues.flatMap((issue) => pathsOf(issue, raw).map((path) => ({ ...locate(path), problem: codeOf(issue, valueAt(raw, path)) })))
}

/** Problems in the order of the file, each once. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const keys = new Set<string>()
  return problems
    .filter((problem) => {
      const key = JSON.stringify(problem)
      return keys.has(key) ? false : Boolean(keys.add(key))
    })
    .sort((a, b) => (a.sheet ?? '').localeCompare(b.sheet ?? '', 'vi') || (a.row ?? 0) - (b.row ?? 0))
}
