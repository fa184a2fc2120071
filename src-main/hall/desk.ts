import type { Address, DisplayAnswer, DisplayState, ShowingId } from '@contract/display'
import { AppError, ERRORS } from '@contract/errors'
import { type DraftId, Instant } from '@contract/ids'
import type { Clock } from '../storage'
import { createPinEntry, type PinEntry, type PinStep, type PinWish } from './pin-entry'
import { type DoneWords, LASTS, MORE_TIME, type Offer, type Outcome, type ShownPage, TURNING } from './showing'

/** How asking for a PIN ended. */
export type PinOutcome = 'taken' | 'refused' | 'leave' | 'timeout' | 'display-gone' | 'cleared'
export type PinAsk = PinWish & Readonly<{ address: Address; draftId: DraftId | null }>

/** A window that shows. `page` is null for whoever is not in front. */
export type Place = Readonly<{ page(): ShownPage | null; leave(): void }>

/** The one thing that is shown to the citizen of this counter, and what is answered to it. */
export type Display = Readonly<{
  /** A window's stream begins. The newest window is in front; `port` tells streams of one window together. */
  attach(port: object, turned: boolean): Place
  /** @throws AppError MH-004 when the page is gone or the window not in front; what keeping the answer throws */
  answer(port: object, answer: DisplayAnswer): Promise<void>
  /** `ahead`: for the window that is just being turned around. @throws AppError MH-002 without a window */
  show(offer: Offer, ahead?: boolean): void
  /** Asks for a PIN and hands it to `consume`. @throws AppError MH-002 */
  askPin(ask: PinAsk, ahead?: boolean): Promise<PinOutcome>
  /** The transfer that is asked for has come in: thanks. @throws AppError MH-004 when none is asked for */
  paid(): void
  /** @throws AppError MH-004 when no PIN is being asked for */
  moreTime(): void
  clear(): void
  /** Who sits at the counter has changed. Nothing pushed outlives it, but on a window turned around, which locks by itself. */
  seat(state: 'empty' | 'open' | 'locked'): void
  state(): DisplayState
}>

export type DisplayDeps = Readonly<{
  clock: Clock
  newId(): ShowingId
  /** Calls once after so many milliseconds; answers how to call it off. */
  after(ms: number, act: () => void): () => void
  changed(): void
}>

type Showing = Readonly<{
  page: ShownPage
  officer: DisplayState['shown']
  draftId: DraftId | null
  offer: Offer | null
  pin: PinWork | null
  stop(): void
  ahead: boolean
}>
type PinWork = Readonly<{ entry: PinEntry; ask: PinAsk; busy: boolean; typing: boolean; endsAt: number; settle(outcome: PinOutcome): void }>
type Window = Readonly<{ port: object; turned: boolean }>

