import { readAll, readTlv, type Tlv } from '../chip/tlv'
import { readText } from './text'

/** Data objects of DG11 or DG12 by tag; those inside `A0` (repeated names) are taken in beside the others (9303-10 §4.7.11, §4.7.12). */
export type Details = ReadonlyMap<number, readonly Uint8Array[]>

const REPEATED = 0xa0
const COUNT = 0x02
const TAG_LIST = 0x5c
const MOST_OF_ONE = 99

export function readDetails(bytes: Uint8Array): Details {
  const { tlv } = readTlv(bytes)
  const details = new Map<number, Uint8Array[]>()
  const keep = ({ tag, value }: Tlv): void => {
    const values = details.get(tag) ?? []
    if (values.length < MOST_OF_ONE) details.set(tag, [...values, value])
  }
  for (const part of readAll(tlv.value)) {
    if (part.tag === REPEATED) readAll(part.value).filter(({ tag }) => tag !== COUNT).forEach(keep)
    else if (part.tag !== TAG_LIST) keep(part)
  }
  return details
}

/** Text of the first object with this tag; null when there is none or it says nothing. */
export function textOf(details: Details, tag: number): string | null {
  const value = details.get(tag)?.[0]
  const text = value === undefined ? '' : readText(value)
  return text === '' ? null : text
}
