import type { Content, TableCell } from 'pdfmake/interfaces'
import { type Filling, LEVEL, type Press, TEAL, type Texts } from './form-press'
import { tableContent } from './form-table'
import type { Block, BlockOf } from './form-template'
import { fill, fillable } from './placeholders'
import { innerWidth, type Run, runs } from './sheet'

type Margin = [number, number, number, number]

const PART_GAP = 16
const CELL_PADDING = 4
const RULE = 0.5
const FRAME = 1
const PALE = '#8a949c'
/** What is taller than a page could not be kept whole; beyond this length points may break. */
const WHOLE_CHARACTERS = 600
/** Nghị định 30/2020: the first line of a paragraph begins 1 cm in; on A5 in proportion. */
const INDENT = 2.2

const holds = (when: readonly string[] | undefined, { flags }: Filling): boolean => (when ?? []).every((flag) => (flag.startsWith('!') ? !flags.has(flag.slice(1)) : flags.has(flag)))

type Conditional = Readonly<{ text: string; optional: boolean; when?: readonly string[] | undefined }>
/** An item is printed when its condition holds; one that may be missing, when it has all its values. */
const printed = (item: Conditional, filling: Filling): boolean => holds(item.when, filling) && (!item.optional || fillable(item.text, filling.texts))

function heading({ text }: BlockOf<'heading'>, { form, filling, metrics }: Press): Content {
  return { text: runs(fill(text, filling.texts), true), ...(form.head === 'leaflet' && { color: TEAL }), margin: [0, metrics.gap * 2, 0, metrics.gap], headlineLevel: LEVEL.heading }
}

function paragraph(block: BlockOf<'text'>, { filling, metrics }: Press): Content {
  if (!printed(block, filling)) return []
  return {
    text: runs(fill(block.text, filling.texts), block.bold), italics: block.italic, alignment: 'justify', margin: [0, 0, 0, metrics.gap * 1.5],
    ...(block.indent && { leadingIndent: metrics.base * INDENT }),
  }
}

function fields({ parts }: BlockOf<'fields'>, { filling, metrics, measure }: Press): Content {
  const lines = parts.filter((part) => !part.optional || fillable(part.value, filling.texts))
    .map((part): Run[] => [{ text: `${part.caption} `, bold: false }, ...runs(fill(part.value, filling.texts), part.bold)])
  const width = lines.flat().reduce((sum, run) => sum + measure(run.text, metrics.base, run.bold), PART_GAP * (lines.length - 1))
  const margin: Margin = [0, 0, 0, metrics.gap]
  if (lines.length > 1 && width < innerWidth(metrics)) return { columns: lines.map((text) => ({ width: 'auto', text })), columnGap: PART_GAP, margin }
  return lines.map((text) => ({ text, margin }))
}

/** A line with its mark standing out, so that the eye finds the next one. */
function marked(text: Run[], mark: 'dash' | 'box', { metrics }: Press): Content {
  const side = metrics.base * 0.8
  const width = metrics.base * (mark === 'box' ? 1.5 : 1)
  return {
    columns: [
      mark === 'dash' ? { width, text: '-' } : { width, canvas: [{ type: 'rect', x: 0.5, y: metrics.base * 0.16, w: side, h: side, lineWidth: 0.9 }] },
      { width: '*', text, alignment: 'justify' },
    ],
    margin: [0, 0, 0, metrics.gap],
    unbreakable: text.reduce((sum, run) => sum + run.text.length, 0) <= WHOLE_CHARACTERS,
  }
}

const points = ({ items, mark }: BlockOf<'points'>, press: Press): Content =>
  items.filter((item) => printed(item, press.filling)).map((item) => marked(runs(fill(item.text, press.filling.texts), item.bold), mark, press))

const entriesOf = (list: string, { lists }: Filling): readonly Texts[] => lists[list] ?? []

function lines({ list, mark, text, none }: BlockOf<'lines'>, press: Press): Content {
  const { filling, metrics } = press
  const entries = entriesOf(list, filling)
  const line = (entry: Texts): Content => {
    const printed = runs(fill(text, { ...filling.texts, ...entry }))
    return mark === 'dash' ? marked(printed, mark, press) : { text: printed, alignment: 'justify', margin: [metrics.base * 0.6, 0, 0, metrics.gap] }
  }
  if (entries.length > 0) return entries.map(line)
  return none === undefined ? [] : { text: fill(none, filling.texts), margin: [0, 0, 0, metrics.gap] }
}

function table(block: BlockOf<'table'>, press: Press): Content {
  const entries = entriesOf(block.list, press.filling)
  if (entries.length > 0) return tableContent(block, entries, press)
  return { text: fill(block.none, press.filling.texts), margin: [0, 0, 0, press.metrics.gap] }
}

