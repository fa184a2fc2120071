import type { ChipFile } from '@contract/chip'
import type { CardTransport } from '../../readers'
import type { KeyRing, Opened } from './access'
import { firstManner } from './block-size'
import { type Channel, type Connection, createConnection } from './connection'
import { gather, nothingGathered } from './gather'
import { createLink } from './link'
import { createMeter } from './progress-meter'
import { readOn } from './read-file'
import type { Trace } from './trace'
import type { AccessKey, ChipSession, Progress, Random } from './types'

export type ReadChipOptions = Readonly<{
  keys: readonly AccessKey[]
  files: readonly ChipFile[]
  /** The officer allowed BAC this once although PACE is offered. */
  allowBac: boolean
  random: Random
  onProgress: Progress
  signal?: AbortSignal | undefined
  /** Gives the card when it was put back; rejects when nobody waits for it any more. Without it a lifted card ends the reading. */
  reinsert?: (() => Promise<CardTransport>) | undefined
  trace?: Trace | undefined
}>

/** DG1 is of one person; of other files the first bytes may be alike on many cards. */
const RECHECKED_FIRST: readonly ChipFile[] = ['DG1', 'SOD', 'DG15', 'DG14', 'DG13', 'DG11', 'DG2', 'DG12', 'COM']

/**
 * Opens a chip and reads these files of it, over as many sessions as it takes, and lets the chip prove that it is no
 * copy where DG14 or DG15 are among them. Letting the transports go is the caller's.
 * @throws AppError THE-001 … THE-007, THE-009, THE-010, THE-013, THE-016, THE-017, and TB-… for the reader
 */
export async function readChip(transport: CardTransport, options: ReadChipOptions): Promise<ChipSession> {
  const now = (): number => performance.now()
  const started = now()
  const link = createLink(transport, options)
  const meter = createMeter(options.files, options.onProgress)
  const ring: KeyRing = { keys: options.keys, next: 0, tried: 0 }
  const waits = { count: 0, ms: 0 }
  let gathered = nothingGathered()

  meter.step('connecting')
  const connection = createConnection(link, {
    ring, manner: firstManner(transport), allowBac: options.allowBac, random: options.random, signal: options.signal, reinsert: options.reinsert, now,
    onAccess: () => meter.step('access'),
    onLifted: () => meter.step('lifted'),
    onResumed: (waitedMs) => {
      waits.count += 1
      waits.ms += waitedMs
    },
    sameCard: (channel) => holdsTheSame(connection.enterApplication, channel, gathered.files),
  })

  for (; ;) {
    const opened = await open(connection)
    gathered = nothingGathered()
    if (opened === null || !(await gather({ connection, opened, asked: options.files, random: options.random, meter }, gathered))) continue
    const { files, missing, copy } = gathered
    const { apdus, bytes, waitMs, longest } = link.figures
    const ownMs = Math.max(0, now() - started - waitMs - waits.ms)
    return { access: connection.access(opened), files, copy, missing, figures: { apdus, bytes, waitMs, ownMs, longest, resumed: waits.count } }
  }
}

/** Opens the chip; null when another card was put back, with which everything begins anew. */
async function open(connection: Connection): Promise<Opened | null> {
  for (; ;) {
    const attempt = await connection.attempt((channel) => Promise.resolve(channel.opened))
    if (attempt.kind === 'done') return attempt.value
    if (attempt.kind === 'other-card') return null
    if (attempt.kind === 'lost') throw attempt.error
  }
}

/** Compares the beginning of a file that was read with that of the card that was put back. */
async function holdsTheSame(enter: Connection['enterApplication'], channel: Channel, files: ReadonlyMap<ChipFile, Uint8Array>): Promise<boolean> {
  const file = RECHECKED_FIRST.find((name) => files.has(name))
  const had = file && files.get(file)
  if (!file || !had) return true
  await enter(channel)
  const step = await readOn(channel.way, file, { pieces: [had], have: had.length, total: had.length }, false)
  return step.end !== 'other-card'
}
