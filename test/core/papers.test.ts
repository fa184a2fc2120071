import { call } from '@orpc/server'
import { describe, expect, test, vi } from 'vitest'
import { addPage, COMPONENT, filesOf } from '../capture/desk/piles'
import { codeOfCall, filledContent, practice, router } from './support'

async function walkIn() {
  const made = await practice('duyen')
  const { context, office } = made
  const view = await call(router.intake.start, undefined, context)
  const saved = await call(router.intake.save, { draftId: view.id, revision: view.revision, content: filledContent(view, office().catalogue.get('1.004873')) }, context)
  return { ...made, draftId: view.id, commit: () => call(router.intake.commit, { draftId: view.id, revision: saved.revision }, context) }
}

describe('A commit that the window asks for', () => {
  test('settles the pages of the draft first, and clears their files away afterwards', async () => {
    const { office, draftId, commit } = await walkIn()
    const pages = [await addPage(office(), draftId, 1, { place: 'blank' }), await addPage(office(), draftId, 2)]
    const before = pages.map((page) => filesOf(office(), page))
    const { documents } = await commit()
    expect(documents.map(({ component, pages: count, bound, mediaType }) => [component, count, bound, mediaType])).toEqual([[COMPONENT, 1, true, 'application/pdf']])
    expect(documents[0]?.name).toMatch(/^[^\\/]+\.pdf$/u)
    await vi.waitFor(() => expect(pages.map((page) => filesOf(office(), page).original)).toEqual([null, null]), 5_000)
    expect(before.map(({ original }) => original !== null && office().documents.has(original))).toEqual([false, false])
  })

  test('is refused in words while a page cannot be used', async () => {
    const { office, context, draftId, commit } = await walkIn()
    const page = await addPage(office(), draftId, 1, { state: 'failed' })
    expect(await codeOfCall(commit)).toBe('QT-016')
    await call(router.pages.keep, { draftId, pageIds: [page], kept: false }, context)
    expect((await commit()).documents).toEqual([])
  })
})
