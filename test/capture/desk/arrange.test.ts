import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DraftId, PageId } from '@contract/ids'
import type { Turns } from '@contract/pages'
import { createArranging, moveBehindSeparator } from '../../../src-main/capture/desk/arrange'
import { pageViews } from '../../../src-main/capture/desk/views'
import { actor, type Desk, newDesk } from '../../intake/support'
import { codeOf } from '../../storage/support'
import { addPage } from './piles'

function start() {
  const desk = newDesk()
  const arranging = createArranging({ ...desk.deps, log: () => undefined, assertOpen: desk.intake.assertOpen })
  const draftId = desk.intake.start(actor).id
  return { desk, arranging, draftId }
}

const orderOf = (desk: Desk, draftId: DraftId): Record<string, PageId[]> => {
  const order: Record<string, PageId[]> = {}
  for (const { component, id } of pageViews(desk.store.read, draftId)) (order[component] ??= []).push(id)
  return order
}
const isDense = (desk: Desk, draftId: DraftId): boolean => {
  const seen = new Map<string, number>()
  return pageViews(desk.store.read, draftId).every(({ component, ordinal }) => {
    const next = seen.get(component) ?? 0
    seen.set(component, next + 1)
    return ordinal === next
  })
}
const pile = async (desk: Desk, draftId: DraftId, count: number, component = 'a'): Promise<PageId[]> => {
  const ids: PageId[] = []
  for (let n = 1; n <= count; n += 1) ids.push(await addPage(desk, draftId, n, { component, job: `${component}-${draftId}`, number: n, state: 'waiting' }))
  return ids
}

describe('pages', () => {
  test('are reordered, split off and merged, each as one act that the window hears of', async () => {
    const { desk, arranging, draftId } = start()
    const [p1, p2, p3, p4] = await pile(desk, draftId, 4)
    if (!p1 || !p2 || !p3 || !p4) throw new Error('no pages')
    arranging.place(actor, { draftId, component: 'a', at: 0, pageIds: [p4, p2] })
    expect(orderOf(desk, draftId)).toEqual({ a: [p4, p2, p1, p3] })
    arranging.place(actor, { draftId, component: 'b', at: 9, pageIds: [p2, p3] })
    expect(orderOf(desk, draftId)).toEqual({ a: [p4, p1], b: [p2, p3] })
    arranging.place(actor, { draftId, component: 'b', at: 1, pageIds: [p1, p4, p1] })
    expect(orderOf(desk, draftId)).toEqual({ b: [p2, p1, p4, p3] })
    expect(isDense(desk, draftId)).toBe(true)
    expect(desk.events.slice(-2)).toEqual([{ kind: 'pages', draftId }, { kind: 'drafts' }])
  })

  test('that were taken off come back to where they were', async () => {
    const { desk, arranging, draftId } = start()
    const [p1, p2, p3] = await pile(desk, draftId, 3)
    if (!p1 || !p2 || !p3) throw new Error('no pages')
    arranging.keep(actor, { draftId, pageIds: [p2], kept: false })
    expect(pageViews(desk.store.read, draftId).map(({ place }) => place)).toEqual(['kept', 'removed', 'kept'])
    arranging.keep(actor, { draftId, pageIds: [p2, p3], kept: true })
    expect(pageViews(desk.store.read, draftId).map(({ id, place }) => [id, place])).toEqual([[p1, 'kept'], [p2, 'kept'], [p3, 'kept']])
    expect(desk.actions().slice(-2)).toEqual(['draft.pages-taken-off', 'draft.pages-taken-back'])
    expect(desk.audit.list(desk.store.read, { limit: 1 })[0]?.detailText).toBe(JSON.stringify({ pages: [p2] }))
  })

  test('that were set aside by themselves are taken back too', async () => {
    const { desk, arranging, draftId } = start()
    const blank = await addPage(desk, draftId, 1, { place: 'blank' })
    const sheet = await addPage(desk, draftId, 2, { place: 'separator' })
    arranging.keep(actor, { draftId, pageIds: [blank, sheet], kept: true })
    expect(pageViews(desk.store.read, draftId).map(({ place }) => place)).toEqual(['kept', 'kept'])
  })

  test('turn, and are read anew when they do', async () => {
    const { desk, arranging, draftId } = start()
    const page = await addPage(desk, draftId, 1, { read: true })
    arranging.turn(actor, page, 0)
    expect(pageViews(desk.store.read, draftId)[0]).toMatchObject({ turns: 0, text: 'read' })
    expect(arranging.turn(actor, page, 3)).toBe(draftId)
    expect(pageViews(desk.store.read, draftId)[0]).toMatchObject({ turns: 3, text: 'waiting' })
  })

  test('of another draft are refused, and nothing of the act is done', async () => {
    const { desk, arranging, draftId } = start()
    const [mine] = await pile(desk, draftId, 2)
    const foreign = await addPage(desk, desk.intake.start(actor).id, 5)
    if (!mine) throw new Error('no page')
    const before = orderOf(desk, draftId)
    expect(codeOf(() => arranging.place(actor, { draftId, component: 'b', at: 0, pageIds: [mine, foreign] }))).toBe('QT-023')
    expect(codeOf(() => arranging.keep(actor, { draftId, pageIds: [mine, foreign], kept: false }))).toBe('QT-023')
    expect(orderOf(desk, draftId)).toEqual(before)
    expect(desk.actions()).not.toContain('draft.pages-taken-off')
  })

  test('of a draft that is closed are left alone', async () => {
    const { desk, arranging, draftId } = start()
    const [page] = await pile(desk, draftId, 1)
    if (!page) throw new Error('no page')
    desk.intake.discard(actor, draftId)
    expect([
      codeOf(() => arranging.place(actor, { draftId, component: 'b', at: 0, pageIds: [page] })), codeOf(() => arranging.turn(actor, page, 1)),
      codeOf(() => arranging.keep(actor, { draftId, pageIds: [page], kept: false })),
    ]).toEqual(['HS-001', 'HS-001', 'HS-001'])
  })

  test('are neither lost nor doubled by any row of acts, in the database itself', async () => {
    const { desk, arranging, draftId } = start()
    const ids = [...await pile(desk, draftId, 5), ...await pile(desk, draftId, 3, 'b')]
    const some = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 4 })
    const component = fc.constantFrom('a', 'b', 'c')
    const act = fc.oneof(
      fc.record({ kind: fc.constant('place' as const), component, at: fc.nat(9), pageIds: some }),
      fc.record({ kind: fc.constant('keep' as const), kept: fc.boolean(), pageIds: some }),
      fc.record({ kind: fc.constant('turn' as const), turns: fc.constantFrom<Turns>(0, 1, 2, 3), pageIds: some }),
      fc.record({ kind: fc.constant('separator' as const), number: fc.integer({ min: 1, max: 5 }), component, pageIds: some }),
    )
    fc.assert(fc.property(fc.array(act, { maxLength: 8 }), (acts) => {
      for (const each of acts) {
        const [first] = each.pageIds
        const before = orderOf(desk, draftId)
        if (each.kind === 'place') {
          arranging.place(actor, { draftId, ...each })
          const visible = pageViews(desk.store.read, draftId).filter((page) => page.component === each.component && (page.place !== 'removed' || each.pageIds.includes(page.id))).map(({ id }) => id)
          expect(visible.filter((id) => each.pageIds.includes(id))).toEqual(each.pageIds)
        } else if (each.kind === 'keep') arranging.keep(actor, { draftId, ...each })
        else if (each.kind === 'separator') desk.store.write((tx) => moveBehindSeparator(tx, `a-${draftId}`, each.number, each.component))
        else if (first) arranging.turn(actor, first, each.turns)
        const after = orderOf(desk, draftId)
        if (each.kind === 'keep' || each.kind === 'turn') expect(after).toEqual(before)
        expect(Object.values(after).flat().sort()).toEqual([...ids].sort())
        expect(isDense(desk, draftId)).toBe(true)
      }
    }), { numRuns: 40 })
  })
})

