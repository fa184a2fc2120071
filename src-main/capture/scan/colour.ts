import { type ScanColour } from '@contract/capture'

const RICHER: Readonly<Record<ScanColour, readonly ScanColour[]>> = {
  black: ['black', 'grey', 'colour'], grey: ['grey', 'colour', 'black'], colour: ['colour', 'grey', 'black'],
}

/** The wish, or the nearest that the device has: black is made from grey by the page chain, grey from colour. */
export const nearestColour = (wish: ScanColour, has: readonly ScanColour[]): ScanColour | null => RICHER[wish].find((colour) => has.includes(colour)) ?? null
