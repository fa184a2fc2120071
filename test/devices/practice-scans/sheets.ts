import type { Content } from 'pdfmake/interfaces.js'
import { separatorText } from '../../../src-preload/contract/codes'
import { qrCode } from '../../../src-main/paperwork/codes'

/** Sheets that nobody has signed about people who do not exist, as the pile of practice mode's scanner has them. */
export type Sheet = Readonly<{
  file: string
  content: readonly Content[]
  /** Degrees clockwise by which it lies askew. */
  leans: number
  seal: Readonly<{ x: number; y: number }> | null
  /** As scanners of an office send it. */
  as: 'colour' | 'grey' | 'black'
}>

const HEAD: Content[] = [
  { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', bold: true, alignment: 'center' },
  { text: 'Độc lập - Tự do - Hạnh phúc', bold: true, alignment: 'center', decoration: 'underline', margin: [0, 0, 0, 16] },
]
const title = (text: string): Content => ({ text, bold: true, fontSize: 16, alignment: 'center', margin: [0, 6, 0, 14] })
const line = (text: string): Content => ({ text, margin: [0, 0, 0, 9] })
const pair = (...texts: string[]): Content => ({ columns: texts.map((text) => ({ text })), margin: [0, 0, 0, 9] })
const signed = (place: string, by: string, name: string): Content => ({
  stack: [{ text: place, italics: true }, { text: by, bold: true, margin: [0, 4, 0, 60] }, { text: name, bold: true }], alignment: 'center', margin: [230, 20, 0, 0],
})
const PRACTICE: Content = { text: 'Giấy tờ giả lập để thực hành – không có giá trị pháp lý', fontSize: 9, italics: true, alignment: 'center', margin: [0, 26, 0, 0] }
const PLACE = 'phường Tân Mỹ Hưng, Thành phố Hồ Chí Minh'

export const SHEETS: readonly Sheet[] = [
  {
    file: '1-to-khai.jpg', leans: 0, seal: null, as: 'grey',
    content: [
      ...HEAD, title('TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN'), { text: `Kính gửi: Ủy ban nhân dân ${PLACE}`, alignment: 'center', margin: [0, 0, 0, 12] },
      line('Họ, chữ đệm, tên người yêu cầu: ĐẶNG THỊ NGỌC ÁNH'), line(`Nơi cư trú: 27/4 đường Bàu Tràm, ${PLACE}`),
      line('Giấy tờ tùy thân: Căn cước số 079192004617 cấp ngày 01/07/2024'), line('Quan hệ với người được cấp Giấy xác nhận: bản thân'),
      { text: 'Đề nghị cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây:', bold: true, margin: [0, 8, 0, 10] },
      line('Họ, chữ đệm, tên: ĐẶNG THỊ NGỌC ÁNH'), line('Ngày, tháng, năm sinh: 14/03/1992'), pair('Giới tính: Nữ', 'Dân tộc: Kinh', 'Quốc tịch: Việt Nam'),
      line('Tình trạng hôn nhân: chưa đăng ký kết hôn với ai'), line('Mục đích yêu cầu cấp Giấy xác nhận tình trạng hôn nhân: vay vốn ngân hàng'),
      { text: 'Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về lời khai của mình.', margin: [0, 8, 0, 0] },
      signed('Tân Mỹ Hưng, ngày 23 tháng 11 năm 2026', 'Người yêu cầu', 'Đặng Thị Ngọc Ánh'), PRACTICE,
    ],
  },
  { file: '2-mat-sau-trang.jpg', leans: 0, seal: null, as: 'grey', content: [] },
  {
    file: '3-to-phan-cach.tif', leans: 0, seal: null, as: 'black',
    content: [
      { text: 'TỜ PHÂN CÁCH', bold: true, fontSize: 30, alignment: 'center', margin: [0, 90, 0, 20] },
      { text: 'Giấy tờ sau tờ này thuộc thành phần hồ sơ tiếp theo', fontSize: 15, alignment: 'center', margin: [0, 0, 0, 40] },
      { svg: qrCode(separatorText(null), 200).svg, width: 200, alignment: 'center' },
    ],
  },
  {
    file: '4-trich-luc-ket-hon.jpg', leans: 1.4, seal: { x: 0.58, y: 0.51 }, as: 'colour',
    content: [
      ...HEAD, title('TRÍCH LỤC KẾT HÔN (BẢN SAO)'),
      pair('Họ, chữ đệm, tên chồng:', 'Họ, chữ đệm, tên vợ:'), pair('TRẦN HỮU PHƯỚC', 'HUỲNH KIM CHI'),
      pair('Ngày, tháng, năm sinh: 02/09/1988', 'Ngày, tháng, năm sinh: 11/12/1990'), pair('Dân tộc: Kinh', 'Dân tộc: Kinh'), pair('Quốc tịch: Việt Nam', 'Quốc tịch: Việt Nam'),
      pair('Nơi cư trú: 112 đường Rạch Lá', 'Nơi cư trú: 8 đường Cây Bàng'),
      line(`Nơi đăng ký kết hôn: Ủy ban nhân dân ${PLACE}`), line('Ngày, tháng, năm đăng ký: ngày 20 tháng 11 năm 2015'), line('Thực hiện trích lục từ: Sổ đăng ký kết hôn số 41/2015'),
      signed('Tân Mỹ Hưng, ngày 05 tháng 10 năm 2026', 'KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH', 'Ngô Thị Bảo Trâm'), PRACTICE,
    ],
  },
  {
    file: '5-to-khai-cu-tru.jpg', leans: -0.8, seal: null, as: 'grey',
    content: [
      { text: 'Mẫu CT01', alignment: 'right', italics: true }, ...HEAD, title('TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ'), { text: `Kính gửi: Công an ${PLACE}`, alignment: 'center', margin: [0, 0, 0, 12] },
      line('1. Họ, chữ đệm và tên: VÕ MINH TÂM'), pair('2. Ngày, tháng, năm sinh: 05/07/1985', '3. Giới tính: Nam'), line('4. Số định danh cá nhân: 0 7 9 0 8 5 0 0 0 1 2 3'),
      pair('5. Số điện thoại liên hệ: 0900 000 185', '6. Email: tam@example.vn'), pair('7. Họ, chữ đệm và tên chủ hộ: VÕ VĂN BÌNH', '8. Mối quan hệ với chủ hộ: Con'),
      line('9. Số định danh cá nhân của chủ hộ: 079055000456'), line('10. Nội dung đề nghị: đăng ký thường trú tại 3 đường Bàu Tràm'),
      signed('Tân Mỹ Hưng, ngày 21 tháng 11 năm 2026', 'Người kê khai', 'Võ Minh Tâm'), PRACTICE,
    ],
  },
  {
    file: '6-to-khai-cu-tru-mat-sau.jpg', leans: 0.5, seal: null, as: 'grey',
    content: [
      { text: '11. Những thành viên trong hộ gia đình cùng thay đổi:', margin: [0, 20, 0, 10] },
      { table: { widths: [24, '*', 80, 60, 110], body: [['TT', 'Họ, chữ đệm và tên', 'Ngày sinh', 'Giới tính', 'Số định danh'], ['1', 'Võ Gia Bảo', '12/02/2014', 'Nam', '079214000777'], ['2', 'Lê Thu Ngân', '30/08/1987', 'Nữ', '079187000321'], ['', ' ', '', '', '']] } },
      { text: 'Ý KIẾN CỦA CHỦ HỘ: đồng ý cho đăng ký thường trú', margin: [0, 24, 0, 60] },
      { text: 'Ý KIẾN CỦA CHỦ SỞ HỮU CHỖ Ở HỢP PHÁP: đồng ý', margin: [0, 0, 0, 60] }, PRACTICE,
    ],
  },
]
