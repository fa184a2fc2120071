import fc from 'fast-check'
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fill, loadReceiptTemplates, ReceiptTemplate, templateFor } from '../../src-main/paperwork/template'
import { createPaperwork } from '../../src-main/paperwork'
import { RESOURCES, textOf } from './pdf-tools'
import { sampleOptions, sampleReceipt } from './sample'

const mau01 = ReceiptTemplate.parse(JSON.parse(readFileSync(join(RESOURCES, 'forms/mau-01.v1.json'), 'utf8')))

describe('a template', () => {
  it('names its legal basis and how sure it is', () => {
    expect([mau01.legalBasis, mau01.confidence]).toEqual(['Thông tư 03/2025/TT-VPCP, Phụ lục I', 'S'])
  })

  it('is refused when it uses a placeholder that nobody fills', () => {
    expect(ReceiptTemplate.safeParse({ ...mau01, number: 'Số: {number}' }).success).toBe(false)
  })

  it('is refused with the name of its file and field', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'motcua-forms-'))
    mkdirSync(join(folder, 'forms'))
    writeFileSync(join(folder, 'forms', 'mau-01.v9.json'), JSON.stringify({ ...mau01, effectiveFrom: 'hôm nay' }))
    await expect(loadReceiptTemplates(folder)).rejects.toMatchObject({ code: 'IN-001', params: { field: 'mau-01.v9.json: effectiveFrom' } })
  })
})

describe('filling', () => {
  it('names the field that has no value', () => {
    expect(() => fill('Số: {receiptNumber}', {})).toThrow(expect.objectContaining({ code: 'IN-001', params: { field: 'receiptNumber' } }))
  })

  it('never reads a value as a pattern', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (name) => fill('<{applicantName}>', { applicantName: name, place: 'x' }) === `<${name}>`))
  })

  it('leaves a placeholder inside a value alone', () => expect(fill('{place}', { place: '{officerName} $& $1' })).toBe('{officerName} $& $1'))
})

describe('the template in force', () => {
  const older = { ...mau01, version: 1, effectiveFrom: '2025-07-01' }
  const newer = { ...mau01, version: 2, effectiveFrom: '2027-03-01' }

  it.each([
    ['2025-07-01', 1],
    ['2027-02-28', 1],
    ['2027-03-01', 2],
  ])('on %s is version %d', (day, version) => expect(templateFor([newer, older], day).version).toBe(version))

  it('does not exist before the first one began', () => {
    expect(() => templateFor([older, newer], '2025-06-30')).toThrow(expect.objectContaining({ code: 'IN-001' }))
  })
})

describe('a ward that changes its template', () => {
  async function printed(change: Partial<ReceiptTemplate>): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'motcua-forms-'))
    mkdirSync(join(folder, 'forms'))
    symlinkSync(join(RESOURCES, 'fonts'), join(folder, 'fonts'), 'junction')
    writeFileSync(join(folder, 'forms', 'mau-01.v1.json'), JSON.stringify({ ...mau01, ...change }))
    const paperwork = createPaperwork({ resourcesFolder: folder })
    return textOf((await paperwork.receipt(sampleReceipt(), sampleOptions({ copies: ['citizen'] }))).pdf)
  }

  it('gets its own suffix of the number', async () => {
    expect(await printed({ number: 'Số: {receiptNumber}/GTN' })).toContain('Số: 0042/GTN')
  })

  it('gets the components as a list', async () => {
    expect(await printed({ options: { ...mau01.options, componentsAs: 'list' } })).toContain('3) Văn bản ủy quyền (bản chính, số lượng 01)')
  })

  it('gets no identity number, fee, look-up and hotline when it switched them off', async () => {
    const text = await printed({ options: { ...mau01.options, idNumber: false, fee: false, lookup: false, hotline: false } })
    expect(['079199000123', '16.000', 'A7K2', '1022'].filter((each) => text.includes(each))).toEqual([])
  })
})
