import { type ScanCaps, type ScanColour, type ScanSource } from '@contract/capture'
import { dpisInRange, MM_PER_INCH, type Size } from '../paper'
import { type SaneOption } from './options'
import { colourOf, sourceOf } from './words'

export type SaneOptions = ReadonlyMap<string, SaneOption>
/** How a kind of source is asked for: `source` the driver's name for it, `rest` further options. */
export type SourceWay = Readonly<{ source: ScanSource; name: string | null; rest: readonly string[] }>

/** A driver without geometry gives what it has; the page tells its size then. */
const UNKNOWN: Size = { width: 215.9, height: 297 }
const BARE_MODE: readonly ScanColour[] = ['colour']

/** The ways to the sources of a device. One without a source option is a flatbed, unless it calls itself sheet-fed. */
export function sourceWays(options: SaneOptions, type: string): SourceWay[] {
  const names = options.get('source')?.values ?? []
  const ways: SourceWay[] = []
  for (const name of names) {
    const source = sourceOf(name)
    if (source && !ways.some((way) => way.source === source)) ways.push({ source, name, rest: [] })
  }
  if (ways.length === 0) ways.push({ source: /sheet|feed/i.test(type) ? 'feeder' : 'flatbed', name: null, rest: [] })
  return withDuplexSwitch(ways, options)
}

/** Drivers that switch duplex by an option of its own: on for duplex, and off for one side, or that too may come in duplex. */
function withDuplexSwitch(ways: readonly SourceWay[], options: SaneOptions): SourceWay[] {
  const feeder = ways.find((way) => way.source === 'feeder')
  const change = duplexSwitch(options)
  if (!feeder || !change || ways.some((way) => way.source === 'feeder-duplex')) return [...ways]
  const others = ways.filter((way) => way !== feeder)
  const duplex: SourceWay = { ...feeder, source: 'feeder-duplex', rest: [change.on] }
  return [...others, { ...feeder, rest: change.off === null ? [] : [change.off] }, duplex]
}

function duplexSwitch(options: SaneOptions): { on: string; off: string | null } | null {
  for (const name of ['adf-mode', 'adf_mode', 'duplex', 'scan-duplex', 'duplex-mode']) {
    const option = options.get(name)
    if (option?.kind === 'flag') return { on: `--${name}=yes`, off: `--${name}=no` }
    const on = option?.values.find((value) => /duplex|both|yes|on|2/i.test(value) && !/simplex/i.test(value))
    const off = option?.values.find((value) => /simplex|single|no|off|1|one/i.test(value))
    if (on !== undefined) return { on: `--${name}=${on}`, off: off === undefined ? null : `--${name}=${off}` }
  }
  return null
}

/** What a device can do from one source, from the options that it shows with that source set. */
export function sourceCaps(source: ScanSource, options: SaneOptions): ScanCaps['sources'][number] {
  return { source, colours: colours(options), dpis: resolutions(options), ...area(options) }
}

function colours(options: SaneOptions): ScanColour[] {
  const mode = options.get('mode')
  const found = (mode?.values ?? []).map(colourOf).filter((colour) => colour !== null)
  return found.length > 0 ? [...new Set(found)] : [...BARE_MODE]
}

/** The driver's own name for a colour; null where it has no choice. */
export const modeName = (options: SaneOptions, colour: ScanColour): string | null => options.get('mode')?.values.find((value) => colourOf(value) === colour) ?? null

/** The options that carry the resolution. */
export const resolutionOptions = (options: SaneOptions): SaneOption[] =>
  (options.has('resolution') ? ['resolution'] : ['x-resolution', 'y-resolution']).flatMap((name) => options.get(name) ?? [])

function resolutions(options: SaneOptions): number[] {
  const option = resolutionOptions(options)[0]
  if (option?.range) return dpisInRange(option.range.min, option.range.max, option.range.step)
  const listed = (option?.values ?? []).map(Number).filter((dpi) => Number.isInteger(dpi) && dpi >= 50 && dpi <= 4800)
  const current = Math.round(Number(option?.current))
  return listed.length > 0 ? [...new Set(listed)].sort((one, other) => one - other) : current > 0 && current < 10_000 ? [current] : [300]
}

function area(options: SaneOptions): Size {
  return { width: side(options, 'x') ?? UNKNOWN.width, height: side(options, 'y') ?? UNKNOWN.height }
}

function side(options: SaneOptions, name: 'x' | 'y'): number | null {
  const option = options.get(name)
  const most = option?.range?.max ?? Math.max(0, ...(option?.values ?? []).map(Number).filter(Number.isFinite))
  if (!(most > 0)) return null
  if (option?.unit !== 'pel') return Math.min(most, 10_000)
  const dpi = Number(resolutionOptions(options)[0]?.current)
  return dpi > 0 ? (most * MM_PER_INCH) / dpi : null
}

/** True where the area can be set in millimetres. */
export const hasGeometry = (options: SaneOptions): boolean =>
  ['x', 'y'].every((name) => {
    const option = options.get(name)
    return option !== undefined && option.active && option.unit !== 'pel' && option.kind === 'range'
  })
