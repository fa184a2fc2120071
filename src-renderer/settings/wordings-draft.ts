import { addDays, isCivilDate } from '@contract/civil-time'
import type { FormBlock, FormChange, FormFault, FormText, FormView } from '@contract/forms'

/** The wording in hand: every text by its path, every block in its place. */
export type WordingDraft = Readonly<{ texts: Readonly<Record<string, string>>; blocks: readonly FormBlock[] }>

export const wordingDraft = ({ texts, blocks }: FormView): WordingDraft => ({ texts: Object.fromEntries(texts.map(({ path, text }) => [path, text])), blocks })

/** All of it, not only what differs: the core need not know what was on the screen before. */
export const changeOf = ({ texts, blocks }: WordingDraft): FormChange => ({ texts: { ...texts }, blocks: blocks.map(({ id, shown }) => ({ id, shown })) })

export const sameWording = (one: WordingDraft, other: WordingDraft): boolean => JSON.stringify(changeOf(one)) === JSON.stringify(changeOf(other))

export const textOf = (draft: WordingDraft, { path, text }: FormText): string => draft.texts[path] ?? text

/** True where the ward says it in its own words. */
export const differs = (draft: WordingDraft, text: FormText): boolean => textOf(draft, text) !== text.official

export type WordingGroup = FormText['group']
export const GROUPS = ['head', 'title', 'body', 'table', 'signature', 'note', 'footer', 'mark'] as const satisfies readonly WordingGroup[]
export type Tab = WordingGroup | 'blocks'

/** The groups that this form has, in the order of the paper, then the order of its parts. */
export function tabsOf({ texts, blocks }: FormView): readonly Tab[] {
  const groups = GROUPS.filter((group) => texts.some((text) => text.group === group))
  return blocks.length > 0 ? [...groups, 'blocks'] : groups
}

/** Where a fault is shown: the group of its text; otherwise with the order of the parts. */
export function tabOfFault(view: FormView, { path }: Pick<FormFault, 'path'>): Tab {
  return view.texts.find((text) => text.path === path)?.group ?? tabsOf(view).at(-1) ?? 'body'
}

/** One block shown or left out; a required one stays. */
export const toggled = (draft: WordingDraft, id: string): WordingDraft => ({ ...draft, blocks: draft.blocks.map((block) => (block.id === id && !block.required ? { ...block, shown: !block.shown } : block)) })

/** A text that may be changed, in the words on the screen: `{dossierCode}` stands there as `{Mã hồ sơ}`. */
export type Naming = Readonly<{ name: (placeholder: string) => string; placeholder: (name: string) => string | undefined }>

/** Both ways between placeholders and what they are called. A name that two of them have is used for neither. */
export function namingOf(placeholders: readonly string[], call: (placeholder: string) => string): Naming {
  const called = new Map(placeholders.map((placeholder) => [placeholder, call(placeholder)]))
  const names = [...called.values()]
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  const back = new Map([...called].filter(([, name]) => !twice.has(name)).map(([placeholder, name]) => [name.toLocaleLowerCase('vi'), placeholder]))
  const name = (placeholder: string): string => {
    const known = called.get(placeholder)
    return known === undefined || twice.has(known) ? placeholder : known
  }
  return { name, placeholder: (typed) => back.get(typed.trim().toLocaleLowerCase('vi')) }
}

const BRACES = /\{([^{}]*)\}/gu

export const toScreen = (text: string, { name }: Naming): string => text.replace(BRACES, (_, inner: string) => `{${name(inner)}}`)
/** Back again; what is no name stays as it was typed, and the check finds it. */
export const fromScreen = (typed: string, { placeholder }: Naming): string => typed.replace(BRACES, (whole, inner: string) => { const found = placeholder(inner); return found === undefined ? whole : `{${found}}` })

/** Put in where the caret is, with a blank before it where words touch. */
export function inserted(typed: string, name: string, from: number, to: number): Readonly<{ text: string; caret: number }> {
  const before = typed.slice(0, from)
  const gap = /[\p{L}\p{N}:,;.]$/u.test(before) ? ' ' : ''
  const start = `${before}${gap}{${name}}`
  return { text: start + typed.slice(to), caret: start.length }
}

/** The part of the body that a text stands in, by its id: "blocks.3.text" is of "3"; null where it is of the frame. */
const blockOf = (path: string): string | null => /^(?:blocks|lines)\.(\d+)\./u.exec(path)?.[1] ?? null

/** What a part is known by: the heads of its columns where it is a table, else the words it begins with. */
export function blockLabel({ texts }: Pick<FormView, 'texts' | 'blocks'>, { id, label }: FormBlock): string {
  const heads = texts.filter(({ path }) => blockOf(path) === id && /\.columns\.\d+\.caption$/u.test(path)).map(({ text }) => text)
  return heads.length > 0 ? heads.join(' | ') : label
}

/** What is said about a fault (`wordings:fault.<key>`): a brace without its other half is none of a name. */
export const faultKey = ({ code, detail }: FormFault): FormFault['code'] => (code === 'unknown-name' && detail === '{' ? 'shape' : code)

/** Texts that belong together: a part of the body, or what stands at one place of the frame. */
export type TextSet = Readonly<{ id: string; label: string | null; texts: readonly FormText[] }>

/** The texts of a group by the part that they stand in, in the order of the form. */
export function setsOf({ texts, blocks }: Pick<FormView, 'texts' | 'blocks'>, group: WordingGroup): readonly TextSet[] {
  const sets = new Map<string, { id: string; label: string | null; texts: FormText[] }>()
  for (const text of texts.filter((one) => one.group === group)) {
    const block = blocks.find(({ id }) => id === blockOf(text.path))
    const id = block === undefined ? text.path.split('.')[0] ?? text.path : `block ${block.id}`
    const set = sets.get(id) ?? { id, label: block === undefined ? null : blockLabel({ texts, blocks }, block), texts: [] }
    set.texts.push(text)
    sets.set(id, set)
  }
  // A part that is known by the words in its first field need not say them twice.
  return [...sets.values()].map((set) => ({ ...set, label: set.texts.some(({ text, official }) => text === set.label || official === set.label) ? null : set.label }))
}

/** What a text is called, from its path: the last word of it and, where it is one of several, its number from 1. */
export function roleOf(path: string): Readonly<{ key: string; number: number | null }> {
  const steps = path.split('.')
  const key = steps.findLast((step) => !/^\d+$/u.test(step)) ?? path
  const digit = steps.findLast((step) => /^\d+$/u.test(step))
  const ofBlock = (steps[0] === 'blocks' || steps[0] === 'lines') && steps.filter((step) => /^\d+$/u.test(step)).length < 2
  return { key, number: digit === undefined || ofBlock ? null : Number(digit) + 1 }
}

/**
 * A day from which something shall hold, as typed in haste: "01122026", "1/12/2026", "1/12" (the next such day), "+3" (in three days).
 * `today` and the answer are civil dates; null when it is no day.
 */
export function readStart(text: string, today: string): string | null {
  const ahead = /^\+(\d{1,3})$/u.exec(text.trim())?.[1]
  if (ahead !== undefined) return addDays(today, Number(ahead))
  const match = /^(\d{1,2})[/.\- ]?(\d{1,2})(?:[/.\- ]?(\d{4}))?$/u.exec(text.trim())
  if (!match) return null
  const [, day = '', month = '', year] = match
  const written = (full: number): string => `${String(full)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const here = Number(today.slice(0, 4))
  const date = year === undefined ? (written(here) >= today ? written(here) : written(here + 1)) : written(Number(year))
  return isCivilDate(date) ? date : null
}
