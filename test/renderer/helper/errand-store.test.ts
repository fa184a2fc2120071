import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { HelperContent, HelperDraft } from '@contract/assist'
import { type DraftId, Instant } from '@contract/ids'
import { EMPTY_PERSON } from '@contract/person'
import { createErrand, type ErrandCalls } from '../../../src-renderer/helper/errand-store'

const AT = Instant.parse('2026-11-23T02:00:00.000Z')
const CONTENT: HelperContent = {
  applicant: EMPTY_PERSON, capacity: 'self', owner: EMPTY_PERSON, organisation: { name: '', taxCode: '' }, procedure: null, answers: {}, delivery: { method: 'counter', address: '' }, papers: {},
}
const draft = (revision: number, content = CONTENT): HelperDraft => ({
  id: 'd' as DraftId, revision, savedAt: AT, consentAt: AT, content, verdict: null, questions: [], fee: null, gaps: [], warnings: [], sentBack: null,
})
const named = (fullName: string) => (content: HelperContent): HelperContent => ({ ...content, applicant: { ...content.applicant, fullName } })

/** A core that keeps what it is given; `fail` makes the next saves end as told. */
function fakeCore() {
  let kept = draft(1)
  const fails: unknown[] = []
  const saved: string[] = []
  const calls: ErrandCalls = {
    open: () => Promise.resolve(kept),
    save: ({ revision, content }) => {
      const failure = fails.shift()
      if (failure !== undefined) return Promise.reject(failure instanceof Error ? failure : new Error('refused'))
      if (revision !== kept.revision) return Promise.reject(new Error('HS-002'))
      kept = draft(revision + 1, content)
      saved.push(content.applicant.fullName)
      return Promise.resolve(kept)
    },
  }
  return { calls, fails, saved, kept: () => kept }
}

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

describe('A draft in a helper’s hands', () => {
  test('is saved by itself, several keys at once', async () => {
    const core = fakeCore()
    const errand = createErrand(draft(1), core.calls)
    for (const name of ['B', 'Bù', 'Bùi']) errand.edit('applicant.fullName', named(name))
    expect(errand.get().saved).toBe('saving')
    await vi.advanceTimersByTimeAsync(400)
    expect([errand.get().saved, core.saved]).toEqual(['saved', ['Bùi']])
  })

  test('is saved again when saving failed, with nothing lost', async () => {
    const core = fakeCore()
    core.fails.push(new Error('disk'))
    const errand = createErrand(draft(1), core.calls)
    errand.edit('applicant.fullName', named('Bùi'))
    await errand.flush()
    expect([errand.get().saved, errand.get().problem?.code]).toEqual(['failed', 'LOI-000'])
    await vi.advanceTimersByTimeAsync(2100)
    expect([errand.get().saved, errand.get().problem, core.saved]).toEqual(['saved', null, ['Bùi']])
  })

  test('takes the changes of one field back in one step, those of another in another', () => {
    const errand = createErrand(draft(1), fakeCore().calls)
    errand.edit('applicant.fullName', named('B'))
    errand.edit('applicant.fullName', named('Bùi'))
    errand.edit('capacity', (content) => ({ ...content, capacity: 'child' }))
    errand.undo()
    expect([errand.get().content.capacity, errand.get().content.applicant.fullName]).toEqual(['self', 'Bùi'])
    errand.undo()
    expect([errand.get().content, errand.get().canUndo]).toEqual([CONTENT, false])
    errand.undo()
    expect(errand.get().content).toEqual(CONTENT)
  })

  test('saves what was taken back, too', async () => {
    const core = fakeCore()
    const errand = createErrand(draft(1), core.calls)
    errand.edit('applicant.fullName', named('Bùi'))
    await errand.flush()
    errand.undo()
    await errand.flush()
    expect([core.saved, errand.get().saved]).toEqual([['Bùi', ''], 'saved'])
  })
})
