import { describe, expect, it } from 'vitest'
import type { DossierState } from '@contract/dossier'
import type { DocumentInfo } from '@contract/draft'
import { askOf, isStart, START } from '../../../src-renderer/dossiers/filter'
import { isFinal, moveWord, otherMoves, usualMove } from '../../../src-renderer/dossiers/moves'
import { papersOf, unfiledOf } from '../../../src-renderer/dossiers/papers'
import { nextStates } from '../../../src-main/intake/states'
import vi from '../../../resources/locales/vi/dossier.json'
import en from '../../../resources/locales/en/dossier.json'

const now = new Date('2026-11-23T02:46:00.000Z')
const STATES: readonly DossierState[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

describe('the filter of the list', () => {
  it('asks for nothing in particular at the start', () => {
    expect(askOf(START, now)).toEqual({ ask: {}, unread: [] })
  })

  it('asks for every state that is not an end', () => {
    expect(askOf({ ...START, state: 'open' }, now).ask.states).toEqual([1, 2, 4, 5, 6])
  })

  it('leaves out a day that cannot be read, and names it', () => {
    expect(askOf({ ...START, from: 'x', to: '23/11' }, now)).toEqual({ ask: { to: '2026-11-23T17:00:00.000Z' }, unread: ['from'] })
  })

  it('is at its start again when only blanks are left', () => {
    expect(isStart({ ...START, from: '  ' })).toBe(true)
  })
})

describe('moves of a dossier', () => {
  it.each(STATES)('from state %s offer each allowed state exactly once', (state) => {
    const allowed = nextStates(state)
    const usual = usualMove(state, allowed)
    const offered = [...(usual === null ? [] : [usual]), ...otherMoves(state, allowed)]
    expect(offered.toSorted()).toEqual([...allowed].toSorted())
  })

  it.each(STATES.filter((state) => nextStates(state).length > 0))('from state %s have a primary one that does not end it badly', (state) => {
    const usual = usualMove(state, nextStates(state))
    expect(usual !== null && !isFinal(usual)).toBe(true)
  })

  it('put the final ones last', () => {
    expect(otherMoves(2, nextStates(2)).map(isFinal)).toEqual([false, false, false, true, true, true])
  })

  it.each([['vi', vi], ['en', en]] as const)('have words for every way (%s)', (_language, words) => {
    const needed = STATES.flatMap((from) => nextStates(from).map((to) => moveWord(from, to)))
    const known = Object.entries(words.move).flatMap(([key, entry]) => (typeof entry === 'object' && entry.act !== '' && entry.effect !== '' && entry.note !== '' ? [key] : []))
    expect(needed.filter((key) => !known.includes(key))).toEqual([])
  })
})

const file = (id: string, component: string, ordinal: number): DocumentInfo =>
  ({ id, component, ordinal, name: `${id}.pdf`, mediaType: 'application/pdf', size: 1, sha256: 'a'.repeat(64), pages: 1, rotation: 0, addedAt: '2026-11-23T00:00:00.000Z' }) as DocumentInfo
const component = (code: string, mark: string) => ({ code, name: `Giấy ${code}`, kind: 'original', quantity: 1, mark, note: '' })
const dossier = {
  id: '019a0000-0000-7000-8000-000000000001' as never, code: 'H29.900-261123-0001', version: 1, printed: 0,
  components: [component('a', 'pending'), component('b', 'seen'), component('c', 'not-needed'), component('d', 'pending')],
  documents: [file('three', 'd', 1), file('two', 'a', 2), file('one', 'a', 1)],
}

describe('the papers of a dossier', () => {
  it('begin with the receipt and follow the order of the components', () => {
    expect(papersOf(dossier).map((paper) => (paper.kind === 'receipt' ? 'receipt' : paper.id))).toEqual(['receipt', 'one', 'two', 'three'])
  })

  it('show a new receipt after a print', () => {
    expect(papersOf({ ...dossier, printed: 1 })[0]?.id).not.toBe(papersOf(dossier)[0]?.id)
  })

  it('name what has no file, unless it is not needed', () => {
    expect(unfiledOf(dossier).map(({ code }) => code)).toEqual(['b'])
  })
})
