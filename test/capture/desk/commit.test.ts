import { describe, expect, test, vi } from 'vitest'
import type { DraftId, Sha256 } from '@contract/ids'
import { USUAL_WISHES } from '@contract/pages'
import type { CaptureDesk } from '../../../src-main/capture'
import { createAfterCommit, LEFTOVERS } from '../../../src-main/capture/desk/after-commit'
import { createArranging } from '../../../src-main/capture/desk/arrange'
import { makeAgain } from '../../../src-main/capture/desk/work-rows'
import { createPapers } from '../../../src-main/core/papers'
import { putPaperWords } from '../../../src-main/intake'
import { actor, newDesk, readyDraft, receive } from '../../intake/support'
import { codeOfAsync } from '../../storage/support'
import { addPage, boundIn, boundOf, COMPONENT, filesOf, finishPage, markRead, newBinding, seedsIn } from './piles'

function start() {
  const desk = newDesk()
  const binding = newBinding(desk)
  const after = createAfterCommit({ ...desk.deps, log: () => undefined })
  const arranging = createArranging({ ...desk.deps, log: () => undefined, assertOpen: desk.intake.assertOpen })
  const open = vi.fn(async () => ({ settle: binding.bind, committed: (draftId: DraftId) => void after.release(draftId) }) as Partial<CaptureDesk> as CaptureDesk)
  const papers = createPapers({ store: desk.store, log: () => undefined, desk: open })
  const { id: draftId, revision } = readyDraft(desk)
  const commitNow = () => desk.intake.commit(actor, { draftId, revision, despiteDuplicates: true })
  const commit = () => papers.received(draftId, commitNow)
  const has = (...files: (Sha256 | null)[]): boolean[] => files.map((sha256) => sha256 !== null && desk.documents.has(sha256))
  return { desk, binding, after, arranging, papers, open, draftId, commit, commitNow, has }
}

describe('a commit', () => {
  test('takes every kept page to the dossier, in the PDF of its paper', async () => {
    const { desk, draftId, commit } = start()
    await addPage(desk, draftId, 1)
    await addPage(desk, draftId, 2)
    await addPage(desk, draftId, 3, { place: 'blank' })
    const dossier = await commit()
    expect(dossier.documents.map(({ component, pages, bound, mediaType }) => [component, pages, bound, mediaType])).toEqual([[COMPONENT, 2, true, 'application/pdf']])
    expect(desk.store.read.all('SELECT sha256 FROM submission_document', [], (row) => row.text('sha256'))).toEqual([dossier.documents[0]?.sha256])
  })

  test('of a draft without pages loads nothing of paper', async () => {
    const { draftId, commit, open, papers } = start()
    const dossier = await commit()
    papers.committed(draftId, dossier.id)
    expect(open).not.toHaveBeenCalled()
  })

  test('waits until a page that cannot be used is taken again or off', async () => {
    const { desk, draftId, arranging, commit } = start()
    await addPage(desk, draftId, 1)
    const bad = await addPage(desk, draftId, 2, { state: 'failed' })
    expect(await codeOfAsync(commit)).toBe('QT-016')
    arranging.keep(actor, { draftId, pageIds: [bad], kept: false })
    expect((await commit()).documents).toHaveLength(1)
  })
})

describe('a page that comes in at the last moment', () => {
  /** Another page, whenever the pages of the draft were just settled. */
  const late = (at: ReturnType<typeof start>, times: number): void => {
    let left = times
    at.open.mockImplementation(async () => ({
      settle: async (draftId: DraftId) => {
        await at.binding.bind(draftId)
        if (left > 0) await addPage(at.desk, draftId, 10 + left)
        left -= 1
      },
    }) as Partial<CaptureDesk> as CaptureDesk)
  }

  test('is bound, too, before the dossier is received', async () => {
    const at = start()
    await addPage(at.desk, at.draftId, 1)
    late(at, 1)
    expect((await at.commit()).documents.map(({ pages }) => pages)).toEqual([2])
  })

  test('again and again stops the commit by name, and nothing is received', async () => {
    const at = start()
    await addPage(at.desk, at.draftId, 1)
    late(at, 2)
    expect(await codeOfAsync(at.commit)).toBe('QT-016')
    expect(at.desk.count('dossier')).toBe(0)
  })
})

