import type { Sex } from '../../../src-preload/contract/person'

/** People who do not exist, on cards that practice mode offers. */
export type Invented = Readonly<{
  folder: string
  name: string
  about: string
  fullName: string
  idNumber: string
  birthDate: string
  sex: Sex
  issuedAt: string
  expiresAt: string | null
  residence: string
  origin: string
  father: string
  mother: string
  spouse?: string
  oldIdNumber?: string
  marks: string
  face: 'anh.jp2' | 'anh.jpg' | 'phuoc.jpg' | 'khang.jp2'
  /** How the chip is opened and proves itself. */
  kind: 'bac-active' | 'pace-chip' | 'pace-cam'
  fault?: 'changed' | 'copied'
}>

export const PEOPLE: readonly Invented[] = [
  {
    folder: '1-dang-thi-ngoc-anh', name: 'Đặng Thị Ngọc Ánh', about: 'Thẻ căn cước 2024, mở bằng PACE, chip tự chứng minh (CA)',
    fullName: 'Đặng Thị Ngọc Ánh', idNumber: '079192004617', birthDate: '1992-03-14', sex: 'female', issuedAt: '2024-07-01', expiresAt: '2032-03-14',
    residence: '27/4 đường Bàu Tràm, phường Tân Mỹ Hưng, TP. Hồ Chí Minh', origin: 'Phường Tân Mỹ Hưng, TP. Hồ Chí Minh', father: 'Đặng Văn Lợi', mother: 'Lê Thị Mỹ',
    marks: 'Nốt ruồi cách 1,5 cm dưới sau mép phải', face: 'anh.jp2', kind: 'pace-chip',
  },
  {
    folder: '2-tran-huu-phuoc', name: 'Trần Hữu Phước', about: 'CCCD gắn chip 2021, chỉ có BAC, chip tự chứng minh (AA)',
    fullName: 'Trần Hữu Phước', idNumber: '079088000154', birthDate: '1988-09-02', sex: 'male', issuedAt: '2023-08-15', expiresAt: '2028-09-02',
    residence: '112 đường Rạch Lá, phường Tân Mỹ Hưng, TP. Hồ Chí Minh', origin: 'Xã An Thới Đông, TP. Hồ Chí Minh', father: 'Trần Hữu Nghĩa', mother: 'Phan Thị Sáu',
    oldIdNumber: '024183556', marks: 'Sẹo chấm cách 2 cm trên đầu mày trái', face: 'phuoc.jpg', kind: 'bac-active',
  },
  {
    folder: '3-lam-van-khang', name: 'Lâm Văn Khang', about: 'Thẻ không thời hạn, PACE có chứng minh chip (CAM)',
    fullName: 'Lâm Văn Khang', idNumber: '079054001238', birthDate: '1954-11-20', sex: 'male', issuedAt: '2022-04-18', expiresAt: null,
    residence: '5 hẻm 41 đường Cầu Ván, phường Tân Mỹ Hưng, TP. Hồ Chí Minh', origin: 'Xã Bình Khánh, TP. Hồ Chí Minh', father: 'Lâm Văn Tư', mother: 'Võ Thị Hai', spouse: 'Đỗ Thị Lành',
    oldIdNumber: '020417733', marks: 'Nếp nhăn sâu giữa trán', face: 'khang.jp2', kind: 'pace-cam',
  },
  {
    folder: '4-phan-thi-thu-ha', name: 'Phan Thị Thu Hà', about: 'Thẻ đã hết hạn 10/05/2026',
    fullName: 'Phan Thị Thu Hà', idNumber: '079301004512', birthDate: '2001-05-10', sex: 'female', issuedAt: '2021-06-01', expiresAt: '2026-05-10',
    residence: '88 đường Gò Sao, phường Tân Mỹ Hưng, TP. Hồ Chí Minh', origin: 'Phường Tân Mỹ Hưng, TP. Hồ Chí Minh', father: 'Phan Văn Tấn', mother: 'Huỳnh Thị Bé',
    marks: 'Nốt ruồi trên cánh mũi trái', face: 'anh.jpg', kind: 'bac-active',
  },
  {
    folder: '5-vo-minh-tam', name: 'Võ Minh Tâm', about: 'Nội dung chip đã bị đổi sau khi ký (bài tập nhận biết)',
    fullName: 'Võ Minh Tâm', idNumber: '079079003321', birthDate: '1979-12-05', sex: 'male', issuedAt: '2021-09-09', expiresAt: '2039-12-05',
    residence: '301 đường Kênh Nước Đen, phường Tân Mỹ Hưng, TP. Hồ Chí Minh', origin: 'Xã Lý Nhơn, TP. Hồ Chí Minh', father: 'Võ Văn Ba', mother: 'Trương Thị Năm',
    marks: 'Sẹo dài 1 cm dưới cằm', face: 'phuoc.jpg', kind: 'pace-chip', fault: 'changed',
  },
  {
    folder: '6-huynh-kim-chi', name: 'Huỳnh Kim Chi', about: 'Chip sao chép: dữ liệu đúng nhưng chip không chứng minh được (bài tập nhận biết)',
    fullName: 'Huỳnh Kim Chi', idNumber: '079185002204', birthDate: '1985-02-27', sex: 'female', issuedAt: '2022-10-03', expiresAt: '2045-02-27',
    residence: '14 đường Sông Lu, phường Tân Mỹ Hưng, TP. Hồ Chí Minh', origin: 'Phường Tân Mỹ Hưng, TP. Hồ Chí Minh', father: 'Huỳnh Văn Sang', mother: 'Ngô Thị Lụa',
    marks: 'Nốt ruồi dưới mắt phải', face: 'anh.jpg', kind: 'pace-chip', fault: 'copied',
  },
]
