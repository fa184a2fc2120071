import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import { blockContent, notesContent } from './form-blocks'
import { footer, head, header, title } from './form-head'
import { COLUMN_GAP, type FormSheet, LEVEL, RED } from './form-press'
import { placeOf, type Room, signatureColumns } from './form-signatures'
import { fill } from './placeholders'
import { FONT_FAMILY } from './receipt-document'
import { innerWidth } from './sheet'
import type { SigningPaper } from './signing-paper-data'

/** Learnt while pdfmake lays out. */
export type Learnt = Readonly<{ pages: number; places: SigningPaper['places'] }>

/** A fresh pdfmake definition of one paper, and what was learnt of it once it is laid out. @throws AppError IN-001 naming what is missing */
export function formDocument(sheet: FormSheet): Readonly<{ document: TDocumentDefinitions; learnt(): Learnt }> {
  const { form, frame, filling, metrics } = sheet
  const width = (innerWidth(metrics) - COLUMN_GAP) / 2
  const { columns, height } = signatureColumns(sheet, width)
  // Of the last time that all was laid out.
  const rooms = new Map<number, Room>()
  let pages = 1
  const document: TDocumentDefinitions = {
    version: '1.7', subset: 'PDF/A-2b', language: 'vi-VN', displayTitle: true, compress: true,
    info: { title: fill(form.documentTitle, filling.texts), subject: form.legalBasis, creator: 'Một Cửa', producer: 'Một Cửa', creationDate: new Date(frame.at) },
    pageSize: metrics.page, pageMargins: metrics.margins,
    defaultStyle: { font: FONT_FAMILY, fontSize: metrics.base, lineHeight: 1.08 },
    ...(frame.practice && { watermark: { text: form.marks.practice, font: FONT_FAMILY, bold: true, color: RED, opacity: 0.13, angle: form.orientation === 'landscape' ? -32 : -52, fontSize: metrics.watermark } }),
    header: (page) => header(sheet, page),
    footer: (page, count) => {
      pages = count
      return footer(sheet, page, count)
    },
    content: [
      head(sheet), title(sheet), ...form.blocks.map((block) => blockContent(block, sheet)),
      ...(columns.length === 0 ? [] : [{ columns, columnGap: COLUMN_GAP, headlineLevel: LEVEL.signatures, margin: [0, metrics.gap * 3, 0, 0] } satisfies Content]),
      notesContent(form.notes, sheet),
    ],
    // The signatures stay together, and no heading stands alone at the foot. Not `unbreakable`: what is moved by that does not know where it came to stand.
    pageBreakBefore: ({ headlineLevel, startPosition }, nodes) => {
      if (headlineLevel === LEVEL.heading) return nodes.getFollowingNodesOnPage().length === 0
      if (headlineLevel !== undefined) rooms.set(headlineLevel, startPosition)
      return headlineLevel === LEVEL.signatures && startPosition.top + height > metrics.page.height - metrics.margins[3]
    },
  }
  return {
    document,
    learnt: () => {
      const [citizen, office] = [rooms.get(LEVEL.citizen), rooms.get(LEVEL.office)]
      return { pages, places: { ...(citizen && { citizen: placeOf(citizen, metrics, width) }), ...(office && { office: placeOf(office, metrics, width) }) } }
    },
  }
}
