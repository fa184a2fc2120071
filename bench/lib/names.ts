/** Family names with their share of the population in thousandths (rounded); together less than all, the rest is spread evenly. */
const FAMILIES: readonly (readonly [string, number])[] = [
  ['Nguyễn', 384], ['Trần', 121], ['Lê', 95], ['Phạm', 70], ['Hoàng', 31], ['Huỳnh', 20], ['Phan', 45], ['Vũ', 24], ['Võ', 15], ['Đặng', 21], ['Bùi', 20], ['Đỗ', 14],
  ['Hồ', 13], ['Ngô', 13], ['Dương', 10], ['Lý', 5], ['Đinh', 10], ['Trịnh', 8], ['Đoàn', 8], ['Mai', 8], ['Lương', 8], ['Tô', 5], ['Châu', 4], ['Thái', 4], ['Tạ', 4],
  ['Phùng', 4], ['Vương', 4], ['Lâm', 6], ['Quách', 3], ['Ông', 1], ['Ưng', 1], ['Kiều', 3], ['Cao', 7], ['Hà', 6], ['La', 2], ['Từ', 2], ['Triệu', 3],
]
const MIDDLES: Readonly<Record<'male' | 'female', readonly string[]>> = {
  male: ['Văn', 'Văn', 'Văn', 'Hữu', 'Đức', 'Minh', 'Quốc', 'Xuân', 'Công', 'Thành', 'Hoàng', 'Anh', 'Ngọc', 'Gia', 'Nhật', 'Trung', 'Đình', 'Bá', 'Quang', 'Thanh', 'Duy', 'Tấn', 'Phước', 'Chí'],
  female: ['Thị', 'Thị', 'Thị', 'Thị Ngọc', 'Thị Mỹ', 'Thị Thu', 'Thị Kim', 'Thị Thanh', 'Ngọc', 'Thanh', 'Phương', 'Minh', 'Bảo', 'Khánh', 'Diệu', 'Hồng', 'Kim', 'Mỹ', 'Quỳnh', 'Thùy'],
}
const GIVEN: Readonly<Record<'male' | 'female', readonly string[]>> = {
  male: [
    'An', 'Anh', 'Bảo', 'Bình', 'Cường', 'Chiến', 'Dũng', 'Duy', 'Đạt', 'Đông', 'Đức', 'Giang', 'Hải', 'Hào', 'Hiếu', 'Hoàng', 'Hùng', 'Huy', 'Hưng', 'Khang', 'Khánh', 'Khoa', 'Khôi',
    'Kiên', 'Lâm', 'Long', 'Lộc', 'Luân', 'Mạnh', 'Minh', 'Nam', 'Nghĩa', 'Nhân', 'Phát', 'Phong', 'Phú', 'Phúc', 'Quân', 'Quang', 'Quý', 'Sang', 'Sơn', 'Tài', 'Tâm', 'Tân', 'Thái',
    'Thành', 'Thắng', 'Thiện', 'Thịnh', 'Thông', 'Tiến', 'Toàn', 'Trí', 'Trung', 'Trường', 'Tuấn', 'Tùng', 'Vinh', 'Việt', 'Vũ', 'Vương',
  ],
  female: [
    'Ái', 'An', 'Anh', 'Ánh', 'Bích', 'Châu', 'Chi', 'Cúc', 'Diễm', 'Diệp', 'Dung', 'Duyên', 'Đào', 'Giang', 'Hà', 'Hạnh', 'Hằng', 'Hân', 'Hiền', 'Hoa', 'Hòa', 'Hồng', 'Huệ', 'Hương',
    'Huyền', 'Khánh', 'Lan', 'Lệ', 'Liên', 'Linh', 'Loan', 'Ly', 'Mai', 'Minh', 'My', 'Nga', 'Ngân', 'Nghi', 'Ngọc', 'Nguyệt', 'Nhi', 'Nhung', 'Như', 'Oanh', 'Phương', 'Phượng', 'Quyên',
    'Quỳnh', 'Tâm', 'Thanh', 'Thảo', 'Thắm', 'Thơ', 'Thu', 'Thủy', 'Thư', 'Tiên', 'Trang', 'Trâm', 'Trinh', 'Trúc', 'Tuyết', 'Uyên', 'Vân', 'Vy', 'Xuân', 'Yến',
  ],
}

const pick = <T>(list: readonly T[], random: () => number): T => {
  const found = list[Math.floor(random() * list.length)]
  if (found === undefined) throw new RangeError('an empty list')
  return found
}

function family(random: () => number): string {
  let left = random() * 1000
  for (const [name, share] of FAMILIES) if ((left -= share) < 0) return name
  return pick(FAMILIES, random)[0]
}

export type InventedPerson = Readonly<{ fullName: string; sex: 'male' | 'female'; idNumber: string; birthDate: string; phone: string }>

const digits = (count: number, random: () => number): string => Array.from({ length: count }, () => Math.floor(random() * 10)).join('')
const two = (value: number): string => String(value).padStart(2, '0')

/** An invented person with names as frequent as in the country, an ID number of the right form and a phone in a range nobody has. */
export function inventPerson(random: () => number): InventedPerson {
  const sex = random() < 0.5 ? 'male' : 'female'
  const year = 1940 + Math.floor(random() * 68)
  const province = pick(['079', '079', '079', '074', '075', '001', '036', '038', '082', '092'], random)
  const century = (year < 2000 ? 0 : 2) + (sex === 'male' ? 0 : 1)
  return {
    sex,
    fullName: `${family(random)} ${pick(MIDDLES[sex], random)} ${pick(GIVEN[sex], random)}`,
    idNumber: `${province}${century}${two(year % 100)}${digits(6, random)}`,
    birthDate: `${year}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`,
    phone: `0${pick(['300', '310', '320', '330'], random)}${digits(6, random)}`,
  }
}
