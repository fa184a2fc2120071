import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { AppError } from '@contract/errors'
import type { DraftId, Sha256 } from '@contract/ids'
import { createArranging } from '../../../src-main/capture/desk/arrange'
import { fileNameOf } from '../../../src-main/capture/desk/pdf-name'
import { wordsInFile } from '../../../src-main/capture/desk/leaf-image'
import { actor, type Desk, newDesk, PDF, takeIn } from '../../intake/support'
import { codeOf, codeOfAsync } from '../../storage/support'
import { hasTool } from '../pages/lib/sheets'
import { addPage, askTool, boundIn, boundOf, COMPONENT, finishPage, markRead, newBinding, pagesInPdf, seedsIn } from './piles'

/** Under load, too. */
const until = (check: () => unknown): Promise<unknown> => vi.waitFor(check, 10_000)

function start(changed: Parameters<typeof newBinding>[1] = {}) {
  const desk = newDesk()
  const draftId = desk.intake.start(actor).id
  const arranging = createArranging({ ...desk.deps, log: () => undefined, assertOpen: desk.intake.assertOpen })
  return { desk, draftId, arranging, binding: newBinding(desk, changed) }
}
const allBound = (desk: Desk, draftId: DraftId): number => desk.store.read.get(
  'SELECT count(*) AS n FROM document d WHERE d.draft_id = ? AND EXISTS (SELECT 1 FROM bound_page b WHERE b.document_id = d.id)', [draftId], (row) => row.integer('n')) ?? 0

