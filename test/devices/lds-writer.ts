import { concat, encodeTlv } from '../../src-main/identity/chip/tlv'
import { type FaceImage, FILES, type ChipFiles } from '../../src-main/identity/lds'
import type { ChipFile } from '@contract/chip'

/** Writers of the files of a chip: what the parsers of `identity/lds` read, made from scratch. No test library in here. */

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const u16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff]
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)]
const bytesOf = (...parts: readonly number[]): Uint8Array => Uint8Array.from(parts)

const tagBytes = (tag: number): number[] => (tag > 0xff ? u16(tag) : [tag])

/** EF.COM with LDS version 1.7 (or 1.8) and Unicode 4.0.0. */
export function makeCom(files: readonly ChipFile[], ldsVersion = '0107'): Uint8Array {
  const list = Uint8Array.from(files.flatMap((file) => tagBytes(FILES[file].tag ?? 0)))
  return encodeTlv(0x60, encodeTlv(0x5f01, text(ldsVersion)), encodeTlv(0x5f36, text('040000')), encodeTlv(0x5c, list))
}

export const makeDg1 = (lines: readonly string[]): Uint8Array => encodeTlv(0x61, encodeTlv(0x5f1f, text(lines.join(''))))

export type FaceOptions = Readonly<{
  codec?: FaceImage['codec']
  /** What the header says of the size, true or not. */
  width?: number
  height?: number
  featurePoints?: number
  format?: '19794' | '39794'
  /** More portraits after the first (19794 only). */
  others?: readonly Uint8Array[]
  tag?: 0x5f2e | 0x7f2e
}>

function facialBlock(image: Uint8Array, { codec = 'jpeg', width = 0, height = 0, featurePoints = 0 }: FaceOptions): Uint8Array {
  const points = new Uint8Array(featurePoints * 8).fill(1)
  const face = [...u16(featurePoints), 0, 0, 0, 0, 0, 0, ...u16(0), 0, 0, 0, 0, 0, 0]
  const info = [1, codec === 'jpeg' ? 0 : 1, ...u16(width), ...u16(height), 1, 2, ...u16(0), ...u16(0)]
  const rest = concat(Uint8Array.from(face), points, Uint8Array.from(info), image)
  return concat(Uint8Array.from(u32(rest.length + 4)), rest)
}

/** A facial record of ISO 19794-5:2005. */
export function makeFacialRecord(image: Uint8Array, options: FaceOptions = {}): Uint8Array {
  const blocks = [image, ...(options.others ?? [])].map((one) => facialBlock(one, options))
  const body = concat(...blocks)
  return concat(text('FAC\x00010\x00'), Uint8Array.from([...u32(14 + body.length), ...u16(blocks.length)]), body)
}

/** A face image data block of ISO 39794-5 with the mandatory fields of ICAO's profile. */
export function makeFaceImageBlock(image: Uint8Array, { codec = 'jpeg' }: FaceOptions = {}): Uint8Array {
  const version = encodeTlv(0xa0, encodeTlv(0x80, bytesOf(3)), encodeTlv(0x81, bytesOf(0x07, 0xe3)))
  const information = encodeTlv(0xa1, encodeTlv(0xa0, encodeTlv(0x80, bytesOf(codec === 'jpeg' ? 2 : 3))))
  const twoD = encodeTlv(0xa0, encodeTlv(0x80, image), information)
  const representation = encodeTlv(0x30, encodeTlv(0x80, bytesOf(0)), encodeTlv(0xa1, encodeTlv(0xa0, twoD)))
  return encodeTlv(0xa1, encodeTlv(0x65, version, encodeTlv(0xa1, representation)))
}

/** DG2 with one biometric information template. */
export function makeDg2(image: Uint8Array, options: FaceOptions = {}): Uint8Array {
  const isNew = options.format === '39794'
  const block = isNew ? makeFaceImageBlock(image, options) : makeFacialRecord(image, options)
  const header = encodeTlv(0xa1, encodeTlv(0x80, bytesOf(1, 1)), encodeTlv(0x81, bytesOf(2)), encodeTlv(0x87, bytesOf(1, 1)), encodeTlv(0x88, bytesOf(0, isNew ? 0x2a : 8)))
  const template = encodeTlv(0x7f60, header, encodeTlv(options.tag ?? (isNew ? 0x7f2e : 0x5f2e), block))
  return encodeTlv(0x75, encodeTlv(0x7f61, encodeTlv(0x02, bytesOf(1)), template))
}

