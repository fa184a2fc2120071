import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FormChange } from '@contract/forms'
import { FORM_CODES, type FormCode } from '@contract/office-forms'
import { createPaperwork } from '../../src-main/paperwork'
import { createWordings, type Wordings } from '../../src-main/paperwork/wordings'
import { actor, type Desk, newDesk } from '../intake/support'
import { sampleForm } from './office-sample'
import { RESOURCES, textOf } from './pdf-tools'
import { sampleOptions, sampleReceipt } from './sample'

const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
const open = (): { desk: Desk; wordings: Wordings } => {
  const desk = newDesk()
  return { desk, wordings: createWordings({ ...desk.deps, paperwork, resourcesFolder: join(RESOURCES) }) }
}
const change = (texts: FormChange['texts'], blocks: FormChange['blocks'] = []): FormChange => ({ texts, blocks })
const pathOf = async (wordings: Wordings, form: FormCode, text: string): Promise<string> => {
  const found = (await wordings.open(form)).texts.find((each) => each.official === text)
  if (!found) throw new Error(`no text ${text} in ${form}`)
  return found.path
}
const TODAY = '2026-11-23'

describe.each(FORM_CODES)('the form %s', (form) => {
  it('is listed with its title, basis and how sure its wording is', async () => {
    const brief = (await open().wordings.list()).find((each) => each.form === form)
    expect([brief?.title.length, brief?.legalBasis, ['S', 'G'].includes(brief?.confidence ?? ''), brief?.own]).toEqual([expect.any(Number), 'Thông tư 03/2025/TT-VPCP, Phụ lục I', true, null])
  })
  it('has no fault in its official words', async () => {
    const { wordings } = open()
    const { texts } = await wordings.open(form)
    expect(await wordings.check(form, change(Object.fromEntries(texts.map(({ path, official }) => [path, official]))))).toEqual([])
  })
  it('names each text once', async () => {
    const { texts } = await open().wordings.open(form)
    expect(new Set(texts.map(({ path }) => path)).size).toBe(texts.length)
  })
  it('can be looked at', async () => {
    const { wordings } = open()
    const { texts } = await wordings.open(form)
    const title = texts.find(({ path }) => path === 'titleLines.0')
    expect(textOf(await wordings.preview(form, change({ 'titleLines.0': 'TÊN THỬ NGHIỆM' }), 'A4'))).toContain('TÊN THỬ NGHIỆM')
    expect(title).toBeDefined()
  })
  it.each([
    ['an empty text', ' ', 'empty'],
    ['markup', '<b>ĐẬM</b>', 'markup'],
    ['a control character', 'DÒNG\u0007', 'markup'],
    ['a name that nobody fills', 'TÊN {khongCo}', 'unknown-name'],
    ['an open brace', 'TÊN {number', 'unknown-name'],
    ['a text without end', 'A'.repeat(1201), 'too-long'],
  ])('is refused with %s', async (_what, text, code) => {
    expect((await open().wordings.check(form, change({ 'titleLines.0': text }))).map((fault) => [fault.path, fault.code])).toEqual([['titleLines.0', code]])
  })
  it('is refused with a text that it does not have', async () => {
    expect(await open().wordings.check(form, change({ 'formId': 'mau-09', 'blocks.0.kind': 'x' }))).toEqual([expect.objectContaining({ code: 'shape' }), expect.objectContaining({ code: 'shape' })])
  })
  it('refuses to leave out a part that the law asks for', async () => {
    const { wordings } = open()
    const { blocks } = await wordings.open(form)
    const required = blocks.filter((block) => block.required)
    const faults = await wordings.check(form, change({}, blocks.map(({ id }) => ({ id, shown: false }))))
    expect(faults.map(({ code }) => code)).toEqual(required.map(() => 'required-block'))
  })
})

