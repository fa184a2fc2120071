import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DraftId } from '@contract/ids'
import { getPage, newPageId } from '../../../src-main/capture/desk/rows'
import { type Grey, toGrey } from '../../../src-main/capture/pages/raster'
import { turned } from '../../../src-main/capture/pages/turn'
import { writeVietnameseMrz } from '../../../src-main/identity/lds'
import { actor, type Desk, newDesk, readyDraft } from '../../intake/support'
import { errorRate, has, hasVietnamese, pdfOf, pictureOf, workerFile } from '../text/pages'
import { SENTENCE_PAGE, TRUTH } from '../text/samples'
import { addPaper, makePage, newReading, readAll, readAs, textStateOf, turnPage } from './papers'
import { pageOf } from '../text/forms'

const DPI = 200
const noPoppler = has('pdftoppm') ? '' : ' (skipped: poppler-utils is not installed)'
const OCR_B = '/usr/share/fonts/opentype/ocr-b/OCRB.otf'
const CARD = writeVietnameseMrz({ idNumber: '079099001234', fullName: 'Nguyễn Văn An', birthDate: '1999-01-01', sex: 'male', expiresAt: '2039-01-01' })

const draftOf = (desk: Desk): DraftId => desk.intake.start(actor).id

describe.skipIf(noPoppler !== '')(`pages waiting to be read${noPoppler}`, () => {
  let worker: URL
  let page: Grey
  let other: Grey
  beforeAll(async () => {
    worker = await workerFile('ocr-worker-desk')
    page = await pictureOf(await pdfOf(SENTENCE_PAGE), DPI)
    other = await pictureOf(await pdfOf({ width: 300, height: 80, size: 16, content: 'Giấy chứng nhận kết hôn' }), DPI)
  })

  test('are read one after the other, and what stands on them is kept with its place', async () => {
    const desk = newDesk()
    const draftId = draftOf(desk)
    const ids = [await addPaper(desk, draftId, page), await addPaper(desk, draftId, other)]
    const reading = newReading(desk, worker)
    await readAll(desk, reading, ids)
    const [first, second] = ids.map((id) => reading.text(id))
    expect(errorRate(TRUTH, first?.text ?? '')).toBeLessThan(0.02)
    expect(first?.confidence).toBeGreaterThan(0.8)
    expect(second?.text).toBe('Giấy chứng nhận kết hôn')
    const words = reading.words(ids[1] ?? newPageId(), 2)
    expect(words?.map(({ text }) => text)).toEqual(['Giấy', 'chứng', 'nhận', 'kết', 'hôn'])
    expect(words?.every(({ x, y, width, height }) => x > 0 && y > 0 && x + width <= other.width && y + height <= other.height)).toBe(true)
  })

  test('are told to the window one by one, and to the binding when all are done', async () => {
    const desk = newDesk()
    const draftId = draftOf(desk)
    const ids = [await addPaper(desk, draftId, other), await addPaper(desk, draftId, other)]
    const reading = newReading(desk, worker)
    await readAll(desk, reading, ids)
    expect(desk.events.filter((event) => event.kind === 'pages')).toEqual([{ kind: 'pages', draftId }, { kind: 'pages', draftId }])
    expect(reading.changedTexts).toEqual([draftId])
  })

  test('wait while a page of an open draft is still to be made', async () => {
    const desk = newDesk()
    const ready = await addPaper(desk, draftOf(desk), other)
    const waiting = await addPaper(desk, draftOf(desk), null)
    let looked = 0
    const reading = newReading(desk, worker, { pixels: async () => { looked += 1; return other } })
    reading.wake()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(looked).toBe(0)
    await makePage(desk, waiting, other)
    await readAll(desk, reading, [ready, waiting])
    expect(looked).toBe(2)
  })

  test('come in the order newest draft first, and not at all where the draft was discarded', async () => {
    const desk = newDesk()
    const [older, gone] = [draftOf(desk), draftOf(desk)]
    desk.at('2026-11-23T02:30:00.000Z')
    const newer = draftOf(desk)
    const [a, b, c] = [await addPaper(desk, older, other), await addPaper(desk, gone, other), await addPaper(desk, newer, other)]
    desk.intake.discard(actor, gone)
    const order: string[] = []
    const reading = newReading(desk, worker, { pixels: async ({ id }) => { order.push(id); return other } })
    await readAll(desk, reading, [a, c])
    expect(order).toEqual([c, a])
    expect(textStateOf(desk, b)).toBe('waiting')
  })

  test('set aside are not read', async () => {
    const desk = newDesk()
    const draftId = draftOf(desk)
    const [off, kept] = [await addPaper(desk, draftId, other), await addPaper(desk, draftId, other)]
    desk.store.write((tx) => tx.run("UPDATE page SET place = 'removed' WHERE id = ?", [off]))
    await readAll(desk, newReading(desk, worker), [kept])
    expect(textStateOf(desk, off)).toBe('waiting')
  })

  test('that are made anew while they are being read are read once more, as they are now', async () => {
    const desk = newDesk()
    const id = await addPaper(desk, draftOf(desk), page)
    let times = 0
    const reading = newReading(desk, worker, {
      pixels: async () => {
        times += 1
        if (times > 1) return other
        await makePage(desk, id, other)
        return page
      },
    })
    await readAll(desk, reading, [id])
    expect([times, reading.text(id)?.text]).toEqual([2, 'Giấy chứng nhận kết hôn'])
    expect(getPage(desk.store.read, id).revision).toBe(3)
    expect(reading.words(id, 2)).toBeNull()
    expect(reading.words(id, 3)).toHaveLength(5)
  })

  test('of a program that was ended are read after the next start', async () => {
    const desk = newDesk()
    const ids = [await addPaper(desk, draftOf(desk), other), await addPaper(desk, draftOf(desk), other)]
    let reached = (): void => undefined
    const begun = new Promise<void>((resolve) => { reached = resolve })
    const first = newReading(desk, worker, { pixels: async () => { reached(); return page } })
    first.wake()
    await begun
    await first.close()
    expect(ids.map((id) => textStateOf(desk, id))).toEqual(['waiting', 'waiting'])
    await readAll(desk, newReading(desk, worker), ids)
    expect(ids.map((id) => textStateOf(desk, id))).toEqual(['read', 'read'])
  })

  test('that cannot be read say so, hold up no other, and are tried once more after the next start', async () => {
    const desk = newDesk()
    const draftId = draftOf(desk)
    const [bad, good] = [await addPaper(desk, draftId, other), await addPaper(desk, draftId, other)]
    const reading = newReading(desk, worker, { pixels: async ({ id }) => { if (id === bad) throw new Error('no pixels'); return other } })
    await readAll(desk, reading, [bad, good])
    expect([textStateOf(desk, bad), textStateOf(desk, good), reading.text(bad), reading.words(bad, 2)]).toEqual(['failed', 'read', null, null])
    expect(reading.logged).toContain('reading.failed')
    await reading.close()
    await readAll(desk, newReading(desk, worker), [bad])
    await expect.poll(() => textStateOf(desk, bad)).toBe('read')
  })

  test('say that nothing here can read, which is logged once, and are read when something can', async () => {
    const desk = newDesk()
    const draftId = draftOf(desk)
    const one = await addPaper(desk, draftId, other)
    const without = newReading(desk, null, { engine: { program: '/nowhere/tesseract' } })
    await readAll(desk, without, [one])
    const two = await addPaper(desk, draftId, other)
    await readAll(desk, without, [two])
    expect([textStateOf(desk, one), textStateOf(desk, two)]).toEqual(['none', 'none'])
    expect(without.logged.filter((event) => event === 'reading.no-engine')).toHaveLength(1)
    await without.close()
    await readAll(desk, newReading(desk, worker), [one, two])
    await expect.poll(() => [textStateOf(desk, one), textStateOf(desk, two)]).toEqual(['read', 'read'])
  })

  test('wait for room on a full disk and are read when there is some', async () => {
    const desk = newDesk()
    const id = await addPaper(desk, draftOf(desk), other)
    let full = true
    const store = { ...desk.store, write: ((act) => { if (full) throw new Error('disk full'); return desk.store.write(act) }) as typeof desk.store.write }
    const reading = newReading(desk, worker, { store })
    reading.wake()
    await expect.poll(() => reading.logged).toContain('reading.held')
    full = false
    await expect.poll(() => textStateOf(desk, id), { timeout: 10_000 }).toBe('read')
  })

  test.each([1, 2, 3] as const)('lying on their side or head (%d quarter turns) are read as they are shown, and their words placed on the page as it was made', async (turns) => {
    const desk = newDesk()
    const lying = toGrey(turned(page, ((4 - turns) % 4) as 1 | 2 | 3))
    const id = await addPaper(desk, draftOf(desk), lying)
    turnPage(desk, id, turns)
    const reading = newReading(desk, worker)
    await readAll(desk, reading, [id])
    expect(errorRate(TRUTH, reading.text(id)?.text ?? '')).toBeLessThan(0.02)
    const upright = newDesk()
    const same = await addPaper(upright, draftOf(upright), page)
    const plain = newReading(upright, worker)
    await readAll(upright, plain, [same])
    const [seen, truth] = [reading.words(id, 2) ?? [], plain.words(same, 2) ?? []]
    const [word, its] = [seen.find(({ text }) => text === 'Quốc'), truth.find(({ text }) => text === 'Quốc')]
    if (!word || !its) throw new Error('not read')
    const [x, y] = turns === 1 ? [its.y, lying.height - its.x - its.width] : turns === 2 ? [lying.width - its.x - its.width, lying.height - its.y - its.height] : [lying.width - its.y - its.height, its.x]
    expect(Math.abs(word.x - x) + Math.abs(word.y - y)).toBeLessThan(8)
    expect(word.turns).toBe(turns)
    expect(word.width > word.height).toBe(turns === 2)
  })

  test('that were turned after they were read are read anew; turned back, what was read holds again', async () => {
    const desk = newDesk()
    const id = await addPaper(desk, draftOf(desk), other)
    let looked = 0
    const reading = newReading(desk, worker, { pixels: async () => { looked += 1; return other } })
    await readAll(desk, reading, [id])
    turnPage(desk, id, 2)
    expect([reading.text(id), reading.words(id, 2)]).toEqual([null, null])
    turnPage(desk, id, 0)
    await readAll(desk, reading, [id])
    expect([looked, reading.text(id)?.text]).toEqual([1, 'Giấy chứng nhận kết hôn'])
  })

  test.skipIf(!hasVietnamese())('are read by the machine\'s own program where it is there', async () => {
    const desk = newDesk()
    const id = await addPaper(desk, draftOf(desk), other)
    await readAll(desk, newReading(desk, null, { engine: {} }), [id])
    expect(desk.store.read.get('SELECT engine FROM page_text', [], (row) => row.text('engine'))).toBe('system')
  })

  test.skipIf(!existsSync(OCR_B))('with an MRZ have it read with its own letters: its number is proposed, though digits were misread', async () => {
    const desk = newDesk()
    const draftId = readyDraft(desk).id
    const id = await addPaper(desk, draftId, await pictureOf(await pdfOf({ width: 330, height: 110, size: 13, font: OCR_B, margin: 20, content: CARD.map((text) => ({ text, noWrap: true })) }), DPI))
    const before = desk.intake.open(draftId)
    const reading = newReading(desk, worker)
    await readAll(desk, reading, [id])
    const proposals = await reading.proposals(draftId)
    expect(proposals.find(({ field }) => field === 'subject.idNumber')).toMatchObject({ pageId: id, value: '079099001234', origin: { kind: 'mrz', format: 'TD1', checked: true } })
    const { origin } = proposals.find(({ field }) => field === 'subject.birthDate') ?? {}
    expect(origin?.kind === 'mrz' && origin.repaired).toBeGreaterThan(0)
    const confidences = proposals.map(({ confidence }) => confidence)
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a))
    expect(desk.intake.open(draftId)).toEqual(before)
  })
})

