import { type DamageKind, type FieldDamage, type LetteredField, type LostLetter, repairText } from '@contract/code-damage'
import { composeTyped } from '@contract/code-typing'
import { hasMarks, isNameDamaged } from './damage'

const NAME = 2
const SEX = 4
const ADDRESS = 5
const FIRST_EXTRA = 7
const OLD_FEMALE = /^n(?:u|ữ|\ufffd|\?)?$/iu

/** Which field of the seven-field layout holds letters. */
function letteredField(index: number): LetteredField | null {
  if (index === NAME) return 'fullName'
  if (index === SEX) return 'sex'
  if (index === ADDRESS) return 'address'
  return index >= FIRST_EXTRA ? 'extra' : null
}

type Field = Readonly<{ text: string; kinds: readonly DamageKind[]; lost: readonly LostLetter[] }>

/** Text that was typed as Telex or VNI and composed by nothing: only where no mark at all stands and the name cannot be one. */
function composed(field: Field, typed: boolean): Field {
  if (!typed || hasMarks(field.text)) return field
  const found = composeTyped(field.text)
  return found ? { ...field, text: found.text, kinds: [...field.kinds, found.kind] } : field
}

/** Words of a name that no vowel is left in ("Vn" for "Văn"): each has lost at least one letter, where cannot be known. */
function vowelless(field: Field): Field {
  if (field.lost.length > 0 || !isNameDamaged(field.text)) return field
  const words = [...field.text.matchAll(/[\p{L}]{2,}/gu)].filter(([word]) => !/[aeiouy]/iu.test(word.normalize('NFD')))
  return { ...field, kinds: [...field.kinds, 'dropped'], lost: words.map((match) => ({ at: match.index, candidates: '' })) }
}

/** "N" and "Nu" can only be "Nữ": the other word has no letter to lose. */
const mendedSex = (field: Field): Field => (field.text !== 'Nữ' && OLD_FEMALE.test(field.text) ? { text: 'Nữ', kinds: [...field.kinds, 'dropped'], lost: [] } : field)

/** Puts the letters of a card's fields right, all by the one code page that the whole text speaks for. Numbers and dates stay as they came. */
export function repairFields(raw: readonly string[]): Readonly<{ fields: readonly string[]; damage: readonly FieldDamage[] }> {
  const whole = repairText(raw.join('|'))
  const typed = isNameDamaged(raw[NAME] ?? '') && whole.kinds.length === 0
  let start = 0
  const repaired = whole.text.split('|').map((text, index): Field & { index: number } => {
    const lost = whole.lost.filter(({ at }) => at >= start && at < start + text.length).map((letter) => ({ ...letter, at: letter.at - start }))
    start += text.length + 1
    // The code page is that of the whole text; only fields that it changed are told.
    const changed = lost.length > 0 || text !== (raw[index] ?? '').normalize('NFC')
    const field: Field = { text, kinds: changed ? whole.kinds.filter((kind) => kind !== 'dropped' || lost.length > 0) : [], lost }
    if (index === NAME) return { ...vowelless(composed(field, typed)), index }
    if (index === SEX) return { ...mendedSex(composed(field, typed)), index }
    return { ...(index === ADDRESS ? composed(field, typed) : field), index }
  })
  const damage = repaired.flatMap(({ index, kinds, lost }): FieldDamage[] => {
    const field = letteredField(index)
    return field !== null && kinds.length > 0 ? [{ field, kinds, lost }] : []
  })
  return { fields: repaired.map(({ text }) => text), damage }
}