describe('a wording that loses what carries law', () => {
  it.each([
    ['mau-02', 'Số: {number}/HDHS', 'Số: /HDHS', 'number'],
    ['mau-03', 'Mã hồ sơ: {dossierCode}', 'Mã hồ sơ', 'dossierCode'],
    ['mau-04', 'Thời gian hẹn trả kết quả lại: {newDueTime}', 'Sẽ trả sau', 'newDueTime'],
    ['mau-05', '{place}, {day}', '{place}', 'day'],
    ['mau-06', '1. Giao: {from}', 'Giao', 'from'],
    ['mau-01', '{dueTime}', 'sau này', 'dueTime'],
  ] as const)('is refused: %s without {%s}', async (form, official, text, name) => {
    const { wordings } = open()
    expect(await wordings.check(form, change({ [await pathOf(wordings, form, official)]: text }))).toEqual([expect.objectContaining({ code: 'missing-name', detail: name })])
  })
  it('may name in a text what every dossier has, and in an optional one what it may lack', async () => {
    const { wordings } = open()
    const sure = await pathOf(wordings, 'mau-03', 'Xin thông báo cho Ông/Bà được biết và thực hiện.')
    const optional = await pathOf(wordings, 'mau-03', '{address}')
    const faults = await wordings.check('mau-03', change({ [sure]: 'Thông báo cho {applicantName}, {email}.', [optional]: '{address} {phone}' }))
    expect(faults).toEqual([{ path: sure, code: 'unknown-name', detail: 'email' }])
  })
})

