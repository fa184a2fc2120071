import type { ChipEvent, ChipKey, ChipProgress, ChipReading, ReadingId } from '@contract/chip'
import { chipErrors } from '@contract/errors/chip'
import { readerErrors } from '@contract/errors/readers'
import type { DraftId } from '@contract/ids'
import type { CardPresence } from '@contract/readers'
import { type Problem, problemOf } from '../app/api'
import type { Who } from '../intake/content'
import type { Difference } from './compare'
import { type CardFacts, isGuess, keyOfFacts } from './keys'

/** A card that is put on the reader this long after its QR was scanned is read by itself, in milliseconds. */
const WAIT_MS = 5 * 60_000
/** A reading that was given up holds the reader for a moment yet; until then another try is made every so often, in milliseconds. */
const LETS_GO_MS = 3000
const TRY_AGAIN_MS = 150
/** Progress is told at most this often: the eye sees no more, and the window has other work. */
const TELL_EVERY_MS = 50

export type Work = Readonly<{ kind: 'idle' } | { kind: 'reading'; progress: ChipProgress | null } | { kind: 'failed'; problem: Problem }>

export type Result = Readonly<{
  reading: ChipReading
  /** Address of the face as a picture; null without one, or until it has come. */
  face: string | null
  who: Who
  /** Where chip and draft disagreed, once the reading was put into the draft; null before. */
  differences: readonly Difference[] | null
}>

export type CounterState = Readonly<{
  /** The draft that card and reading belong to; null until the one for a card scanned elsewhere is open. */
  draft: DraftId | null
  facts: CardFacts | null
  who: Who
  /** What opens the card; null when nobody knows, or when it was refused. */
  key: ChipKey | null
  card: CardPresence | 'none'
  /** The number of the card that lies there, once it was read or its reading ended otherwise; '' when nobody knows it, null when it is still to be read. */
  done: string | null
  /** The number whose expiry dates were guessed in vain: only the officer can tell the date. */
  refused: string | null
  work: Work
  result: Result | null
}>

export type ReadInput = Readonly<{ key: ChipKey; allowBac: boolean }>

export type CounterDeps = Readonly<{
  read(input: ReadInput, signal: AbortSignal): Promise<AsyncIterable<ChipEvent>>
  face(id: ReadingId): Promise<Blob>
  pictures: Readonly<{ make(blob: Blob): string; drop(url: string): void }>
  now(): number
  pause(ms: number): Promise<void>
}>

/** The counter's hand on the card reader: which card is meant, what is being read, what came of it. One for the window. */
export type Counter = Readonly<{
  get(): CounterState
  subscribe(changed: () => void): () => void
  /** A QR was read: the chip is read at once when its card lies there, or as soon as it is put on the reader. */
  scanned(facts: CardFacts, who: Who, draft: DraftId | null): void
  /** A draft is in hand. Card and reading of another one are let go. */
  open(draft: DraftId): void
  /** No draft is in hand any more: a card that is put on the reader now is the next citizen's, and nothing is read by itself. */
  leave(): void
  /** How the chosen reader's card stands now. */
  cardIs(card: CounterState['card']): void
  read(key: ChipKey, how?: Readonly<{ who?: Who; allowBac?: boolean }>): void
  stop(): void
  /** The reading was put into the draft. */
  put(differences: readonly Difference[]): void
  /** Lets go of the reading and of what went wrong; the card's facts stay. */
  dismiss(): void
  reset(): void
}>

const NOTHING: CounterState = { draft: null, facts: null, who: 'applicant', key: null, card: 'none', done: null, refused: null, work: { kind: 'idle' }, result: null }
const isGone = (card: CounterState['card']): boolean => card === 'absent' || card === 'none'
/** After these the same key would only be refused again. */
const KEY_REFUSED: ReadonlySet<string> = new Set([chipErrors.wrongKey, chipErrors.expiryNeeded, chipErrors.mrzText, chipErrors.canText])

