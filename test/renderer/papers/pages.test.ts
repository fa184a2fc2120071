import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Instant, PageId } from '@contract/ids'
import { type FindingKind, type PageFinding, type PagePlace, type PageView, USUAL_WISHES } from '@contract/pages'
import { placed } from '../../../src-main/capture/desk/order'
import { asideOf, faultOf, keptOf, makingOf, moveBy, type Place, placeBefore, placeNow, splitTo, worstOf } from '../../../src-renderer/papers/pages'

const idOf = (name: string): PageId => PageId.parse(`0199f3a0-0000-7000-8000-${[...name].map((letter) => letter.charCodeAt(0).toString(16).padStart(4, '0')).join('').padStart(12, '0')}`)
const found = (kind: FindingKind): PageFinding => ({ kind, region: { x: 0, y: 0, width: 10, height: 10 } })

function page(name: string, component: string, ordinal: number, more: Partial<PageView> = {}): PageView {
  return {
    id: idOf(name), component, ordinal, state: 'ready', place: 'kept', problem: null, origin: 'sane', simulated: true, turns: 0, wishes: USUAL_WISHES, made: null, findings: [], twinOf: null,
    text: 'read', revision: 1, addedAt: Instant.parse('2026-11-23T02:00:00.000Z'), ...more,
  }
}

/** `a b (c) [d]`: pages of a component in their order; in round brackets those taken off, in square ones those that are empty. */
function component(code: string, drawn: string): PageView[] {
  const places: Readonly<Record<string, PagePlace>> = { '(': 'removed', '[': 'blank' }
  return drawn.split(' ').filter((word) => word !== '').map((word, ordinal) => page(word.replace(/[()[\]]/gu, ''), code, ordinal, { place: places[word.charAt(0)] ?? 'kept' }))
}

/** What the core makes of a place. */
function put(pages: readonly PageView[], { component: code, at, pageIds }: Place): PageView[] {
  const moved = pageIds.flatMap((id) => pages.filter((one) => one.id === id))
  const gone = new Set(pageIds)
  const sorted = (of: string): PageView[] => pages.filter((one) => one.component === of).sort((one, other) => one.ordinal - other.ordinal)
  const codes = [...new Set([...pages.map((one) => one.component), code])]
  return codes.flatMap((of) => (of === code ? placed(sorted(of), moved, at) : sorted(of).filter(({ id }) => !gone.has(id))).map((one, ordinal) => ({ ...one, component: of, ordinal })))
}

const NAMES = 'abcdefghij'
const drawing = (pages: readonly PageView[], code: string): string =>
  pages.filter((one) => one.component === code).sort((one, other) => one.ordinal - other.ordinal)
    .map(({ id, place }) => `${place === 'removed' ? '(' : place === 'blank' ? '[' : ''}${[...NAMES].find((name) => idOf(name) === id) ?? '?'}${place === 'removed' ? ')' : place === 'blank' ? ']' : ''}`).join(' ')
const pageNamed = (pages: readonly PageView[], name: string): PageView => pages.find(({ id }) => id === idOf(name)) ?? page(name, '', 0)

describe('pages of a paper', () => {
  it('stand in their order, and what was set aside stands apart', () => {
    const pages = component('A', 'a (b) [c] d').reverse()
    expect([keptOf(pages, 'A').map(({ id }) => id), asideOf(pages, 'A').map(({ id }) => id)]).toEqual([[idOf('a'), idOf('d')], [idOf('b'), idOf('c')]])
  })

  it('are still being made as long as one that counts waits', () => {
    const waiting = { state: 'waiting' } as const
    expect(makingOf([page('a', 'A', 0, waiting), page('b', 'A', 1, { ...waiting, place: 'removed' }), page('c', 'A', 2), page('d', 'A', 3, { state: 'failed' })])).toBe(1)
  })
})

