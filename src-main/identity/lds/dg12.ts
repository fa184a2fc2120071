import { only } from '../chip/tlv'
import { readDetails, textOf } from './details'
import { inFile } from './malformed'
import { fullNameOf, readName } from './mrz-name'
import { readDate, readText, withoutFillers } from './text'

/** Additional document details (9303-10 §4.7.12). Images of the document (`5F1D`, `5F1E`) are left alone. */
export type Dg12 = Readonly<{
  issuingAuthority: string | null
  issuedAt: string | null
  otherPersons: readonly string[]
  endorsements: string | null
  taxOrExit: string | null
  personalisedAt: string | null
  personalisationSystem: string | null
}>

/** `CCYYMMDDhhmmss` as characters or as seven bytes of BCD. */
const momentOf = (value: Uint8Array): string => (value.length === 7 ? Buffer.from(value).toString('hex') : readText(value))

/** @throws AppError THE-009 (`file`: `DG12`) */
export function parseDg12(bytes: Uint8Array): Dg12 {
  return inFile('DG12', () => {
    const details = readDetails(only(bytes, 0x6c).raw)
    const authority = textOf(details, 0x5f19)
    const issued = details.get(0x5f26)?.[0]
    const personalised = details.get(0x5f55)?.[0]
    return {
      issuingAuthority: authority === null ? null : withoutFillers(authority, ' ') || null,
      issuedAt: issued === undefined ? null : readDate(issued) || null,
      otherPersons: (details.get(0x5f1a) ?? []).map((value) => fullNameOf(readName(readText(value)))).filter((text) => text !== ''),
      endorsements: textOf(details, 0x5f1b),
      taxOrExit: textOf(details, 0x5f1c),
      personalisedAt: personalised === undefined ? null : momentOf(personalised) || null,
      personalisationSystem: textOf(details, 0x5f56),
    }
  })
}
