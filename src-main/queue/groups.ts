import type { QueueGroup } from '@contract/queue'

export type Group = Readonly<{
  code: QueueGroup
  /** As it stands on the kiosk. */
  name: string
  priority: boolean
  /** Which text says who belongs to the group; what the kiosk shows under the name. */
  source: string
  who: string
}>

/**
 * The law says who these people are; that they go first at the counter stands in the reception rules of the office, so a ward
 * may leave a group out (`groups` of the settings), but not add one without a source.
 */
export const GROUPS: readonly Group[] = [
  { code: 'ordinary', name: 'Người dân', priority: false, who: '', source: '' },
  { code: 'elderly', name: 'Người cao tuổi', priority: true, who: 'từ đủ 60 tuổi', source: 'Luật Người cao tuổi 39/2009/QH12, điều 2' },
  { code: 'disabled', name: 'Người khuyết tật nặng, đặc biệt nặng', priority: true, who: 'theo giấy xác nhận khuyết tật', source: 'Luật Người khuyết tật 51/2010/QH12, điều 3' },
  { code: 'pregnant', name: 'Phụ nữ mang thai', priority: true, who: '', source: 'nội quy tiếp nhận của đơn vị' },
  { code: 'merit', name: 'Người có công với cách mạng', priority: true, who: 'và thân nhân theo pháp lệnh', source: 'Pháp lệnh 02/2020/UBTVQH14, điều 3' },
  { code: 'small-child', name: 'Người đi cùng trẻ nhỏ', priority: true, who: 'trẻ dưới 6 tuổi', source: 'nội quy tiếp nhận của đơn vị' },
]

const PRIORITY: ReadonlySet<QueueGroup> = new Set(GROUPS.filter((group) => group.priority).map((group) => group.code))

export const isPriority = (code: QueueGroup): boolean => PRIORITY.has(code)

/** A kind of matter on the kiosk; its letter stands in the number. */
export type Kind = Readonly<{ letter: string; name: string }>

/** What a ward office is mostly asked for (fields of `domain.md` §5, gathered until they fit on one kiosk page). */
export const KINDS: readonly Kind[] = [
  { letter: 'A', name: 'Hộ tịch' },
  { letter: 'B', name: 'Chứng thực' },
  { letter: 'C', name: 'Đất đai, xây dựng' },
  { letter: 'D', name: 'Bảo trợ xã hội, người có công' },
  { letter: 'E', name: 'Hộ kinh doanh' },
  { letter: 'G', name: 'Nhận kết quả' },
  { letter: 'H', name: 'Việc khác' },
]