describe('a wording that the ward keeps', () => {
  it('is printed from its day on, with its edition in the footer', async () => {
    const { wordings } = open()
    await wordings.save(actor.id, 'mau-03', change({ 'titleLines.0': 'PHIẾU KHÔNG TIẾP NHẬN' }), '2026-11-25')
    const printed = async (at: string): Promise<string> => {
      const form = sampleForm('mau-03')
      const { template } = await wordings.inForce('mau-03', at)
      return textOf((await paperwork.officeForm(form, { paper: 'A5', practice: false, reprint: null, template })).pdf)
    }
    const [before, after] = [await printed('2026-11-24T16:59:59.000Z'), await printed('2026-11-24T17:00:00.000Z')]
    expect([before.includes('PHIẾU TỪ CHỐI'), after.includes('PHIẾU KHÔNG TIẾP NHẬN'), after.includes('Mẫu 03 - bản 1.1')]).toEqual([true, true, true])
  })
  it('does not change what was printed earlier on the day that it begins', async () => {
    const { desk, wordings } = open()
    desk.at('2026-11-23T07:00:00.000Z')
    await wordings.save(actor.id, 'mau-02', change({ 'titleLines.0': 'MỚI' }), TODAY)
    const marks = await Promise.all(['2026-11-23T06:59:00.000Z', '2026-11-23T07:00:00.000Z'].map(async (at) => (await wordings.inForce('mau-02', at)).mark.edition))
    expect(marks).toEqual([null, 1])
  })
  it('marks what is issued within a transaction as what is printed', async () => {
    const { desk, wordings } = open()
    const markOf = await wordings.marks()
    desk.at('2026-11-23T07:00:00.000Z')
    await wordings.save(actor.id, 'mau-02', change({ 'titleLines.0': 'MỚI' }), TODAY)
    const moments = ['2026-11-23T06:59:00.000Z', '2026-11-23T07:00:00.000Z']
    expect(moments.map((at) => markOf('mau-02', at))).toEqual(await Promise.all(moments.map(async (at) => (await wordings.inForce('mau-02', at)).mark)))
  })
  it('is shown to the next who edits, with who kept it and from when', async () => {
    const { wordings } = open()
    const { texts, brief } = await wordings.save(actor.id, 'mau-04', change({ 'titleLines.0': 'THƯ XIN LỖI' }), '2026-12-01')
    expect([texts.find(({ path }) => path === 'titleLines.0'), brief.own]).toEqual([
      expect.objectContaining({ official: 'VĂN BẢN XIN LỖI', text: 'THƯ XIN LỖI' }), { edition: 1, effectiveFrom: '2026-12-01', by: actor.name },
    ])
  })
  it('can be taken back to the official text, and both are in the audit chain', async () => {
    const { desk, wordings } = open()
    await wordings.save(actor.id, 'mau-02', change({ 'titleLines.0': 'MỚI' }), TODAY)
    desk.at('2026-11-24T02:00:00.000Z')
    const { brief } = await wordings.official(actor.id, 'mau-02', '2026-11-24')
    const marks = await Promise.all(['2026-11-23T10:00:00.000Z', '2026-11-24T03:00:00.000Z'].map(async (at) => (await wordings.inForce('mau-02', at)).mark.edition))
    expect([brief.own, marks, desk.actions().filter((action) => action.startsWith('form.'))]).toEqual([null, [1, null], ['form.reworded', 'form.official']])
  })
  it('moves and leaves out parts of the body', async () => {
    const { wordings } = open()
    const { blocks } = await wordings.open('mau-05')
    const free = blocks.findLast(({ required }) => !required)
    const order = [...blocks].reverse().map(({ id }) => ({ id, shown: id !== free?.id }))
    await wordings.save(actor.id, 'mau-05', change({}, order), TODAY)
    const { template } = await wordings.inForce('mau-05', '2026-11-23T10:00:00.000Z')
    const text = textOf((await paperwork.officeForm(sampleForm('mau-05'), { paper: 'A4', practice: false, reprint: null, template })).pdf)
    expect([text.indexOf('Phí, lệ phí') < text.indexOf('Kính gửi'), text.includes('nộp hồ sơ mới'), (await wordings.open('mau-05')).blocks.map(({ id }) => id)]).toEqual([true, false, order.map(({ id }) => id)])
  })
  it('is refused with its first fault named, and for a day that is past', async () => {
    const { desk, wordings } = open()
    await expect(wordings.save(actor.id, 'mau-02', change({ 'titleLines.0': '' }), TODAY)).rejects.toMatchObject({ code: 'BM-001', params: { path: 'titleLines.0', fault: 'empty' } })
    await expect(wordings.preview('mau-02', change({ 'titleLines.0': '<i>' }), 'A5')).rejects.toMatchObject({ code: 'BM-001' })
    await expect(wordings.save(actor.id, 'mau-02', change({}), '2026-11-22')).rejects.toMatchObject({ code: 'BM-002', params: { day: '2026-11-22' } })
    await expect(wordings.official(actor.id, 'mau-02', '2026-11-22')).rejects.toMatchObject({ code: 'BM-002' })
    expect(desk.count('form_template')).toBe(0)
  })
  it('of Mẫu 01 is what receipts are printed in', async () => {
    const { wordings } = open()
    await wordings.save(actor.id, 'mau-01', change({ [await pathOf(wordings, 'mau-01', 'Số: {receiptNumber}/TNHS')]: 'Số: {receiptNumber}/GTN' }), TODAY)
    const { template } = await wordings.inForce('mau-01', '2026-11-23T07:20:00.000Z')
    expect(textOf((await paperwork.receipt(sampleReceipt(), sampleOptions({ copies: ['citizen'] }), template)).pdf)).toContain('Số: 0042/GTN')
  })
  it('stays to be had by its edition after the next one', async () => {
    const { wordings } = open()
    await wordings.save(actor.id, 'mau-02', change({ 'titleLines.0': 'MỘT' }), TODAY)
    await wordings.save(actor.id, 'mau-02', change({ 'titleLines.0': 'HAI' }), TODAY)
    const titles = await Promise.all([1, 2, null].map(async (edition) => (await wordings.kept('mau-02', { official: 1, edition }) as { titleLines: string[] }).titleLines[0]))
    expect([titles, (await wordings.inForce('mau-02', '2026-11-23T10:00:00.000Z')).mark]).toEqual([['MỘT', 'HAI', 'PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ'], { official: 1, edition: 2 }])
  })
  it('cannot be changed, removed, begin in the past or skip an edition, whoever writes into the table', () => {
    const { desk } = open()
    const insert = (edition: number, effective: string): void => desk.store.write((tx) => tx.run(
      "INSERT INTO form_template (id, form, edition, effective_from, official_version, body, change, at, by) VALUES (?, 'mau-02', ?, ?, 1, NULL, NULL, '2026-11-23T02:00:00.000Z', ?)", [`01939b6e-0000-7000-8000-00000000000${edition}`, edition, effective, actor.id]) && undefined)
    expect(() => insert(2, TODAY)).toThrow()
    expect(() => insert(1, '2026-11-22')).toThrow()
    insert(1, TODAY)
    expect(() => desk.store.write((tx) => tx.run("UPDATE form_template SET effective_from = '2026-12-01'"))).toThrow()
    expect(() => desk.store.write((tx) => tx.run('DELETE FROM form_template'))).toThrow()
  })
})
