import { CivilDate } from '@contract/ids'
import { qualityOf } from '../../figures'
import { count, row, share, text } from '../columns'
import type { ReportBuilder } from '../ports'
import { NOTES, periodWords, TITLES } from '../words'

const COLUMNS = [text('group', 'Nhóm chỉ số', { weight: 2.4 }), text('name', 'Chỉ số', { weight: 5 }), count('part', 'Đạt'), count('whole', 'Tổng'), share('share', 'Tỷ lệ')]

/** Indicators of Quyết định 766/QĐ-TTg that the counter can compute itself (`domain.md` §8.3); a share of nothing is left empty. */
export const quality: ReportBuilder = ({ reader, span, now, sources }) => {
  const figures = qualityOf(reader, span.from, span.to, now)
  const period = { from: CivilDate.parse(span.from), to: CivilDate.parse(span.to) }
  const { rated, byStars } = sources.satisfaction(period)
  const { refusedStep, supplementStep, answerStep, overdue } = sources.feedback(period)
  const steps = [refusedStep, supplementStep, answerStep]
  const answered = steps.reduce((sum, { done }) => sum + done, 0) + overdue
  const line = (group: string, name: string, part: number, whole: number) => row(group, name, part, whole, whole === 0 ? null : part / whole)
  const of = (group: string, name: string, { part, whole }: Readonly<{ part: number; whole: number }>) => line(group, name, part, whole)
  const rows = [
    of('Tiến độ giải quyết', 'Hồ sơ đúng hạn hoặc trong hạn', figures.onTime),
    of('Công khai, minh bạch', 'Hồ sơ đồng bộ (thành phố đã nhận)', figures.synchronised),
    of('Số hóa hồ sơ', 'Hồ sơ có thành phần số hóa', figures.digitised),
    of('Số hóa hồ sơ', 'Hồ sơ tái sử dụng thành phần đã có', figures.reused),
    of('Số hóa hồ sơ', 'Hồ sơ khai thác dữ liệu dân cư (đọc chip)', figures.cardRead),
    line('Mức độ hài lòng', 'Lượt đánh giá hài lòng (4, 5 sao)', byStars[4] + byStars[5], rated),
    line('Mức độ hài lòng', 'Phản ánh, kiến nghị xử lý đúng hạn', steps.reduce((sum, { onTime }) => sum + onTime, 0), answered),
  ]
  return {
    title: TITLES.quality, subtitle: periodWords(span), unit: null, columns: COLUMNS, rows: () => rows, rowCount: rows.length,
    facts: [{ caption: 'Không có ngày hẹn để đánh giá', value: `${figures.notJudged} hồ sơ.` }], checks: [], notes: [NOTES.quality],
  }
}
