import type { HelperContent, HelperDraft } from '@contract/assist'
import type { DraftId } from '@contract/ids'
import { type Problem, problemOf } from './problem'

/** The first unsaved change waits this long at most before it is saved, in milliseconds. */
const SAVE_AFTER_MS = 350
/** A save that failed is tried again after this long. */
const RETRY_MS = 2000
/** Steps that can be taken back. */
const MOST_STEPS = 60
/** Changes of one field within this time are one step. */
const ONE_STEP_MS = 1500

export type ErrandState = Readonly<{
  view: HelperDraft
  /** What is on the screen: the view's content and everything typed since. */
  content: HelperContent
  saved: 'saved' | 'saving' | 'failed'
  problem: Problem | null
  canUndo: boolean
}>

export type ErrandCalls = Readonly<{
  open(input: { draftId: DraftId }): Promise<HelperDraft>
  save(input: { draftId: DraftId; revision: number; content: HelperContent }): Promise<HelperDraft>
}>

export type Errand = Readonly<{
  get(): ErrandState
  subscribe(changed: () => void): () => void
  /** Changes the content; saved shortly after. `what` names the field: changes of one field in a row are one step to undo. */
  edit(what: string, change: (content: HelperContent) => HelperContent): void
  undo(): void
  /** Saves what is unsaved and answers how the draft then stands. */
  flush(): Promise<ErrandState>
}>

/** Content on the screen → saved → what the rules say of it. Saves go one after the other; nothing typed meanwhile is lost. */
export function createErrand(first: HelperDraft, calls: ErrandCalls, now: () => number = Date.now): Errand {
  let state: ErrandState = { view: first, content: first.content, saved: 'saved', problem: null, canUndo: false }
  let kept = first.content
  let steps: { what: string; at: number; content: HelperContent }[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let line: Promise<unknown> = Promise.resolve()
  const listeners = new Set<() => void>()

  const set = (part: Partial<ErrandState>): void => {
    state = { ...state, ...part }
    listeners.forEach((listener) => listener())
  }
  const arm = (after: number): void => {
    timer ??= setTimeout(() => void flush(), after)
  }
  const put = (content: HelperContent): void => {
    set({ content, saved: state.saved === 'failed' ? 'failed' : 'saving', canUndo: steps.length > 0 })
    arm(SAVE_AFTER_MS)
  }
  const saveOnce = async (): Promise<void> => {
    const { content, view } = state
    try {
      const saved = await calls.save({ draftId: view.id, revision: view.revision, content })
      kept = content
      set({ view: saved, saved: state.content === content ? 'saved' : 'saving', problem: null })
    } catch (error) {
      const problem = problemOf(error)
      if (problem.code !== 'HS-002') throw error
      // An answer of ours was lost on the way: the same helper's words go over it.
      set({ view: await calls.open({ draftId: view.id }) })
    }
  }
  const saveAll = async (): Promise<ErrandState> => {
    try {
      for (let turn = 0; turn < 5 && state.content !== kept; turn += 1) await saveOnce()
      if (state.content === kept) set({ saved: 'saved', problem: null })
      else arm(SAVE_AFTER_MS)
    } catch (error) {
      set({ saved: 'failed', problem: problemOf(error) })
      arm(RETRY_MS)
    }
    return state
  }
  const flush = (): Promise<ErrandState> => {
    clearTimeout(timer)
    timer = undefined
    const next = line.then(saveAll)
    line = next
    return next
  }
  return {
    get: () => state,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    edit: (what, change) => {
      const content = change(state.content)
      if (content === state.content) return
      const last = steps.at(-1)
      const at = now()
      if (last?.what === what && at - last.at < ONE_STEP_MS) last.at = at
      else steps = [...steps, { what, at, content: state.content }].slice(-MOST_STEPS)
      put(content)
    },
    undo: () => {
      const last = steps.pop()
      if (last) put(last.content)
    },
    flush,
  }
}
