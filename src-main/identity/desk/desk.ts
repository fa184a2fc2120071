import { writeFile } from 'node:fs/promises'
import { v7 as uuidv7 } from 'uuid'
import { toCivil } from '@contract/civil-time'
import { type AccessView, type ChipEvent, type ChipFile, type ChipKey, type ChipReading, type IdentityCheckView, type KeepCheck, ReadingId, type ReadingPurpose } from '@contract/chip'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import type { DossierId, DraftId, Instant } from '@contract/ids'
import type { Audit } from '../../audit'
import type { Clock, Store } from '../../storage'
import { createRecorder, type CardTransport, type Readers, writeRecording } from '../../readers'
import type { Actor } from '../actor'
import { checksOf, keepCheck } from '../checks'
import { stopIfAborted } from '../chip/link'
import { readChip } from '../chip/session'
import type { AccessKey, ChipSession, Progress, Random } from '../chip/types'
import { decodeFace, type ShownFace } from '../lds'
import { folderAnchors, type Trust } from '../trust'
import { eventsOf } from './events'
import { filesOfFolder } from './folder'
import { type Keys, keysOf } from './keys'
import { type Held, readingOf } from './reading'
import { createShelf } from './shelf'
import { createTries } from './tries'

export type ReadRequest = Readonly<{ key: ChipKey; reader?: string | undefined; purpose: ReadingPurpose; allowBac: boolean }>

/** The place where a chip is read, proved and compared. */
export type ChipDesk = Readonly<{
  /** Reads the chip on a reader; ending the iteration or the signal cancels. @throws what `readChip`, `Readers.connect` and `keysOf` throw, THE-008 when guessed expiry dates were all wrong */
  read(actor: Actor, request: ReadRequest, signal?: AbortSignal): AsyncGenerator<ChipEvent>
  reading(id: ReadingId): ChipReading
  /** @throws AppError THE-014 no such reading, THE-009 it has no face that can be shown */
  face(id: ReadingId): Promise<ShownFace>
  keepCheck(actor: Actor, check: KeepCheck): IdentityCheckView
  checks(of: { draftId: DraftId } | { dossierId: DossierId }): IdentityCheckView[]
  /** Files of a folder against the anchors of a folder, or of this office. `at` (YYYY-MM-DD) judges validity on another day. */
  inspect(request: Readonly<{ folder: string; trust?: string | undefined; at?: string | undefined }>): Promise<ChipReading>
  /** Reads, and writes what was said to a file: also of a reading that fails. */
  apduLog(actor: Actor, request: Readonly<{ key: ChipKey; reader?: string | undefined; file: string; mask: boolean }>): Promise<{ file: string; apdus: number }>
  /** Readers changed: a card that was taken off has its tries again. */
  readersChanged(): void
  /** The officer is not there: readings under way end (THE-013). When the seat is empty, those of the last minutes are forgotten, too. */
  leave(seat: 'locked' | 'empty'): void
}>

type Deps = Readonly<{ readers: Readers; trust: () => Trust; store: Store; audit: Audit; clock: Clock; random: Random; simulatedReader(name: string): boolean }>

/** Files by purpose: what the purpose needs, and what proves it (9303-11 §5). */
const FILES_FOR: Readonly<Record<ReadingPurpose, readonly ChipFile[]>> = {
  identify: ['CardAccess', 'COM', 'SOD', 'DG1', 'DG13', 'DG14', 'DG15'],
  'identify-with-face': ['CardAccess', 'COM', 'SOD', 'DG1', 'DG13', 'DG14', 'DG15', 'DG2'],
  inspect: ['CardAccess', 'COM', 'SOD', 'DG1', 'DG2', 'DG11', 'DG12', 'DG13', 'DG14', 'DG15'],
}
/** How long a card that was lifted is waited for. */
const PUT_BACK_MS = 60_000

