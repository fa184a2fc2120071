import { beforeAll, describe, expect, test } from 'vitest'
import { reindex } from '../../../src-main/intake'
import type { DossierView, SearchHit } from '@contract/dossier'
import type { DraftId, PageId } from '@contract/ids'
import type { Grey } from '../../../src-main/capture/pages/raster'
import { actor, type Desk, newDesk, person, readyDraft, receive } from '../../intake/support'
import { pageOf } from '../text/forms'
import { has, pdfOf, pictureOf, workerFile } from '../text/pages'
import { SENTENCE_PAGE } from '../text/samples'
import { addPaper, newReading, readAll, readAs, textStateOf } from './papers'
import { newBinding } from './piles'

const noPoppler = has('pdftoppm') ? '' : ' (skipped: poppler-utils is not installed)'
const blank = (width: number): Grey => ({ width, height: 80, channels: 1, dpi: 100, data: new Uint8Array(80 * width).fill(255) })
const BLANK = blank(60)

const hits = (desk: Desk, query: string): SearchHit[] => desk.intake.search(query, 10)
const found = (desk: Desk, query: string): (readonly [string, boolean])[] => hits(desk, query).map(({ applicantName, onPaper }) => [applicantName, onPaper] as const)

/** A dossier whose papers have these rows on their pages, received but not yet told to the reading. */
async function withPapers(desk: Desk, rows: readonly (readonly string[])[], changed: Parameters<typeof readyDraft>[1] = {}): Promise<{ draftId: DraftId; dossier: DossierView; pages: PageId[] }> {
  const { id: draftId } = readyDraft(desk, changed)
  const pages: PageId[] = []
  for (const page of rows) {
    const id = await addPaper(desk, draftId, BLANK)
    if (page.length > 0) readAs(desk, id, pageOf(page))
    pages.push(id)
  }
  await newBinding(desk).bind(draftId)
  const { revision } = desk.intake.open(draftId)
  return { draftId, dossier: desk.intake.commit(actor, { draftId, revision, despiteDuplicates: true }), pages }
}

const dueOf = (desk: Desk): number => desk.count('paper_search_due')

