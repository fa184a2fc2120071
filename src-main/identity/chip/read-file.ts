import type { ChipFile } from '@contract/chip'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import type { CardTransport } from '../../readers'
import { FILES, LARGEST_FILE } from '../lds/files'
import type { Answer, Exchange } from './apdu'
import { selectFile } from './application'
import { type Manner, mostAtOnce, readsExtended, readSmaller } from './block-size'
import { contentOf, fileLength, readAt, readFirst, roomAt } from './read-binary'
import { sameBytes } from './same-bytes'
import { concat } from './tlv'
import type { Cipher } from './types'

const OK = 0x9000
/** Answers that carry data although the file ended before the length that was asked for. */
const END_REACHED = 0x6282
/** Enough for the tag and length of every file. */
const HEAD = 4
/** Bytes read again after the card was put back, to see that it is the same card: the whole of DG1. */
const RECHECKED = 96

/** A way to read: a channel, and how chip and reader turned out to be readable. */
export type Way = Readonly<{ exchange: Exchange; cipher: Cipher | null; transport: CardTransport; manner: Manner }>

/** What is had of a file, in pieces; `total` is known once its first bytes are. */
export type Part = Readonly<{ pieces: readonly Uint8Array[]; have: number; total: number | null }>

/**
 * Where one step of reading led. `current`: the file is selected in this channel now. `end`: it is whole, refused with a
 * status word, or begins otherwise than before and so is another card's.
 */
export type Step = Readonly<{ part: Part; current: boolean; end: null | 'whole' | 'other-card' | Readonly<{ refused: number }> }>

export const NOTHING_YET: Part = { pieces: [], have: 0, total: null }

export const bytesOf = (part: Part): Uint8Array => concat(...part.pieces)

/**
 * Reads on in a file by one command, or two where it must be selected: from the start, or from where `part` ends.
 * What the chip refuses for its length is asked for differently at the next step.
 * @throws AppError THE-009 and THE-016 with the file's name, and what the channel throws
 */
export async function readOn(way: Way, file: ChipFile, part: Part, current: boolean): Promise<Step> {
  if (current) return next(way, file, part, await way.exchange(readAt(part.have, lengthToAsk(way, part))))
  return part.have === 0 ? begin(way, file) : recheck(way, file, part)
}

function lengthToAsk({ manner, transport, cipher }: Way, { have, total }: Part): number {
  const most = roomAt(have, mostAtOnce(manner, transport, cipher))
  if (total === null) return manner.careful ? Math.max(HEAD - have, 1) : most
  return Math.min(most, total - have)
}

async function begin(way: Way, file: ChipFile): Promise<Step> {
  if (way.manner.shortIds) {
    const answer = await way.exchange(readFirst(FILES[file].sfi, lengthToAsk(way, NOTHING_YET)))
    if (carriesData(answer)) return grown(file, NOTHING_YET, answer.data)
    if (isAboutLength(answer.sw) && askOtherwise(way, NOTHING_YET, answer.sw)) return { part: NOTHING_YET, current: false, end: null }
  }
  const selected = await selectFile(way.exchange, FILES[file].id)
  if (selected !== OK) return { part: NOTHING_YET, current: false, end: { refused: selected } }
  // The file is there, so it was the short id that the chip did not take.
  way.manner.shortIds = false
  return { part: NOTHING_YET, current: true, end: null }
}

async function recheck(way: Way, file: ChipFile, part: Part): Promise<Step> {
  const length = Math.min(RECHECKED, part.have)
  if (!way.manner.shortIds) {
    const selected = await selectFile(way.exchange, FILES[file].id)
    if (selected !== OK) return { part, current: false, end: 'other-card' }
  }
  const answer = await way.exchange(way.manner.shortIds ? readFirst(FILES[file].sfi, length) : readAt(0, length))
  const same = carriesData(answer) && sameBytes(answer.data, bytesOf(part).subarray(0, answer.data.length))
  return { part, current: same, end: same ? null : 'other-card' }
}

function next(way: Way, file: ChipFile, part: Part, answer: Answer): Step {
  if (carriesData(answer)) {
    const content = contentOf(part.have, answer.data)
    if (content === null || content.length === 0) throw new AppError(chipErrors.malformed, { file })
    return grown(file, part, content)
  }
  const again = (isAboutLength(answer.sw) || isPastEnd(answer.sw)) && askOtherwise(way, part, answer.sw)
  return { part, current: true, end: again ? null : { refused: answer.sw } }
}

const carriesData = ({ sw, data }: Answer): boolean => data.length > 0 && (sw === OK || sw === END_REACHED)
const isAboutLength = (sw: number): boolean => sw === 0x6700 || sw >> 8 === 0x6c || sw === END_REACHED
/** With a short id the same word speaks of the id. */
const isPastEnd = (sw: number): boolean => sw === 0x6b00

/** Chooses another length after a refusal; false when nothing is left to try. */
function askOtherwise({ manner, transport, cipher }: Way, { total }: Part, sw: number): boolean {
  const mayBeTheEnd = total === null && !manner.careful
  const tooLong = readsExtended(manner) && !isPastEnd(sw) && sw !== END_REACHED
  if (mayBeTheEnd && !tooLong) return (manner.careful = true)
  return readSmaller(manner, transport, cipher)
}

function grown(file: ChipFile, part: Part, content: Uint8Array): Step {
  const pieces = [...part.pieces, content]
  const have = part.have + content.length
  const total = part.total ?? totalOf(file, concat(...pieces))
  if (total === null || have < total) return { part: { pieces, have, total }, current: true, end: null }
  const whole = concat(...pieces).subarray(0, total)
  return { part: { pieces: [whole], have: total, total }, current: true, end: 'whole' }
}

function totalOf(file: ChipFile, head: Uint8Array): number | null {
  const total = lengthWithin(file, head)
  if (total !== null && total > LARGEST_FILE) throw new AppError(chipErrors.fileTooLarge, { file })
  return total
}

function lengthWithin(file: ChipFile, head: Uint8Array): number | null {
  try {
    return fileLength(head)
  } catch (error) {
    throw new AppError(chipErrors.malformed, { file }, { cause: error })
  }
}