describe('the PDF of a component', () => {
  test('holds the kept pages that are ready, in their order, and stands before what came as a file', async () => {
    const { desk, draftId, binding } = start()
    await takeIn(desk, draftId, PDF)
    await addPage(desk, draftId, 1)
    await addPage(desk, draftId, 2, { mediaType: 'image/tiff' })
    await addPage(desk, draftId, 3, { place: 'blank' })
    await addPage(desk, draftId, 4, { place: 'removed' })
    await addPage(desk, draftId, 5, { mediaType: 'image/png' })
    await addPage(desk, draftId, 6, { component: 'giay-2' })
    await binding.bind(draftId)
    const view = desk.intake.open(draftId)
    expect(view.documents.map(({ component, bound, name, pages, ordinal }) => [component, bound, name, pages, ordinal])).toEqual([
      ['giay-2', true, 'Giấy giay-2.pdf', 1, 0], [COMPONENT, true, 'Giấy to-khai.pdf', 3, 0], [COMPONENT, false, 'to-khai.pdf', 1, 1],
    ])
    expect(await seedsIn(desk, draftId)).toEqual([1, 2, 5])
    expect(await seedsIn(desk, draftId, 'giay-2')).toEqual([6])
    for (const { sha256, size } of boundOf(view)) {
      await desk.documents.verify(sha256)
      expect(await desk.documents.size(sha256)).toBe(size)
    }
  })

  test.skipIf(!['qpdf', 'pdfimages', 'pdftotext'].every(hasTool))('is a PDF in which no program finds fault, with its words', async () => {
    const words = [{ text: 'Nguyễn', x: 10, y: 10, width: 60, height: 14 }]
    const { desk, draftId, binding } = start({ words: () => words })
    await addPage(desk, draftId, 1, { read: true })
    await addPage(desk, draftId, 2, { mediaType: 'image/tiff' })
    await binding.bind(draftId)
    const { sha256 } = boundIn(desk, draftId) ?? expect.fail()
    expect(await askTool(desk, sha256, 'qpdf', ['--check'])).toContain('No syntax or stream encoding errors found')
    const list = (await askTool(desk, sha256, 'pdfimages', ['-list'])).split('\n').slice(2, 4).map((line) => line.trim().split(/\s+/))
    expect(list.map((row) => [row[3], row[8], row[12]])).toEqual([['101', 'jpeg', '100'], ['102', 'ccitt', '100']])
    expect((await askTool(desk, sha256, 'pdftotext', [], ['-'])).trim()).toBe('Nguyễn')
  })

  test('is made anew when pages are put in another order, turned, made again, read or taken off, and not otherwise', async () => {
    const { desk, draftId, arranging, binding } = start()
    const first = await addPage(desk, draftId, 1)
    const second = await addPage(desk, draftId, 2)
    const bound = async () => {
      await binding.bind(draftId)
      const document = boundIn(desk, draftId)
      return { id: document?.id, pages: document ? await pagesInPdf(desk, document.sha256) : null }
    }
    const at = [await bound(), await bound()]
    expect(at[1]).toEqual(at[0])
    arranging.place(actor, { draftId, component: COMPONENT, at: 0, pageIds: [second] })
    at.push(await bound())
    arranging.turn(actor, first, 3)
    at.push(await bound())
    await finishPage(desk, second, 7)
    at.push(await bound())
    arranging.keep(actor, { draftId, pageIds: [first], kept: false })
    at.push(await bound())
    expect(at.slice(2).map(({ pages }) => pages)).toEqual([
      [{ seed: 2, turns: 0 }, { seed: 1, turns: 0 }], [{ seed: 2, turns: 0 }, { seed: 1, turns: 3 }], [{ seed: 7, turns: 0 }, { seed: 1, turns: 3 }], [{ seed: 7, turns: 0 }],
    ])
    markRead(desk, second)
    at.push(await bound())
    expect(new Set(at.map(({ id }) => id)).size).toBe(6)
  })

  test('keeps its place and the former one for a while; the one before that is gone with its file', async () => {
    const { desk, draftId, arranging, binding } = start()
    const page = await addPage(desk, draftId, 1)
    const made: string[] = []
    for (const turns of [1, 2, 3] as const) {
      arranging.turn(actor, page, turns)
      await binding.bind(draftId)
      made.push(boundIn(desk, draftId)?.sha256 ?? '')
      if (turns === 1) {
        const other = await takeIn(desk, draftId, PDF)
        desk.intake.arrange(draftId, COMPONENT, [{ id: other.id, rotation: 0 }, { id: boundIn(desk, draftId)?.id ?? other.id, rotation: 0 }])
      }
    }
    expect(allBound(desk, draftId)).toBe(2)
    expect(desk.intake.open(draftId).documents.map(({ bound, ordinal }) => [bound, ordinal])).toEqual([[false, 0], [true, 1]])
    expect(made.map((sha256) => desk.documents.has(sha256 as never))).toEqual([false, true, true])
  })

  test('goes when all of its pages are off, and comes back with them', async () => {
    const { desk, draftId, arranging, binding } = start()
    const page = await addPage(desk, draftId, 1)
    await binding.bind(draftId)
    arranging.keep(actor, { draftId, pageIds: [page], kept: false })
    await binding.bind(draftId)
    expect(boundIn(desk, draftId)).toBeUndefined()
    arranging.keep(actor, { draftId, pageIds: [page], kept: true })
    await binding.bind(draftId)
    expect(await seedsIn(desk, draftId)).toEqual([1])
  })

  test('follows pages that are moved to another paper', async () => {
    const { desk, draftId, arranging, binding } = start()
    const [, second] = [await addPage(desk, draftId, 1), await addPage(desk, draftId, 2)]
    await binding.bind(draftId)
    arranging.place(actor, { draftId, component: 'giay-2', at: 0, pageIds: [second] })
    await binding.bind(draftId)
    expect([await seedsIn(desk, draftId), await seedsIn(desk, draftId, 'giay-2')]).toEqual([[1], [2]])
  })

  test('is not taken off or put back as a file is: it goes with its pages', async () => {
    const { desk, draftId, binding } = start()
    await addPage(desk, draftId, 1)
    await binding.bind(draftId)
    const id = boundIn(desk, draftId)?.id ?? expect.fail()
    expect([codeOf(() => desk.intake.removeDocument(draftId, id, true)), codeOf(() => desk.intake.removeDocument(draftId, id, false))]).toEqual(['LUU-021', 'LUU-021'])
    expect(() => desk.store.write((tx) => {
      tx.run('UPDATE document SET removed = 1 WHERE id = ?', [id])
      tx.run('UPDATE document SET removed = 0 WHERE id = ?', [id])
    })).toThrow('stays off')
  })

  test('is one: a second cannot be kept beside it', async () => {
    const { desk, draftId, binding } = start()
    const page = await addPage(desk, draftId, 1)
    await binding.bind(draftId)
    const { id } = await takeIn(desk, draftId, PDF)
    expect(() => desk.store.write((tx) => tx.run('INSERT INTO bound_page (document_id, ordinal, page_id, turns, revision, with_text) VALUES (?, 0, ?, 0, 2, 0)', [id, page]))).toThrow('one bound document')
  })
})

