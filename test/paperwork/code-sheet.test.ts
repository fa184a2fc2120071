import { describe, expect, it } from 'vitest'
import { SAMPLE_DOSSIER_CODE, SELF_TEST_TEXT } from '@contract/reader-test'
import { classifyScan } from '@contract/codes'
import { type CodeSheetData, createPaperwork } from '../../src-main/paperwork'
import { codesByZbar, codesOf, fontsOf, infoOf, qpdfCheck, RESOURCES, textOf } from './pdf-tools'

const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
const made = (sheet: CodeSheetData['sheet'], practice = false): Promise<Uint8Array> => paperwork.sheet({ sheet, agency: 'Ủy ban nhân dân phường Ví Dụ', unit: 'Trung tâm Phục vụ hành chính công', practice })
const separator = (code: string, name: string): CodeSheetData['sheet'] => ({ kind: 'separator', component: { code, name } })

describe('a separator sheet', () => {
  it('names its paper, and a scanner at 150 dpi reads which it is', async () => {
    const pdf = await made(separator('to-khai', 'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân'))
    expect(textOf(pdf)).toContain('Tờ khai cấp Giấy xác nhận tình trạng hôn nhân')
    expect(textOf(pdf)).toContain('Ủy ban nhân dân phường Ví Dụ')
    expect(codesByZbar(pdf, 150)).toEqual(['MOTCUA:TACH:1:TO-KHAI'])
    expect(classifyScan('MOTCUA:TACH:1:TO-KHAI')).toEqual({ kind: 'separator', component: 'to-khai' })
  })

  it('without a paper only parts', async () => {
    expect(codesByZbar(await made({ kind: 'separator', component: null }), 150)).toEqual(['MOTCUA:TACH:1'])
  })

  it('stays one page of A4 for the longest name, and is sound', async () => {
    const pdf = await made(separator('a', 'Giấy tờ chứng minh '.repeat(15)))
    expect(infoOf(pdf)).toMatch(/Pages:\s+1\n/u)
    expect(infoOf(pdf)).toMatch(/A4/u)
    expect(qpdfCheck(pdf)).toContain('No syntax or stream encoding errors')
    expect(fontsOf(pdf).every(([, embedded]) => embedded === 'yes')).toBe(true)
  })

  it('says that it was made in practice', async () => {
    expect(textOf(await made({ kind: 'separator', component: null }, true))).toContain('THỰC HÀNH')
  })

  it('of a component that no code can name is refused', async () => {
    await expect(made(separator('Tờ khai', 'Tờ khai'))).rejects.toMatchObject({ code: 'IN-001', params: { field: 'component' } })
  })
})

describe('the sheet that readers are tried with', () => {
  it('carries all letters and a dossier code of no dossier', async () => {
    const pdf = await made({ kind: 'reader-test' })
    expect(codesByZbar(pdf, 150)).toEqual([SAMPLE_DOSSIER_CODE, SELF_TEST_TEXT].sort())
    expect((await codesOf(pdf, 200)).flat().map(({ format, text }) => [format, text])).toEqual([['Code128', SAMPLE_DOSSIER_CODE], ['QRCode', SELF_TEST_TEXT]])
    expect(classifyScan(SAMPLE_DOSSIER_CODE)).toEqual({ kind: 'dossier', code: SAMPLE_DOSSIER_CODE })
    expect(infoOf(pdf)).toMatch(/Pages:\s+1\n/u)
    expect(textOf(pdf)).toContain('Mở Cài đặt')
  })
})
