import type { ChipFile } from '@contract/chip'
import { FILES } from '../lds/files'
import { child, only } from './tlv'

/**
 * The order of reading: EF.CardSecurity while the master file is selected, COM for it tells what there is, DG14 so that
 * chip authentication comes before the rest, and the others as they were asked for.
 */
export function readingOrder(asked: readonly ChipFile[]): ChipFile[] {
  const first: readonly ChipFile[] = ['CardAccess', 'CardSecurity', 'COM', 'DG14']
  const wanted = new Set(asked)
  return [...first.filter((file) => wanted.has(file)), ...[...wanted].filter((file) => !first.includes(file))]
}

/** What COM lists (9303-10 §4.6.1), with the files that it never lists; null when it cannot be read, which says nothing. */
export function presentFiles(com: Uint8Array): ReadonlySet<ChipFile> | null {
  const tags = listedTags(com)
  if (tags === null) return null
  const names = Object.keys(FILES) as ChipFile[]
  return new Set(names.filter((file) => !file.startsWith('DG') || tags.has(FILES[file].tag ?? 0)))
}

function listedTags(com: Uint8Array): Set<number> | null {
  try {
    const list = child(only(com, FILES.COM.tag ?? 0), 0x5c)
    return list === undefined ? null : new Set(list.value)
  } catch {
    return null
  }
}
