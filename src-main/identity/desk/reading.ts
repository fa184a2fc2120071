import type { AccessView, ChipOddity, ChipReading, CopyProof, ReadingFigures, ReadingId, ReadingPurpose } from '@contract/chip'
import { toCivil } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import type { Instant } from '@contract/ids'
import type { ReaderKind } from '@contract/readers'
import { parseSecurityInfos } from '../chip/security-infos'
import { type ChipFiles, type FaceImage, parseFiles, toFaceView, toMrzView } from '../lds'
import { type PassiveProof, provePassively, type Trust } from '../trust'

export type ReadFrom = Readonly<{ name: string; kind: ReaderKind; simulated: boolean }>

/** A reading with what does not travel to the screen unasked: the face as it came. */
export type Held = Readonly<{ reading: ChipReading; face: FaceImage | null }>

type Input = Readonly<{
  id: ReadingId
  at: Date
  /** The day for which validity is judged; that of the reading unless told otherwise. */
  judgedAt?: Date | undefined
  purpose: ReadingPurpose
  reader: ReadFrom
  access: AccessView | null
  files: ChipFiles
  copy: CopyProof
  figures: ReadingFigures | null
  trust: Trust
}>

/**
 * A chip that holds a private key is the original only when the file with the public key is what the signer hashed: anybody can put a key
 * of their own into a file of their own (9303-11 §6.1, §6.2).
 */
function backed(copy: CopyProof, { contents, signature }: Pick<PassiveProof, 'contents' | 'signature'>): CopyProof {
  const file = copy.by === 'AA' ? 'DG15' : 'DG14'
  const isBacked = signature.state === 'valid' && contents.hashes.some((hash) => hash.file === file && hash.matches)
  return copy.state === 'original' && !isBacked ? { state: 'not-checked', by: copy.by } : copy
}

/**
 * BAC was done because the card seemed to offer no PACE, and its signed DG14 lists PACE all the same: somebody may have kept the offer from us
 * (9303-11 §4.2). EF.CardAccess, from which the offer is read, is not signed; DG14 is.
 */
function hiddenPace(access: AccessView | null, files: ChipFiles): ChipOddity[] {
  const dg14 = files.get('DG14')
  if (access?.protocol !== 'BAC' || access.downgraded || dg14 === undefined) return []
  try {
    const { pace, unknownPace } = parseSecurityInfos(dg14)
    return pace.length + unknownPace.length > 0 ? [{ code: 'pace-hidden', file: 'DG14', params: {} }] : []
  } catch (error) {
    // Told by the parser of files already.
    if (error instanceof AppError) return []
    throw error
  }
}

/** Parses and proves the files of a chip. Pure. @throws AppError THE-009 when DG1 cannot be read */
export function readingOf({ id, at, judgedAt = at, purpose, reader, access, files, copy, figures, trust }: Input): Held {
  const { person, mrz, dg13, face, oddities } = parseFiles(files, toCivil(judgedAt).date)
  const { contents, signature, chain, oddities: odd } = provePassively(files, trust, judgedAt)
  return {
    face,
    reading: {
      id, at: at.toISOString() as Instant, purpose, reader, access, person, mrz: toMrzView(mrz), dg13: [...dg13],
      face: face && toFaceView(face),
      files: [...files].map(([file, bytes]) => ({ file, bytes: bytes.length })),
      proof: { contents, signature, chain, copy: backed(copy, { contents, signature }) },
      oddities: [...oddities, ...odd, ...hiddenPace(access, files)],
      figures,
    },
  }
}