export function createChipDesk({ readers, trust, store, audit, clock, random, simulatedReader }: Deps): ChipDesk {
  const shelf = createShelf(() => clock.now().getTime())
  const tries = createTries()
  const underWay = new Set<AbortController>()

  /** Asked before the card is touched: a key that cannot be one is told then. */
  const keysNow = (key: ChipKey): Keys => keysOf(key, toCivil(clock.now()).date)

  const session = async (request: Omit<ReadRequest, 'key' | 'reader'>, { keys, guessed }: Keys, transport: CardTransport, how: Readonly<{ onProgress: Progress; signal?: AbortSignal | undefined; random: Random; wrap(transport: CardTransport): CardTransport }>): Promise<ChipSession> => {
    const { reader } = transport
    let current = transport
    let given: readonly AccessKey[] = []
    try {
      given = keys.slice(0, tries.left(reader))
      const read = await readChip(how.wrap(transport), {
        keys: given, files: FILES_FOR[request.purpose], allowBac: request.allowBac, random: how.random, onProgress: how.onProgress, signal: how.signal,
        reinsert: async () => {
          current = await readers.waitForCard(reader, { timeoutMs: PUT_BACK_MS, signal: how.signal })
          // Cancelled while the card was being powered: nobody else would let it go.
          if (how.signal?.aborted === true) await current.close()
          return how.wrap(current)
        },
      })
      tries.opened(reader)
      return read
    } catch (error) {
      if (error instanceof AppError && (error.code === chipErrors.wrongKey || error.code === chipErrors.tooManyTries) && given.length > 0) {
        tries.wrong(reader, given.length)
        if (guessed) throw new AppError(chipErrors.expiryNeeded, {}, { cause: error })
      }
      throw error
    } finally {
      await current.close()
    }
  }

  /** Told before the card is touched: also a reading that breaks off was allowed. */
  const noteAllowance = (actor: Actor, purpose: ReadingPurpose): void => store.write((tx) => {
    audit.append(tx, { actor: actor.id, action: 'chip.bac-allowed', detail: { purpose } })
  })
  const noteReading = (actor: Actor, purpose: ReadingPurpose, access: AccessView, files: readonly ChipFile[], simulated: boolean): void => store.write((tx) => {
    audit.append(tx, { actor: actor.id, action: 'chip.read', detail: { purpose, protocol: access.protocol, downgraded: access.downgraded, files: [...files], simulated } })
  })

  /** A file with what a chip said outlives the reading; one that is not masked holds a person. */
  const noteLog = (actor: Actor, masked: boolean): void => store.write((tx) => {
    audit.append(tx, { actor: actor.id, action: 'chip.logged', detail: { masked } })
  })

  const readOnce = async (actor: Actor, request: ReadRequest, push: (event: ChipEvent) => void, signal: AbortSignal): Promise<void> => {
    const keys = keysNow(request.key)
    if (request.allowBac) noteAllowance(actor, request.purpose)
    const transport = await readers.connect(request.reader)
    const reader = { name: transport.reader, kind: transport.kind, simulated: simulatedReader(transport.reader) }
    const onProgress: Progress = (progress) => push({ kind: 'progress', progress })
    const { access, files, copy, figures } = await session(request, keys, transport, { onProgress, signal, random, wrap: (same) => same })
    noteReading(actor, request.purpose, access, [...files.keys()], reader.simulated)
    // Nobody is there to see a reading that was cancelled at its last command.
    stopIfAborted(signal)
    onProgress({ step: 'proof', file: null, done: figures.bytes, total: figures.bytes })
    const held = readingOf({ id: ReadingId.parse(uuidv7()), at: clock.now(), purpose: request.purpose, reader, access, files, copy, figures, trust: trust() })
    shelf.put(held)
    push({ kind: 'read', reading: held.reading })
  }

  const faceOf = async ({ face }: Held): Promise<ShownFace> => {
    if (!face) throw new AppError(chipErrors.malformed, { file: 'DG2' })
    return decodeFace(face.bytes)
  }

  return {
    async *read(actor, request, signal) {
      const cancel = new AbortController()
      const stop = (): void => cancel.abort()
      signal?.addEventListener('abort', stop)
      if (signal?.aborted === true) stop()
      underWay.add(cancel)
      try {
        // Whoever stops listening does not want the card to be held any longer.
        yield* eventsOf<ChipEvent>((push) => readOnce(actor, request, push, cancel.signal), stop)
      } finally {
        underWay.delete(cancel)
        signal?.removeEventListener('abort', stop)
      }
    },
    reading: (id) => shelf.get(id).reading,
    face: (id) => faceOf(shelf.get(id)),
    keepCheck: (actor, check) => {
      const { reading } = shelf.get(check.readingId)
      return store.write((tx) => keepCheck(tx, audit, actor, clock.now().toISOString() as Instant, reading, check))
    },
    checks: (of) => checksOf(store.read, of),
    inspect: async ({ folder, trust: trustFolder, at }) => {
      const files = await filesOfFolder(folder)
      const judgedAt = at === undefined ? undefined : new Date(`${at}T05:00:00.000Z`)
      const held = readingOf({
        id: ReadingId.parse(uuidv7()), at: clock.now(), judgedAt, purpose: 'inspect', reader: { name: 'folder', kind: 'recorded', simulated: false }, access: null, files,
        copy: { state: 'not-checked', by: null }, figures: null, trust: trustFolder === undefined ? trust() : await folderAnchors(trustFolder),
      })
      return held.reading
    },
    apduLog: async (actor, { key, reader, file, mask }) => {
      const recorder = createRecorder()
      const keys = keysNow(key)
      const transport = await readers.connect(reader)
      const simulated = simulatedReader(transport.reader)
      const cancel = new AbortController()
      underWay.add(cancel)
      try {
        noteLog(actor, mask)
        const { access, files, figures } = await session({ purpose: 'inspect', allowBac: false }, keys, transport, { onProgress: () => undefined, signal: cancel.signal, random: recorder.random(random), wrap: recorder.transport })
        noteReading(actor, 'inspect', access, [...files.keys()], simulated)
        return { file, apdus: figures.apdus }
      } finally {
        underWay.delete(cancel)
        // What was said before a reading failed is what a log is asked for.
        await writeFile(file, writeRecording(recorder.recording({ masked: mask })), { mode: 0o600 })
      }
    },
    readersChanged: () => tries.forgetAllBut(readers.view().readers.filter(({ card }) => card !== 'absent').map(({ name }) => name)),
    leave: (seat) => {
      for (const cancel of underWay) cancel.abort()
      if (seat === 'empty') shelf.clear()
    },
  }
}
