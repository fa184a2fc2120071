import type { LiveEvent } from '@contract/calls-live'
import type { DisplayFrame } from '@contract/display'
import { AppError } from '@contract/errors'
import { displayContract } from '@contract/hall-contracts'
import type { Place } from '../hall'
import { asAppError } from '../storage'
import { ok } from './answers'
import type { DisplayOffice } from './display-office'
import { type HallContext, hallApi } from './hall-serving'
import type { Live } from './live'

/** The display shows anew after these. */
const CONCERNS: ReadonlySet<LiveEvent['kind']> = new Set(['display', 'queue', 'settings', 'session'])
/** The waiting page goes with the clock: the day off tomorrow, the rule of 15 hours. Milliseconds. */
const LOOKS_AGAIN = 60_000

/** What the citizen's display may call: it shows what was pushed and answers what was asked. */
export function createDisplayRouter() {
  const display = hallApi(displayContract)
  return display.router({
    frames: display.frames.handler(({ context, signal }) => framesOf(context, signal)),
    answer: display.answer.handler(async ({ input, context }) => {
      const { desk } = await openedOf(context)
      await desk.answer(context.gone, input)
      // A second PIN is typed where the first one was.
      if (input.kind !== 'typing' && desk.state().shown.kind !== 'pin') await handBack(context)
      return ok
    }),
    giveBack: display.giveBack.handler(async ({ context }) => {
      if (context.turned) await context.host.hall.close('display')
      return ok
    }),
  })
}

/** The answer is kept by now: a window that does not come forward is no reason to tell the citizen otherwise. */
async function handBack({ host, log }: HallContext): Promise<void> {
  await host.hall.handBack().catch((error: unknown) => log('display.not-handed-back', { code: asAppError(error).code }))
}

/** @throws AppError TK-003 while the data are closed */
function openedOf({ counter }: HallContext): Promise<DisplayOffice> {
  const office = counter.office()
  if (!office) throw new AppError('TK-003')
  return office.display()
}

/** The frame at once and after each change, until the window goes. */
async function* framesOf(context: HallContext, signal: AbortSignal | undefined): AsyncGenerator<DisplayFrame> {
  const ended = signal ? AbortSignal.any([context.gone, signal]) : context.gone
  let place: Place | undefined
  let from: DisplayOffice | undefined
  let last = ''
  try {
    for await (const _changed of changesOf(context.live, ended)) {
      const office = await context.counter.office()?.display()
      if (ended.aborted) return
      if (office !== from) {
        place = office?.desk.attach(context.gone, context.turned)
        from = office
      }
      const frame = office && place ? await office.frame(place, context.turned) : nothing(context)
      const text = JSON.stringify(frame)
      if (text === last) continue
      last = text
      yield frame
    }
  } finally {
    place?.leave()
  }
}

/** Says at once, and then whenever something may be another: nothing that happens in between is missed. */
async function* changesOf(live: Live, ended: AbortSignal): AsyncGenerator<void> {
  const over = new AbortController()
  const events = live.listen(AbortSignal.any([ended, over.signal]))
  // Asked before the first look, so that it listens by then.
  let next = events.next()
  let timer: NodeJS.Timeout | undefined
  const wait = (): Promise<null> => new Promise((resolve) => { timer = setTimeout(() => resolve(null), LOOKS_AGAIN).unref() })
  try {
    yield
    while (!ended.aborted) {
      const event = await Promise.race([next, wait()])
      clearTimeout(timer)
      if (event?.done === true) return
      if (event) next = events.next()
      if (event === null || CONCERNS.has(event.value.kind)) yield
    }
  } finally {
    clearTimeout(timer)
    over.abort()
  }
}

/** The waiting page of a counter whose data are closed: nobody has signed in since the start. */
function nothing({ counter, turned }: HallContext): DisplayFrame {
  return { ward: '', unit: '', counter: '', called: null, practice: counter.settings.practice, turned, page: { kind: 'waiting', called: null, next: [], notices: [], hours: null } }
}
