import type { AccessView, ChainProof, ChipOddity, ChipReading, CopyProof, ReadingFigures, ReadingId, ReadingPurpose } from '@contract/chip'
import { toCivil } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import type { Instant } from '@contract/ids'
import type { ReaderKind } from '@contract/readers'
import { parseSecurityInfos } from '../chip/security-infos'
import { type ChipFiles, type FaceImage, parseFiles, toFaceView, toMrzView } from '../lds'
import { type PassiveProof, proveCardSecurity, provePassively, type Trust } from '../trust'

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
function backed(copy: CopyProof, { contents, signature }: Pick<PassiveProof, 'contents' | 'signature'>, cardSecuritySigned: boolean): CopyProof {
  const file = copy.by === 'AA' ? 'DG15' : 'DG14'
  const isSigned = signature.state === 'valid' && contents.hashes.some((hash) => hash.file === file && hash.matches)
  // Chip authentication mapping may have been proved by a key of EF.CardSecurity, which no hash of EF.SOD covers: it has a signature of its own.
  const isBacked = isSigned && (copy.by !== 'CAM' || cardSecuritySigned)
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

const COUNTRY = /(?:^|(?<!\\)[,+])C=([A-Za-z]{2})(?=$|[,+])/u

/**
 * A card of Viet Nam whose chain ends at a root of another state: a master list brings the roots of all states, and each of them could sign a chip
 * that says it is of any other. That the root is trusted holds all the same.
 */
function foreignRoot({ state, path, practice }: ChainProof, issuer: string): ChipOddity[] {
  const root = path.at(-1)
  if (state !== 'trusted' || practice || root === undefined || issuer !== 'VNM') return []
  const country = COUNTRY.exec(root.subject)?.[1]?.toUpperCase() ?? '?'
  return country === 'VN' ? [] : [{ code: 'root-of-another-state', file: 'SOD', params: { country } }]
}

/** Parses and proves the files of a chip. Pure. @throws AppError THE-009 when DG1 cannot be read */
export function readingOf({ id, at, judgedAt = at, purpose, reader, access, files, copy, figures, trust }: Input): Held {
  const { person, mrz, dg13, face, oddities } = parseFiles(files, toCivil(judgedAt).date)
  const { contents, signature, chain, oddities: odd } = provePassively(files, trust, judgedAt)
  const cardSecurity = files.get('CardSecurity')
  const own = cardSecurity === undefined ? null : proveCardSecurity(cardSecurity, trust, judgedAt)
  // Anybody can sign one: where EF.SOD's signer is trusted, this one's must be, too.
  const provedCardSecurity = own?.signature.state === 'valid' && (chain.state !== 'trusted' || own.chain.state === 'trusted')
  return {
    face,
    reading: {
      id, at: at.toISOString() as Instant, purpose, reader, access, person, mrz: toMrzView(mrz), dg13: [...dg13],
      face: face && toFaceView(face),
      files: [...files].map(([file, bytes]) => ({ file, bytes: bytes.length })),
      proof: { contents, signature, chain, copy: backed(copy, { contents, signature }, cardSecurity === undefined || provedCardSecurity) },
      oddities: [...oddities, ...odd, ...hiddenPace(access, files), ...foreignRoot(chain, mrz.issuer)],
      figures,
    },
  }
}
