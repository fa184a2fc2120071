import { classifyScan } from '@contract/codes'
import type { CameraLook } from '@contract/pages'
import { type Advice, advise, isFrozen, type Lack, NO_ADVICE } from './advice'
import type { SmallFrame, WholeFrame } from './messages'
import { type CodesInPicture, newCodes } from './seen-codes'
import type { Sight } from './sight'
import { heldFor, look, LOOKING, type Steady, taken } from './steady'

export type EyeState = Readonly<{
  /** What was seen last; null before the first look and while there is no picture. */
  sight: Sight | null
  phase: Steady['phase']
  /** How much of the time to lie still is over, 0 … 1. */
  held: number
  /** What keeps a page from being taken well. */
  lack: Lack | null
  /** No new picture comes. */
  frozen: boolean
  /** The core does not say where the paper lies: pages are taken by hand alone. */
  blind: boolean
  taking: boolean
  /** Pages taken so far. */
  count: number
}>

export type EyeDeps = Readonly<{
  small(): Promise<SmallFrame | null>
  whole(): Promise<WholeFrame | null>
  /** Where the paper lies in a small frame, and how light and sharp it is. */
  look(jpeg: Blob): Promise<CameraLook>
  /** Texts of the codes in the picture; null when it was not looked at. */
  codes(): Promise<readonly string[] | null>
  /** When the camera gave its last picture, by the same clock. */
  lastFrameAt(): number
  /** Nobody sees the window: nothing is looked at. */
  hidden(): boolean
  onPage(page: WholeFrame): void
  onCode(text: string): void
  /** Milliseconds of a clock that never goes back. */
  now(): number
  pause(ms: number): Promise<void>
}>

/** Watches the camera's picture: where the page lies, when it lies still, which codes are in it. Takes pages. */
export type Eye = Readonly<{
  get(): EyeState
  subscribe(changed: () => void): () => void
  /** Begins to watch. @returns what ends it */
  start(): () => void
  /** Takes what lies there now. */
  take(): Promise<void>
  /** Whether a paper that lies still is taken by itself. */
  setAuto(on: boolean): void
  /** What lies there may be taken once more. */
  rearm(): void
}>

/** Looks follow each other so often at most, and leave the window so much rest at least, in milliseconds. */
const LOOK_EVERY = 110
const REST = 15
/** Codes are read so often. */
const CODES_EVERY = 400
/** A hidden window is not watched; a look that failed is tried again after this. */
const AWAY = 500
/** Looks that fail in a row before it is said. */
const BLIND_AFTER = 4

const START: EyeState = { sight: null, phase: 'looking', held: 0, lack: null, frozen: false, blind: false, taking: false, count: 0 }
const HANDED_ON: ReadonlySet<string> = new Set(['card', 'dossier', 'separator'])

export function createEye(deps: EyeDeps): Eye {
  let state = START
  let steady: Steady = LOOKING
  let advice: Advice = NO_ADVICE
  let auto = true
  let failures = 0
  let inPicture: CodesInPicture = new Map()
  const listeners = new Set<() => void>()
  const set = (part: Partial<EyeState>): void => {
    state = { ...state, ...part, phase: steady.phase }
    listeners.forEach((listener) => listener())
  }

  const take = async (): Promise<void> => {
    if (state.taking) return
    if (state.sight) steady = taken(state.sight)
    set({ taking: true, held: 0 })
    const page = await deps.whole().catch(() => null)
    if (page) deps.onPage(page)
    else steady = LOOKING
    set({ taking: false, count: state.count + (page ? 1 : 0) })
  }
  const saw = (sight: Sight): void => {
    const waits = auto || steady.phase === 'taken'
    const next = waits ? look(steady, sight) : { state: LOOKING, take: false }
    // Switched off, a paper that was taken is followed until it goes, and no other is waited for.
    steady = auto || next.state.phase === 'taken' ? next.state : LOOKING
    advice = advise(advice, sight)
    set({ sight, held: heldFor(steady, sight.at), lack: advice.said, blind: false, frozen: false })
    if (next.take && auto) void take()
  }
  const lookOnce = async (): Promise<void> => {
    if (isFrozen(deps.lastFrameAt(), deps.now())) {
      steady = steady.phase === 'taken' ? steady : LOOKING
      return set({ frozen: true, held: 0, sight: null })
    }
    const at = deps.now()
    const frame = await deps.small()
    if (!frame) return
    const seen = await deps.look(frame.jpeg)
    failures = 0
    // A look that was under way while a page was taken is older than that page.
    if (!state.taking) saw({ ...seen, at, width: frame.width, height: frame.height, tiles: frame.tiles })
  }
  const readOnce = async (): Promise<void> => {
    const texts = await deps.codes()
    if (texts === null) return
    const { codes, fresh } = newCodes(inPicture, texts, deps.now())
    inPicture = codes
    for (const text of fresh) if (HANDED_ON.has(classifyScan(text).kind)) deps.onCode(text)
  }
  /** Does something again and again, never twice at once, until it is stopped. */
  const again = async (every: number, stopped: () => boolean, act: () => Promise<void>, failed: () => void): Promise<void> => {
    while (!stopped()) {
      const began = deps.now()
      const wait = await (deps.hidden() ? Promise.resolve(AWAY) : act().then(() => every, () => {
        failed()
        return AWAY
      }))
      await deps.pause(Math.max(REST, wait - (deps.now() - began)))
    }
  }
  return {
    get: () => state,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    start: () => {
      let stopped = false
      const isStopped = (): boolean => stopped
      void again(LOOK_EVERY, isStopped, async () => {
        await lookOnce()
      }, () => {
        failures += 1
        steady = steady.phase === 'taken' ? steady : LOOKING
        if (failures >= BLIND_AFTER) set({ blind: true, held: 0, sight: null })
      })
      void again(CODES_EVERY, isStopped, readOnce, () => undefined)
      return () => {
        stopped = true
      }
    },
    take,
    setAuto: (on) => {
      auto = on
      if (steady.phase === 'holding') steady = LOOKING
      set({ held: 0 })
    },
    rearm: () => {
      steady = LOOKING
      set({ held: 0 })
    },
  }
}
