import type { Line } from '../types'
import type { Caption, Form } from './form-types'
import { distance, letters } from './likeness'

/** A caption on a row: words `from` to before `to`. */
export type Hit = Readonly<{ caption: Caption; row: number; from: number; to: number; read: string; differences: number; colon: boolean; x: number }>

/** Share of a caption's letters that may differ. */
const TOLERANCE = 0.2
/** Without a colon, or for less letters than this, hardly any may. */
const SHORT = 6
const STRICT_TOLERANCE = 0.1

type Sought = Readonly<{ caption: Caption; letters: string; /** Another caption begins with this one: only a colon tells where it ends. */ isBeginning: boolean }>

function soughtIn({ captions }: Form): Sought[] {
  const all = captions.map((caption) => ({ caption, letters: letters(caption.text) }))
  return all.map((one) => ({ ...one, isBeginning: all.some((other) => other.letters !== one.letters && other.letters.startsWith(one.letters)) }))
}

const endsCaption = (text: string): boolean => /[:;]$/u.test(text)
const isNumbering = (text: string): boolean => /^\d{1,2}[.)]?$/u.test(text)

/** Where a caption may begin without a colon telling where it ends: at the row's begin, after its number, or after a gap. */
function beginsApart({ words }: Line, from: number): boolean {
  const [before, own] = [words[from - 1], words[from]]
  if (before === undefined || own === undefined) return true
  return (from === 1 && isNumbering(before.text)) || own.box.x - (before.box.x + before.box.width) > 2 * own.box.height
}

type Window = Readonly<{ joined: string; to: number; colon: boolean }>

/** Runs of words from one on, up to a number of letters; a colon ends them. */
function windowsFrom({ words }: Line, texts: readonly string[], from: number, most: number): Window[] {
  const windows: Window[] = []
  let joined = ''
  for (let at = from; at < words.length; at += 1) {
    joined += texts[at] ?? ''
    if (joined.length > most) break
    const own = endsCaption(words[at]?.text ?? '')
    const next = /^[:;]+$/u.test(words[at + 1]?.text ?? '')
    if (joined !== '') windows.push({ joined, to: own ? at + 1 : next ? at + 2 : at + 1, colon: own || next })
    if (own || next) break
  }
  return windows
}

function allowance({ letters: { length }, isBeginning }: Sought, colon: boolean, apart: boolean): number {
  if (colon) return length < SHORT ? 0 : Math.max(1, Math.floor(length * TOLERANCE))
  if (!apart || isBeginning || length < SHORT) return -1
  return Math.floor(length * STRICT_TOLERANCE)
}

function hitsAt(row: Line, index: number, texts: readonly string[], from: number, sought: readonly Sought[], longest: number): Hit[] {
  const hits: Hit[] = []
  const apart = beginsApart(row, from)
  for (const { joined, to, colon } of windowsFrom(row, texts, from, longest)) {
    for (const one of sought) {
      const most = allowance(one, colon, apart)
      if (most < 0) continue
      const differences = distance(joined, one.letters, most)
      if (differences > most) continue
      const read = row.words.slice(from, to).map(({ text }) => text).join(' ')
      hits.push({ caption: one.caption, row: index, from, to, read, differences, colon, x: row.words[from]?.box.x ?? 0 })
    }
  }
  return hits
}

const score = ({ caption, differences, colon }: Hit): number => letters(caption.text).length - 3 * differences + (colon ? 2 : 0)
const overlap = (a: Hit, b: Hit): boolean => a.from < b.to && b.from < a.to

/** Captions of a form on its rows, from the top and from the left. Where several fit, the longest and likest wins. */
export function captionsOn(rows: readonly Line[], form: Form): Hit[] {
  const sought = soughtIn(form)
  const longest = Math.ceil(Math.max(...sought.map((one) => one.letters.length)) * (1 + TOLERANCE))
  return rows.flatMap((row, index) => {
    const texts = row.words.map(({ text }) => letters(text))
    const found = row.words.flatMap((_, from) => (texts[from] === '' ? [] : hitsAt(row, index, texts, from, sought, longest)))
    const chosen: Hit[] = []
    for (const hit of found.sort((a, b) => score(b) - score(a))) if (chosen.every((other) => !overlap(other, hit))) chosen.push(hit)
    return chosen.sort((a, b) => a.from - b.from)
  })
}

/** Whether a row is one of the titles, with letters to spare. */
export function isTitle(row: Line, { titles }: Form): boolean {
  const joined = letters(row.text)
  return titles.some((title) => {
    const wanted = letters(title)
    const most = Math.floor(wanted.length * TOLERANCE)
    return distance(joined, wanted, most) <= most
  })
}
