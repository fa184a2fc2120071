import { type ScanColour, type ScanSource } from '@contract/capture'

/** Names are the driver's own, now and then translated: only words in them are matched. */
const plain = (name: string) => name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

const GLASS = /flat\s?bed|platen|glass|table|normal|vorlagenglas|vitre|kinh/
const FEEDER = /adf|feeder|sheet|einzug|chargeur|alimenta|khay/
const DUPLEX = /duplex|both|two.?sided|double|2.?sided|recto.?verso|hai mat/
/** Film units, and the back alone, which no clerk wants. */
const OTHER = /transparen|tpu|film|negativ|slide|dia\b|back/

/** What a source name of a driver means; null for films and what nobody knows. */
export function sourceOf(name: string): ScanSource | null {
  const words = plain(name)
  if (DUPLEX.test(words)) return 'feeder-duplex'
  if (OTHER.test(words)) return null
  if (GLASS.test(words)) return 'flatbed'
  return FEEDER.test(words) ? 'feeder' : null
}

/** What a mode name of a driver means. Halftones look black and white and are not. */
export function colourOf(name: string): ScanColour | null {
  const words = plain(name)
  if (/halftone|dither|error diff|infrared/.test(words)) return null
  if (/line\s?-?art|black|mono|binary|bilevel|1.?bit|text|strich|schwarz|noir|den trang/.test(words)) return 'black'
  if (/gr[ae]y|grau|gris|xam/.test(words)) return 'grey'
  return /colou?r|farb|couleur|rgb|mau/.test(words) ? 'colour' : null
}
