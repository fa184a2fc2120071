import { z } from 'zod'
import { first, type Sql } from '../db'
import { Sha256, documentsOf, type PayloadDossier, type SubmissionPayload } from '../payload'
import { readStored } from './arrivals'
import { html, type Html } from './html'
import { bytes, maskedId, page, stateBadge, time } from './parts'

const DossierRow = z.object({ dossier_id: z.string(), code: z.string(), agency_code: z.string(), current_submission: z.string().nullable() })
const VersionRow = z.object({
  submission_id: z.string(), dossier_version: z.number(), applied: z.boolean(), payload: z.instanceof(Uint8Array), payload_sha256: z.string(),
  receipt_number: z.string(), received_at: z.date(), counter: z.string(),
})
type VersionRow = z.infer<typeof VersionRow>
const StatusRow = z.object({ state: z.number(), at: z.date(), note: z.string().nullable(), by_whom: z.string().nullable() })

interface Found {
  readonly code: string
  readonly agency: string
  readonly current: SubmissionPayload
  readonly versions: readonly VersionRow[]
  readonly statuses: readonly z.infer<typeof StatusRow>[]
}

/** A dossier with all that came for it, or undefined. */
async function findDossier(sql: Sql, code: string): Promise<Found | undefined> {
  const dossier = await first(sql, DossierRow, 'select dossier_id, code, agency_code, current_submission from dossiers where code = $1', [code])
  if (!dossier) return undefined
  const versions = await sql.all(VersionRow,
    `select s.submission_id, s.dossier_version, s.applied, s.payload, s.payload_sha256, a.receipt_number, a.received_at, s.counter
     from submissions s join acknowledgements a using (submission_id) where s.dossier_id = $1 order by s.dossier_version desc`, [dossier.dossier_id])
  const current = versions.find((version) => version.submission_id === dossier.current_submission)
  if (!current) return undefined
  const statuses = await sql.all(StatusRow, 'select state, at, note, by_whom from statuses where dossier_id = $1 order by sequence', [dossier.dossier_id])
  return { code: dossier.code, agency: dossier.agency_code, current: readStored(current.payload), versions, statuses }
}

function facts(found: Found): Html {
  const { dossier } = found.current
  const list: [string, string][] = [
    ['Người nộp', dossier.applicant.fullName], ['Số định danh', dossier.applicant.idNumber ? maskedId(dossier.applicant.idNumber) : 'chưa ghi'],
    ['Tiếp nhận lúc', time(new Date(dossier.receivedAt))], ['Hẹn trả', dossier.dueAt ? time(new Date(dossier.dueAt)) : 'chưa hẹn'],
    ['Quầy và cán bộ', `${dossier.counter} · ${found.current.officer.name}`],
    ['Phí, lệ phí', `${new Intl.NumberFormat('vi-VN').format(dossier.fee.total)} đ${dossier.fee.paid ? ' · đã thu' : ''}`],
  ]
  return html`<section class="card"><dl class="facts">${list.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`
}

const HOW = { owner: 'chủ hồ sơ nhận', authorised: 'người được ủy quyền nhận', post: 'gửi bưu chính' } as const

function result({ result }: PayloadDossier): Html {
  if (!result) return html``
  const list: [string, string][] = [
    ['Người nhận', `${result.name} · ${HOW[result.how]}`], ['Lúc', time(new Date(result.at))],
    ...(result.authority ? [['Giấy ủy quyền', result.authority] satisfies [string, string]] : []), ...(result.tracking ? [['Số vận đơn', result.tracking] satisfies [string, string]] : []),
  ]
  return html`<section class="card"><h2>Đã trả kết quả</h2><dl class="facts">${list.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`
}

const METHODS = { cash: 'tiền mặt', transfer: 'chuyển khoản', exempt: 'được miễn' } as const

