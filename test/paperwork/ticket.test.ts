import { describe, expect, it } from 'vitest'
import { createPaperwork, type TicketData } from '../../src-main/paperwork'
import { codesByZbar, extentOf, fontsOf, infoOf, qpdfCheck, RESOURCES, textOf } from './pdf-tools'

const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
const MARK = 'MOTCUA:SO:1:0199A3F4-7C11-7D3E-9A55-0C2F6B1D88A1:B042:K7QX2M'
const MM = 72 / 25.4

const ticket = (change: Partial<TicketData> = {}): Promise<Uint8Array> => paperwork.ticket({
  ward: 'UBND phường Ví Dụ', unit: 'Trung tâm Phục vụ hành chính công', label: 'B042', kind: 'Chứng thực', group: null,
  givenAt: '2026-11-23T02:46:00.000Z', ahead: 3, qr: MARK, practice: false, ...change,
})

function pageOf(pdf: Uint8Array): { width: number; height: number; pages: number } {
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/u.exec(infoOf(pdf)) ?? []
  return { width: Number(width) / MM, height: Number(height) / MM, pages: Number(/Pages:\s+(\d+)/u.exec(infoOf(pdf))?.[1]) }
}

describe('a ticket of the queue', () => {
  it('says where, which number, for what, when, and how many go first', async () => {
    const text = textOf(await ticket())
    for (const words of ['UBND phường Ví Dụ', 'Trung tâm Phục vụ hành chính công', 'B042', 'Chứng thực', 'Còn 3 người chờ trước', '09:46', '23/11/2026', 'Giữ phiếu này; mất lượt thì quét lại ở máy lấy số.']) expect(text).toContain(words)
    expect(text).not.toContain('Ưu tiên')
    expect(text).not.toContain('THỰC HÀNH')
  })

  it('is one page of a roll of 80 mm, with nothing beside the 72 mm of the head', async () => {
    const pdf = await ticket()
    const { width, height, pages } = pageOf(pdf)
    expect(width).toBeCloseTo(80, 1)
    expect(pages).toBe(1)
    expect(height).toBeGreaterThan(90)
    expect(height).toBeLessThan(160)
    expect(extentOf(pdf).right).toBeLessThanOrEqual(76 * MM)
  })

  it('is read again by a scanner from the dots of a heat printer', async () => {
    expect(codesByZbar(await ticket(), 203)).toEqual([MARK])
    const longest = 'https://dichvucong.vidu.gov.vn/so/'.padEnd(220, 'a1B2')
    expect(codesByZbar(await ticket({ qr: longest }), 203)).toEqual([longest])
  })

  it('names the group that goes first', async () => {
    expect(textOf(await ticket({ group: 'Người khuyết tật nặng, đặc biệt nặng' }))).toContain('Ưu tiên: Người khuyết tật nặng, đặc biệt nặng')
  })

  it('says in words that nobody is ahead', async () => {
    expect(textOf(await ticket({ ahead: 0 }))).toContain('Không còn ai chờ trước')
  })

  it('keeps the longest number whole on one line', async () => {
    const pdf = await ticket({ label: 'Q12.1W1015' })
    expect(textOf(pdf)).toContain('Q12.1W1015')
    expect(extentOf(pdf).right).toBeLessThanOrEqual(76 * MM)
  })

  it('grows with long names instead of cutting them', async () => {
    const kind = 'Bảo trợ xã hội, người có công, hộ nghèo và người khuyết tật'
    const pdf = await ticket({ ward: 'Ủy ban nhân dân đặc khu có tên rất dài của thành phố Hồ Chí Minh', kind })
    expect(textOf(pdf)).toContain(kind)
    expect(pageOf(pdf)).toMatchObject({ pages: 1 })
    expect(pageOf(pdf).height).toBeGreaterThan(pageOf(await ticket()).height + 10)
  })

  it('of practice says so in letters that a heat printer can draw', async () => {
    expect(textOf(await ticket({ practice: true }))).toContain('BẢN THỰC HÀNH')
  })

  it('is sound, has its fonts inside, and is the same bytes for the same number', async () => {
    const pdf = await ticket()
    expect(qpdfCheck(pdf)).toContain('No syntax or stream encoding errors')
    expect(fontsOf(pdf).every(([, embedded]) => embedded === 'yes')).toBe(true)
    expect(Buffer.compare(Buffer.from(pdf), Buffer.from(await ticket()))).toBe(0)
  })

  it('prints hostile text as text', async () => {
    expect(textOf(await ticket({ kind: '<svg onload=alert(1)> \u0000 ${label}' }))).toContain('<svg onload=alert(1)> ${label}')
  })
})