describe('proposals of a draft', () => {
  test('of many pages that nobody has looked at yet let other calls in between', async () => {
    const desk = newDesk()
    const view = readyDraft(desk)
    const pages = 12
    for (let page = 0; page < pages; page += 1) readAs(desk, await addPaper(desk, view.id, { width: 60, height: 80, channels: 1, dpi: 100, data: new Uint8Array(4800).fill(255) }), pageOf(['MỘT TỜ GIẤY', ...CARD]))
    const reading = newReading(desk, null)
    let between = 0
    let over = false
    const others = (async () => {
      for (; !over; between += 1) await new Promise((resolve) => { setImmediate(resolve) })
    })()
    expect(await reading.proposals(view.id)).not.toEqual([])
    over = true
    await others
    expect(between).toBeGreaterThanOrEqual(pages)
  })

  test('come from its kept pages only, and nothing is written into it', async () => {
    const desk = newDesk()
    const view = readyDraft(desk)
    const [kept, off] = [await addPaper(desk, view.id, { width: 2480, height: 3508, channels: 1, dpi: 300, data: new Uint8Array(2480 * 3508).fill(255) }), await addPaper(desk, view.id, null)]
    readAs(desk, kept, pageOf(['MỘT TỜ GIẤY', ...CARD]))
    desk.store.write((tx) => tx.run("UPDATE page SET place = 'removed' WHERE id = ?", [off]))
    const reading = newReading(desk, null)
    expect((await reading.proposals(view.id)).map(({ pageId }) => pageId)).toEqual(expect.arrayContaining([kept]))
    expect(new Set((await reading.proposals(view.id)).map(({ pageId }) => pageId)).size).toBe(1)
    expect(desk.intake.open(view.id)).toEqual(view)
    desk.store.write((tx) => tx.run("UPDATE page SET place = 'removed' WHERE id = ?", [kept]))
    expect(await reading.proposals(view.id)).toEqual([])
  })
})