function payments({ payments }: PayloadDossier): Html {
  if (!payments || payments.length === 0) return html``
  return html`<section class="card"><h2>Các khoản thu</h2><table><thead><tr><th>Số phiếu</th><th>Lúc</th><th>Hình thức</th><th class="num">Số tiền</th><th>Ghi chú</th></tr></thead><tbody>${payments.map(
    (payment) => html`<tr><td class="code">${payment.number}</td><td class="code">${time(new Date(payment.at))}</td><td>${METHODS[payment.method]}</td><td class="num">${new Intl.NumberFormat('vi-VN').format(payment.amount)} đ</td><td class="t2">${payment.voidedAt ? `đã hủy lúc ${time(new Date(payment.voidedAt))}` : payment.ground ?? ''}</td></tr>`,
  )}</tbody></table></section>`
}

const FORMS = { 'mau-02': 'Yêu cầu bổ sung', 'mau-03': 'Từ chối', 'mau-04': 'Xin lỗi, hẹn lại', 'mau-05': 'Dừng giải quyết', 'mau-06': 'Phiếu kiểm soát' } as const
const STANDING = { early: 'trước hạn', 'on-time': 'đúng hạn', overdue: 'quá hạn' } as const

function forms({ forms }: PayloadDossier): Html {
  if (!forms || forms.length === 0) return html``
  return html`<section class="card"><h2>Biểu mẫu đã lập</h2><table><thead><tr><th>Số</th><th>Biểu mẫu</th><th>Lúc</th><th>Người lập</th><th>Người ký</th></tr></thead><tbody>${forms.map(
    (form) => html`<tr><td class="code">${form.number}</td><td>${FORMS[form.form]}</td><td class="code">${time(new Date(form.at))}</td><td>${form.officer}</td><td>${form.signerName ?? ''}</td></tr>`,
  )}</tbody></table></section>`
}

function reasons({ supplements, refusal, extension, stop }: PayloadDossier): Html {
  const rows: [string, string, string][] = [
    ...(supplements ?? []).map((asked): [string, string, string] => [
      `Bổ sung lần ${asked.ordinal}`, time(new Date(asked.askedAt)), `${asked.items.map(({ name }) => name).join('; ')}. ${asked.reason}${asked.completedAt ? ` · nhận đủ ${time(new Date(asked.completedAt))}` : ''}`]),
    ...(refusal ? [['Từ chối', time(new Date(refusal.at)), [...refusal.grounds.map(({ text }) => text), refusal.detail].join(' ')] satisfies [string, string, string]] : []),
    ...(extension ? [['Hẹn lại', time(new Date(extension.at)), `${time(new Date(extension.previousDueAt))} → ${time(new Date(extension.dueAt))}. ${extension.reason}`] satisfies [string, string, string]] : []),
    ...(stop ? [['Dừng', time(new Date(stop.at)), `${stop.ground.text} ${stop.money}. ${stop.detail}`] satisfies [string, string, string]] : []),
  ]
  if (rows.length === 0) return html``
  return html`<section class="card"><h2>Lý do</h2><table><thead><tr><th>Việc</th><th>Lúc</th><th>Nội dung</th></tr></thead><tbody>${rows.map(
    ([what, at, words]) => html`<tr><td>${what}</td><td class="code">${at}</td><td class="t2">${words}</td></tr>`,
  )}</tbody></table></section>`
}

function handovers({ handovers }: PayloadDossier): Html {
  if (!handovers || handovers.length === 0) return html``
  return html`<section class="card"><h2>Giao nhận</h2><table><thead><tr><th>Lúc</th><th>Từ</th><th>Đến</th><th>Người giao, người nhận</th><th>Kết quả</th></tr></thead><tbody>${handovers.map(
    (hand) => html`<tr><td class="code">${time(new Date(hand.at))}</td><td>${hand.from}</td><td>${hand.to}</td><td>${hand.giver} → ${hand.receiver}</td><td>${hand.standing ? STANDING[hand.standing] : ''}</td></tr>`,
  )}</tbody></table></section>`
}

