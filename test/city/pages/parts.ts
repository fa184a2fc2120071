import { html, type Html } from './html'

const STATES: Readonly<Record<number, readonly [string, string]>> = {
  1: ['Mới đăng ký', 'info'], 2: ['Được tiếp nhận', 'ok'], 3: ['Không được tiếp nhận', 'idle'], 4: ['Đang xử lý', 'idle'],
  5: ['Yêu cầu bổ sung giấy tờ', 'warn'], 6: ['Yêu cầu nghĩa vụ tài chính', 'warn'], 7: ['Công dân yêu cầu rút', 'line'],
  8: ['Dừng xử lý', 'line'], 9: ['Đã xử lý xong', 'info'], 10: ['Đã trả kết quả', 'ok'],
}

/** The badge of a dossier state 1–10. */
export function stateBadge(state: number): Html {
  const [word, tint] = STATES[state] ?? [String(state), 'line']
  return html`<span class="badge ${tint}">${word}</span>`
}

const TIME = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false,
})

/** `23/11/2026 09:41:07` in the city's time. */
export function time(at: Date): string {
  const parts = new Map(TIME.formatToParts(at).map((part) => [part.type, part.value]))
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  return `${of('day')}/${of('month')}/${of('year')} ${of('hour')}:${of('minute')}:${of('second')}`
}

/** `412 kB`, `3,1 MB`. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`
  if (size < 1_000_000) return `${Math.round(size / 1000)} kB`
  return `${(size / 1_000_000).toFixed(1).replace('.', ',')} MB`
}

/** `079 192 ••• 617`: enough to compare with the card in hand, not enough to copy. */
export function maskedId(idNumber: string): string {
  return idNumber.length === 12 ? `${idNumber.slice(0, 3)} ${idNumber.slice(3, 6)} ••• ${idNumber.slice(9)}` : `••• ••• ${idNumber.slice(-3)}`
}

/** A whole page; reloads itself every `refresh` seconds. */
export function page(title: string, main: Html, refresh: number): string {
  return html`<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="${refresh}">
<title>${title}</title><link rel="stylesheet" href="/city.css"></head>
<body><header><div class="mark" aria-hidden="true">TP</div><p>Hệ thống giải quyết thủ tục hành chính <span class="who">TP. Hồ Chí Minh</span></p>
<span class="sim">Hệ thống thành phố tham chiếu – mô phỏng, dùng để thử</span></header>
<main>${main}</main></body></html>
`.html
}
