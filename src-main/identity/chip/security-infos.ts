import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { domainParameters } from './domain-parameters'
import { oidText } from './object-ids'
import { child, concat, only, readAll, readTlv, type Tlv } from './tlv'
import type { Cipher, PaceInfo } from './types'

/** How chip authentication is done (9303-11 §9.2.5). `keyId` null: the chip has one key. */
export type ChipAuthenticationInfo = Readonly<{ oid: string; agreement: 'DH' | 'ECDH'; cipher: Cipher; version: number; keyId: number | null }>
/** A key for chip authentication; `publicKeyInfo` is its SubjectPublicKeyInfo (9303-11 §9.2.6). */
export type ChipAuthenticationKey = Readonly<{ agreement: 'DH' | 'ECDH'; keyId: number | null; publicKeyInfo: Uint8Array }>
/** The signature algorithm of active authentication (9303-11 §9.2.4). */
export type ActiveAuthenticationInfo = Readonly<{ signatureAlgorithm: string }>

export type SecurityInfos = Readonly<{
  pace: PaceInfo[]
  /** Object identifiers of the kinds of PACE that the card offers and we cannot do: explicit domain parameters among them. */
  unknownPace: string[]
  chipAuthentication: ChipAuthenticationInfo[]
  chipAuthenticationKeys: ChipAuthenticationKey[]
  activeAuthentication: ActiveAuthenticationInfo | null
  /** Object identifiers that mean nothing to us, or whose content is not as they demand. */
  unknown: string[]
}>

const TAG = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30, set: 0x31, explicit: 0xa0, dg14: 0x6e } as const
const SMARTCARD = '0.4.0.127.0.7.2.2'
const PACE = `${SMARTCARD}.4.`
const CHIP_AUTHENTICATION = `${SMARTCARD}.3.`
const CHIP_KEY = `${SMARTCARD}.1.`
const ACTIVE_AUTHENTICATION = '2.23.136.1.1.5'
/** Terminal authentication, restricted identification, card information, EF.DIR and further neighbours: not for reading an identity card. */
const IGNORED = [`${SMARTCARD}.2`, `${SMARTCARD}.5`, `${SMARTCARD}.6`, `${SMARTCARD}.8`, '2.23.136.1.1.13']

const CIPHERS: readonly Cipher[] = ['3DES', 'AES-128', 'AES-192', 'AES-256']
const MAPPINGS: Readonly<Record<number, Pick<PaceInfo, 'agreement' | 'mapping'>>> = {
  1: { agreement: 'DH', mapping: 'GM' }, 2: { agreement: 'ECDH', mapping: 'GM' }, 3: { agreement: 'DH', mapping: 'IM' },
  4: { agreement: 'ECDH', mapping: 'IM' }, 6: { agreement: 'ECDH', mapping: 'CAM' },
}
const AGREEMENTS = ['DH', 'ECDH'] as const
const PACE_VERSION = 2

const malformed = (): AppError => new AppError(chipErrors.malformed)
const arcsAfter = (oid: string, prefix: string): number[] => oid.slice(prefix.length).split('.').map(Number)
const smallInteger = (tlv: Tlv | undefined): number | null =>
  tlv?.tag === TAG.integer && tlv.value.length > 0 && tlv.value.length <= 4 ? tlv.value.reduce((sum, byte) => sum * 256 + byte, 0) : null

/** SecurityInfos in the signed content of EF.CardSecurity (RFC 5652; 9303-11 §9.2.11). The signature is not looked at here. */
function signedContent(contentInfo: Tlv): Uint8Array {
  const signed = child(contentInfo, TAG.explicit)
  const content = signed && readAll(signed.value)[0] && readAll(readAll(signed.value)[0]?.value ?? new Uint8Array(0)).find((tlv) => tlv.tag === TAG.sequence)
  const wrapped = content && child(content, TAG.explicit)
  const octets = wrapped && readAll(wrapped.value)[0]
  if (!octets) throw malformed()
  return octets.constructed ? concat(...readAll(octets.value).map((part) => part.value)) : octets.value
}

function infoSet(bytes: Uint8Array): Tlv {
  const { tlv } = readTlv(bytes)
  if (tlv.tag === TAG.set) return tlv
  if (tlv.tag === TAG.dg14) return only(tlv.value, TAG.set)
  if (tlv.tag === TAG.sequence) return only(signedContent(tlv), TAG.set)
  throw malformed()
}

type Entry = Readonly<{ oid: string; rest: readonly Tlv[] }>

/** Null for an info so broken that it cannot even be named: the others still count. */
function entryOf(info: Tlv): Entry | null {
  try {
    const [oid, ...rest] = readAll(info.value)
    return info.tag === TAG.sequence && oid?.tag === TAG.oid ? { oid: oidText(oid.value), rest } : null
  } catch {
    return null
  }
}

