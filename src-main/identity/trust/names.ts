import type { Tlv } from '../chip/tlv'
import { childrenOf, hexOf, latin1, oidOf, TAG } from './der'

/** Short names of attribute types (RFC 4514 §3, and those that passport roots use). */
const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN', '2.5.4.7': 'L', '2.5.4.8': 'ST', '2.5.4.10': 'O', '2.5.4.11': 'OU', '2.5.4.6': 'C', '2.5.4.9': 'STREET',
  '0.9.2342.19200300.100.1.25': 'DC', '0.9.2342.19200300.100.1.1': 'UID', '2.5.4.5': 'serialNumber', '1.2.840.113549.1.9.1': 'emailAddress',
}
const COUNTRY = '2.5.4.6'

type Attribute = Readonly<{ type: string; text: string | null; raw: Uint8Array }>

/** A distinguished name: as it came, as RFC 4514 text, and in the form in which two names are compared. */
export type Name = Readonly<{ raw: Uint8Array; text: string; key: string; country: string | null }>

function textOf({ tag, value }: Tlv): string | null {
  switch (tag) {
    case TAG.utf8: return Buffer.from(value).toString('utf8')
    case 0x12: case 0x13: case 0x16: case 0x14: case 0x1a: return latin1(value)
    case 0x1e: return value.length % 2 === 0 ? Buffer.from(value).swap16().toString('utf16le') : null
    default: return null
  }
}

const attributeOf = (tlv: Tlv): Attribute => {
  const [type, value] = childrenOf(tlv, TAG.sequence)
  return { type: oidOf(type), text: value ? textOf(value) : null, raw: value?.raw ?? new Uint8Array(0) }
}

/** Escapes a value (RFC 4514 §2.4). */
const escaped = (text: string): string => text
  .replace(/["+,;<>\\]/gu, '\\$&').replace(/^[ #]/u, '\\$&').replace(/ $/u, '\\ ').replace(/\p{Cc}/gu, (sign) => `\\${hexOf(Buffer.from(sign))}`)

const shown = ({ type, text, raw }: Attribute): string => `${SHORT[type] ?? type}=${text === null || !(type in SHORT) ? `#${hexOf(raw)}` : escaped(text)}`
/** Issuers write the same name in other cases and string types (RFC 5280 §7.1). */
const compared = ({ type, text, raw }: Attribute): string => JSON.stringify([type, text === null ? hexOf(raw) : text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase()])

/** Reads a name. @throws AppError THE-009 */
export function nameOf(tlv: Tlv): Name {
  const parts = childrenOf(tlv, TAG.sequence).map((part) => childrenOf(part, TAG.set).map(attributeOf))
  return {
    raw: tlv.raw,
    text: parts.map((part) => part.map(shown).join('+')).reverse().join(','),
    key: parts.map((part) => part.map(compared).sort().join('+')).join(','),
    country: parts.flat().find(({ type }) => type === COUNTRY)?.text?.toUpperCase() ?? null,
  }
}
