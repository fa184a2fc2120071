import fc from 'fast-check'
import { ORPCError } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DraftContent, DraftView } from '@contract/draft'
import { createDraftStore, type DraftCalls } from '../../../src-renderer/intake/draft-store'
import { mergeChanges } from '../../../src-renderer/intake/merge'
import { EMPTY, viewWith } from './sample'

/** A core that keeps one draft as the real one does: revision by revision. */
function core(first: DraftContent) {
  let held = viewWith(first)
  const saves: DraftContent[] = []
  const calls: DraftCalls = {
    open: () => Promise.resolve(held),
    save: (_id, revision, content) => {
      if (revision !== held.revision) return Promise.reject(new ORPCError('HS-002'))
      saves.push(content)
      held = { ...held, content, revision: held.revision + 1 }
      return Promise.resolve(held)
    },
  }
  const elsewhere = (content: DraftContent): DraftView => (held = { ...held, content, revision: held.revision + 1 })
  return { calls, saves, elsewhere, held: () => held }
}

const rename = (fullName: string) => (content: DraftContent): DraftContent => ({ ...content, applicant: { ...content.applicant, fullName } })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a draft on the screen', () => {
  it('is saved within 400 ms of the first change, however fast the typing goes on', async () => {
    const { calls, saves } = core(EMPTY)
    const store = createDraftStore(viewWith(EMPTY), calls)
    for (const name of ['Đ', 'Đặ', 'Đặn', 'Đặng']) {
      store.edit(rename(name))
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(saves.map(({ applicant }) => applicant.fullName)).toEqual(['Đặng'])
  })

  it('shows at once what is typed', () => {
    const { calls } = core(EMPTY)
    const store = createDraftStore(viewWith(EMPTY), calls)
    store.edit(rename('Ánh'))
    expect([store.get().content.applicant.fullName, store.get().saved]).toEqual(['Ánh', 'saving'])
  })

  it('keeps what is typed while a save is under way, and saves it next', async () => {
    const { calls, held } = core(EMPTY)
    const slow: DraftCalls = { ...calls, save: async (...input) => { await new Promise((resolve) => setTimeout(resolve, 200)); return calls.save(...input) } }
    const store = createDraftStore(viewWith(EMPTY), slow)
    store.edit(rename('Án'))
    await vi.advanceTimersByTimeAsync(400)
    store.edit(rename('Ánh'))
    await vi.advanceTimersByTimeAsync(2000)
    expect([held().content.applicant.fullName, store.get().content.applicant.fullName, store.get().saved]).toEqual(['Ánh', 'Ánh', 'saved'])
  })

  it('that was saved elsewhere keeps both parts and says so', async () => {
    const { calls, elsewhere, held } = core(EMPTY)
    const store = createDraftStore(viewWith(EMPTY), calls)
    elsewhere({ ...EMPTY, note: 'từ quầy khác' })
    store.edit(rename('Ánh'))
    await store.flush()
    expect([held().content.note, held().content.applicant.fullName, store.get().merged]).toEqual(['từ quầy khác', 'Ánh', true])
  })

  it('whose save arrived but whose answer was lost says nothing of others', async () => {
    const { calls, held } = core(EMPTY)
    let lost = true
    const flaky: DraftCalls = { ...calls, save: async (...input) => { const view = await calls.save(...input); if (lost) { lost = false; throw new Error('port closed') } return view } }
    const store = createDraftStore(viewWith(EMPTY), flaky)
    store.edit(rename('Ánh'))
    await vi.advanceTimersByTimeAsync(5000)
    expect([held().content.applicant.fullName, store.get().saved, store.get().merged]).toEqual(['Ánh', 'saved', false])
  })

  it('that could not be saved is kept, says why, and tries again by itself', async () => {
    const { calls, held } = core(EMPTY)
    let full = true
    const store = createDraftStore(viewWith(EMPTY), { ...calls, save: (...input) => (full ? Promise.reject(new ORPCError('LUU-013')) : calls.save(...input)) })
    store.edit(rename('Ánh'))
    await vi.advanceTimersByTimeAsync(400)
    const failed = store.get()
    full = false
    await vi.advanceTimersByTimeAsync(2500)
    expect([failed.saved, failed.problem?.code, failed.content.applicant.fullName, held().content.applicant.fullName, store.get().saved]).toEqual(['failed', 'LUU-013', 'Ánh', 'Ánh', 'saved'])
  })
})

describe('the merge of two versions', () => {
  const content = fc.record({ name: fc.constantFrom('', 'Ánh', 'Bình'), note: fc.constantFrom('', 'a', 'b'), marks: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom(1, 2), { noNullPrototype: true }) })

  it('takes theirs where nothing was changed here', () => {
    fc.assert(fc.property(content, content, (base, theirs) => {
      expect(mergeChanges(base, base, theirs)).toEqual(theirs)
    }))
  })

  it('keeps every field that was changed here', () => {
    fc.assert(fc.property(content, content, content, (base, mine, theirs) => {
      const merged = mergeChanges(base, mine, theirs)
      expect(mine.name === base.name || merged.name === mine.name).toBe(true)
    }))
  })

  it('keeps both when each side changed another field', () => {
    expect(mergeChanges({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 3 })).toEqual({ a: 2, b: 3 })
  })

  it('leaves out what was taken out here', () => {
    expect(mergeChanges<Record<string, number>>({ a: 1, b: 1 }, { a: 1 }, { a: 5, b: 1 })).toEqual({ a: 5 })
  })
})