function timeline(dossier: PayloadDossier, statuses: Found['statuses']): Html {
  const counter = dossier.timeline.map((entry) => ({ state: entry.state, at: new Date(entry.at), by: entry.by, note: entry.note ?? '', origin: 'quầy' }))
  const city = statuses.map((entry) => ({ state: entry.state, at: entry.at, by: entry.by_whom ?? '', note: entry.note ?? '', origin: 'thành phố' }))
  const all = [...counter, ...city].sort((a, b) => a.at.getTime() - b.at.getTime())
  return html`<section class="card"><h2>Diễn biến</h2><table><thead><tr><th>Lúc</th><th>Trạng thái</th><th>Nơi ghi</th><th>Người ghi</th><th>Ghi chú</th></tr></thead><tbody>${all.map(
    (entry) => html`<tr><td class="code">${time(entry.at)}</td><td>${stateBadge(entry.state)}</td><td>${entry.origin}</td><td>${entry.by}</td><td class="t2">${entry.note}</td></tr>`,
  )}</tbody></table></section>`
}

function documents(found: Found): Html {
  const rows = found.current.dossier.components.flatMap((component) => component.documents.map((document) => html`<tr><td>${component.name}</td>
<td><a href="/dossiers/${encodeURIComponent(found.code)}/documents/${document.sha256}">${document.name}</a></td><td>${document.mediaType}</td><td class="num">${bytes(document.size)}</td><td class="mono">${document.sha256}</td></tr>`))
  return html`<section class="card"><h2>Tài liệu</h2>${rows.length === 0 ? html`<p class="empty">Hồ sơ không có tài liệu kèm theo.</p>` : html`<table><thead><tr><th>Thành phần</th><th>Tài liệu</th><th>Loại</th><th class="num">Độ lớn</th><th>SHA-256 đã kiểm</th></tr></thead><tbody>${rows}</tbody></table>`}</section>`
}

function versions(list: readonly VersionRow[]): Html {
  return html`<section class="card"><h2>Các bản đã đến</h2><table><thead><tr><th>Bản</th><th>Biên nhận</th><th>Thành phố nhận lúc</th><th>Khóa gửi</th><th>SHA-256 của nội dung</th></tr></thead><tbody>${list.map(
    (version) => html`<tr><td>${version.dossier_version}${version.applied ? '' : html` <span class="badge line">đến sau, không thay bản mới</span>`}</td><td class="code">${version.receipt_number}</td><td class="code">${time(version.received_at)}</td><td class="mono">${version.submission_id}</td><td class="mono">${version.payload_sha256}</td></tr>`,
  )}</tbody></table></section>`
}

/** One dossier: facts, timeline, documents, versions; undefined when there is none of that code. */
export async function dossierPage(sql: Sql, code: string): Promise<string | undefined> {
  const found = await findDossier(sql, code)
  if (!found) return undefined
  const { dossier } = found.current
  const state = found.statuses.at(-1)?.state ?? dossier.state
  return page(`Hồ sơ ${found.code}`, html`<p><a href="/">Hồ sơ đã đến</a></p>
<div class="head"><h1>${found.code}</h1>${stateBadge(state)}<span>${dossier.procedure.name}</span><span class="quiet">${dossier.procedure.code} · ${found.agency}</span></div>
${facts(found)}${result(dossier)}${payments(dossier)}${forms(dossier)}${reasons(dossier)}${handovers(dossier)}${timeline(dossier, found.statuses)}${documents(found)}${versions(found.versions)}`, 10)
}

const MediaRow = z.object({ media_type: z.string(), size: z.coerce.number() })

/** Type and size of a document that belongs to the current version of a dossier. */
export async function dossierDocument(sql: Sql, code: string, sha256: string): Promise<z.infer<typeof MediaRow> | undefined> {
  const found = Sha256.safeParse(sha256).success ? await findDossier(sql, code) : undefined
  if (!found || !documentsOf(found.current).some((document) => document.sha256 === sha256)) return undefined
  return first(sql, MediaRow, 'select media_type, size from documents where agency_code = $1 and sha256 = $2', [found.agency, sha256])
}
