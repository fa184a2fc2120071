import { z } from 'zod'
import type { Sql } from '../db'
import { html, type Html } from './html'
import { maskedId, page, time } from './parts'

const SHOWN = 200

const Row = z.object({
  serial: z.string(), common_name: z.string(), uid: z.string().nullable(), issued_at: z.date(), accepted: z.boolean().nullable(), reason: z.number().nullable(), revoked_at: z.date().nullable(),
})
const CodeRow = z.object({ phone: z.string(), code: z.string(), sent_at: z.date(), tries: z.number(), confirmed_at: z.date().nullable() })

function state({ accepted, revoked_at }: z.infer<typeof Row>): Html {
  if (revoked_at !== null) return html`<span class="badge warn">Đã thu hồi</span> <span class="quiet">${time(revoked_at)}</span>`
  return accepted === null ? html`<span class="badge idle">Chờ quầy xác nhận</span>` : html`<span class="badge ok">Đang hiệu lực</span>`
}

const line = (row: z.infer<typeof Row>): Html => html`<tr><td class="code">${row.serial.slice(0, 16)}…</td><td><span class="name">${row.common_name}</span><br>
<span class="t2">${maskedId((row.uid ?? '').replace(/^CCCD:/, ''))}</span></td><td>${state(row)}</td><td class="num">${time(row.issued_at)}</td></tr>`

const codeLine = (row: z.infer<typeof CodeRow>): Html => html`<tr><td class="code">${row.phone}</td><td class="code">${row.code}</td>
<td>${row.confirmed_at === null ? `Đã nhập sai ${row.tries} lần` : 'Đã xác nhận'}</td><td class="num">${time(row.sent_at)}</td></tr>`

const CERTIFICATES = `select c.serial, c.common_name, c.uid, c.issued_at, f.accepted, r.reason, r.at as revoked_at from ca_certificates c
  left join ca_confirmations f on f.serial = c.serial left join ca_revocations r on r.serial = c.serial where c.usage = 'person' order by c.issued_at desc, c.serial limit $1`

/** What the CA for demonstrations issued, and the codes that it would send by SMS; newest first. */
export async function certificatesPage(sql: Sql): Promise<string> {
  const rows = await sql.all(Row, CERTIFICATES, [SHOWN])
  const codes = await sql.all(CodeRow, 'select phone, code, sent_at, tries, confirmed_at from ca_phone_codes order by sent_at desc limit 20')
  const issued = html`<table><thead><tr><th>Số sê-ri</th><th>Chủ chứng thư</th><th>Trạng thái</th><th class="num">Cấp lúc</th></tr></thead><tbody>${rows.map(line)}</tbody></table>`
  const sent = html`<table><thead><tr><th>Số điện thoại</th><th>Mã</th><th>Trạng thái</th><th class="num">Gửi lúc</th></tr></thead><tbody>${codes.map(codeLine)}</tbody></table>`
  return page('CA Nam Bình (trình diễn)', html`<div class="head"><h1>CA Nam Bình (trình diễn)</h1><span class="quiet"><a href="/">Hồ sơ đã đến</a> · chứng thư không có giá trị pháp lý</span></div>
<section class="card">${rows.length === 0 ? html`<p class="empty">Chưa cấp chứng thư nào. Trang tự cập nhật sau mỗi 5 giây.</p>` : issued}</section>
<div class="head"><h1>Mã gửi đến điện thoại</h1><span class="quiet">hiện ở đây vì không có tin nhắn thật</span></div>
<section class="card">${codes.length === 0 ? html`<p class="empty">Chưa gửi mã nào.</p>` : sent}</section>`, 5)
}
