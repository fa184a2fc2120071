import type { DraftView } from '@contract/draft'
import type { DraftId } from '@contract/ids'
import { api, type Problem, problemOf } from '../app/api'
import { mergeChanges, same } from './merge'

/** The first unsaved change waits this long at most before it is saved, in milliseconds. */
const SAVE_AFTER_MS = 350
/** A save that failed (disk full, core starting again) is tried again after this long. */
const RETRY_MS = 2000
/** A call that the core has not answered by then is taken as lost: the core was started again. */
const ANSWER_MS = 8000

/** What the core keeps of something that is written bit by bit: an errand, a complaint. */
type Kept = Readonly<{ id: string; revision: number; content: object }>

export type StoreState<View extends Kept> = Readonly<{
  /** What the core last said of the draft. */
  view: View
  /** What is on the screen: the view's content and everything typed since. */
  content: View['content']
  saved: 'saved' | 'saving' | 'failed'
  problem: Problem | null
  /** Somebody saved this draft elsewhere; both parts were put together. */
  merged: boolean
}>
export type DraftState = StoreState<DraftView>

export type StoreCalls<View extends Kept> = Readonly<{
  open(id: View['id']): Promise<View>
  save(id: View['id'], revision: number, content: View['content']): Promise<View>
}>
export type DraftCalls = StoreCalls<DraftView>

export type Store<View extends Kept> = Readonly<{
  id: View['id']
  get(): StoreState<View>
  subscribe(changed: () => void): () => void
  /** Changes the content on the screen; it is saved shortly after. */
  edit(change: (content: View['content']) => View['content']): void
  /** Saves what is unsaved and answers how the draft then stands. */
  flush(): Promise<StoreState<View>>
  /** Asks the core again: documents came or went. */
  refresh(): Promise<void>
  /** The officer has read that both parts were put together. */
  acknowledge(): void
}>
export type DraftStore = Store<DraftView>

const coreCalls: DraftCalls = {
  open: (draftId) => api.intake.open({ draftId }, { signal: AbortSignal.timeout(ANSWER_MS) }),
  save: (draftId, revision, content) => api.intake.save({ draftId, revision, content }, { signal: AbortSignal.timeout(ANSWER_MS) }),
}

/**
 * Local content → save → view. Calls go one after the other; what is typed meanwhile goes with the next one. A newer revision in the
 * core (HS-002) is read and merged with what was typed here, then saved over it.
 */
export function createDraftStore<View extends Kept>(first: View, calls: StoreCalls<View>): Store<View> {
  let state: StoreState<View> = { view: first, content: first.content, saved: 'saved', problem: null, merged: false }
  let base: View['content'] = first.content
  let sent: View['content'] | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let line: Promise<unknown> = Promise.resolve()
  const listeners = new Set<() => void>()

  const set = (part: Partial<StoreState<View>>): void => {
    state = { ...state, ...part }
    listeners.forEach((listener) => listener())
  }
  const inLine = <T>(act: () => Promise<T>): Promise<T> => {
    const next = line.then(act)
    line = next.catch(() => undefined)
    return next
  }
  const arm = (after: number): void => {
    timer ??= setTimeout(() => void flush(), after)
  }
  const adopt = (view: View): void => {
    if (view.revision === state.view.revision) return set({ view })
    // Our own save may have arrived while its answer was lost: then nobody else was here.
    const ours = same(view.content, sent)
    const content = ours ? state.content : mergeChanges(base, state.content, view.content)
    base = same(content, view.content) ? content : view.content
    set({ view, content, merged: state.merged || !ours })
  }
  const saveOnce = async (): Promise<boolean> => {
    const { content, view } = state
    set({ saved: 'saving' })
    sent = content
    try {
      const saved = await calls.save(first.id, view.revision, content)
      base = content
      set({ view: saved, saved: state.content === content ? 'saved' : 'saving', problem: null })
      return true
    } catch (error) {
      const problem = problemOf(error)
      if (problem.code !== 'HS-002') throw error
      adopt(await calls.open(first.id))
      return true
    }
  }
  const saveAll = async (): Promise<StoreState<View>> => {
    try {
      for (let turn = 0; turn < 5 && state.content !== base; turn += 1) await saveOnce()
      if (state.content === base) set({ saved: 'saved', problem: null })
      else arm(SAVE_AFTER_MS)
    } catch (error) {
      set({ saved: 'failed', problem: problemOf(error) })
      arm(RETRY_MS)
    }
    return state
  }
  const flush = (): Promise<StoreState<View>> => {
    clearTimeout(timer)
    timer = undefined
    return inLine(saveAll)
  }
  return {
    id: first.id,
    get: () => state,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    edit: (change) => {
      const content = change(state.content)
      if (content === state.content) return
      set({ content, saved: state.saved === 'failed' ? 'failed' : 'saving' })
      arm(SAVE_AFTER_MS)
    },
    flush,
    refresh: () => inLine(async () => adopt(await calls.open(first.id))),
    acknowledge: () => set({ merged: false }),
  }
}

const stores = new Map<DraftId, DraftStore>()

const isClean = ({ saved }: DraftState): boolean => saved === 'saved'

/** The store of a draft: the one still holding unsaved words, else a new one with what the core has. */
export async function openDraftStore(id: DraftId): Promise<DraftStore> {
  const known = stores.get(id)
  if (known) {
    await known.flush()
    await known.refresh()
    return known
  }
  const store = createDraftStore<DraftView>(await coreCalls.open(id), coreCalls)
  stores.set(id, store)
  return store
}

/** Leaves a draft: saves it, and forgets it once everything is saved. */
export async function leaveDraftStore(id: DraftId): Promise<void> {
  const store = stores.get(id)
  if (!store) return
  const state = await store.flush()
  if (isClean(state)) stores.delete(id)
}

/** Forgets a draft that is no draft any more: committed or set aside. */
export function forgetDraftStore(id: DraftId): void {
  stores.delete(id)
}
