import type { ChipFile, CopyProof } from '@contract/chip'
import type { Opened } from './access'
import type { Connection } from './connection'
import { proofByActiveAuthentication, proofByCam, proofByChipAuthentication } from './copy-proof'
import type { Meter } from './progress-meter'
import { presentFiles, readingOrder } from './reading-plan'
import { type Begun, readWhole } from './read-whole'
import type { Random } from './types'

const FILE_NOT_FOUND = 0x6a82

/** What a reading works with. */
export type Reading = Readonly<{ connection: Connection; opened: Opened; asked: readonly ChipFile[]; random: Random; meter: Meter }>

/** What one card gave so far. `present` is what its COM lists, null until that is known; `provedAt`, how often it had been put back when it proved itself. */
export type Gathered = { files: Map<ChipFile, Uint8Array>; missing: Map<ChipFile, number>; present: ReadonlySet<ChipFile> | null; copy: CopyProof; provedAt: number }

export const nothingGathered = (): Gathered => ({ files: new Map(), missing: new Map(), present: null, copy: { state: 'not-checked', by: null }, provedAt: 0 })

/** Reads the files and has the chip prove itself; false when another card was put back, and what is gathered is worth nothing. */
export async function gather(reading: Reading, into: Gathered): Promise<boolean> {
  keepCardAccess(reading, into)
  const order = readingOrder(reading.asked).filter((file) => file !== 'CardAccess')
  const listed = (file: ChipFile): boolean => into.present?.has(file) ?? true
  let begun: Begun | undefined
  for (const [index, file] of order.entries()) {
    if (!listed(file)) {
      reading.meter.without(file)
      continue
    }
    const result = await readWhole(reading.connection, file, reading.meter, begun)
    begun = undefined
    if (result === 'other-card') return false
    if ('refused' in result) {
      reading.meter.without(file)
      into.missing.set(file, result.refused)
      continue
    }
    into.files.set(file, result.bytes)
    if (file === 'COM') into.present = presentFiles(result.bytes)
    if (file !== 'DG14') continue
    const proved = await proveByDg14(reading, into.files, result.bytes, order.slice(index + 1).find(listed) ?? file)
    if (proved.proof === 'other-card') return false
    if (proved.proof !== null) into.copy = proved.proof
    into.provedAt = reading.connection.putBack()
    // Where no file is left, the proof read DG14's beginning again.
    begun = proved.begun
  }
  return proveByTheRest(reading, into)
}

function keepCardAccess({ asked, opened: { cardAccess } }: Reading, { files, missing }: Gathered): void {
  if (!asked.includes('CardAccess')) return
  if (cardAccess === null) missing.set('CardAccess', FILE_NOT_FOUND)
  else files.set('CardAccess', cardAccess)
}

/** By PACE's own evidence where it has some, else by chip authentication where DG14 offers it. */
async function proveByDg14({ connection, random, meter }: Reading, files: Gathered['files'], dg14: Uint8Array, next: ChipFile): Promise<{ proof: CopyProof | 'other-card' | null; begun?: Begun }> {
  const byCam = proofByCam(connection.cam(), files)
  if (byCam !== null) return { proof: byCam }
  meter.step('proof')
  return proofByChipAuthentication(connection, dg14, next, random)
}

const settled = ({ state }: CopyProof): boolean => state === 'original' || state === 'copied'

/** PACE's evidence where DG14 is not read, active authentication, and what it means where there is neither. */
async function proveByTheRest(reading: Reading, into: Gathered): Promise<boolean> {
  const { connection, random, meter } = reading
  if (!(await proveAgain(reading, into))) return false
  if (settled(into.copy)) return true
  into.copy = proofByCam(connection.cam(), into.files) ?? into.copy
  const dg15 = into.files.get('DG15')
  if (!settled(into.copy) && dg15 !== undefined) {
    meter.step('proof')
    const proof = await proofByActiveAuthentication(connection, dg15, into.files.get('DG14') ?? null, random)
    if (proof === 'other-card') return false
    into.copy = proof
  }
  if (into.copy.state === 'not-checked' && (['DG14', 'DG15'] as const).every((file) => isKnown(file, into))) into.copy = { state: 'not-offered', by: null }
  return true
}

/** A copy can be put back in the original's place, with the same files: what was proved before the card was lifted is proved once more. */
async function proveAgain(reading: Reading, into: Gathered): Promise<boolean> {
  const dg14 = into.files.get('DG14')
  if (!settled(into.copy) || into.provedAt === reading.connection.putBack() || dg14 === undefined) return true
  const { proof } = await proveByDg14(reading, into.files, dg14, 'DG14')
  if (proof === 'other-card') return false
  into.copy = proof ?? { state: 'not-checked', by: null }
  return true
}

/** True when it is known what a file offers, or that the chip has no such file. */
const isKnown = (file: ChipFile, { files, missing, present }: Gathered): boolean =>
  files.has(file) || missing.get(file) === FILE_NOT_FOUND || (present !== null && !present.has(file))
