import type { ErrorCode } from '@contract/errors'
import { readerErrors } from '@contract/errors/readers'
import type { CardPresence, ReadersView, ReaderView } from '@contract/readers'

/** The reader that cards are read from. */
export const chosenReader = (view: ReadersView | undefined): ReaderView | undefined => view?.readers.find(({ chosen }) => chosen)

/** How the chosen reader's card stands; `none` without a reader. */
export const cardOn = (view: ReadersView | undefined): CardPresence | 'none' => chosenReader(view)?.card ?? 'none'

export type DeviceState = Readonly<{ kind: 'unknown' | 'none' | 'ready' | 'simulated' | 'card' | 'reading' } | { kind: 'fault'; code: ErrorCode }>

/** What is told of the readers in one look. A way that does not work counts only while no other one has a reader. */
export function deviceState(view: ReadersView | undefined, reading: boolean): DeviceState {
  if (reading) return { kind: 'reading' }
  if (!view) return { kind: 'unknown' }
  const reader = chosenReader(view)
  if (!reader) {
    const [trouble] = view.troubles
    return trouble === undefined || trouble.code === readerErrors.noReader ? { kind: 'none' } : { kind: 'fault', code: trouble.code }
  }
  if (reader.card === 'busy') return { kind: 'fault', code: readerErrors.readerBusy }
  if (reader.card === 'mute') return { kind: 'fault', code: readerErrors.cardMute }
  if (reader.simulated) return { kind: 'simulated' }
  return { kind: reader.card === 'present' ? 'card' : 'ready' }
}
