import type { ChipFile } from '@contract/chip'
import { FILES } from '../lds/files'
import type { Attempt, Channel, Connection } from './connection'
import type { Meter } from './progress-meter'
import { bytesOf, NOTHING_YET, type Part, readOn, type Step } from './read-file'

/** A file, the status word that refused it, or word that another card lies on the reader. */
export type FileResult = Readonly<{ bytes: Uint8Array }> | Readonly<{ refused: number }> | 'other-card'

/** A step that was taken already, and the channel it was taken in. */
export type Begun = Readonly<{ channel: Channel; step: Step }>

const DENIED = 0x6982
/** Not allowed, not satisfied, not found: said of a file, though a lost session may be told so, too. */
const DENIALS: ReadonlySet<number> = new Set([DENIED, 0x6985, 0x6a82, 0x6a83, 0x6a88])

/** Sessions lost, or cards lifted, one after the other without a byte between them. */
type Barren = { lost: number; lifted: number }

/**
 * Reads a file to its end, over as many sessions as it takes: what was read stays read.
 * @throws AppError THE-007 when session after session is lost at the same place, THE-009, THE-016, and the transport's
 */
export async function readWhole(connection: Connection, file: ChipFile, meter: Meter, begun?: Begun): Promise<FileResult> {
  const barren: Barren = { lost: 0, lifted: 0 }
  let part = NOTHING_YET
  let current: Channel | null = null
  let attempt: Attempt<Begun> = begun === undefined ? await oneStep(connection, file, part, current) : { kind: 'done', value: begun }
  for (; ;) {
    if (attempt.kind === 'other-card') return 'other-card'
    if (attempt.kind === 'done') {
      const { channel, step } = attempt.value
      if (step.part.have > part.have) barren.lost = barren.lifted = 0
      part = step.part
      current = step.current ? channel : null
      meter.file(file, part.have, part.total)
      if (step.end === 'whole') return { bytes: bytesOf(part) }
      if (step.end !== null) return step.end
    } else {
      const refused = afterTrouble(attempt, barren, connection, part)
      if (refused !== null) return { refused }
    }
    attempt = await oneStep(connection, file, part, current)
  }
}

const oneStep = (connection: Connection, file: ChipFile, part: Part, current: Channel | null): Promise<Attempt<Begun>> =>
  connection.attempt(async (channel) => {
    if (FILES[file].in === 'application') await connection.enterApplication(channel)
    // The master file's own files are read before the application is entered; BAC enters it first.
    else if (channel.folder === 'application') return { channel, step: { part, current: false, end: { refused: DENIED } } }
    return { channel, step: await readOn(channel.way, file, part, current === channel) }
  })

type Trouble = Readonly<{ kind: 'lifted' }> | Readonly<{ kind: 'lost'; sw: number | null; error: Error }>

/**
 * What follows from a lost session; a status word when it means that the file is refused. Long answers are the usual
 * cause, so they are given up first; else it is tried once more as it was, then smaller. A chip that twice ends the
 * session at a file's first byte, saying that it is not there or may not be read, has refused the file.
 * @throws AppError what ended the session, when nothing is left to try
 */
function afterTrouble(trouble: Trouble, barren: Barren, connection: Connection, part: Part): number | null {
  if (trouble.kind === 'lifted') {
    barren.lifted += 1
    // Lifted again and again at the same place, it may be the reader's field that long answers are too much for.
    if (barren.lifted > 1) connection.readSmaller()
    return null
  }
  barren.lost += 1
  const { sw, error } = trouble
  const denied = sw !== null && DENIALS.has(sw)
  if (denied && part.have === 0 && barren.lost > 1) return sw
  const asBefore = barren.lost === 1 && (denied || !connection.readsExtended()) && sw !== null
  if (!asBefore && !connection.readSmaller()) throw error
  return null
}