describe('what should be looked at again', () => {
  it('is the gravest finding of a page', () => {
    expect([worstOf({ findings: [found('low-resolution'), found('glare')] }), worstOf({ findings: [] })]).toEqual(['glare', null])
  })

  it.each<readonly [string, Partial<PageView>, Partial<PageView>, ReturnType<typeof faultOf>]>([
    ['is nothing where all pages are clear', {}, {}, null],
    ['is the first page with a finding', {}, { findings: [found('blurred')] }, { kind: 'blurred', number: 2, id: idOf('b') }],
    ['is a page that cannot be used before one that is blurred', { findings: [found('blurred')] }, { state: 'failed' }, { kind: 'failed', number: 2, id: idOf('b') }],
  ])('%s', (_name, first, second, fault) => {
    expect(faultOf([page('a', 'A', 0, first), page('b', 'A', 1, second)])).toEqual(fault)
  })
})

describe('a page moved by a step', () => {
  it.each([
    ['forward', 'a b c', 'a', 1, 'b a c'], ['to the end', 'a b c', 'b', 1, 'a c b'], ['back', 'a b c', 'c', -1, 'a c b'], ['over one that was taken off', 'a (b) c', 'a', 1, '(b) c a'],
    ['before an empty one that stands between', 'a [b] c', 'c', -1, 'c a [b]'],
  ] as const)('goes %s', (_name, before, name, step, after) => {
    const pages = component('A', before)
    const place = moveBy(pages, pageNamed(pages, name), step)
    expect(place && drawing(put(pages, place), 'A')).toBe(after)
  })

  it.each([['a', -1], ['c', 1]] as const)('stays where it is at the end: %s', (name, step) => {
    const pages = component('A', 'a b c')
    expect(moveBy(pages, pageNamed(pages, name), step)).toBeNull()
  })
})

describe('a pile split at a page', () => {
  it('leaves that page and those behind it at the head of the next paper, in their order', () => {
    const pages = [...component('A', 'a b (c) d'), ...component('B', 'e f')]
    const after = put(pages, splitTo(pages, pageNamed(pages, 'b'), 'B'))
    expect([drawing(after, 'A'), drawing(after, 'B')]).toEqual(['a (c)', 'b d e f'])
  })

  it('leaves nothing behind when it is split at its first page', () => {
    const pages = component('A', 'a b')
    const after = put(pages, splitTo(pages, pageNamed(pages, 'a'), 'B'))
    expect([drawing(after, 'A'), drawing(after, 'B')]).toEqual(['', 'a b'])
  })
})

describe('pages that were put elsewhere', () => {
  it('stand before the page on which they were dropped, or behind all', () => {
    const pages = [...component('A', 'a b'), ...component('B', 'c d')]
    const before = put(pages, placeBefore(pages, 'B', [idOf('a')], idOf('d')))
    const behind = put(pages, placeBefore(pages, 'B', [idOf('a')], null))
    expect([drawing(before, 'B'), drawing(behind, 'B')]).toEqual(['c a d', 'c d a'])
  })

  it('come back to where they were, whatever lies between', () => {
    const drawn = fc.array(fc.constantFrom('kept', 'removed', 'blank'), { minLength: 1, maxLength: 5 })
    fc.assert(fc.property(drawn, drawn, fc.nat(), fc.nat(), fc.boolean(), (first, second, which, to, across) => {
      const pages = [...first.map((place, ordinal) => page(NAMES.charAt(ordinal), 'A', ordinal, { place: place as PagePlace })), ...second.map((place, ordinal) => page(NAMES.charAt(5 + ordinal), 'B', ordinal, { place: place as PagePlace }))]
      const kept = keptOf(pages, 'A')
      const one = kept[which % Math.max(1, kept.length)]
      if (!one) return
      const code = across ? 'B' : 'A'
      const targets = keptOf(pages, code).filter(({ id }) => id !== one.id)
      const place = placeBefore(pages, code, [one.id], targets[to % (targets.length + 1)]?.id ?? null)
      const back = placeNow(pages, [one.id])
      const after = back && put(put(pages, place), back)
      expect([keptOf(after ?? [], 'A'), keptOf(after ?? [], 'B')].map((all) => all.map(({ id }) => id))).toEqual([kept, keptOf(pages, 'B')].map((all) => all.map(({ id }) => id)))
    }))
  })
})
