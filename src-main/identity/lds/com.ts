import { ChipFile } from '@contract/chip'
import { only, readAll } from '../chip/tlv'
import { FILES } from './files'
import { inFile, malformed } from './malformed'

/** EF.COM: versions, and the data groups that the chip says it has. It is not signed: a hint of what to read, no proof (9303-10 §4.6.1). */
export type Com = Readonly<{ ldsVersion: string | null; unicodeVersion: string | null; files: readonly ChipFile[]; otherTags: readonly number[] }>

/** Tags of data groups in a list (tag `5C`): each one byte, or two that begin with `5F` or `7F`. */
export function readTagList(list: Uint8Array): number[] {
  const tags: number[] = []
  for (let at = 0; at < list.length; at += 1) {
    const first = list[at] ?? 0
    if ((first & 0x1f) === 0x1f && at + 1 < list.length) {
      at += 1
      tags.push((first << 8) | (list[at] ?? 0))
    } else tags.push(first)
  }
  return tags
}

const ascii = (bytes: Uint8Array | undefined): string | null => (bytes === undefined ? null : Buffer.from(bytes.subarray(0, 20)).toString('latin1'))
const fileOf = (tag: number): ChipFile | undefined => ChipFile.options.find((file) => FILES[file].in === 'application' && file !== 'COM' && FILES[file].tag === tag)

/** @throws AppError THE-009 (`file`: `COM`) */
export function parseCom(bytes: Uint8Array): Com {
  return inFile('COM', () => {
    const parts = readAll(only(bytes, 0x60).value)
    const list = parts.find(({ tag }) => tag === 0x5c)
    if (list === undefined) throw malformed('COM')
    const tags = [...new Set(readTagList(list.value))]
    return {
      ldsVersion: ascii(parts.find(({ tag }) => tag === 0x5f01)?.value), unicodeVersion: ascii(parts.find(({ tag }) => tag === 0x5f36)?.value),
      files: tags.map(fileOf).filter((file): file is ChipFile => file !== undefined), otherTags: tags.filter((tag) => fileOf(tag) === undefined),
    }
  })
}