export function createCounter(deps: CounterDeps): Counter {
  let state = NOTHING
  let keyAt = Number.NEGATIVE_INFINITY
  let givenUpAt = Number.NEGATIVE_INFINITY
  let running: AbortController | null = null
  const listeners = new Set<() => void>()

  const set = (part: Partial<CounterState>): void => {
    state = { ...state, ...part }
    listeners.forEach((listener) => listener())
  }
  const dropResult = (): void => {
    const face = state.result?.face ?? null
    if (face !== null) deps.pictures.drop(face)
  }
  const cancel = (): void => {
    if (running) givenUpAt = deps.now()
    running?.abort()
    running = null
  }
  const takeFace = async (reading: ChipReading): Promise<void> => {
    if (reading.face === null) return
    // Without its face a reading is still one: the details say that there is none to see.
    const blob = await deps.face(reading.id).catch(() => null)
    if (blob !== null && state.result?.reading.id === reading.id) set({ result: { ...state.result, face: deps.pictures.make(blob) } })
  }
  const finish = (reading: ChipReading, who: Who): void => {
    dropResult()
    running = null
    set({ work: { kind: 'idle' }, done: reading.person.idNumber ?? reading.person.documentNumber, result: { reading, face: null, who, differences: null } })
    void takeFace(reading)
  }
  /** Whose card lies there, as far as anybody knows. */
  const dealtWith = (): string => state.done ?? state.facts?.idNumber ?? ''
  const fail = (error: unknown, key: ChipKey): void => {
    running = null
    const problem = problemOf(error)
    const refused = KEY_REFUSED.has(problem.code) || (problem.code === chipErrors.tooManyTries && isGuess(key))
    // The card that lies there is not tried again by itself; taken off and put back it is.
    set({ work: { kind: 'failed', problem }, done: isGone(state.card) ? null : dealtWith(), ...(refused && { key: null }), ...(refused && isGuess(key) && 'idNumber' in key && { refused: key.idNumber }) })
  }
  const follow = async (input: ReadInput, who: Who, signal: AbortSignal): Promise<void> => {
    let toldAt = Number.NEGATIVE_INFINITY
    let step: ChipProgress['step'] | null = null
    for await (const event of await deps.read(input, signal)) {
      if (signal.aborted) return
      if (event.kind === 'read') return finish(event.reading, who)
      const { progress } = event
      if (progress.step === step && deps.now() - toldAt < TELL_EVERY_MS) continue
      toldAt = deps.now()
      step = progress.step
      set({ work: { kind: 'reading', progress } })
    }
  }
  const start = async (input: ReadInput, who: Who, signal: AbortSignal): Promise<void> => {
    try {
      await follow(input, who, signal)
    } catch (error) {
      const givenUp = (): boolean => signal.aborted
      const ours = problemOf(error).code === readerErrors.readerBusy && deps.now() - givenUpAt < LETS_GO_MS
      if (!ours || givenUp()) throw error
      await deps.pause(TRY_AGAIN_MS)
      if (!givenUp()) await start(input, who, signal)
    }
  }
  const read: Counter['read'] = (key, { who = state.who, allowBac = false } = {}) => {
    cancel()
    const controller = new AbortController()
    running = controller
    keyAt = deps.now()
    set({ key, who, work: { kind: 'reading', progress: null } })
    start({ key, allowBac }, who, controller.signal).catch((error: unknown) => {
      if (!controller.signal.aborted) fail(error, key)
    })
  }
  /** Begins when a card lies there that was not read yet and something may open it. */
  const begin = (): void => {
    const { key, card, done, work } = state
    if (key === null || card !== 'present' || done !== null || work.kind === 'reading') return
    if (deps.now() - keyAt <= WAIT_MS) read(key)
  }
  const letGo = (draft: DraftId | null): void => {
    cancel()
    dropResult()
    set({ ...NOTHING, card: state.card, done: state.done, draft })
  }
  return {
    get: () => state,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    scanned: (facts, who, draft) => {
      const known = state.result
      // The same card scanned once more: what was read of it stands.
      if (known && known.who === who && draft !== null && state.draft === draft && known.reading.person.idNumber === facts.idNumber) return
      letGo(draft)
      keyAt = deps.now()
      set({ facts, who, key: keyOfFacts(facts), ...((state.done === facts.idNumber || state.done === '') && { done: null }) })
      begin()
    },
    open: (draft) => {
      if (state.draft === draft) return
      if (state.draft === null && state.facts !== null) set({ draft })
      else letGo(draft)
    },
    leave: () => {
      keyAt = Number.NEGATIVE_INFINITY
    },
    cardIs: (card) => {
      if (card === state.card) return
      const another = isGone(card) || isGone(state.card)
      set({ card, ...(another && { done: null }) })
      begin()
    },
    read,
    stop: () => {
      cancel()
      // Stopped by hand: the card that lies there is not begun again by itself.
      set({ work: { kind: 'idle' }, done: dealtWith() })
    },
    put: (differences) => {
      if (state.result) set({ result: { ...state.result, differences } })
    },
    dismiss: () => {
      dropResult()
      set({ work: state.work.kind === 'failed' ? { kind: 'idle' } : state.work, result: null })
    },
    reset: () => letGo(null),
  }
}
