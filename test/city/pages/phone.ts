import { z } from 'zod'
import type { Sql } from '../db'
import { html, type Html } from './html'
import { maskedId, page, time } from './parts'

const SHOWN = 20

const Registration = z.object({ registration_id: z.string(), full_name: z.string(), user_id: z.string(), phone: z.string(), state: z.enum(['waiting', 'ready', 'refused']), made_at: z.date(), serial: z.string().nullable() })
const Transaction = z.object({
  response_id: z.string(), full_name: z.string(), user_id: z.string(), title: z.string(), documents: z.string(), state: z.enum(['waiting', 'done', 'refused', 'failed']), made_at: z.date(), expires_at: z.date(),
})

const STATES = {
  ready: ['Đã kích hoạt', 'ok'], refused: ['Đã từ chối', 'line'], done: ['Đã ký', 'ok'], failed: ['Không ký được', 'warn'], expired: ['Quá hạn xác nhận', 'line'], waiting: ['Đang chờ', 'info'],
} as const
const badge = (state: keyof typeof STATES): Html => html`<span class="badge ${STATES[state][1]}">${STATES[state][0]}</span>`

const who = ({ full_name, user_id }: { full_name: string; user_id: string }): Html => html`<p class="name">${full_name}</p><p class="t2">CCCD ${maskedId(user_id)}</p>`

function askToActivate(row: z.infer<typeof Registration>): Html {
  return html`<article class="ask"><p class="quiet">Kích hoạt tài khoản ký số · ${time(row.made_at)}</p>${who(row)}
<p class="t2">Khóa ký được tạo và giữ tại dịch vụ; chỉ chủ tài khoản xác nhận được từng lần ký.</p>
<form method="post" action="/phone/registrations/${encodeURIComponent(row.registration_id)}">
<label>Loại khóa <select name="key"><option value="rsa-2048">RSA 2048</option><option value="p-256">ECDSA P-256</option></select></label>
<button class="main" name="act" value="activate">Kích hoạt</button><button name="act" value="refuse">Từ chối</button></form></article>`
}

function askToSign(row: z.infer<typeof Transaction>): Html {
  const count = z.array(z.unknown()).parse(JSON.parse(row.documents)).length
  return html`<article class="ask"><p class="quiet">Yêu cầu ký · xác nhận trước ${time(row.expires_at)}</p>${who(row)}
<p>${row.title === '' ? 'Tài liệu không ghi tên' : row.title}</p><p class="t2">${count} tài liệu</p>
<form method="post" action="/phone/transactions/${encodeURIComponent(row.response_id)}">
<button class="main" name="act" value="confirm">Xác nhận ký</button><button name="act" value="refuse">Từ chối</button></form></article>`
}

const history = (title: string, rows: readonly Html[]): Html => (rows.length === 0 ? html`` : html`<section class="card"><h2>${title}</h2><table><tbody>${rows}</tbody></table></section>`)

/** What waits on the phones of all citizens of the demonstration, and what was answered before. @param now of the city */
export async function phonePage(sql: Sql, now: Date): Promise<string> {
  const registrations = await sql.all(Registration,
    `select r.registration_id, a.full_name, a.user_id, a.phone, r.state, r.made_at, c.serial from remote_registrations r join remote_accounts a using (user_id)
     left join remote_credentials c using (credential_id) order by (r.state = 'waiting') desc, r.made_at desc limit $1`, [SHOWN])
  const transactions = await sql.all(Transaction,
    `select t.response_id, a.full_name, a.user_id, t.title, t.documents, t.state, t.made_at, t.expires_at from remote_transactions t join remote_credentials c using (credential_id)
     join remote_accounts a using (user_id) order by (t.state = 'waiting' and t.expires_at > $2) desc, t.made_at desc limit $1`, [SHOWN, now.toISOString()])
  const open = (row: z.infer<typeof Transaction>): boolean => row.state === 'waiting' && row.expires_at > now
  const asks = [...transactions.filter(open).map(askToSign), ...registrations.filter(({ state }) => state === 'waiting').map(askToActivate)]
  const signed = transactions.filter((row) => !open(row)).map((row) =>
    html`<tr><td><span class="name">${row.full_name}</span><br><span class="t2">${row.title}</span></td><td>${badge(row.state === 'waiting' ? 'expired' : row.state)}</td><td class="num">${time(row.made_at)}</td></tr>`)
  const activated = registrations.filter(({ state }) => state !== 'waiting').map((row) =>
    html`<tr><td><span class="name">${row.full_name}</span><br><span class="t2">${row.serial === null ? '' : `Chứng thư ${row.serial}`}</span></td><td>${badge(row.state)}</td><td class="num">${time(row.made_at)}</td></tr>`)
  return page('Điện thoại của công dân (mô phỏng)', html`<div class="head"><h1>Điện thoại của công dân (mô phỏng)</h1><span class="quiet"><a href="/">Hồ sơ đã đến</a> · trang tự cập nhật</span></div>
<section class="phone">${asks.length === 0 ? html`<p class="empty">Không có yêu cầu nào đang chờ xác nhận.</p>` : asks}</section>
${history('Lần ký trước', signed)}${history('Tài khoản', activated)}`, 5)
}