describe('a page that could not be made', () => {
  test('is told when all is to be settled, after the others were bound', async () => {
    const { desk, draftId, binding } = start()
    await addPage(desk, draftId, 1)
    await addPage(desk, draftId, 2, { state: 'failed' })
    expect(await codeOfAsync(() => binding.bind(draftId))).toBe('QT-016')
    expect(await seedsIn(desk, draftId)).toEqual([1])
  })

  test('says nothing once it is off', async () => {
    const { desk, draftId, arranging, binding } = start()
    await addPage(desk, draftId, 1)
    const bad = await addPage(desk, draftId, 2, { state: 'failed' })
    arranging.keep(actor, { draftId, pageIds: [bad], kept: false })
    await binding.bind(draftId)
    expect(await seedsIn(desk, draftId)).toEqual([1])
  })
})

describe('binding by itself', () => {
  test('begins at once with the first page and waits with the rest until none is being worked on', async () => {
    const { desk, draftId, binding } = start({ quietMs: 60 })
    await addPage(desk, draftId, 1)
    const late = await addPage(desk, draftId, 2, { state: 'waiting' })
    binding.soon(draftId)
    await until(async () => expect(await seedsIn(desk, draftId)).toEqual([1]))
    await addPage(desk, draftId, 3)
    binding.soon(draftId)
    await wait(150)
    expect(await seedsIn(desk, draftId)).toEqual([1])
    await finishPage(desk, late, 2)
    binding.soon(draftId)
    await until(async () => expect(await seedsIn(desk, draftId)).toEqual([1, 2, 3]))
    expect(desk.events).toContainEqual({ kind: 'pages', draftId })
  })

  test('makes one PDF of many changes that come at once', async () => {
    const { desk, draftId, arranging, binding } = start({ quietMs: 80 })
    const page = await addPage(desk, draftId, 1)
    await binding.bind(draftId)
    const writer = vi.spyOn(desk.documents, 'writer')
    for (const turns of [1, 2, 3, 0, 1] as const) {
      arranging.turn(actor, page, turns)
      binding.soon(draftId)
    }
    await until(async () => expect(await pagesInPdf(desk, boundIn(desk, draftId)?.sha256 ?? expect.fail())).toEqual([{ seed: 1, turns: 1 }]))
    expect(writer).toHaveBeenCalledTimes(1)
  })

  test('waits with words alone until all pages of the paper were read', async () => {
    const { desk, draftId, binding } = start()
    const [first, second] = [await addPage(desk, draftId, 1), await addPage(desk, draftId, 2)]
    await binding.bind(draftId)
    const { id } = boundIn(desk, draftId) ?? expect.fail()
    markRead(desk, first)
    binding.soon(draftId)
    await wait(120)
    expect(boundIn(desk, draftId)?.id).toBe(id)
    markRead(desk, second, 'none')
    binding.soon(draftId)
    await until(() => expect(boundIn(desk, draftId)?.id).not.toBe(id))
  })

  test('catches up after a crash', async () => {
    const { desk, draftId, binding } = start()
    await addPage(desk, draftId, 1)
    binding.resume()
    await until(async () => expect(await seedsIn(desk, draftId)).toEqual([1]))
  })

  test('tells the log of a failure, keeps the former PDF, and can do it later', async () => {
    const log = vi.fn()
    const { desk, draftId, binding } = start({ log })
    await addPage(desk, draftId, 1)
    await binding.bind(draftId)
    const second = await addPage(desk, draftId, 2)
    const lost = desk.store.read.get('SELECT sha256 FROM page WHERE id = ?', [second], (row) => row.text<never>('sha256')) ?? expect.fail()
    await desk.documents.remove(lost)
    binding.soon(draftId)
    await until(() => expect(log).toHaveBeenCalledWith('pages.bind-failed', { draftId, code: 'LUU-021' }))
    expect(await codeOfAsync(() => binding.bind(draftId))).toBe('LUU-021')
    expect(await seedsIn(desk, draftId)).toEqual([1])
    await finishPage(desk, second, 2)
    await binding.bind(draftId)
    expect(await seedsIn(desk, draftId)).toEqual([1, 2])
  })

  test('does nothing after it was closed', async () => {
    const { desk, draftId, binding } = start()
    await addPage(desk, draftId, 1)
    await binding.close()
    binding.soon(draftId)
    await binding.bind(draftId)
    await wait(60)
    expect(boundIn(desk, draftId)).toBeUndefined()
  })
})

