/** One option of a driver as `scanimage -A` prints it. */
export type SaneOption = Readonly<{
  name: string
  kind: 'flag' | 'list' | 'range' | 'free'
  values: readonly string[]
  range: Readonly<{ min: number; max: number; step: number }> | null
  /** `dpi`, `mm`, `pel`, … or empty. */
  unit: string
  current: string
  active: boolean
}>

const MOST_TEXT = 1024 * 1024
const MOST_OPTIONS = 500
const RANGE = /^(-?\d{1,12}(?:\.\d{1,12})?)\.\.(-?\d{1,12}(?:\.\d{1,12})?)([a-z%]{0,4})$/i
const STEPS = / \(in steps of (\d{1,12}(?:\.\d{1,12})?)\)$/

/** Reads the output of `scanimage -A`. What it does not understand it leaves out; it never throws. */
export function parseOptions(text: string): ReadonlyMap<string, SaneOption> {
  const options = new Map<string, SaneOption>()
  for (const line of text.slice(0, MOST_TEXT).split(/\r?\n/)) {
    const option = parseLine(line)
    if (option && !options.has(option.name) && options.size < MOST_OPTIONS) options.set(option.name, option)
  }
  return options
}

function parseLine(line: string): SaneOption | null {
  const dashes = /^\s{1,8}-{1,2}([a-z0-9][\w-]{0,60})(.*)$/i.exec(line)
  const name = dashes?.[1]
  const rest = dashes?.[2]
  if (name === undefined || rest === undefined) return null
  const flag = /^\[=\(([^)]{0,60})\)\] \[([^\]]{0,60})\]/.exec(rest)
  if (flag) return { name, kind: 'flag', values: (flag[1] ?? '').split('|'), range: null, unit: '', ...state(flag[2]) }
  const bracket = rest.indexOf(' [')
  if (!rest.startsWith(' ') || bracket < 0) return null
  const current = rest.slice(bracket + 2, rest.indexOf(']', bracket) < 0 ? undefined : rest.indexOf(']', bracket))
  const body = rest.slice(1, bracket)
  return { name, ...shape(body), ...state(current) }
}

const state = (current = '') => ({ current, active: current !== 'inactive' && current !== 'read-only' && current !== 'hardware' })

function shape(body: string): Pick<SaneOption, 'kind' | 'values' | 'range' | 'unit'> {
  const step = Number(STEPS.exec(body)?.[1] ?? 0)
  const plain = body.replace(STEPS, '').replace(/^auto\|+/, '')
  const range = RANGE.exec(plain)
  if (range) return { kind: 'range', values: [], range: { min: Number(range[1]), max: Number(range[2]), step }, unit: range[3] ?? '' }
  if (plain.startsWith('<')) return { kind: 'free', values: [], range: null, unit: '' }
  const values = plain.split('|').filter((value) => value !== '')
  const unit = /^-?\d{1,12}(?:\.\d{1,12})?([a-z%]{1,4})$/i.exec(values.at(-1) ?? '')?.[1] ?? ''
  if (unit === '') return { kind: 'list', values, range: null, unit }
  return { kind: 'list', values: values.map((value) => (value.endsWith(unit) ? value.slice(0, -unit.length) : value)), range: null, unit }
}
