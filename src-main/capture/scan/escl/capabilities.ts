import { type ScanCaps, type ScanColour, type ScanSource } from '@contract/capture'
import { tidy } from '../names'
import { dpisInRange, MM_PER_INCH } from '../paper'
import { all, child, numberOf, parseXml, textOf, type XmlNode } from './xml'

/** eSCL counts places on the paper in 1/300 inch. */
export const UNITS_PER_MM = 300 / MM_PER_INCH

export type EsclSource = Readonly<{
  source: ScanSource
  modes: readonly string[]
  formats: readonly string[]
  /** Formats may be asked for by DocumentFormatExt (eSCL 2.1). */
  extended: boolean
  dpis: readonly number[]
  /** In 1/300 inch. */
  width: number
  height: number
}>
export type EsclCaps = Readonly<{ version: string; name: string; uuid: string; sources: readonly EsclSource[]; detectsPaper: boolean }>

/** A4, where a device does not say. */
const USUAL = { width: 2480, height: 3508 }
const MOST_UNITS = 60_000
export const MODES: Readonly<Record<ScanColour, string>> = { colour: 'RGB24', grey: 'Grayscale8', black: 'BlackAndWhite1' }

/** Reads a ScannerCapabilities document; null for anything else. */
export function parseCapabilities(source: string): EsclCaps | null {
  const root = parseXml(source)
  if (root?.name !== 'ScannerCapabilities') return null
  const adf = child(root, 'Adf')
  const options = all(adf, 'AdfOption').map((option) => option.text.trim())
  const platen = sourceOf('flatbed', child(child(root, 'Platen'), 'PlatenInputCaps'), root)
  const feeder = sourceOf('feeder', child(adf, 'AdfSimplexInputCaps'), root)
  const duplex = sourceOf('feeder-duplex', child(adf, 'AdfDuplexInputCaps'), root) ?? (feeder && options.includes('Duplex') ? { ...feeder, source: 'feeder-duplex' as const } : null)
  return {
    version: /^\d{1,2}\.\d{1,3}$/.test(textOf(root, 'Version')) ? textOf(root, 'Version') : '2.0',
    name: tidy(textOf(root, 'MakeAndModel')),
    uuid: /^[\w:-]{4,80}$/.test(textOf(root, 'UUID')) ? textOf(root, 'UUID').toLowerCase().replace(/^urn:uuid:/, '') : '',
    sources: [platen, feeder, duplex].filter((one) => one !== null),
    detectsPaper: options.includes('DetectPaperLoaded'),
  }
}

function sourceOf(source: ScanSource, caps: XmlNode | undefined, root: XmlNode): EsclSource | null {
  if (!caps) return null
  const profiles = profilesOf(caps, root)
  const texts = (name: string) => [...new Set(profiles.flatMap((profile) => all(profile, name)).map((node) => node.text.trim()))].filter((text) => text.length > 0 && text.length < 80).slice(0, 40)
  const extended = texts('DocumentFormatExt')
  const within = (value: number | null, usual: number) => (value !== null && value > 0 ? Math.min(value, MOST_UNITS) : usual)
  return {
    source, modes: texts('ColorMode'), formats: [...new Set([...texts('DocumentFormat'), ...extended])], extended: extended.length > 0,
    dpis: resolutions(profiles), width: within(numberOf(caps, 'MaxWidth'), USUAL.width), height: within(numberOf(caps, 'MaxHeight'), USUAL.height),
  }
}

/** Profiles stand in place, or by reference to a list at the top. */
function profilesOf(caps: XmlNode, root: XmlNode): XmlNode[] {
  const named = all(child(root, 'SettingProfiles'), 'SettingProfile')
  return all(caps, 'SettingProfile').slice(0, 50).map((profile) => {
    const ref = profile.attributes.get('ref')
    return (ref !== undefined && named.find((one) => one.attributes.get('name') === ref)) || profile
  })
}

function resolutions(profiles: readonly XmlNode[]): number[] {
  const listed = profiles.flatMap((profile) => all(profile, 'DiscreteResolution')).map((node) => numberOf(node, 'XResolution'))
  const ranges = profiles.flatMap((profile) => all(profile, 'XResolutionRange'))
  const ranged = ranges.flatMap((range) => dpisInRange(numberOf(range, 'Min') ?? 75, Math.min(numberOf(range, 'Max') ?? 600, 4800), numberOf(range, 'Step') ?? 1))
  const found = [...new Set([...listed, ...ranged])].filter((dpi) => dpi !== null && dpi >= 50 && dpi <= 4800) as number[]
  return found.length > 0 ? found.sort((one, other) => one - other).slice(0, 60) : [300]
}

/** The same in the words of the program. */
export const toScanCaps = ({ sources }: EsclCaps): ScanCaps => ({
  sources: sources.map(({ source, modes, dpis, width, height }) => {
    const colours = (Object.keys(MODES) as ScanColour[]).filter((colour) => modes.includes(MODES[colour]))
    return { source, colours: colours.length > 0 ? colours : ['colour'], dpis: [...dpis], width: Math.round(width / UNITS_PER_MM), height: Math.round(height / UNITS_PER_MM) }
  }),
})