describe('what happens while a PDF is being made', () => {
  /** Runs `act` once, when the first page of a binding is read. */
  const during = (desk: Desk, act: () => unknown): void => {
    const { readAll } = desk.documents
    vi.spyOn(desk.documents, 'readAll').mockImplementationOnce(async (sha256, most) => {
      await act()
      return readAll(sha256, most)
    })
  }

  test('is in the next: pages that are moved or turned then', async () => {
    const { desk, draftId, arranging, binding } = start()
    const [first, second] = [await addPage(desk, draftId, 1), await addPage(desk, draftId, 2)]
    during(desk, () => {
      arranging.place(actor, { draftId, component: COMPONENT, at: 0, pageIds: [second] })
      arranging.turn(actor, first, 1)
    })
    await binding.bind(draftId)
    expect(await pagesInPdf(desk, boundIn(desk, draftId)?.sha256 ?? expect.fail())).toEqual([{ seed: 2, turns: 0 }, { seed: 1, turns: 1 }])
    expect(allBound(desk, draftId)).toBe(1)
  })

  test('is for the next one, not for this: words, which a commit does not wait for', async () => {
    const { desk, draftId, binding } = start()
    const pages = [await addPage(desk, draftId, 1), await addPage(desk, draftId, 2), await addPage(desk, draftId, 3)]
    const { readAll } = desk.documents
    // As quick as the pages are written: the reading is never done before the PDF is.
    vi.spyOn(desk.documents, 'readAll').mockImplementation((sha256, most) => {
      const [page] = pages.splice(0, 1)
      if (page) markRead(desk, page)
      return readAll(sha256, most)
    })
    const writer = vi.spyOn(desk.documents, 'writer')
    await binding.bind(draftId)
    expect([await seedsIn(desk, draftId), writer.mock.calls.length]).toEqual([[1, 2, 3], 1])
    expect(desk.store.read.all('SELECT with_text FROM bound_page', [], (row) => row.flag('with_text'))).toEqual([false, false, false])
    await binding.bind(draftId)
    expect(desk.store.read.all('SELECT b.with_text FROM bound_page b JOIN document d ON d.id = b.document_id WHERE d.removed = 0', [], (row) => row.flag('with_text'))).toEqual([true, true, true])
  })

  test('leaves no file when the database takes no row of it', async () => {
    const { desk, draftId, binding } = start()
    await addPage(desk, draftId, 1)
    const made: Sha256[] = []
    const { writer } = desk.documents
    vi.spyOn(desk.documents, 'writer').mockImplementation((size) => {
      const real = writer(size)
      return { ...real, finish: async () => {
        const whole = await real.finish()
        made.push(whole.sha256)
        return whole
      } }
    })
    const write = vi.spyOn(desk.store, 'write').mockImplementation(() => { throw new AppError('LUU-013') })
    expect(await codeOfAsync(() => binding.bind(draftId))).toBe('LUU-013')
    write.mockRestore()
    expect(made.map((sha256) => desk.documents.has(sha256))).toEqual([false])
    await binding.bind(draftId)
    expect(await seedsIn(desk, draftId)).toEqual([1])
  })

  test('is no failure: a page that is made again, whose former file is gone', async () => {
    const { desk, draftId, binding } = start()
    const page = await addPage(desk, draftId, 1)
    const former = desk.store.read.get('SELECT sha256 FROM page WHERE id = ?', [page], (row) => row.text<never>('sha256')) ?? expect.fail()
    during(desk, async () => {
      await finishPage(desk, page, 2)
      await desk.documents.remove(former)
    })
    await binding.bind(draftId)
    expect(await seedsIn(desk, draftId)).toEqual([2])
  })

  test('leaves nothing when the draft is closed', async () => {
    const { desk, draftId, binding } = start()
    await addPage(desk, draftId, 1)
    const finished = vi.spyOn(desk.documents, 'remove')
    during(desk, () => desk.intake.discard(actor, draftId))
    await binding.bind(draftId)
    expect(allBound(desk, draftId)).toBe(0)
    expect(finished).toHaveBeenCalledTimes(1)
    expect(desk.intake.restore(actor, draftId).documents).toEqual([])
    await binding.bind(draftId)
    expect(await seedsIn(desk, draftId)).toEqual([1])
  })

  test('ends it when the program closes', async () => {
    const { desk, draftId, binding } = start()
    await addPage(desk, draftId, 1)
    await addPage(desk, draftId, 2)
    during(desk, () => void binding.close())
    expect(await codeOfAsync(() => binding.bind(draftId))).toBe('QT-012')
    expect(allBound(desk, draftId)).toBe(0)
  })
})

