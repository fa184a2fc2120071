import { describe, expect, it } from 'vitest'
import { DisplayPage } from '@contract/display'
import { digestOfSheet, readConsentSheets, sheetInForce } from '../../src-main/hall'
import { RESOURCES } from '../core/support'

const sheets = readConsentSheets(RESOURCES)

it.each(['du-lieu-ca-nhan', 'phan-anh'])('the sheet "%s" is in force and fits the display', (code) => {
  const sheet = sheetInForce(sheets, code, '2026-11-23')
  if (!sheet) throw new Error('no such sheet')
  const { title, paragraphs, sign } = sheet
  expect(DisplayPage.safeParse({ kind: 'consent', id: 'a'.repeat(32), address: 'quý vị', sheet: code, title, paragraphs, sign }).success).toBe(true)
  expect(sheet.source.join(' ')).toContain('91/2025/QH15')
})

it('has each version of each sheet once', () => {
  expect(new Set(sheets.map(({ code, version }) => `${code} ${version}`)).size).toBe(sheets.length)
})

describe('of several versions', () => {
  const [sheet] = sheets
  if (!sheet) throw new Error('no sheets')
  const versions = [sheet, { ...sheet, version: 2, effectiveFrom: '2027-01-01', title: { vi: 'Mới', en: 'New' } }]
  it('the newest that has begun holds', () => {
    expect([sheetInForce(versions, sheet.code, '2026-12-31')?.version, sheetInForce(versions, sheet.code, '2027-01-01')?.version]).toEqual([1, 2])
  })
  it('each has its own digest', () => {
    expect(new Set(versions.map(digestOfSheet)).size).toBe(2)
  })
  it('none holds before the first', () => {
    expect(sheetInForce(versions, sheet.code, '2025-12-31')).toBeUndefined()
  })
})
