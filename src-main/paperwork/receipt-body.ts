import type { Column, Content, TableCell } from 'pdfmake/interfaces'
import { formatMoneyLong } from '@contract/format'
import { moneyInWords } from '@contract/money-words'
import type { ReceiptComponent, ReceiptFee } from '@contract/receipt'
import { drawSignature } from './signature'
import { innerWidth, runs, type Run, type Sheet } from './sheet'
import { fill, fillable, type Line, type Part, type Signature } from './template'

const PART_GAP = 16
const FOOT_GAP = 9
// A row taller than a page could not be kept whole; beyond this length rows may break.
const WHOLE_ROW_CHARACTERS = 600

function partRuns(part: Part, sheet: Sheet): Run[] {
  return [{ text: `${part.caption} `, bold: false }, ...runs(fill(part.value, sheet.values), part.bold)]
}

function fieldsLine(parts: readonly Part[], sheet: Sheet): Content {
  const { metrics } = sheet
  const printed = parts.filter((part) => !part.optional || fillable(part.value, sheet.values)).map((part) => partRuns(part, sheet))
  if (printed.length === 0) return []
  const width = printed.flat().reduce((sum, run) => sum + sheet.measure(run.text, metrics.base, run.bold), 0)
  const beside = width + PART_GAP * (printed.length - 1) < innerWidth(metrics)
  const margin: [number, number, number, number] = [0, 0, 0, metrics.gap]
  if (printed.length > 1 && beside) return { columns: printed.map((text) => ({ width: 'auto', text })), columnGap: PART_GAP, margin }
  return printed.map((text) => ({ text, margin }))
}

const CELL_PADDING = 4

// The caption is a heading row: it cannot stand alone at the foot of a page, and returns above each part of the table.
function captionRow(caption: string, sheet: Sheet): TableCell[] {
  const { base, gap } = sheet.metrics
  const cell: TableCell = { text: caption, colSpan: 4, fontSize: base, border: [false, false, false, true], margin: [-CELL_PADDING - 0.5, -gap / 2, 0, gap / 2] }
  const covered: TableCell = { text: '', border: [false, false, false, true] }
  return [cell, { ...covered }, { ...covered }, { ...covered }]
}

function componentRows(components: readonly ReceiptComponent[], sheet: Sheet): TableCell[][] {
  const { template, metrics } = sheet
  const cell = (text: string): TableCell => ({ text, alignment: 'center' })
  const head = [template.componentTable.index, template.componentTable.name, template.componentTable.kind, template.componentTable.quantity]
  return [
    head.map((text) => ({ text, bold: true, alignment: 'center', fontSize: metrics.small })),
    ...components.map((each, index) => [
      cell(String(index + 1)),
      { text: runs(each.name) },
      cell(template.componentKinds[each.kind]),
      cell(String(each.quantity).padStart(2, '0')),
    ]),
  ]
}

function componentTable(caption: string, components: readonly ReceiptComponent[], sheet: Sheet): Content {
  const { metrics } = sheet
  const [index, kind, quantity] = metrics.columns
  return {
    table: {
      headerRows: 2,
      keepWithHeaderRows: 1,
      dontBreakRows: components.every((each) => each.name.length <= WHOLE_ROW_CHARACTERS),
      widths: [index, '*', kind, quantity],
      body: [captionRow(caption, sheet), ...componentRows(components, sheet)],
    },
    layout: {
      // No line above the caption.
      hLineWidth: (index) => (index === 0 ? 0 : 0.5),
      vLineWidth: () => 0.5,
      paddingLeft: () => CELL_PADDING,
      paddingRight: () => CELL_PADDING,
      paddingTop: () => metrics.gap / 2,
      paddingBottom: () => metrics.gap / 2,
    },
    fontSize: metrics.small + 0.5,
    margin: [0, 0, 0, metrics.gap + 2],
  }
}

function componentList(components: readonly ReceiptComponent[], sheet: Sheet): Content {
  const { template, metrics } = sheet
  return components.map((each, index) => ({
    text: runs(`${index + 1}) ${each.name} (${template.componentKinds[each.kind].toLocaleLowerCase('vi')}, số lượng ${String(each.quantity).padStart(2, '0')})`),
    margin: [12, 0, 0, metrics.gap / 2],
  }))
}

function componentsBlock(caption: string, sheet: Sheet): Content {
  const { template, data, metrics } = sheet
  if (data.components.length === 0) return { text: `${caption} ${template.componentTable.none}`, margin: [0, 0, 0, metrics.gap] }
  if (template.options.componentsAs === 'table') return componentTable(caption, data.components, sheet)
  return [{ text: caption, margin: [0, 0, 0, metrics.gap] }, componentList(data.components, sheet)]
}

