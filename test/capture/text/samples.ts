import type { Content } from 'pdfmake/interfaces'

/** Lines of an invented extract: marks of every kind, capitals, numbers, dates. */
export const SENTENCES: readonly string[] = [
  'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  'Độc lập - Tự do - Hạnh phúc',
  'Ủy ban nhân dân phường Đội Cấn xác nhận những nội dung',
  'dưới đây là đúng với sổ đăng ký đang lưu giữ tại cơ quan.',
  'Họ, chữ đệm, tên: NGUYỄN THỊ NGỌC ÁNH',
  'Ngày, tháng, năm sinh: 15/08/2019',
  'Nơi sinh: Bệnh viện Phụ sản, phường Ngọc Khánh, Hà Nội',
  'Quê quán: xã Hoằng Phụ, huyện Hoằng Hóa, tỉnh Thanh Hóa',
  'Người thực hiện: chuyên viên tư pháp Trần Quốc Khởi',
]

export const TRUTH = SENTENCES.join(' ')
export const SENTENCE_PAGE = { width: 360, height: 290, content: SENTENCES.map((text): Content => ({ text, margin: [0, 1] })) } as const