describe('a dossier', () => {
  test('is found by words on its papers with and without marks once it is received, and says so', async () => {
    const desk = newDesk()
    const reading = newReading(desk, null)
    const { draftId, dossier } = await withPapers(desk, [['GIẤY CHỨNG SINH', 'Họ tên mẹ: Trịnh Thị Mỹ Lệ'], ['Bệnh viện Phụ sản Hà Đông']])
    reading.committed(draftId, dossier.id)
    for (const query of ['Trịnh Thị Mỹ Lệ', 'trinh thi my le', 'TRỊNH', 'trinh', 'phụ sản hà đông', 'san ha', 'bệnh viện phụ']) expect(found(desk, query)).toEqual([['Bùi Nhật Khang', true]])
    expect(found(desk, 'Bùi Nhật')).toEqual([['Bùi Nhật Khang', false]])
  })

  test('that has the name comes before one that has it on a paper', async () => {
    const desk = newDesk()
    const reading = newReading(desk, null)
    receive(desk, { applicant: person({ fullName: 'Trịnh Thị Mỹ Lệ', idNumber: '' }) })
    const { draftId, dossier } = await withPapers(desk, [['Họ tên mẹ: Trịnh Thị Mỹ Lệ']])
    reading.committed(draftId, dossier.id)
    expect(found(desk, 'trịnh thị mỹ lệ')).toEqual([['Trịnh Thị Mỹ Lệ', false], ['Bùi Nhật Khang', true]])
  })

  test('with the marks that were typed comes before one without; words together before words apart', async () => {
    const desk = newDesk()
    const reading = newReading(desk, null)
    for (const [name, row] of [['Người Một', 'giấy ủy quyền của ông Hoàng Mãi'], ['Người Hai', 'hoàng hôn trên phố mai'], ['Người Ba', 'phường Hoàng Mai'], ['Người Bốn', 'phuong hoang mai']] as const) {
      const { draftId, dossier } = await withPapers(desk, [[row]], { applicant: person({ fullName: name, idNumber: '' }) })
      reading.committed(draftId, dossier.id)
    }
    expect(found(desk, 'hoàng mai').map(([name]) => name)).toEqual(['Người Ba', 'Người Bốn', 'Người Một', 'Người Hai'])
  })

  test.each([
    ['an identity number', 'Số: 038190004466', '038190004466'], ['the beginning of one', 'Số: 038190004466', '038190'], ['a number in groups', 'CCCD 038 190 004 466', '038190004466'],
    ['a number typed in groups', 'Số: 038190004466', '038 190 004 466'], ['a phone with dots behind another number', 'Tổ 12 0978.111.222', '0978111222'],
  ])('is found by %s on a paper', async (_what, row, query) => {
    const desk = newDesk()
    const reading = newReading(desk, null)
    const { draftId, dossier } = await withPapers(desk, [['TỜ KHAI', row]])
    reading.committed(draftId, dossier.id)
    expect(found(desk, query)).toEqual([['Bùi Nhật Khang', true]])
  })

  test.each(['le', 'số', '12', '0815', '#0815', '20158', '"', '%'])('is not looked for on papers by what says too little: %s', async (query) => {
    const desk = newDesk()
    const reading = newReading(desk, null)
    const { draftId, dossier } = await withPapers(desk, [['le số 12 0815 20158']])
    reading.committed(draftId, dossier.id)
    expect(found(desk, query)).toEqual([])
  })

  test('is not found by a page that is in none of its documents', async () => {
    const desk = newDesk()
    const reading = newReading(desk, null)
    const { id: draftId } = readyDraft(desk)
    for (const [row, place] of [['ngôn ngữ', 'kept'], ['bí mật', 'removed']] as const) {
      const id = await addPaper(desk, draftId, BLANK)
      readAs(desk, id, pageOf([row]))
      desk.store.write((tx) => tx.run('UPDATE page SET place = ? WHERE id = ?', [place, id]))
    }
    await newBinding(desk).bind(draftId)
    const dossier = desk.intake.commit(actor, { draftId, revision: desk.intake.open(draftId).revision, despiteDuplicates: true })
    reading.committed(draftId, dossier.id)
    expect([found(desk, 'ngôn ngữ').length, found(desk, 'bí mật').length]).toEqual([1, 0])
  })

  test('is indexed after the next start when the program ended with its commit', async () => {
    const desk = newDesk()
    await withPapers(desk, [['Hoàng hôn tím']])
    expect([dueOf(desk), found(desk, 'hoàng hôn')]).toEqual([1, []])
    newReading(desk, null).wake()
    await expect.poll(() => found(desk, 'hoàng hôn')).toHaveLength(1)
    expect(dueOf(desk)).toBe(0)
  })

  test('whose correction drops a paper is not found by it any more, by a paper that stays it is', async () => {
    const desk = newDesk()
    const reading = newReading(desk, null)
    const { id: draftId } = readyDraft(desk)
    for (const [row, component, width] of [['cam kết miệng', 'to-khai', 60], ['hợp đồng thuê', 'khai-tu', 61]] as const) readAs(desk, await addPaper(desk, draftId, blank(width), component), pageOf([row]))
    const binding = newBinding(desk)
    await binding.bind(draftId)
    const dossier = desk.intake.commit(actor, { draftId, revision: desk.intake.open(draftId).revision, despiteDuplicates: true })
    reading.committed(draftId, dossier.id)
    expect([found(desk, 'cam kết miệng').length, found(desk, 'hợp đồng thuê').length]).toEqual([1, 1])
    desk.at('2026-11-24T02:00:00.000Z')
    const correction = desk.intake.correct(actor, dossier.id)
    const dropped = correction.documents.find(({ component }) => component === 'to-khai')
    if (!dropped) throw new Error('no copy')
    desk.intake.removeDocument(correction.id, dropped.id, true)
    readAs(desk, await addPaper(desk, correction.id, blank(62), 'to-khai'), pageOf(['cam kết viết tay']))
    await binding.bind(correction.id)
    const again = desk.intake.commit(actor, { draftId: correction.id, revision: desk.intake.open(correction.id).revision, despiteDuplicates: true })
    reading.committed(correction.id, again.id)
    expect([found(desk, 'cam kết miệng').length, found(desk, 'cam kết viết').length, found(desk, 'hợp đồng thuê').length]).toEqual([0, 1, 1])
  })

  test('keeps its words when its code becomes final', async () => {
    const desk = newDesk()
    const reading = newReading(desk, null)
    const { draftId, dossier } = await withPapers(desk, [['Hoàng hôn tím']])
    reading.committed(draftId, dossier.id)
    desk.store.write((tx) => reindex(tx, dossier.id))
    reading.committed(draftId, dossier.id)
    expect(found(desk, 'hoàng hôn')).toHaveLength(1)
  })
})

describe.skipIf(noPoppler !== '')(`a dossier received before its pages were read${noPoppler}`, () => {
  let worker: URL
  let page: Grey
  beforeAll(async () => {
    worker = await workerFile('ocr-worker-papers')
    page = await pictureOf(await pdfOf(SENTENCE_PAGE), 200)
  })

  test('is found by them as soon as they are', async () => {
    const desk = newDesk()
    const { id: draftId } = readyDraft(desk)
    const id = await addPaper(desk, draftId, page)
    await newBinding(desk).bind(draftId)
    const dossier = desk.intake.commit(actor, { draftId, revision: desk.intake.open(draftId).revision, despiteDuplicates: true })
    const reading = newReading(desk, worker)
    reading.committed(draftId, dossier.id)
    expect(found(desk, 'bệnh viện phụ sản')).toEqual([])
    await readAll(desk, reading, [id])
    await expect.poll(() => found(desk, 'bệnh viện phụ sản')).toEqual([['Bùi Nhật Khang', true]])
    expect([found(desk, 'benh vien phu san').length, found(desk, 'Trần Quốc Khởi').length, textStateOf(desk, id)]).toEqual([1, 1, 'read'])
    expect(reading.changedTexts).toContain(draftId)
  })
})