function feeWords(fee: ReceiptFee, sheet: Sheet): string {
  const { fees } = sheet.template
  if (fee.text !== undefined) return fee.text
  if (fee.total === 0) return fees.free
  return `${formatMoneyLong(fee.total)} (${moneyInWords(fee.total)}), ${fee.paid ? fees.paid : fees.unpaid}`
}

function feeLine(caption: string, sheet: Sheet): Content {
  const { data, metrics } = sheet
  const { fee } = data
  if (!fee) return []
  const lines = fee.lines.length > 1 ? fee.lines : []
  return [
    { text: [`${caption} `, ...runs(feeWords(fee, sheet))], margin: [0, 0, 0, metrics.gap] },
    ...lines.map((line): Content => ({ text: runs(`- ${line.name}: ${formatMoneyLong(line.amount)}`), margin: [12, 0, 0, metrics.gap] })),
  ]
}

function lineContent(line: Line, sheet: Sheet): Content {
  if (line.kind === 'components') return componentsBlock(line.caption, sheet)
  if (line.option && !sheet.template.options[line.option]) return []
  return line.kind === 'fee' ? feeLine(line.caption, sheet) : fieldsLine(line.parts, sheet)
}

/** The numbered body of the form, in the order of the template. */
export function body(sheet: Sheet): Content {
  return { stack: sheet.template.lines.map((line) => lineContent(line, sheet)), margin: [0, sheet.metrics.gap, 0, 0] }
}

const COLUMN_GAP = 12

/** What the applicant drew on the display, in the room that a hand would have; null where the hand is still to sign. */
function drawnSignature({ metrics, data }: Sheet): Content | null {
  if (!data.signed) return null
  const { svg, width, height } = drawSignature(data.signed.signature, { width: (innerWidth(metrics) - COLUMN_GAP) / 2, height: metrics.signatureSpace })
  return { svg, width, height }
}

function signatureBlock(signature: Signature, sheet: Sheet, drawn: Content | null): Column {
  const { metrics, template, values } = sheet
  return {
    width: '*',
    stack: [
      { text: signature.title, bold: true },
      { text: signature.hint, italics: true, fontSize: metrics.small },
      ...(drawn ? [drawn] : []),
      { text: runs(fill(signature.name, values), true), margin: [0, drawn ? 0 : metrics.signatureSpace, 0, 0] },
      ...(drawn ? [{ text: fill(template.marks.confirmed, values), fontSize: metrics.tiny }] : []),
    ],
    alignment: 'center',
  }
}

/** Who handed in (left) and who received (right), kept on one page. */
export function signatures(sheet: Sheet): Content {
  const { left, right } = sheet.template.signatures
  return {
    columns: [signatureBlock(left, sheet, drawnSignature(sheet)), signatureBlock(right, sheet, null)],
    columnGap: COLUMN_GAP,
    margin: [0, 2 * sheet.metrics.gap, 0, 4],
    unbreakable: true,
  }
}

function lookupRuns(sheet: Sheet): Run[][] {
  const { template, values, copy } = sheet
  const { options, lookup } = template
  const printed = (wanted: boolean, pattern: string, bold: boolean): Run[][] =>
    wanted && fillable(pattern, values) ? [runs(fill(pattern, values), bold)] : []
  return [
    // The secret opens the dossier's state to whoever holds it, so the archive copy never carries it.
    ...printed(options.lookup && copy === 'citizen', lookup.secret, true),
    ...printed(options.lookup, lookup.address, false),
    ...printed(options.hotline, lookup.hotline, false),
  ]
}

function lookupLine(sheet: Sheet): Content {
  const fontSize = sheet.metrics.small
  const items = lookupRuns(sheet)
  const width = items.flat().reduce((sum, run) => sum + sheet.measure(run.text, fontSize, run.bold), FOOT_GAP * (items.length - 1))
  if (width > innerWidth(sheet.metrics)) return items.map((text) => ({ text, fontSize }))
  return { columns: items.map((text) => ({ width: 'auto', text })), columnGap: FOOT_GAP, fontSize, margin: [0, 1, 0, 0] }
}

/** Foot notes of the form and of the dossier, look-up and hotline. */
export function notes(sheet: Sheet): Content {
  const { template, data, metrics } = sheet
  const line = (text: string): Content => ({ text: [{ text: '- ' }, ...runs(text)], fontSize: metrics.small })
  const rule: Content = { canvas: [{ type: 'line', x1: 0, y1: 0, x2: innerWidth(metrics), y2: 0, lineWidth: 0.4 }], margin: [0, 0, 0, metrics.gap] }
  const caption: Content = { text: template.notes.caption, bold: true, italics: true, fontSize: metrics.small }
  const [first = '', ...rest] = [...template.notes.fixed, ...data.notes]
  // Rule, caption and first note stay together: a caption alone at the foot of a page says nothing.
  return [{ stack: [rule, caption, line(first)], unbreakable: true }, ...rest.map(line), lookupLine(sheet)]
}