describe('the database itself refuses a commit', () => {
  test.each<[string, (at: ReturnType<typeof start>) => unknown]>([
    ['with a page that is in no document', ({ desk, draftId }) => addPage(desk, draftId, 2)],
    ['with a page that is still being worked on', ({ desk, draftId }) => addPage(desk, draftId, 2, { state: 'waiting' })],
    ['with a page that could not be made', ({ desk, draftId }) => addPage(desk, draftId, 2, { state: 'failed' })],
    ['with a page that was turned since', ({ desk, arranging }) => arranging.turn(actor, pageOf(desk), 1)],
    ['with a page that was made again since', ({ desk }) => finishPage(desk, pageOf(desk), 3)],
    ['with a page that belongs to another paper since', ({ desk, draftId, arranging }) => arranging.place(actor, { draftId, component: 'giay-2', at: 0, pageIds: [pageOf(desk)] })],
    ['with a page whose PDF was taken off', ({ desk }) => desk.store.write((tx) => tx.run('UPDATE document SET removed = 1'))],
    ['with an empty page that was taken back', ({ desk, draftId, arranging }) => addPage(desk, draftId, 2, { place: 'blank' }).then((page) => arranging.keep(actor, { draftId, pageIds: [page], kept: true }))],
  ])('%s', async (_name, change) => {
    const at = start()
    await addPage(at.desk, at.draftId, 1)
    await at.binding.bind(at.draftId)
    await change(at)
    expect(at.commitNow).toThrow('a page is in no document')
    expect([at.desk.count('dossier'), at.desk.count('submission')]).toEqual([0, 0])
  })

  test('but not for pages that are set aside or off, or put in another order since', async () => {
    const { desk, draftId, arranging, binding, commitNow } = start()
    const [, second] = [await addPage(desk, draftId, 1), await addPage(desk, draftId, 2)]
    await binding.bind(draftId)
    await addPage(desk, draftId, 3, { place: 'separator' })
    await addPage(desk, draftId, 4, { place: 'removed', state: 'waiting' })
    arranging.place(actor, { draftId, component: COMPONENT, at: 0, pageIds: [second] })
    expect(commitNow().documents).toHaveLength(1)
  })
})

const pageOf = (desk: ReturnType<typeof newDesk>) => desk.store.read.get('SELECT id FROM page ORDER BY added_at LIMIT 1', [], (row) => row.text<never>('id')) ?? expect.fail()

describe('after the commit', () => {
  test('originals go; the file of a page goes when it has been read', async () => {
    const { desk, draftId, after, commit, has } = start()
    const [read, unread] = [await addPage(desk, draftId, 1, { read: true }), await addPage(desk, draftId, 2)]
    const [one, two] = [filesOf(desk, read), filesOf(desk, unread)]
    const dossier = await commit()
    await after.release(draftId)
    expect(has(one.original, two.original, one.file, two.file)).toEqual([false, false, false, true])
    expect([filesOf(desk, read), filesOf(desk, unread)]).toEqual([{ original: null, file: null }, { original: null, file: two.file }])
    markRead(desk, unread, 'none')
    await after.release(draftId)
    expect(has(two.file)).toEqual([false])
    for (const { sha256 } of dossier.documents) await desk.documents.verify(sha256)
  })

  test('what was set aside or taken off leaves no file either, worked on or not', async () => {
    const { desk, draftId, after, commit, has } = start()
    await addPage(desk, draftId, 1)
    const aside = [await addPage(desk, draftId, 2, { place: 'blank' }), await addPage(desk, draftId, 3, { place: 'removed' }), await addPage(desk, draftId, 4, { place: 'removed', state: 'waiting' })]
    const files = aside.map((page) => filesOf(desk, page))
    await commit()
    await after.release(draftId)
    expect(has(...files.flatMap(({ original, file }) => [original, file]))).toEqual([false, false, false, false, false, false])
    expect(desk.count('page')).toBe(4)
  })

  test('former PDFs go, the one of the dossier stays', async () => {
    const { desk, draftId, after, arranging, binding, commit, has } = start()
    const page = await addPage(desk, draftId, 1)
    await binding.bind(draftId)
    const former = boundIn(desk, draftId)?.sha256 ?? expect.fail()
    arranging.turn(actor, page, 2)
    const dossier = await commit()
    await after.release(draftId)
    expect([...has(former), ...has(dossier.documents[0]?.sha256 ?? null), desk.count('document')]).toEqual([false, true, 1])
  })

  test('a file that another draft has as well stays until nobody needs it', async () => {
    const { desk, draftId, after, commit, has } = start()
    const page = await addPage(desk, draftId, 1, { read: true })
    const { original, file } = filesOf(desk, page)
    const other = desk.intake.start(actor).id
    const twin = await addPage(desk, other, 1)
    if (!original) throw new Error('no original')
    desk.store.write((tx) => tx.run('UPDATE page SET original_sha256 = ? WHERE id = ?', [original, twin]))
    await commit()
    await after.release(draftId)
    expect(has(original, file)).toEqual([true, true])
    expect(filesOf(desk, page)).toEqual({ original: null, file: null })
  })

  test('a draft that is open or discarded keeps everything', async () => {
    const { desk, draftId, after, has } = start()
    const files = filesOf(desk, await addPage(desk, draftId, 1, { read: true }))
    await after.release(draftId)
    desk.intake.discard(actor, draftId)
    await after.release(draftId)
    await after.sweepLeftovers()
    expect(has(files.original, files.file)).toEqual([true, true])
  })

  test('a sweep finishes what a failure or a crash has left', async () => {
    const { desk, draftId, after, commit, has } = start()
    const pages = [await addPage(desk, draftId, 1, { read: true }), await addPage(desk, draftId, 2, { read: true })]
    const files = pages.map((page) => filesOf(desk, page))
    await commit()
    const { remove } = desk.documents
    const failing = vi.spyOn(desk.documents, 'remove').mockImplementationOnce(remove).mockImplementationOnce(() => Promise.reject(new Error('gone')))
    await after.release(draftId)
    expect(pages.map((page) => filesOf(desk, page))).toEqual(files)
    failing.mockRestore()
    await after.sweepLeftovers()
    expect(has(...files.flatMap(({ original, file }) => [original, file]))).toEqual([false, false, false, false])
    const plan = desk.store.read.all(`EXPLAIN QUERY PLAN ${LEFTOVERS}`, [], (row) => row.text('detail')).filter((step) => / [pd] /u.test(step))
    expect(plan.map((step) => step.split(' ').slice(0, 5).join(' '))).toEqual([
      'SEARCH p USING INDEX page_with_original', 'SEARCH d USING INDEX sqlite_autoindex_draft_1', 'SEARCH p USING INDEX page_with_file', 'SEARCH d USING INDEX sqlite_autoindex_draft_1',
    ])
  })

  test('one that was set aside and asked for anew at the last moment holds nothing up', async () => {
    const { desk, draftId, after, commitNow, binding, has } = start()
    await addPage(desk, draftId, 1, { read: true })
    const aside = await addPage(desk, draftId, 2, { place: 'blank' })
    await binding.bind(draftId)
    const files = filesOf(desk, aside)
    desk.store.write((tx) => makeAgain(tx, aside, USUAL_WISHES))
    commitNow()
    await after.release(draftId)
    expect(has(files.original, files.file)).toEqual([false, false])
    expect(desk.store.read.all('SELECT 1 AS n FROM page WHERE original_sha256 IS NOT NULL OR sha256 IS NOT NULL', [], (row) => row.integer('n'))).toEqual([])
  })
})

