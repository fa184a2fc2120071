/** A card's QR text has seven fields between `|`, or six where the old number was left out (`domain.md` §7.2). */
const CARD = /^\s*\d{12}(?:\|[^|]*){5,}$/u
/** The longest pause between two keys of a reader that types what it reads, in milliseconds. No hand types that evenly. */
const KEY_PAUSE_MS = 60
/** The longest text kept of one burst. */
const LONGEST = 3000

/** True for a whole card text, pasted or scanned. */
export const looksLikeCard = (text: string): boolean => CARD.test(text)

export type Burst = Readonly<{
  /** Takes a typed character. `took`: keep it from the field; `begins`: it has just become clear that a card is being scanned. */
  type(character: string, at: number): { took: boolean; begins: boolean }
  /** The text when the burst ends (Enter, Tab, or a pause); null when it is no card. */
  end(): string | null
  /** True while a card is coming in. */
  scanning(): boolean
}>

/** Follows key presses and tells a card reader, which types a whole card within moments, from a hand. */
export function createBurst(): Burst {
  let text = ''
  let last = Number.NEGATIVE_INFINITY
  let card = false
  const clear = (): void => {
    text = ''
    card = false
  }
  return {
    type(character, at) {
      // Once a card is coming in, a busy machine may deliver its keys late.
      if (!card && at - last > KEY_PAUSE_MS) clear()
      last = at
      if (text.length < LONGEST) text += character
      const begins = !card && /^\d{12}\|$/u.test(text)
      card ||= begins
      return { took: card, begins }
    },
    end() {
      const whole = card && looksLikeCard(text) ? text : null
      clear()
      return whole
    },
    scanning: () => card,
  }
}
