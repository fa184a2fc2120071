import { z } from 'zod'
import { Big, type Sql } from '../db'
import { countSubmissions } from '../submission-store'
import { SubmissionPayload, documentsOf } from '../payload'
import { html, type Html } from './html'
import { page, stateBadge, time } from './parts'

const SHOWN = 200

const Row = z.object({
  code: z.string(), dossier_version: z.number(), receipt_number: z.string(), received_at: z.date(), sequence: Big, counter: z.string(),
  city_state: z.number().nullable(), newest: z.number(), payload: z.instanceof(Uint8Array),
})

/** The frozen bytes as the payload they were checked to be when they came. */
export function readStored(payload: Uint8Array): SubmissionPayload {
  return SubmissionPayload.parse(JSON.parse(new TextDecoder().decode(payload)))
}

function line(row: z.infer<typeof Row>): Html {
  const payload = readStored(row.payload)
  const { dossier } = payload
  const documents = documentsOf(payload).length
  return html`<tr><td class="code"><a href="/dossiers/${encodeURIComponent(row.code)}">${row.code}</a>${dossier.version > 1 ? html` <span class="quiet">bản ${dossier.version}</span>` : ''}</td>
<td><span class="name">${dossier.applicant.fullName}</span><br><span class="t2">${dossier.procedure.name}</span></td>
<td>${row.newest === row.dossier_version ? stateBadge(row.city_state ?? dossier.state) : html`<span class="badge line">Đã thay bằng bản ${row.newest}</span>`}</td><td class="num">${documents}</td><td class="code">${row.receipt_number}</td><td>${row.counter}</td><td class="num">${time(row.received_at)}</td></tr>`
}

/** What has arrived, newest first. */
export async function arrivalsPage(sql: Sql): Promise<string> {
  const rows = await sql.all(Row,
    `select d.code, d.version as newest, s.dossier_version, a.receipt_number, a.received_at, a.sequence, s.counter, s.payload,
       (select t.state from statuses t where t.dossier_id = d.dossier_id order by t.sequence desc limit 1) as city_state
     from submissions s join acknowledgements a using (submission_id) join dossiers d using (dossier_id) order by a.sequence desc limit $1`, [SHOWN])
  const total = await countSubmissions(sql)
  const table = html`<table><thead><tr><th>Mã hồ sơ</th><th>Người nộp và thủ tục</th><th>Trạng thái</th><th class="num">Tài liệu</th><th>Biên nhận</th><th>Quầy</th><th class="num">Thành phố nhận lúc</th></tr></thead>
<tbody>${rows.map(line)}</tbody></table>`
  const note = total > SHOWN ? `${total} bản, hiện ${SHOWN} bản mới nhất` : `${total} bản`
  return page('Hồ sơ đã đến thành phố', html`<div class="head"><h1>Hồ sơ đã đến thành phố</h1><span class="quiet">${note} · mới nhất ở trên · <a href="/feedback">Phản ánh, kiến nghị</a> · <a href="/certificates">Chứng thư đã cấp</a> · <a href="/phone">Điện thoại của công dân</a></span></div>
<section class="card">${rows.length === 0 ? html`<p class="empty">Chưa có hồ sơ nào đến. Trang tự cập nhật sau mỗi 5 giây.</p>` : table}</section>`, 5)
}
