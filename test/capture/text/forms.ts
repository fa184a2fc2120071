import { lineOf } from '../../../src-main/capture/text/tsv'
import type { PageText, Word } from '../../../src-main/capture/text/types'

// Pages of words made by code: what an engine would give of a form, with the mistakes that are asked for.

const LETTER = 22
const HEIGHT = 40
const GAP = 60

/** A row: text from a place on; several of them stand side by side. A number of rows may be skipped by null. */
export type Row = string | readonly (readonly [x: number, text: string])[] | null

function wordsAt(x: number, y: number, text: string, confidence: number): Word[] {
  let at = x
  return text.split(' ').map((word) => {
    const width = word.length * LETTER
    const box = { x: at, y, width, height: HEIGHT }
    at += width + LETTER
    return { text: word, box, confidence }
  }).filter(({ text: word }) => word !== '')
}

/** A page of rows, as wide as A4 at 300 dpi. */
export function pageOf(rows: readonly Row[], confidence = 0.92): PageText {
  const lines = rows.flatMap((row, index) => {
    if (row === null) return []
    const parts = typeof row === 'string' ? [[200, row] as const] : row
    // Parts far from each other are lines of their own, as they are for an engine that sees columns.
    return parts.map(([x, text]) => lineOf(wordsAt(x, 200 + index * (HEIGHT + GAP / 2), text, confidence)))
  })
  return { width: 2480, height: 3508, dpi: 300, language: 'vie', engine: 'packaged', lines, text: lines.map(({ text }) => text).join('\n'), confidence }
}

export const BIRTH: readonly Row[] = [
  [[700, 'GIẤY KHAI SINH']],
  'Họ, chữ đệm, tên: NGUYỄN THỊ NGỌC ÁNH',
  'Ngày, tháng, năm sinh: 15/08/2019 ghi bằng chữ: Ngày mười lăm',
  [[200, 'Giới tính: Nữ'], [900, 'Dân tộc: Kinh'], [1_500, 'Quốc tịch: Việt Nam']],
  'Nơi sinh: Bệnh viện Phụ sản Hà Nội',
  'Quê quán: xã Hoằng Phụ, tỉnh Thanh Hóa',
  'Số định danh cá nhân: 001319012345',
  'Họ, chữ đệm, tên người mẹ: TRẦN THỊ HƯƠNG GIANG',
  [[200, 'Năm sinh: 1990'], [900, 'Dân tộc: Tày'], [1_500, 'Quốc tịch: Việt Nam']],
  'Nơi cư trú: số 27 ngõ 102 phố Đội Cấn, Hà Nội',
  'Họ, chữ đệm, tên người cha: NGUYỄN VĂN ĐỨC',
  [[200, 'Năm sinh: 1988'], [900, 'Dân tộc: Kinh'], [1_500, 'Quốc tịch: Việt Nam']],
  'Nơi cư trú: số 9 phố Kim Mã, Hà Nội',
  'Nơi đăng ký khai sinh: Ủy ban nhân dân phường Đội Cấn',
  'Ngày, tháng, năm đăng ký: 22/08/2019',
]

export const MARRIAGE: readonly Row[] = [
  [[700, 'TRÍCH LỤC KẾT HÔN (BẢN SAO)']],
  [[200, 'Họ, chữ đệm, tên chồng:'], [1_300, 'Họ, chữ đệm, tên vợ:']],
  [[200, 'LÊ MINH TUẤN'], [1_300, 'PHẠM THU HÀ']],
  [[200, 'Ngày, tháng, năm sinh: 02/03/1991'], [1_300, 'Ngày, tháng, năm sinh: 11/12/1993']],
  [[200, 'Dân tộc: Kinh'], [1_300, 'Dân tộc: Mường']],
  [[200, 'Quốc tịch: Việt Nam'], [1_300, 'Quốc tịch: Việt Nam']],
  'Nơi đăng ký kết hôn: Ủy ban nhân dân phường 5',
  'Ngày, tháng, năm đăng ký: ngày 20 tháng 11 năm 2020',
]

export const CT01: readonly Row[] = [
  [[600, 'TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ']],
  '1. Họ, chữ đệm và tên: VÕ HOÀNG YẾN',
  [[200, '2. Ngày, tháng, năm sinh: 05 / 07 / 1985'], [1_500, '3. Giới tính: Nữ']],
  '4. Số định danh cá nhân: 0 7 9 1 8 5 0 0 0 1 2 3',
  [[200, '5. Số điện thoại liên hệ: 0903 517 284'], [1_500, '6. Email: yen@example.vn']],
  [[200, '7. Họ, chữ đệm và tên chủ hộ: VÕ VĂN BÌNH'], [1_600, '8. Mối quan hệ với chủ hộ: Con']],
  '9. Số định danh cá nhân của chủ hộ: 079055000456',
  '10. Nội dung đề nghị(2): đăng ký thường trú',
]

export const MARITAL: readonly Row[] = [
  [[600, 'TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN']],
  'Họ, chữ đệm, tên người yêu cầu: ĐỖ THỊ LAN',
  'Nơi cư trú: 12 Lê Lợi, phường Bến Nghé',
  'Giấy tờ tùy thân: CCCD số 079180001111 cấp ngày 01/02/2021',
  'Họ, chữ đệm, tên: ĐỖ QUANG HUY',
  'Ngày, tháng, năm sinh: 09-10-1998',
  [[200, 'Giới tính: Nam'], [900, 'Dân tộc: Kinh'], [1_500, 'Quốc tịch: Việt Nam']],
  'Tình trạng hôn nhân: chưa đăng ký kết hôn với ai',
  'Mục đích yêu cầu cấp Giấy xác nhận tình trạng hôn nhân: mua nhà',
]

export const MARITAL_CERTIFICATE: readonly Row[] = [
  [[600, 'GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN']],
  'Họ, chữ đệm, tên: ĐỖ QUANG HUY',
  'Ngày, tháng, năm sinh: 09/10/1998',
  [[200, 'Giới tính: Nam'], [900, 'Dân tộc: Kinh'], [1_500, 'Quốc tịch: Việt Nam']],
  'Nơi cư trú: 12 Lê Lợi, phường Bến Nghé',
  'Tình trạng hôn nhân: chưa đăng ký kết hôn với ai',
  'Giấy này được cấp để: bổ túc hồ sơ mua nhà',
]

export const DEATH: readonly Row[] = [
  [[700, 'TRÍCH LỤC KHAI TỬ']],
  'Họ, chữ đệm, tên: HUỲNH VĂN SÁU',
  'Ngày, tháng, năm sinh: 01/01/1940',
  [[200, 'Giới tính: Nam'], [900, 'Dân tộc: Kinh'], [1_500, 'Quốc tịch: Việt Nam']],
  'Đã chết vào lúc: 03 giờ 20 phút ngày 04 tháng 6 năm 2024',
  'Nơi chết: tại nhà riêng, ấp 3',
  'Nơi đăng ký khai tử: Ủy ban nhân dân xã An Phú',
]

export const CARD: readonly Row[] = [
  [[900, 'CĂN CƯỚC CÔNG DÂN']],
  'Số / No.: 079199001234',
  'Họ và tên / Full name:',
  'NGUYỄN VĂN AN',
  'Ngày sinh / Date of birth: 15/06/1999',
  [[200, 'Giới tính / Sex: Nam'], [1_300, 'Quốc tịch / Nationality: Việt Nam']],
  'Quê quán / Place of origin:',
  'Hòa Xuân, Cẩm Lệ, Đà Nẵng',
]