export function createDisplay({ clock, newId, after, changed }: DisplayDeps): Display {
  const windows: Window[] = []
  let showing: Showing | null = null
  let answered: DisplayState['answer'] = null

  const instant = (ms = clock.now().getTime()): Instant => Instant.parse(new Date(ms).toISOString())
  const front = (): Window | undefined => windows.at(-1)
  const over = (): AppError => new AppError(ERRORS.hall.showingOver)
  const note = (kind: Outcome, draftId: DraftId | null, signed = false): void => { answered = { kind, draftId, at: instant(), signed } }

  /** Takes away what is shown. Whoever asked for a PIN hears of it, and what was typed is dropped. */
  const takeAway = (outcome: PinOutcome): void => {
    const last = showing
    showing = null
    last?.stop()
    last?.pin?.entry.drop()
    last?.pin?.settle(outcome)
  }
  const put = (next: Omit<Showing, 'stop' | 'ahead'>, lasts: number, ahead = false): void => {
    showing?.stop()
    showing = { ...next, ahead, stop: after(Math.max(0, lasts), () => end('timeout')) }
    changed()
  }
  /** Ends what is asked without an answer to keep; after `done` there is nothing to tell. */
  const end = (outcome: 'timeout' | 'display-gone' | 'leave'): void => {
    if (!showing) return
    if (showing.page.kind !== 'done') note(outcome, showing.draftId)
    takeAway(outcome)
    changed()
  }
  const clear = (): void => {
    if (!showing && answered === null) return
    answered = null
    takeAway('cleared')
    changed()
  }
  const done = (words: DoneWords, draftId: DraftId | null): void =>
    put({ page: { kind: 'done', id: newId(), words, detail: null }, officer: { kind: 'done', words }, draftId, offer: null, pin: null }, LASTS.done)

  const mustHaveWindow = (ahead: boolean): void => {
    if (!front() && !ahead) throw new AppError(ERRORS.hall.noDisplay)
  }

  const putPin = (work: PinWork, step: Extract<PinStep, { kind: 'ask' }>, id: ShowingId, ahead = false): void => {
    const { ask, typing } = work
    const endsAt = instant(work.endsAt)
    put({
      page: { kind: 'pin', id, address: ask.address, purpose: ask.purpose, digits: ask.digits, least: ask.least ?? ask.digits, round: step.round, refused: step.refused, triesLeft: step.triesLeft, endsAt },
      officer: { kind: 'pin', purpose: ask.purpose, round: step.round, typing, endsAt },
      draftId: ask.draftId, offer: null, pin: work,
    }, ahead ? TURNING : work.endsAt - clock.now().getTime(), ahead)
  }
  const asked = (work: PinWork): Extract<PinStep, { kind: 'ask' }> | null => {
    const step = work.entry.step()
    return step.kind === 'ask' ? step : null
  }
  /** The same question with other facts around it. */
  const putAgain = (work: PinWork, id: ShowingId, ahead = false): void => {
    const step = asked(work)
    if (step) putPin(work, step, id, ahead)
  }

  const takePin = async (work: PinWork, id: ShowingId, pin: string): Promise<void> => {
    const { digits, least = digits } = work.ask
    if (work.busy || pin.length < least || pin.length > digits) throw over()
    putAgain({ ...work, busy: true }, id)
    let step: PinStep
    try {
      step = await work.entry.type(pin)
    } catch (error) {
      if (showing?.pin?.entry === work.entry) putAgain({ ...work, typing: false, endsAt: showing.pin.endsAt }, newId())
      throw error
    }
    // Cleared, or the window went, while the token worked: there is nobody to tell any more.
    const now = showing?.pin
    if (now?.entry !== work.entry) return
    if (step.kind === 'ask') return putPin({ ...now, busy: false, typing: false }, step, newId())
    note(step.kind === 'taken' ? 'pin-set' : 'pin-refused', work.ask.draftId)
    takeAway(step.kind)
    const { purpose, draftId } = work.ask
    if (purpose === 'code') done(step.kind === 'taken' ? 'code-right' : 'code-refused', draftId)
    else done(step.kind === 'taken' ? 'pin-set' : 'pin-refused', draftId)
  }

  return {
    attach: (port, turned) => {
      const mine: Window = { port, turned }
      const before = front()
      windows.push(mine)
      if (showing?.ahead === true && turned) {
        // What was pushed for this very window; from now on it lasts as long as on any other.
        const waited = showing
        put(waited, waited.pin ? waited.pin.endsAt - clock.now().getTime() : LASTS[waited.page.kind])
      } else if (before?.port !== port) end('display-gone')
      changed()
      return {
        // What is pushed ahead is for the window that is still to come.
        page: () => (showing?.ahead === false && windows.includes(mine) && front()?.port === port ? showing.page : null),
        leave: () => {
          const at = windows.indexOf(mine)
          if (at < 0) return
          const inFront = front()?.port
          windows.splice(at, 1)
          if (front()?.port !== inFront) end('display-gone')
          changed()
        },
      }
    },
    answer: async (port, answer) => {
      if (!showing || showing.ahead || front()?.port !== port || showing.page.id !== answer.id) throw over()
      const { offer, pin, page, draftId } = showing
      if (answer.kind === 'leave') {
        offer?.take(answer, answer.id)
        return end('leave')
      }
      if (pin) {
        if (answer.kind === 'typing') return pin.typing || pin.busy ? undefined : putAgain({ ...pin, typing: true }, page.id)
        if (answer.kind === 'pin') return takePin(pin, answer.id, answer.pin)
      }
      const taken = offer?.take(answer, answer.id)
      if (!taken) throw over()
      note(taken.outcome, draftId, taken.signed)
      done(taken.words, draftId)
    },
    show: (offer, ahead = false) => {
      mustHaveWindow(ahead)
      takeAway('cleared')
      answered = null
      const page = offer.page(newId())
      put({ page, officer: offer.officer(instant()), draftId: offer.draftId, offer, pin: null }, ahead ? TURNING : LASTS[page.kind], ahead)
    },
    askPin: (ask, ahead = false) => {
      mustHaveWindow(ahead)
      takeAway('cleared')
      answered = null
      return new Promise((settle) => {
        putAgain({ entry: createPinEntry(ask), ask, busy: false, typing: false, endsAt: clock.now().getTime() + LASTS.pin, settle }, newId(), ahead)
      })
    },
    moreTime: () => {
      if (!showing?.pin) throw over()
      putAgain({ ...showing.pin, endsAt: showing.pin.endsAt + MORE_TIME }, showing.page.id)
    },
    paid: () => {
      if (showing?.page.kind !== 'pay') throw over()
      done('paid', showing.draftId)
    },
    clear,
    seat: (state) => {
      if (state === 'empty') return clear()
      if (state === 'locked' && showing && !showing.ahead && front()?.turned !== true) {
        takeAway('cleared')
        changed()
      }
    },
    state: () => ({ attached: front() !== undefined, turned: front()?.turned ?? false, shown: showing?.officer ?? { kind: 'waiting' }, answer: answered }),
  }
}
