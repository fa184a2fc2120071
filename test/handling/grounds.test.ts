import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Ground, RefusalForm, StopForm } from '@contract/office-forms'

const Marked = Ground.extend({ confidence: z.enum(['V', 'S', 'C', 'G']) }).strict()
const File = z.object({ format: z.literal('mot-cua/grounds-1'), version: z.iso.date(), origin: z.string().min(1), refusal: z.array(Marked), stop: z.array(Marked) }).strict()

const file = File.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../resources/forms/grounds.json'), 'utf8')))
const both = [...file.refusal, ...file.stop]

/** Articles that the study of the law has read or seen named; any other number would be invented. */
const KNOWN_ARTICLES = ['Nghị định 118/2025/NĐ-CP, Điều 17', 'Nghị định 23/2015/NĐ-CP, khoản 6 Điều 5']
/** Instruments that ground a refusal or stop in November 2026. Nghị định 61/2018 and 42/2022 are not in force any more. */
const INSTRUMENTS = [
  'Nghị định 118/2025/NĐ-CP', 'Nghị định 23/2015/NĐ-CP', 'Luật Hộ tịch 60/2014/QH13', 'Bộ luật Dân sự 91/2015/QH13', 'Luật Hôn nhân và gia đình 52/2014/QH13',
  'Luật Đất đai 31/2024/QH15', 'Luật Phí và lệ phí 97/2015/QH13', 'Luật Khiếu nại 02/2011/QH13',
]

describe('legal grounds of refusal and stop', () => {
  it('offers enough to choose from, and not so many that nobody reads them', () => {
    expect(file.refusal.length).toBeGreaterThanOrEqual(8)
    expect(file.refusal.length).toBeLessThanOrEqual(12)
    expect(file.stop.length).toBeGreaterThanOrEqual(5)
    expect(file.stop.length).toBeLessThanOrEqual(7)
  })

  it.each(['refusal', 'stop'] as const)('names no ground of %s twice', (kind) => {
    expect(new Set(file[kind].map(({ code }) => code)).size).toBe(file[kind].length)
    expect(new Set(file[kind].map(({ text }) => text)).size).toBe(file[kind].length)
  })

  it.each(both.map(({ code, basis }) => [code, basis]))('grounds %s on an instrument in force: %s', (_, basis) => {
    expect(INSTRUMENTS.some((instrument) => basis.includes(instrument))).toBe(true)
    expect(basis).not.toMatch(/61\/2018|42\/2022/u)
  })

  it.each(both.map(({ code, basis, confidence }) => [code, basis, confidence]))('cites no article for %s that was not read', (_, basis, confidence) => {
    if (!/Điều|khoản/u.test(basis)) return
    expect(KNOWN_ARTICLES.some((article) => basis.includes(article))).toBe(true)
    expect(confidence).not.toBe('G')
  })

  it.each(both.map(({ code, text }) => [code, text]))('says %s in a sentence that a citizen understands', (_, text) => {
    expect(text).toMatch(/^\p{Lu}.+\.$/u)
    expect(text).toMatch(/[ăâđêôơưáàảãạ]/u)
    expect(text).not.toMatch(/lỗi hệ thống|không hợp lệ|\bmã\b|[A-Z]{2,}-\d|[!{}<>]|vui lòng|xin lỗi|bạn/iu)
    expect(text.length).toBeLessThanOrEqual(220)
  })

  it('fits what the forms print', () => {
    for (const { confidence: _, ...ground } of file.refusal) expect(RefusalForm.shape.grounds.safeParse([ground]).success).toBe(true)
    for (const { confidence: _, ...ground } of file.stop) expect(StopForm.shape.ground.safeParse(ground).success).toBe(true)
  })

  it('never refuses for a paper that could still be brought: that is what Mẫu 02 is for', () => {
    for (const { text } of file.refusal) expect(text).not.toMatch(/thiếu giấy tờ|bổ sung/u)
  })

  it('lets the citizen stop it, too', () => {
    expect(file.stop.map(({ code }) => code)).toContain('citizen-withdraws')
  })
})
