import { type ScanColour, type ScanOptions } from '@contract/capture'
import { nearestColour } from '../colour'
import { areaOf, nearestDpi, type Size } from '../paper'
import { MODES, UNITS_PER_MM, type EsclCaps, type EsclSource } from './capabilities'
import { escapeXml } from './xml'

export type EsclOrder = Readonly<{ xml: string; colour: ScanColour; dpi: number; area: Size }>

/** JPEG before PDF: pages come one by one and are seen at once. */
const FORMATS = ['image/jpeg', 'application/pdf']

/** The ScanSettings document for a source. `colour` replaces the wish: black is often refused and made from grey here. */
export function scanSettings(caps: EsclCaps, source: EsclSource, wish: ScanOptions, colour: ScanColour = wish.colour): EsclOrder {
  const has = (Object.keys(MODES) as ScanColour[]).filter((one) => source.modes.includes(MODES[one]))
  const used = nearestColour(colour, has) ?? 'colour'
  const dpi = nearestDpi(wish.dpi, source.dpis)
  const most = { width: source.width / UNITS_PER_MM, height: source.height / UNITS_PER_MM }
  const area = areaOf(wish.paper, most)
  const format = FORMATS.find((one) => source.formats.includes(one)) ?? 'image/jpeg'
  const units = (millimetres: number, limit: number) => Math.min(limit, Math.round(millimetres * UNITS_PER_MM))
  const lines = [
    element('pwg:Version', caps.version),
    element('scan:Intent', 'Document'),
    `<pwg:ScanRegions><pwg:ScanRegion>${[
      element('pwg:ContentRegionUnits', 'escl:ThreeHundredthsOfInches'), element('pwg:XOffset', 0), element('pwg:YOffset', 0),
      element('pwg:Width', units(area.width, source.width)), element('pwg:Height', units(area.height, source.height)),
    ].join('')}</pwg:ScanRegion></pwg:ScanRegions>`,
    element('pwg:InputSource', source.source === 'flatbed' ? 'Platen' : 'Feeder'),
    element('scan:ColorMode', MODES[used]),
    element('pwg:DocumentFormat', format),
    source.extended ? element('scan:DocumentFormatExt', format) : '',
    element('scan:XResolution', dpi), element('scan:YResolution', dpi),
    source.source === 'flatbed' ? '' : element('scan:Duplex', source.source === 'feeder-duplex'),
  ]
  const spaces = 'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'
  return { xml: `<?xml version="1.0" encoding="UTF-8"?>\n<scan:ScanSettings ${spaces}>${lines.join('')}</scan:ScanSettings>`, colour: used, dpi, area }
}

const element = (name: string, value: string | number | boolean) => `<${name}>${escapeXml(String(value))}</${name}>`
