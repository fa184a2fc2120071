import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { readerErrors } from '@contract/errors/readers'
import type { ReaderTrouble, ReaderView } from '@contract/readers'
import { chooseReader, withoutDoubles } from './choice'
import { leased } from './lease'
import { plainNames } from './slots'
import type { CardTransport, OpenSource, ReaderSlot, ReaderSource } from './transport'

export type ReadersDeps = Readonly<{
  /** In the order in which their readers are shown. */
  sources: readonly OpenSource[]
  /** The name of the reader that was chosen last, kept by the settings. */
  remembered(): string | null
  remember(name: string): void
  /** Readers, cards or troubles are others than before. */
  changed(): void
}>

export type Readers = Readonly<{
  view(): { readers: ReaderView[]; troubles: ReaderTrouble[] }
  /** Takes cards from this reader from now on. @throws AppError TB-007 when it is not there */
  choose(name: string): void
  /**
   * Powers the card on a reader, the chosen one unless named. One reading at a time on a reader; it ends when the transport is closed or fails.
   * @throws AppError TB-001 no reader, TB-006 busy, TB-007 gone, TB-010 mute, THE-004 no card, THE-013 closed, and the way's own trouble
   */
  connect(name?: string): Promise<CardTransport>
  /**
   * Waits until a card lies on the reader and answers, and powers it: for a card that was lifted, or one that is still to come.
   * @throws AppError THE-004 when none came in time, THE-013 when cancelled, TB-006 when another program or reading has it
   */
  waitForCard(name: string, wait: Readonly<{ timeoutMs: number; signal?: AbortSignal | undefined }>): Promise<CardTransport>
  close(): Promise<void>
}>

/** A slot under the name that it keeps when it is plugged in again, and the way to it. */
type Named = Readonly<{ slot: ReaderSlot; own: string; source: ReaderSource }>

/** What passes: a card that is being put on, a reader that is plugged in again, a service that restarts. */
const PASSING: ReadonlySet<string> = new Set([chipErrors.noChip, chipErrors.cardLifted, readerErrors.cardMute, readerErrors.readerGone, readerErrors.serviceMissing])
const TRY_AGAIN_MS = 250

/** All ways to cards as one. */
export async function createReaders({ sources: openers, remembered, remember, changed }: ReadersDeps): Promise<Readers> {
  const sources: ReaderSource[] = []
  const waiting = new Set<() => void>()
  const held = new Map<string, CardTransport>()
  const connecting = new Set<string>()
  let told = ''
  let closed = false
  // Asked anew after every wait.
  const isClosed = (): boolean => closed

  const all = (): readonly Named[] => {
    const found = sources.flatMap((source) => source.slots().map((slot) => ({ slot, source })))
    const kept = new Set(withoutDoubles(found.map(({ slot }) => slot)))
    const shown = found.filter(({ slot }) => kept.has(slot))
    // Names of the other ways stay by themselves.
    const names = plainNames(shown.filter(({ slot }) => slot.kind === 'pcsc').map(({ slot }) => slot.name))
    return shown.map(({ slot, source }) => ({ slot: { ...slot, name: names.get(slot.name) ?? slot.name }, own: slot.name, source }))
  }

  const view: Readers['view'] = () => {
    const slots = all().map(({ slot }) => slot)
    const chosen = chooseReader(slots, remembered())
    return {
      readers: slots.map(({ atr, ...slot }) => ({ ...slot, atr: atr && Buffer.from(atr).toString('hex').toUpperCase(), chosen: slot.name === chosen })),
      troubles: sources.map((source) => source.trouble()).filter((trouble) => trouble !== null),
    }
  }

  const news = (): void => {
    if (isClosed()) return
    for (const wake of [...waiting]) wake()
    const now = JSON.stringify(view())
    if (now === told) return
    told = now
    changed()
  }

  const find = (name: string | undefined): Named => {
    const slots = all()
    const wanted = name ?? chooseReader(slots.map(({ slot }) => slot), remembered())
    if (wanted === null) throw new AppError(readerErrors.noReader)
    const found = slots.find(({ slot }) => slot.name === wanted) ?? slots.find(({ own }) => own === wanted)
    if (!found) throw new AppError(readerErrors.readerGone)
    return found
  }

  const connect = async (name?: string): Promise<CardTransport> => {
    if (isClosed()) throw new AppError(chipErrors.cancelled)
    const { slot: { name: known, kind }, own, source } = find(name)
    // Plain names move up when a reader of the same kind is unplugged; the way's own names stay while the reader does.
    const key = `${kind} ${own}`
    if (held.has(key) || connecting.has(key)) throw new AppError(readerErrors.readerBusy)
    connecting.add(key)
    try {
      const transport = leased(await source.connect(own), known, () => {
        held.delete(key)
        news()
      })
      // Closed while the card was being powered: nobody else would let it go.
      if (isClosed()) {
        await transport.close()
        throw new AppError(chipErrors.cancelled)
      }
      held.set(key, transport)
      return transport
    } finally {
      connecting.delete(key)
    }
  }

  /** Ends at the next news, after the time, or when cancelled. */
  const nextNews = (ms: number, signal: AbortSignal | undefined): Promise<void> => new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      waiting.delete(done)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    waiting.add(done)
    signal?.addEventListener('abort', done)
  })

  const waitForCard: Readers['waitForCard'] = async (name, { timeoutMs, signal }) => {
    const until = performance.now() + timeoutMs
    for (;;) {
      if (signal?.aborted === true || isClosed()) throw new AppError(chipErrors.cancelled)
      try {
        return await connect(name)
      } catch (error) {
        if (!(error instanceof AppError) || !PASSING.has(error.code)) throw error
      }
      const left = until - performance.now()
      if (left <= 0) throw new AppError(chipErrors.noChip)
      await nextNews(Math.min(left, TRY_AGAIN_MS), signal)
    }
  }

  for (const open of openers) sources.push(await open(news))
  news()
  return {
    view, connect, waitForCard,
    choose: (name) => {
      remember(find(name).slot.name)
      news()
    },
    close: async () => {
      closed = true
      for (const wake of [...waiting]) wake()
      await Promise.all([...held.values()].map((transport) => transport.close()))
      await Promise.all(sources.map((source) => source.close()))
    },
  }
}
