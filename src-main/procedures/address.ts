import { fold } from '@contract/fold'
import { findProvince } from '../identity'

/** Where an address lies, as far as its words tell. */
export interface AddressPlace {
  /** Folded name without "phường", "xã"…; null when the address names none. */
  readonly ward: string | null
  /** Name of the province; null when none is recognised. */
  readonly province: string | null
  /** An address of before 01/07/2025: it names a district or a former province, so its ward may have another name now. */
  readonly former: boolean
}

const WARD = /^(phuong|xa|dac khu|thi tran|p\.?|x\.?|tt\.?)\s*(?=\S)/
const DISTRICT = /^(quan|huyen|thi xa|q\.|h\.|tx\.)\s*\S/

/** "Phường Tân Mỹ Hưng" → "tan my hung". */
export function bareWard(name: string): string {
  return fold(name).replace(WARD, '').trim()
}

/** Reads ward and province out of an address written from small to large, parts divided by commas (or " - "). */
export function placeOfAddress(address: string): AddressPlace {
  const parts = address.split(/,| [-–] /).map((part) => fold(part)).filter((part) => part !== '')
  const last = parts.at(-1) ?? ''
  const province = last === '' ? null : findProvince(last)
  const ward = parts.find((part) => WARD.test(part))
  const hasDistrict = parts.some((part) => DISTRICT.test(part)) || parts.slice(0, -1).some((part) => /^(thanh pho|tp\.?) /.test(part))
  return {
    ward: ward === undefined ? null : bareWard(ward),
    province: province?.name ?? null,
    former: hasDistrict || province?.former === true,
  }
}