describe('a dossier that is corrected', () => {
  test('has its PDF as a file that came as it is; new pages make another, and both go out', async () => {
    const { desk, draftId, after, binding, commit } = start()
    await addPage(desk, draftId, 1, { read: true })
    const dossier = await commit()
    await after.release(draftId)
    const again = desk.intake.correct(actor, dossier.id)
    expect(again.documents.map(({ bound, pages }) => [bound, pages])).toEqual([[false, 1]])
    await addPage(desk, again.id, 2)
    await binding.bind(again.id)
    expect(boundOf(desk.intake.open(again.id))).toHaveLength(1)
    const next = desk.intake.commit(actor, { draftId: again.id, revision: again.revision, despiteDuplicates: true })
    await after.release(again.id)
    expect([next.id, next.version, next.documents.map(({ pages }) => pages)]).toEqual([dossier.id, 2, [1, 1]])
    for (const { sha256 } of next.documents) await desk.documents.verify(sha256)
    await binding.bind(again.id)
    expect(await seedsIn(desk, desk.intake.correct(actor, dossier.id).id)).toBeNull()
  })

  test('without new pages goes out with the PDF it had, and its file stays when the correction takes it off', async () => {
    const { desk, draftId, after, binding, commit, has } = start()
    await addPage(desk, draftId, 1)
    const dossier = await commit()
    const [document] = desk.intake.correct(actor, dossier.id).documents
    const again = desk.intake.correct(actor, dossier.id)
    if (!document) throw new Error('no document')
    desk.intake.removeDocument(again.id, document.id, true)
    await binding.bind(again.id)
    const next = desk.intake.commit(actor, { draftId: again.id, revision: again.revision, despiteDuplicates: true })
    await after.release(again.id)
    await after.sweepLeftovers()
    expect(next.documents).toEqual([])
    expect(has(document.sha256)).toEqual([true])
  })
})

test('a correction without new pages is told where words on its papers are known, for one may be off', async () => {
  const { desk, draftId, papers, open, commit } = start()
  await addPage(desk, draftId, 1)
  const dossier = await commit()
  open.mockClear()
  const again = desk.intake.correct(actor, dossier.id)
  papers.committed(again.id, dossier.id)
  expect(open).not.toHaveBeenCalled()
  desk.store.write((tx) => putPaperWords(tx, dossier.id, { exact: 'chứng sinh', folded: 'chung sinh' }))
  papers.committed(again.id, dossier.id)
  expect(open).toHaveBeenCalledTimes(1)
})

test('a dossier without pages is received as before', () => {
  const { desk } = start()
  expect(receive(desk).version).toBe(1)
})