/** Whether these parts go together (9303-11 §4.4.3 tables 2–3 and §9.5.1). */
function canDo(info: PaceInfo): boolean {
  const parameters = domainParameters(info.parameterId)
  if (parameters?.kind !== info.agreement) return false
  if (info.mapping === 'CAM') return info.cipher !== '3DES'
  return info.mapping === 'GM' || parameters.p % 4n === 3n || parameters.kind === 'DH'
}

function paceInfo({ oid, rest }: Entry): PaceInfo | null {
  const [kind = 0, strength = 0, ...more] = arcsAfter(oid, PACE)
  const parts = MAPPINGS[kind]
  const cipher = CIPHERS[strength - 1]
  const parameterId = smallInteger(rest[1])
  if (!parts || !cipher || more.length > 0 || smallInteger(rest[0]) !== PACE_VERSION || parameterId === null) return null
  const info: PaceInfo = { oid, ...parts, cipher, parameterId }
  return canDo(info) ? info : null
}

function chipAuthenticationInfo({ oid, rest }: Entry): ChipAuthenticationInfo | null {
  const [kind = 0, strength = 0, ...more] = arcsAfter(oid, CHIP_AUTHENTICATION)
  const agreement = AGREEMENTS[kind - 1]
  const cipher = CIPHERS[strength - 1]
  const version = smallInteger(rest[0])
  return agreement && cipher && more.length === 0 && version !== null ? { oid, agreement, cipher, version, keyId: smallInteger(rest[1]) } : null
}

function chipAuthenticationKey({ oid, rest }: Entry): ChipAuthenticationKey | null {
  const agreement = AGREEMENTS[(arcsAfter(oid, CHIP_KEY)[0] ?? 0) - 1]
  return agreement && rest[0]?.tag === TAG.sequence ? { agreement, keyId: smallInteger(rest[1]), publicKeyInfo: rest[0].raw } : null
}

function withAmbiguity(pace: readonly PaceInfo[], entries: readonly Entry[]): PaceInfo[] {
  const offered = new Set(entries.filter(({ oid }) => oid.startsWith(PACE)).map(({ rest }) => smallInteger(rest[1])).filter((id) => id !== null))
  return offered.size > 1 ? pace.map((info) => ({ ...info, ambiguous: true })) : [...pace]
}

/**
 * What the chip offers, of EF.CardAccess, of DG14 or of EF.CardSecurity as they are read (9303-11 §9.2).
 * Infos that are unknown or broken are named and left aside. @throws AppError THE-009 when the file is no set of infos at all
 */
export function parseSecurityInfos(bytes: Uint8Array): SecurityInfos {
  const found = { pace: [] as PaceInfo[], unknownPace: [] as string[], chipAuthentication: [] as ChipAuthenticationInfo[], chipAuthenticationKeys: [] as ChipAuthenticationKey[], unknown: [] as string[] }
  let activeAuthentication: ActiveAuthenticationInfo | null = null
  const entries = readAll(infoSet(bytes).value).map(entryOf).filter((entry) => entry !== null)
  const put = <T>(list: T[], item: T | null, oid: string, aside: string[]): void => void (item === null ? aside.push(oid) : list.push(item))
  for (const entry of entries) {
    const { oid, rest } = entry
    if (oid.startsWith(PACE)) put(found.pace, paceInfo(entry), oid, found.unknownPace)
    // TR-03110's domain parameters for version 2 have one arc less and are not needed for version 1.
    else if (oid.startsWith(CHIP_AUTHENTICATION)) put(found.chipAuthentication, chipAuthenticationInfo(entry), oid, found.unknown)
    else if (oid.startsWith(CHIP_KEY)) put(found.chipAuthenticationKeys, chipAuthenticationKey(entry), oid, found.unknown)
    else if (oid === ACTIVE_AUTHENTICATION && rest[1]?.tag === TAG.oid) activeAuthentication = { signatureAlgorithm: oidText(rest[1].value) }
    else if (!IGNORED.some((known) => oid === known || oid.startsWith(`${known}.`))) found.unknown.push(oid)
  }
  return { ...found, pace: withAmbiguity(found.pace, entries), activeAuthentication }
}

const rank = ({ mapping, agreement }: PaceInfo): number => (mapping === 'CAM' ? 0 : agreement === 'ECDH' ? 1 : 2)

/** The PACE to be done: chip authentication mapping first (9303-11 appendix J.1), curves before groups, else as the card lists them. */
export const preferredPace = (pace: readonly PaceInfo[]): PaceInfo | null => pace.toSorted((one, other) => rank(one) - rank(other))[0] ?? null
