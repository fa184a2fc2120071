import { formatDateTime } from '@contract/format'
import type { Sha256 } from '@contract/ids'
import type { ReportCheck, ReportColumn, ReportRow } from '@contract/reports'
import { sealOf } from '@contract/report-words'
import { row, text } from './columns'
import { beginDigest, type ReportHead } from './digest'
import type { ReportDraft } from './ports'
import { CHECKS } from './words'
import { writeWorkbook } from './xlsx/workbook'

const NAMES = ['Báo cáo', 'Đối chiếu'] as const
const COLUMNS: readonly ReportColumn[] = [text('caption', 'Mục', { weight: 3.5 }), text('value', 'Nội dung', { weight: 10 })]

const checkWords = ({ ok, params }: ReportCheck): string =>
  `${ok ? 'Khớp' : 'KHÔNG KHỚP'} (${Object.entries(params).map(([name, value]) => `${name} = ${value}`).join('; ')})`

/** A report as a workbook: the table on one sheet; facts, checks, notes and the seal of the figures on the other. */
export async function workbookOf(head: ReportHead, draft: ReportDraft, at: Date): Promise<Readonly<{ bytes: Uint8Array; digest: Sha256 }>> {
  const digest = beginDigest(head, draft)
  let sealed: Sha256 | undefined
  function* hashed(): Generator<ReportRow> {
    for (const line of draft.rows()) {
      digest.add(line)
      yield line
    }
  }
  const beside = () => {
    const seal = digest.done()
    sealed = seal
    const rows = [
      ...draft.facts.map(({ caption, value }) => row(caption, value)),
      ...draft.checks.map((check) => row(CHECKS[check.code] ?? check.code, checkWords(check))),
      ...draft.notes.map((note) => row('Ghi chú', note)),
      row('Lập lúc', formatDateTime(at)), row('Niêm số liệu', sealOf(seal)), row('SHA-256', seal),
    ]
    return { words: [draft.title, draft.subtitle], columns: COLUMNS, rows }
  }
  const pieces: Uint8Array[] = []
  await writeWorkbook({
    words: [draft.title, draft.subtitle, ...(draft.unit === null ? [] : [`Đơn vị tính: ${draft.unit}`])], columns: draft.columns, rows: hashed(), beside, names: NAMES,
  }, (piece) => pieces.push(piece))
  if (sealed === undefined) throw new Error('a workbook without its second sheet')
  return { bytes: Buffer.concat(pieces), digest: sealed }
}
