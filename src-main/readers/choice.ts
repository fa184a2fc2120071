import type { ReaderSlot } from './transport'

/** Readers that cards are taken from by themselves: without contact before with, with a card before without, real before played. */
const rank = ({ slot, card, simulated }: ReaderSlot): number =>
  (slot === 'contactless' ? 0 : slot === 'contact' ? 4 : 8) + (card === 'absent' ? 2 : 0) + (simulated ? 1 : 0)

/**
 * The reader that cards are read from: the remembered one while it is there, else the best of those that are for cards at all.
 * @param slots with the names that are remembered
 */
export function chooseReader(slots: readonly ReaderSlot[], remembered: string | null): string | null {
  if (slots.some(({ name }) => name === remembered)) return remembered
  const fit = slots.filter(({ slot }) => slot === 'contactless' || slot === 'contact')
  const [best] = fit.map((each, index) => ({ each, order: rank(each) * 1000 + index })).sort((left, right) => left.order - right.order)
  return best?.each.name ?? null
}

/**
 * Leaves out what PC/SC has already: the service holds every reader that it knows, and opening one past it would take it away from
 * other programs. Readers over plain USB count only while the service shows none.
 */
export function withoutDoubles(slots: readonly ReaderSlot[]): readonly ReaderSlot[] {
  const service = slots.some(({ kind, slot, simulated }) => kind === 'pcsc' && slot !== 'other' && !simulated)
  return service ? slots.filter(({ kind }) => kind !== 'usb') : slots
}
