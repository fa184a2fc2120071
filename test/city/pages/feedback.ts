import { z } from 'zod'
import type { Sql } from '../db'
import { FeedbackPayload } from '../feedback-payload'
import { html, type Html } from './html'
import { page, time } from './parts'

const SHOWN = 200

const Row = z.object({ payload: z.instanceof(Uint8Array), version: z.number(), receipt_number: z.string(), received_at: z.date(), counter: z.string(), state: z.number().nullable() })

const STATES: Readonly<Record<number, string>> = { 2: 'Đã nhận', 3: 'Đang xử lý', 4: 'Cần bổ sung', 5: 'Đã trả lời', 6: 'Không thụ lý', 7: 'Đã đóng' }
const KINDS = { complaint: 'Phản ánh', proposal: 'Kiến nghị', praise: 'Khen ngợi' } as const

function line(row: z.infer<typeof Row>): Html {
  const { feedback } = FeedbackPayload.parse(JSON.parse(new TextDecoder().decode(row.payload)))
  const what = feedback.act === 'withdrawn'
    ? html`<span class="t2">Công dân đã rút</span>`
    : html`<span class="name">${KINDS[feedback.body.kind]}</span> · ${feedback.body.contact?.name ?? 'không nêu tên'}<br><span class="t2">${feedback.body.content}</span>`
  const photos = feedback.act === 'withdrawn' ? 0 : feedback.body.photos.length
  return html`<tr><td class="code">${feedback.number}${row.version > 1 ? html` <span class="quiet">bản ${row.version}</span>` : ''}</td><td>${what}</td>
<td>${STATES[row.state ?? 2] ?? ''}</td><td class="num">${photos}</td><td class="code">${row.receipt_number}</td><td>${row.counter}</td><td class="num">${time(row.received_at)}</td></tr>`
}

/** Complaints and proposals as they stand, newest first. */
export async function feedbackPage(sql: Sql): Promise<string> {
  const rows = await sql.all(Row,
    `select l.payload, l.version, l.receipt_number, l.received_at, l.counter,
       (select t.state from feedback_statuses t where t.feedback_id = f.feedback_id order by t.sequence desc limit 1) as state
     from feedback f join feedback_letters l on l.letter_id = f.current_letter order by l.sequence desc limit $1`, [SHOWN])
  const table = html`<table><thead><tr><th>Số</th><th>Nội dung</th><th>Trạng thái</th><th class="num">Ảnh</th><th>Biên nhận</th><th>Quầy</th><th class="num">Thành phố nhận lúc</th></tr></thead>
<tbody>${rows.map(line)}</tbody></table>`
  return page('Phản ánh, kiến nghị', html`<div class="head"><h1>Phản ánh, kiến nghị</h1><span class="quiet"><a href="/">Hồ sơ đã đến</a> · mới nhất ở trên</span></div>
<section class="card">${rows.length === 0 ? html`<p class="empty">Chưa có phản ánh nào đến. Trang tự cập nhật sau mỗi 5 giây.</p>` : table}</section>`, 5)
}
