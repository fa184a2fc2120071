import type { Card, CardWarning } from '@contract/card'
import { type FieldDamage, wordAround } from '@contract/code-damage'
import { checkCard } from './card-qr'

/** What a text lost on its way through a keyboard, field by field: mended letters want a look at the card, lost ones have to be typed. */
function damageDoubts(card: Card, damage: readonly FieldDamage[]): CardWarning[] {
  return damage.flatMap(({ field, lost }): CardWarning[] => {
    // What stands behind the seventh field is kept and never shown.
    if (field === 'extra') return []
    if (lost.length === 0 || field === 'sex') return [{ field, code: 'letters-mended', params: {} }]
    const words = new Set(lost.map(({ at }) => wordWith(card[field], at)))
    return [{ field, code: 'letters-lost', params: { words: [...words].slice(0, 4).join(', ') } }]
  })
}

/** Everything that is in doubt about a card as it was read. Marks that the reader lost are told once. */
export function cardDoubts(card: Card, damage: readonly FieldDamage[], today: string): CardWarning[] {
  const damaged = new Set<string>(damage.map(({ field }) => field))
  return [...damageDoubts(card, damage), ...checkCard(card, today).filter(({ field, code }) => !(code.endsWith('-unmarked') && damaged.has(field)))]
}

/** The word with the gap; a word that lost letters nobody knows where stands whole. */
function wordWith(text: string, at: number): string {
  return text.charAt(at) === '\ufffd' ? wordAround(text, at) : (/^[^\s,]*/u.exec(text.slice(at))?.[0] ?? '')
}