export type Dg11Fields = Readonly<{ fullName?: string; otherNames?: readonly string[]; personalNumber?: string; birthDate?: string | Uint8Array; placeOfBirth?: string; address?: string }>

const listOf = (tags: readonly number[]): Uint8Array => encodeTlv(0x5c, Uint8Array.from(tags.flatMap(tagBytes)))
const repeated = (tag: number, names: readonly string[]): Uint8Array[] => (names.length === 0 ? [] : [encodeTlv(0xa0, encodeTlv(0x02, bytesOf(names.length)), ...names.map((name) => encodeTlv(tag, text(name))))])

function details(root: number, entries: readonly (readonly [number, string | Uint8Array | undefined])[], more: readonly Uint8Array[]): Uint8Array {
  const present = entries.flatMap(([tag, value]) => (value === undefined ? [] : [[tag, typeof value === 'string' ? text(value) : value] as const]))
  return encodeTlv(root, listOf(present.map(([tag]) => tag)), ...present.map(([tag, value]) => encodeTlv(tag, value)), ...more)
}

/** DG11. Names as in the MRZ (`SMITH<<JOHN`), dates as `CCYYMMDD` or as bytes of BCD. */
export const makeDg11 = (fields: Dg11Fields): Uint8Array => details(0x6b,
  [[0x5f0e, fields.fullName], [0x5f10, fields.personalNumber], [0x5f2b, fields.birthDate], [0x5f11, fields.placeOfBirth], [0x5f42, fields.address]],
  repeated(0x5f0f, fields.otherNames ?? []))

export type Dg12Fields = Readonly<{ issuingAuthority?: string; issuedAt?: string | Uint8Array; otherPersons?: readonly string[]; endorsements?: string }>

export const makeDg12 = (fields: Dg12Fields): Uint8Array => details(0x6c,
  [[0x5f19, fields.issuingAuthority], [0x5f26, fields.issuedAt], [0x5f1b, fields.endorsements]],
  repeated(0x5f1a, fields.otherPersons ?? []))

/** A field of DG13: number and one text or several. `printable` where the card has a PrintableString. */
export type WrittenField = Readonly<{ number: number; values: readonly string[]; printable?: boolean }>

const PRINTABLE: ReadonlySet<number> = new Set([1, 3, 11, 15, 16])

export function makeDg13Field({ number, values, printable = PRINTABLE.has(number) }: WrittenField): Uint8Array {
  const tag = printable ? 0x13 : 0x0c
  const strings = values.map((value) => encodeTlv(tag, text(value)))
  // Parents are two items of their own inside the field.
  const content = strings.length > 1 ? [encodeTlv(0x30, ...strings.map((one) => encodeTlv(0x30, one)))] : strings
  return encodeTlv(0x30, encodeTlv(0x02, bytesOf(number)), ...content)
}

/** DG13 of the Vietnamese card: fields in a sequence (or a set). */
export const makeDg13 = (fields: readonly WrittenField[], around: 0x30 | 0x31 = 0x30): Uint8Array => encodeTlv(0x6d, encodeTlv(around, ...fields.map(makeDg13Field)))

/** Fields of DG13 by name, numbered as on the card; dates as `dd/MM/yyyy`. */
export type Dg13Values = Readonly<{
  idNumber: string; fullName: string; birthDate: string; sex: 'Nam' | 'Nữ'; nationality?: string; ethnicity?: string; religion?: string; origin?: string; residence?: string
  marks?: string; issuedAt?: string; expiresAt?: string; father?: string; mother?: string; spouse?: string; oldIdNumber?: string
}>

export function dg13Fields(values: Dg13Values): WrittenField[] {
  const one = [values.idNumber, values.fullName, values.birthDate, values.sex, values.nationality ?? 'Việt Nam', values.ethnicity ?? 'Kinh', values.religion ?? 'Không', values.origin ?? '',
    values.residence ?? '', values.marks ?? '', values.issuedAt ?? '', values.expiresAt ?? 'Không thời hạn']
  return [
    ...one.map((value, index) => ({ number: index + 1, values: [value] })),
    { number: 13, values: [values.father ?? '', values.mother ?? ''] }, { number: 14, values: [values.spouse ?? ''] }, { number: 15, values: [values.oldIdNumber ?? ''] },
  ]
}

/** `YYYY-MM-DD` → `dd/MM/yyyy`. */
export const onCard = (date: string): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`

export const filesOf = (entries: readonly (readonly [ChipFile, Uint8Array])[]): ChipFiles => new Map(entries)