/** Entries that follow each other under the same title. */
function grouped(entries: readonly Texts[], titleOf: (entry: Texts) => string): { title: string; entries: Texts[] }[] {
  const groups: { title: string; entries: Texts[] }[] = []
  for (const entry of entries) {
    const title = titleOf(entry)
    const last = groups.at(-1)
    if (last?.title === title) last.entries.push(entry)
    else groups.push({ title, entries: [entry] })
  }
  return groups
}

function groups(block: BlockOf<'groups'>, { filling, metrics }: Press): Content {
  const entries = entriesOf(block.list, filling)
  if (entries.length === 0) return { text: fill(block.none, filling.texts), margin: [0, 0, 0, metrics.gap] }
  const filled = (pattern: string, entry: Texts): string => fill(pattern, { ...filling.texts, ...entry })
  const isWhole = (group: readonly Texts[]): boolean => group.every((entry) => filled(block.value, entry).length <= WHOLE_CHARACTERS)
  return grouped(entries, (entry) => filled(block.title, entry)).map((group): Content => ({
    table: {
      // The title cannot stand alone at the foot of a page, and returns above each part of its group.
      headerRows: 1, keepWithHeaderRows: isWhole(group.entries) ? 1 : 0, dontBreakRows: isWhole(group.entries),
      widths: ['36%', '*'],
      body: [
        [{ text: runs(group.title, true), colSpan: 2 }, ''],
        ...group.entries.map((entry): TableCell[] => [{ text: runs(filled(block.name, entry)) }, { text: runs(filled(block.value, entry)) }]),
      ],
    },
    layout: {
      hLineWidth: (index) => (index === 0 ? 0 : RULE), vLineWidth: () => 0, hLineColor: (index) => (index === 1 ? 'black' : PALE),
      paddingLeft: (index) => (index === 0 ? 0 : CELL_PADDING), paddingRight: () => 0, paddingTop: () => metrics.gap * 0.6, paddingBottom: () => metrics.gap * 0.6,
    },
    fontSize: metrics.base - 0.5,
    margin: [0, metrics.gap * 1.5, 0, metrics.gap],
  }))
}

function box({ title, items }: BlockOf<'box'>, { form, filling, metrics }: Press): Content {
  const shown = items.filter((item) => printed(item, filling))
  if (shown.length === 0) return []
  return {
    table: {
      widths: ['*'],
      body: [[{
        stack: [
          ...(title === undefined ? [] : [{ text: runs(fill(title, filling.texts), true), ...(form.head === 'leaflet' && { color: TEAL }), margin: [0, 0, 0, metrics.gap] as Margin }]),
          ...shown.map((item) => ({ text: runs(fill(item.text, filling.texts), item.bold), margin: [0, 0, 0, metrics.gap * 0.7] as Margin })),
        ],
      }]],
    },
    layout: { hLineWidth: () => FRAME, vLineWidth: () => FRAME, paddingLeft: () => 8, paddingRight: () => 8, paddingTop: () => 5, paddingBottom: () => 3 },
    margin: [0, metrics.gap * 1.5, 0, metrics.gap * 2], unbreakable: true,
  }
}

/** One block of a form, filled. @throws AppError IN-001 naming what is missing */
export function blockContent(block: Block, press: Press): Content {
  if (!holds(block.when, press.filling)) return []
  switch (block.kind) {
    case 'heading': return heading(block, press)
    case 'text': return paragraph(block, press)
    case 'fields': return fields(block, press)
    case 'points': return points(block, press)
    case 'lines': return lines(block, press)
    case 'table': return table(block, press)
    case 'groups': return groups(block, press)
    case 'box': return box(block, press)
  }
}

/** Small print at the end: a rule, and each note with its dash. */
export function notesContent(items: readonly (Conditional & Readonly<{ bold: boolean }>)[], press: Press): Content {
  const { filling, metrics } = press
  const shown = items.filter((item) => printed(item, filling))
  if (shown.length === 0) return []
  const note = (item: (typeof shown)[number]): Content => ({ text: [{ text: '- ' }, ...runs(fill(item.text, filling.texts), item.bold)], fontSize: metrics.small, alignment: 'justify' })
  const [first, ...rest] = shown
  const rule: Content = { canvas: [{ type: 'line', x1: 0, y1: 0, x2: innerWidth(metrics), y2: 0, lineWidth: 0.4 }], margin: [0, metrics.base, 0, metrics.gap] }
  return [{ stack: [rule, ...(first ? [note(first)] : [])], unbreakable: true }, ...rest.map(note)]
}
