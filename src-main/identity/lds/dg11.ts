import { only } from '../chip/tlv'
import { readDetails, textOf } from './details'
import { inFile } from './malformed'
import { fullNameOf, readName } from './mrz-name'
import { readDate, readText, withoutFillers } from './text'

/** Additional personal details (9303-10 §4.7.11). Null where the chip says nothing; a birth date that is no date stays text. */
export type Dg11 = Readonly<{
  fullName: string | null
  otherNames: readonly string[]
  personalNumber: string | null
  birthDate: string | null
  placeOfBirth: string | null
  address: string | null
  telephone: string | null
  profession: string | null
  title: string | null
  summary: string | null
  otherDocuments: string | null
  custody: string | null
}>

const nameOf = (text: string): string => fullNameOf(readName(text))
const listed = (text: string | null): string | null => (text === null ? null : withoutFillers(text, ', ') || null)
const plain = (text: string | null): string | null => (text === null ? null : withoutFillers(text, ' ') || null)

/** @throws AppError THE-009 (`file`: `DG11`) */
export function parseDg11(bytes: Uint8Array): Dg11 {
  return inFile('DG11', () => {
    const details = readDetails(only(bytes, 0x6b).raw)
    const name = textOf(details, 0x5f0e)
    const birth = details.get(0x5f2b)?.[0]
    return {
      fullName: name === null ? null : nameOf(name) || null,
      otherNames: (details.get(0x5f0f) ?? []).map((value) => nameOf(readText(value))).filter((text) => text !== ''),
      personalNumber: plain(textOf(details, 0x5f10)),
      birthDate: birth === undefined ? null : readDate(birth) || null,
      placeOfBirth: listed(textOf(details, 0x5f11)),
      address: listed(textOf(details, 0x5f42)),
      telephone: plain(textOf(details, 0x5f12)),
      profession: plain(textOf(details, 0x5f13)),
      title: plain(textOf(details, 0x5f14)),
      summary: plain(textOf(details, 0x5f15)),
      otherDocuments: listed(textOf(details, 0x5f17)),
      custody: plain(textOf(details, 0x5f18)),
    }
  })
}
