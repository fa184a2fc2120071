/**
 * Events that are pushed while something runs, pulled one by one; ends with the work, or fails as it does. Whoever pulls no more has the
 * work stopped, and goes on when it has ended.
 */
export async function* eventsOf<Event>(work: (push: (event: Event) => void) => Promise<void>, stop: () => void = () => undefined): AsyncGenerator<Event> {
  const waiting: Event[] = []
  let wake = (): void => undefined
  const state = { ended: false }
  const push = (event: Event): void => {
    waiting.push(event)
    wake()
  }
  const done = work(push).finally(() => {
    state.ended = true
    wake()
  })
  // Its failure is told where it is awaited below; until then nobody else may take it for unhandled.
  done.catch(() => undefined)
  try {
    for (;;) {
      yield* waiting.splice(0)
      if (waiting.length > 0) continue
      if (state.ended) break
      await new Promise<void>((resolve) => { wake = resolve })
    }
  } finally {
    stop()
    await done.catch(() => undefined)
  }
  await done
}
