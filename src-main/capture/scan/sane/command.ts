import { type ScanOptions } from '@contract/capture'
import { nearestColour } from '../colour'
import { areaOf, nearestDpi, type Size } from '../paper'
import { hasGeometry, modeName, resolutionOptions, sourceCaps, type SaneOptions, type SourceWay } from './capabilities'

/** The format string of the page files. Run in the folder itself: a `%` in the folder's name would be taken for a place-holder. */
export const BATCH = 'p%05d.pnm'

export type ScanOrder = Readonly<{ args: readonly string[]; dpi: number; area: Size | null }>

/**
 * Arguments of a scan. Names stand behind `=`, so that one that begins with a dash stays a name; there is no shell.
 * Always batch mode: scanimage writes a page under another name and renames it when it is whole.
 *
 * PNM, because of speed and safety: 12 ms for an A4 page at 300 dpi in colour (TIFF 12, JPEG 29 and lossy, PNG 190 and more), no height
 * needed in advance (PNG aborts with hand scanners), and its length is known, so that every missing byte shows.
 */
export function scanOrder(name: string, way: SourceWay, options: SaneOptions, wish: ScanOptions): ScanOrder {
  const caps = sourceCaps(way.source, options)
  const colour = nearestColour(wish.colour, caps.colours)
  const mode = colour && modeName(options, colour)
  const dpi = nearestDpi(wish.dpi, caps.dpis)
  const area = hasGeometry(options) ? areaOf(wish.paper, caps) : null
  const depth = options.get('depth')
  const most = wish.source === 'flatbed' ? 1 : wish.most
  const args = [
    `--device-name=${name}`,
    ...(way.name === null ? [] : [`--source=${way.name}`]),
    ...way.rest,
    ...(mode ? [`--mode=${mode}`] : []),
    ...(depth?.active && depth.values.includes('8') && colour !== 'black' ? ['--depth=8'] : []),
    ...resolutionOptions(options).map((option) => `--${option.name}=${dpi}`),
    ...(area ? [...corner(options), '-x', String(area.width), '-y', String(area.height)] : []),
    '--format=pnm', `--batch=${BATCH}`, '--batch-start=1', ...(most === null ? [] : [`--batch-count=${most}`]), '--batch-print', '--progress',
  ]
  return { args, dpi, area }
}

const corner = (options: SaneOptions) => ['l', 't'].flatMap((name) => (options.get(name)?.active ? [`-${name}`, '0'] : []))

/** Arguments that print the options, with a source set where one is named. */
export const optionsArgs = (name: string, way: SourceWay | null): readonly string[] => [
  `--device-name=${name}`, ...(way && way.name !== null ? [`--source=${way.name}`] : []), ...(way?.rest ?? []), '--all-options',
]

/** Fields end in a control character that no name holds: a name may hold a bar. */
export const LIST_ARGS: readonly string[] = ['--formatted-device-list=%d\u001f%v\u001f%m\u001f%t%n']
