import type { ChipFile } from '@contract/chip'
import type { HashName } from '../chip/iso9796'
import type { Cipher, PaceInfo } from '../chip/types'

/** The key of chip authentication, and of the chip authentication mapping of PACE. */
export type ChipKey = Readonly<{ parameterId: number; privateKey: bigint; cipher: Cipher; oid: string; keyId: number | null }>

/** The key of active authentication. */
export type ActiveKey =
  | Readonly<{ kind: 'RSA'; modulus: bigint; privateExponent: bigint; hash: HashName }>
  | Readonly<{ kind: 'ECDSA'; parameterId: number; privateKey: bigint; hash: HashName }>

/** All that an emulated chip holds and how it behaves. */
export type ChipProfile = Readonly<{
  atr: Uint8Array
  /** CardAccess and CardSecurity lie in the master file, all else in the application. */
  files: ReadonlyMap<ChipFile, Uint8Array>
  /** MRZ information of its key (9303-11 §9.7.2). */
  information: string
  can: string | null
  bac: boolean
  /** Null: EF.CardAccess offers nothing that this card does. */
  pace: PaceInfo | null
  chipAuthentication: ChipKey | null
  activeAuthentication: ActiveKey | null
  /** SELECT MF answers 6D00, as cards of 2021 were seen to (`eid.md` §0). */
  noMasterFile: boolean
  /** The longest READ BINARY that it answers, in bytes; longer ones get 6700. */
  longestRead: number
  /** False: commands with lengths of two bytes are answered 6700 in clear, and the session is over. */
  extended: boolean
}>

/** A card without any protocol: a start for profiles. */
export const BARE: Omit<ChipProfile, 'files' | 'information'> = {
  atr: Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01), can: null, bac: true, pace: null, chipAuthentication: null, activeAuthentication: null, noMasterFile: false, longestRead: 65_536, extended: true,
}
