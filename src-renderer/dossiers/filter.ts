import type { DossierState } from '@contract/dossier'
import { readDay, stretch } from './moments'

export type DueChoice = 'any' | 'today' | 'overdue' | 'next-working-day'
/** Words of the filter as they stand in its fields. `open` = everything not finished, also what waits for the citizen. */
export type StateChoice = 'any' | 'open' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10'
export type Filter = Readonly<{ state: StateChoice; due: DueChoice; from: string; to: string }>

export const START: Filter = { state: 'any', due: 'any', from: '', to: '' }
export const STATE_CHOICES: readonly StateChoice[] = ['any', 'open', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10']
export const DUE_CHOICES: readonly DueChoice[] = ['any', 'today', 'next-working-day', 'overdue']

const OPEN: readonly DossierState[] = [1, 2, 4, 5, 6]
const STATES: readonly DossierState[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

let last: Filter = START

/** Kept while the window lives, so that the list looks the same on coming back from a dossier. */
export const lastFilter = (): Filter => last
export const rememberFilter = (filter: Filter): void => { last = filter }

/** How many of the filter's parts say something. */
export const isStart = (filter: Filter): boolean => filter.state === 'any' && filter.due === 'any' && filter.from.trim() === '' && filter.to.trim() === ''

/** What `dossiers.list` is asked; a day that cannot be read is left out and named in `unread`. */
export function askOf(filter: Filter, now: Date): Readonly<{
  ask: { states?: DossierState[]; due?: Exclude<DueChoice, 'any'>; from?: string; to?: string }; unread: readonly ('from' | 'to')[]
}> {
  const day = (text: string): string | null => (text.trim() === '' ? null : readDay(text, now))
  const unread = (['from', 'to'] as const).filter((end) => filter[end].trim() !== '' && day(filter[end]) === null)
  const states = filter.state === 'open' ? OPEN : STATES.filter((state) => String(state) === filter.state)
  return {
    ask: {
      ...(states.length > 0 && { states: [...states] }),
      ...(filter.due !== 'any' && { due: filter.due }),
      ...stretch(day(filter.from), day(filter.to)),
    },
    unread,
  }
}
