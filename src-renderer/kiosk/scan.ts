import { characterAt } from '../codes/key-places'

/** Readers type faster than this between two keys, hands slower; ms. Windows tells the time of a key in steps of 16. */
const KEY_PAUSE_MS = 50
/** Shorter is no code of a ticket or a slip. */
const SHORTEST = 8
/** Longer is none, either; the contract takes no more. */
const LONGEST = 3000

export type ScanKey = Readonly<{ key: string; code: string; shift: boolean; at: number }>
export type ScanListener = Readonly<{
  /** The text of a code when this key ends one. */
  press(key: ScanKey): string | null
}>

/** The key as a reader means it: an input method that has it leaves only its place on the keyboard. */
function characterOf({ key, code, shift }: ScanKey): string | null {
  if ([...key].length === 1) return key
  return key === 'Process' || key === 'Dead' || key === 'Unidentified' ? characterAt(code, shift) : null
}

/** Tells a reader that types a code and Enter from a hand: by the time between its keys, and by its length. */
export function createScanListener(): ScanListener {
  let text = ''
  let last = Number.NEGATIVE_INFINITY
  const take = (): string => {
    const taken = text
    text = ''
    return taken
  }
  return {
    press: (key) => {
      const quick = key.at - last <= KEY_PAUSE_MS
      if (!quick) text = ''
      if (key.key === 'Enter' || key.key === 'Tab') {
        const taken = take().trim()
        return taken.length >= SHORTEST && taken.length <= LONGEST ? taken : null
      }
      const character = characterOf(key)
      if (character === null) return null
      last = key.at
      if (text.length <= LONGEST) text += character
      return null
    },
  }
}
