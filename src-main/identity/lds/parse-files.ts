import type { ChipFile, ChipOddity, ChipPerson, Dg13Field } from '@contract/chip'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { only } from '../chip/tlv'
import { type Com, parseCom } from './com'
import { parseDg1 } from './dg1'
import { parseDg11 } from './dg11'
import { parseDg12 } from './dg12'
import { parseDg13 } from './dg13'
import { parseDg2 } from './dg2'
import { type ChipFiles, FILES } from './files'
import type { FaceImage } from './image'
import { malformed } from './malformed'
import type { Mrz } from './mrz'
import { personOf } from './person'

/** What the files of a chip say, and what was odd. `com`, `face`: null where the file is missing or unreadable. */
export type ParsedFiles = Readonly<{
  mrz: Mrz
  person: ChipPerson
  dg13: readonly Dg13Field[]
  face: FaceImage | null
  com: Com | null
  oddities: readonly ChipOddity[]
}>

/** A parser that gives up only its own file: what is malformed becomes an oddity. */
function part<T>(files: ChipFiles, file: ChipFile, parse: (bytes: Uint8Array) => T, note: (oddity: ChipOddity) => void): T | null {
  const bytes = files.get(file)
  if (bytes === undefined) return null
  try {
    return parse(bytes)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== chipErrors.malformed) throw error
    note({ code: 'unreadable', file, params: {} })
    return null
  }
}

const hasTag = (file: 'DG14' | 'DG15') => (bytes: Uint8Array): void => {
  only(bytes, FILES[file].tag ?? 0)
}

/**
 * Reads COM, DG1, DG2, DG11, DG12 and DG13 of a chip. One bad file stops nothing but itself. `today`: `YYYY-MM-DD`.
 * @throws AppError THE-009 (`file`: `DG1`) when DG1 is missing or unusable: without it nobody knows whose chip it is
 */
export function parseFiles(files: ChipFiles, today: string): ParsedFiles {
  const dg1 = files.get('DG1')
  if (dg1 === undefined) throw malformed('DG1')
  const mrz = parseDg1(dg1)
  const oddities: ChipOddity[] = mrz.checks.filter(({ fits }) => !fits).map((check) => ({ code: 'mrz-check', file: 'DG1', params: { part: check.part } }))
  const note = (oddity: ChipOddity): void => void oddities.push(oddity)
  const com = part(files, 'COM', parseCom, note)
  const face = part(files, 'DG2', parseDg2, note)
  const dg11 = part(files, 'DG11', parseDg11, note)
  const dg12 = part(files, 'DG12', parseDg12, note)
  const dg13 = part(files, 'DG13', parseDg13, note)
  part(files, 'DG14', hasTag('DG14'), note)
  part(files, 'DG15', hasTag('DG15'), note)
  const { person, oddities: contradictions } = personOf({ mrz, dg11, dg12, dg13: dg13?.person ?? null }, today)
  return { mrz, person, dg13: dg13?.fields ?? [], face, com, oddities: [...oddities, ...(dg13?.oddities ?? []), ...contradictions] }
}
