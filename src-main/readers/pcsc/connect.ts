import { AppError } from '@contract/errors'
import { readerErrors } from '@contract/errors/readers'
import { LEAVE_CARD, PROTOCOL_T0, PROTOCOL_T1, SHARE_EXCLUSIVE, type Binding, type NativeCard, type NativeContext } from './binding'
import { connectError, meaningOf, type Meaning } from './errors'
import { pause, type Timing } from './timing'

/** A card that is ours alone, and the connection to the service that it hangs on. */
export type Held = Readonly<{ context: NativeContext; card: NativeCard }>

type Parts = Readonly<{ binding: Binding; reader: string; timing: Timing; signal: AbortSignal }>

/**
 * Connects a card exclusively, on a connection of its own so that a reader that hangs stops no other. What passes by itself is
 * tried again: another program that looks at every new card, and a card that is still being put on.
 * @throws AppError TB-002, TB-006, TB-007, TB-008, TB-010, THE-004
 */
export async function hold({ binding, reader, timing, signal }: Parts): Promise<Held> {
  const context = openContext(binding)
  const patience: Partial<Record<Meaning, number>> = { shared: timing.shared, mute: timing.mute, exchange: timing.mute, reset: timing.mute }
  const began = performance.now()
  for (let round = 0; ; round += 1) {
    try {
      return { context, card: await connectOnce(context, reader, round) }
    } catch (error) {
      const left = (patience[meaningOf(error)] ?? 0) - (performance.now() - began)
      if (left <= 0 || signal.aborted) {
        context.close()
        throw signal.aborted ? new AppError(readerErrors.readerGone) : connectError(error)
      }
    }
    await pause(timing.sharedStep, signal)
  }
}

function openContext(binding: Binding): NativeContext {
  try {
    return binding.openContext()
  } catch (error) {
    throw connectError(error)
  }
}

/** Some cards that offer both protocols are mute unless T=0 alone is asked for: every third try does that. */
async function connectOnce(context: NativeContext, name: string, round: number): Promise<NativeCard> {
  const reader = context.listReaders().find((each) => each.name === name)
  if (!reader) throw new Error('Unknown reader')
  return reader.connect(SHARE_EXCLUSIVE, round % 3 === 2 ? PROTOCOL_T0 : PROTOCOL_T0 | PROTOCOL_T1)
}

/** Lets a card go as it is. Never throws. */
export function letGo({ context, card }: Held): void {
  for (const act of [() => card.disconnect(LEAVE_CARD), () => context.close()]) {
    try {
      act()
    } catch {
      // Gone already, which is what was wanted.
    }
  }
}
