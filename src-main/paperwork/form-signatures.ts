import type { Column, Content } from 'pdfmake/interfaces'
import { type FormSheet, LEVEL } from './form-press'
import type { FormTemplate, Signature } from './form-template'
import { fill, fillable } from './placeholders'
import type { SignaturePlace } from './signing-paper-data'
import { type Metrics, runs } from './sheet'

type Sized = Readonly<{ content: Column; height: number }>

/** One signature and the height that it takes, in points. */
function signatureColumn({ place, title, hint, name }: Signature, { filling, metrics, measure }: FormSheet, width: number): Sized {
  const text = name === undefined || !fillable(name, filling.texts) ? '' : fill(name, filling.texts)
  const role = fill(title, filling.texts)
  // Room that a hand or a visible mark has: nothing to see, but laid out, so that its place is known.
  const room: Content = { canvas: [{ type: 'rect', x: 0, y: 0, w: width, h: metrics.signatureSpace, lineWidth: 0, lineColor: 'white' }], headlineLevel: LEVEL[place] }
  const lines = (line: string, slack: number): number => Math.ceil((measure(line, metrics.base, true) * slack) / width)
  const rows = Math.max(1, lines(text, 1.1)) + role.split('\n').reduce((sum, line) => sum + lines(line, 1.05), 0)
  return {
    content: { width, stack: [{ text: runs(role, true) }, { text: hint, italics: true, fontSize: metrics.small }, room, { text: runs(text, true) }], alignment: 'center' },
    height: metrics.signatureSpace + (rows * metrics.base + 2 * metrics.small) * 1.2,
  }
}

/** Nơi nhận: the word bold and italic, the list smaller (Nghị định 30/2020, Phụ lục I: 12 and 11 on A4). */
function recipientsColumn({ title, items }: NonNullable<FormTemplate['recipients']>, { filling, metrics, measure }: FormSheet, width: number): Sized {
  const word = metrics.base * (12 / 13)
  const size = metrics.base * (11 / 13)
  const lines = items.map((item) => `- ${fill(item, filling.texts)}`)
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil((measure(line, size, false) * 1.2) / width)), 0)
  return {
    content: { width, stack: [{ text: title, bold: true, italics: true, fontSize: word }, ...lines.map((line) => ({ text: runs(line), fontSize: size }))] },
    height: (word + rows * size) * 1.2,
  }
}

/** Those who sign, beside each other, and the height of the tallest. Who signs alone for the office signs on the right. */
export function signatureColumns(sheet: FormSheet, width: number): Readonly<{ columns: Column[]; height: number }> {
  const { signatures, recipients } = sheet.form
  const signing = signatures.map((signature) => signatureColumn(signature, sheet, width))
  const left: Sized[] = recipients !== undefined ? [recipientsColumn(recipients, sheet, width)]
    : sheet.dossier !== null && signatures.length === 1 ? [{ content: { width, text: '' }, height: 0 }]
      : []
  const sized = [...left, ...signing]
  return { columns: sized.map(({ content }) => content), height: Math.max(0, ...sized.map(({ height }) => height)) }
}

export type Room = Readonly<{ pageNumber: number; left: number; top: number }>

/** Where a room came to stand, as a visible mark wants it. */
export function placeOf({ pageNumber, left, top }: Room, metrics: Metrics, width: number): SignaturePlace {
  const rounded = (points: number): number => Math.round(points * 100) / 100
  return { page: pageNumber, box: [left, metrics.page.height - top - metrics.signatureSpace, width, metrics.signatureSpace].map(rounded) as [number, number, number, number] }
}