describe('names and words', () => {
  test.each([
    ['Tờ khai xác nhận tình trạng hôn nhân', 'Tờ khai xác nhận tình trạng hôn nhân.pdf'],
    ['Bản sao: CCCD/CMND\u0000 "hai mặt"  ', 'Bản sao CCCD CMND hai mặt.pdf'],
    ['', 'Giấy tờ.pdf'],
    ['..', 'Giấy tờ.pdf'],
    ['ư'.repeat(300), `${'ư'.repeat(80)}.pdf`],
  ])('a paper called %j is saved as %j', (title, name) => {
    expect(fileNameOf(title)).toBe(name)
  })

  test('words of a picture that its file holds turned stand where the file has them', () => {
    const shown = { width: 100, height: 60 }
    const word = { text: 'a', x: 10, y: 5, width: 20, height: 8 }
    expect(wordsInFile([word], 0, shown)).toEqual([word])
    // Turned clockwise by a quarter, the file's lower left corner becomes the upper left.
    expect(wordsInFile([word], 1, shown)).toEqual([{ text: 'a', x: 5, y: 70, width: 8, height: 20, turns: 1 }])
    expect(wordsInFile([word], 2, shown)).toEqual([{ text: 'a', x: 70, y: 47, width: 20, height: 8, turns: 2 }])
    expect(wordsInFile([{ ...word, turns: 2 }], 3, shown)).toEqual([{ text: 'a', x: 47, y: 10, width: 8, height: 20, turns: 1 }])
  })
})
