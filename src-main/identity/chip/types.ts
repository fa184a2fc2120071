import type { AccessView, ChipFile, ChipProgress, CopyProof } from '@contract/chip'

/** Fresh random bytes; a test gives those of a published example. */
export type Random = (length: number) => Uint8Array

export type Cipher = AccessView['cipher']

/** Keys of a secure messaging session and where its send sequence counter stands (9303-11 §9.8). */
export type SessionKeys = Readonly<{ cipher: Cipher; enc: Uint8Array; mac: Uint8Array; ssc: Uint8Array }>

/** What opens the chip. `mrz` is the MRZ information: number, birth date and expiry date, each with its check digit (9303-11 §9.7.2). */
export type AccessKey = Readonly<{ kind: 'mrz'; information: string }> | Readonly<{ kind: 'can'; can: string }>

/** A PACEInfo of EF.CardAccess that we can do (9303-11 §9.2.1). `ambiguous`: the card has several domain parameters, MSE must name them. */
export type PaceInfo = Readonly<{ oid: string; agreement: 'DH' | 'ECDH'; mapping: 'GM' | 'IM' | 'CAM'; cipher: Cipher; parameterId: number; ambiguous?: true }>

/** What the chip-authentication mapping leaves to be checked against EF.CardSecurity or DG14 (9303-11 §4.4.3.5). */
export type CamEvidence = Readonly<{ parameterId: number; mappingPublicKey: Uint8Array; chipAuthenticationData: Uint8Array }>

export type PaceResult = Readonly<{ keys: SessionKeys; info: PaceInfo; cam: CamEvidence | null }>

export type Progress = (progress: ChipProgress) => void

/** Files of one session with a chip, and what was learnt on the way. */
export type ChipSession = Readonly<{
  access: AccessView
  files: ReadonlyMap<ChipFile, Uint8Array>
  copy: CopyProof
  /** Files that were asked for and could not be had, with the status word. */
  missing: ReadonlyMap<ChipFile, number>
  figures: Readonly<{ apdus: number; bytes: number; waitMs: number; ownMs: number; longest: number; resumed: number }>
}>
