import { describe, expect, it } from 'vitest'
import type { DossierState } from '@contract/dossier'
import type { DocumentInfo } from '@contract/draft'
import type { Acts } from '@contract/handling'
import { DossierId } from '@contract/ids'
import { askOf, isStart, START } from '../../../src-renderer/dossiers/filter'
import { isFinalStep, moveWord, otherSteps, usualStep } from '../../../src-renderer/dossiers/moves'
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

const free = { barred: null }
const acts = (changes: Partial<Acts> = {}): Acts => ({
  dossierId: DossierId.parse('019a0000-0000-7000-8000-000000000001'), supplement: { ...free, earlier: 0 }, refusal: free, extension: { ...free, latest: null, earliest: null, needsSecond: true },
  stop: { ...free, needsSecond: true }, handover: { ...free, from: 'Quầy 3', offices: [] }, completed: free, resultReady: free, open: null, handovers: [], forms: [], register: null, ...changes,
})
const RUNNING: readonly DossierState[] = [1, 2, 4, 5, 6, 9]

describe('steps of a dossier', () => {
  it.each(RUNNING)('from state %s have a primary one that does not end it badly', (state) => {
    const usual = usualStep(state, nextStates(state), acts())
    expect(usual !== null && !isFinalStep(usual)).toBe(true)
  })

  it.each(STATES.filter((state) => !RUNNING.includes(state)))('from state %s are none', (state) => {
    expect([usualStep(state, nextStates(state), acts()), ...otherSteps(state, nextStates(state), acts())]).toEqual([null])
  })

  it.each(RUNNING)('from state %s put the final ones last', (state) => {
    const final = otherSteps(state, nextStates(state), acts()).map(isFinalStep)
    expect(final).toEqual(final.toSorted((left, right) => Number(left) - Number(right)))
  })

  it('leave out an act that is barred', () => {
    const barred = acts({ stop: { barred: { code: 'GQ-013', params: {} }, needsSecond: true } })
    expect(otherSteps(4, nextStates(4), barred)).not.toContainEqual({ kind: 'act', act: 'stop' })
  })

  it('offer no act before it is known which are possible', () => {
    expect(usualStep(4, nextStates(4), undefined)).toBeNull()
  })

  it.each([['vi', vi], ['en', en]] as const)('have words for every plain move (%s)', (_language, words) => {
    const steps = RUNNING.flatMap((state) => [usualStep(state, nextStates(state), acts()), ...otherSteps(state, nextStates(state), acts())].map((step) => ({ state, step })))
    const needed = steps.flatMap(({ state, step }) => (step?.kind === 'move' ? [moveWord(state, step.to)] : []))
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
