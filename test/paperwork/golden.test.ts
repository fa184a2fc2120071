import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FORM_CODES, type FormCode } from '@contract/office-forms'
import type { Paper } from '@contract/receipt'
import type { ReportKind } from '@contract/reports'
import { createPaperwork } from '../../src-main/paperwork'
import { sampleForm } from './office-sample'
import { RESOURCES } from './pdf-tools'
import { differences, fromPng, GOLDEN_DPI, halved, pageOf, toPng } from './pictures'
import { realSheet } from './real-report'
import { FRAME } from './report-sample'
import { sampleOptions, sampleReceipt } from './sample'

// MOTCUA_RENEW_GOLDEN=1 draws them anew: look at each before it is kept.
const RENEW = process.env['MOTCUA_RENEW_GOLDEN'] === '1'
const FOLDER = join(import.meta.dirname, 'golden')
const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
const MOST = 4

async function printed(form: FormCode, paper: Paper, own: Record<string, unknown> = {}): Promise<Uint8Array> {
  if (form === 'mau-01') return (await paperwork.receipt(sampleReceipt(own), sampleOptions({ paper, copies: ['citizen'] }))).pdf
  if (form === 'mau-07') return paperwork.registerPage(JSON.parse(readFileSync(join(RESOURCES, 'forms/mau-07.v1.json'), 'utf8')))
  return (await paperwork.officeForm(sampleForm(form, own), { paper, practice: false, reprint: null })).pdf
}

const PAGES = FORM_CODES.flatMap((form): { form: FormCode; paper: Paper }[] => (form === 'mau-07' ? [{ form, paper: 'A4' }] : [{ form, paper: 'A5' }, { form, paper: 'A4' }]))

describe.each(PAGES)('$form on $paper', ({ form, paper }) => {
  const file = join(FOLDER, `${form}-${paper}.png`)
  it('looks as it did when it was looked at', async () => {
    const picture = pageOf(await printed(form, paper), 1)
    if (RENEW || !existsSync(file)) {
      mkdirSync(FOLDER, { recursive: true })
      writeFileSync(file, toPng(picture))
    }
    expect(differences(fromPng(readFileSync(file)), picture)).toBeLessThanOrEqual(MOST)
  })
})

/** Reports that leave the office, with as many rows as have one page or begin a second. */
const REPORTS: readonly (readonly [ReportKind, number])[] = [['daily', 6], ['monthly', 9], ['ii06a', 6], ['register', 8], ['fees', 6], ['overdue', 7]]

describe.each(REPORTS)('the report "%s"', (kind, rows) => {
  const file = join(FOLDER, `bao-cao-${kind}.png`)
  it('looks as it did when it was looked at', async () => {
    const picture = pageOf((await paperwork.report(realSheet(kind, rows), FRAME)).pdf, 1)
    if (RENEW || !existsSync(file)) writeFileSync(file, toPng(picture))
    expect(differences(fromPng(readFileSync(file)), picture)).toBeLessThanOrEqual(MOST)
  })
})

describe('the comparison', () => {
  it('sees a block that moved by one line', async () => {
    const address = 'Số 1 đường Ngắn'
    const moved = differences(pageOf(await printed('mau-03', 'A5'), 1), pageOf(await printed('mau-03', 'A5', { dossier: { address } }), 1))
    expect(moved).toBeGreaterThan(MOST * 5)
  })
  it('does not mind how letters are smoothed', async () => {
    const pdf = await printed('mau-04', 'A4')
    expect(differences(pageOf(pdf, 1), halved(pageOf(pdf, 1, GOLDEN_DPI * 2)))).toBeLessThanOrEqual(MOST)
  })
})
