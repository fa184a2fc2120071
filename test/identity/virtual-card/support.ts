import { createHash, randomBytes } from 'node:crypto'
import type { ChipFile, ChipReading } from '@contract/chip'
import { ReadingId } from '@contract/chip'
import { AppError } from '@contract/errors'
import { readChip, type ReadChipOptions } from '../../../src-main/identity/chip/session'
import type { ChipSession, Random } from '../../../src-main/identity/chip/types'
import { readingOf } from '../../../src-main/identity/desk/reading'
import { createVirtualChip } from '../../../src-main/identity/virtual-card'
import { type CardTransport, createVirtualSource, SHORT_ANSWER, SHORT_COMMAND, type VirtualCard, type VirtualReader } from '../../../src-main/readers'
import { CAN, type InventedChip } from '../../devices/invented-chip'

export const random: Random = (length) => new Uint8Array(randomBytes(length))
export const AT = new Date('2026-11-23T07:20:00.000Z')
export const ALL: readonly ChipFile[] = ['CardAccess', 'COM', 'SOD', 'DG1', 'DG2', 'DG11', 'DG12', 'DG13', 'DG14', 'DG15']
export { CAN }

export const SHORT = { longestCommand: SHORT_COMMAND, longestAnswer: SHORT_ANSWER } as const

export const chipOf = ({ profile }: InventedChip): VirtualCard => createVirtualChip(profile, random)

/** A reader on which these cards can be laid, by their place in the list. */
export type Desk = Readonly<{ reader: VirtualReader; connect(): Promise<CardTransport> }>

export async function deskWith(...cards: readonly (() => VirtualCard)[]): Promise<Desk> {
  const reader = createVirtualSource({ cards: cards.map((card, index) => ({ id: String(index), name: '', about: '', qr: '', card })), name: 'practice' })
  const source = await reader.open(() => undefined)
  reader.put('0')
  return { reader, connect: () => source.connect('practice') }
}

/** A card that somebody takes off the reader in the middle of the n-th command since it was laid there. */
export function liftedAt(card: VirtualCard, at: number, lift: () => void): VirtualCard {
  let count = 0
  return {
    ...card,
    transmit: (command) => {
      count += 1
      if (count === at) lift()
      return card.transmit(command)
    },
  }
}

/** What a test does to the n-th answer (from 1) of a card, which is what the card would have said. */
export type Meddling = (answer: Uint8Array, at: Readonly<{ command: Uint8Array; count: number }>) => Uint8Array

export function meddled(card: VirtualCard, meddle: Meddling): VirtualCard {
  let count = 0
  return {
    ...card,
    transmit: async (command) => {
      count += 1
      return meddle(await card.transmit(command), { command, count })
    },
  }
}

type Wish = Partial<ReadChipOptions> & Readonly<{ card?: VirtualCard; transport?: Partial<CardTransport> }>

/** Reads an invented chip over the virtual reader, or another card with its keys. */
export async function read(chip: InventedChip, { card = chipOf(chip), transport, ...given }: Wish = {}): Promise<ChipSession> {
  const desk = await deskWith(() => card)
  const opened = await desk.connect()
  try {
    return await readChip({ ...opened, ...transport }, { keys: [chip.key], files: ALL, allowBac: false, random, onProgress: () => undefined, ...given })
  } finally {
    await opened.close()
  }
}

/** The reading that is shown: files parsed and proved on the day of the tests. */
export function shown({ trust }: InventedChip, { access, files, copy, figures }: ChipSession): ChipReading {
  return readingOf({
    id: ReadingId.parse('0192aaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa'), at: AT, purpose: 'inspect', reader: { name: 'practice', kind: 'virtual', simulated: true }, access, files, copy, figures, trust,
  }).reading
}

export const readAndShow = async (chip: InventedChip, wish: Wish = {}): Promise<ChipReading> => shown(chip, await read(chip, wish))

/** Code of the error that a reading ends with, and its parameters; `read` when it ends well. */
export async function ending(act: Promise<unknown>): Promise<string> {
  try {
    await act
    return 'read'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

/** What a reading brought, by name, length and hash: for comparing with the chip's own files. */
export const digests = (files: ReadonlyMap<ChipFile, Uint8Array>): Record<string, string> =>
  Object.fromEntries([...files].filter(([file]) => file !== 'CardSecurity').map(([file, bytes]) => [file, `${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`] as const).sort(([one], [other]) => (one < other ? -1 : 1)))