describe('a separator sheet in a pile', () => {
  test('leads those behind it to the end of another component, in their order', async () => {
    const { desk, draftId } = start()
    const [p1, sheet, p3, p4] = await pile(desk, draftId, 4)
    const there = await addPage(desk, draftId, 9, { component: 'b' })
    if (!p1 || !sheet || !p3 || !p4) throw new Error('no pages')
    expect(desk.store.write((tx) => moveBehindSeparator(tx, `a-${draftId}`, 2, 'b'))).toBe(2)
    expect(orderOf(desk, draftId)).toEqual({ a: [p1, sheet], b: [there, p3, p4] })
    expect(desk.store.write((tx) => moveBehindSeparator(tx, `a-${draftId}`, 2, 'b'))).toBe(0)
  })

  test('leaves what the officer has moved', async () => {
    const { desk, arranging, draftId } = start()
    const [, , p3, p4] = await pile(desk, draftId, 4)
    if (!p3 || !p4) throw new Error('no pages')
    arranging.place(actor, { draftId, component: 'c', at: 0, pageIds: [p3] })
    desk.store.write((tx) => moveBehindSeparator(tx, `a-${draftId}`, 2, 'b'))
    expect(orderOf(desk, draftId)).toMatchObject({ b: [p4], c: [p3] })
  })
})

describe('a twin', () => {
  test('is told only while both pages are kept', async () => {
    const { desk, arranging, draftId } = start()
    const [first, second] = [await addPage(desk, draftId, 1), await addPage(desk, draftId, 1)]
    desk.store.write((tx) => tx.run('UPDATE page SET twin_of = ? WHERE id = ?', [first, second]))
    const told = () => pageViews(desk.store.read, draftId).map(({ twinOf }) => twinOf)
    expect(told()).toEqual([null, first])
    arranging.keep(actor, { draftId, pageIds: [first], kept: false })
    expect(told()).toEqual([null, null])
  })
})
