/** A number that is to be said. `times` tells a recall from the call before it. */
export type Call = Readonly<{ ticket: string; label: string; counter: string; times: number }>

export type CallerPorts = Readonly<{
  /** Says a call once; settles when it has been said or cannot be. */
  say(call: Call): Promise<void>
  /** Silence before the same call is said again. */
  rest(): Promise<void>
  /** What is being said now, null in the silence after. */
  onChange(calling: Call | null): void
}>

export type Caller = Readonly<{
  call(call: Call): void
  /** Nothing more is said; what is being said ends. */
  stop(): void
  /** Calls that wait to be said. */
  waiting(): readonly Call[]
}>

const same = (one: Call, other: Call): boolean => one.ticket === other.ticket && one.times === other.times && one.counter === other.counter

/**
 * Says calls one after the other, never two at once. A recall takes the place of its number's call that still waits. Each call is said
 * twice, or once when others wait: a hall that is behind must not fall further behind.
 */
export function createCaller({ say, rest, onChange }: CallerPorts): Caller {
  let queue: readonly Call[] = []
  let saying: Call | null = null
  let stopped = false

  const put = (call: Call): void => {
    const twin = queue.findIndex(({ ticket }) => ticket === call.ticket)
    queue = twin === -1 ? [...queue, call] : queue.map((waiting, index) => (index === twin ? call : waiting))
  }
  // A call that cannot be said stands on the screen all the same: the next one must not wait for it.
  const sayOnce = (call: Call): Promise<void> => say(call).catch(() => undefined)
  const nobodyWaits = (): boolean => queue.length === 0 && !stopped

  const twice = async (call: Call): Promise<void> => {
    await sayOnce(call)
    if (!nobodyWaits()) return
    await rest()
    if (nobodyWaits()) await sayOnce(call)
  }
  const run = async (): Promise<void> => {
    for (let [next] = queue; next !== undefined && !stopped; [next] = queue) {
      queue = queue.slice(1)
      saying = next
      onChange(next)
      await twice(next)
    }
    saying = null
    onChange(null)
  }

  return {
    call: (call) => {
      if (stopped || (saying !== null && same(saying, call))) return
      put(call)
      if (saying === null) void run()
    },
    stop: () => {
      stopped = true
      queue = []
    },
    waiting: () => queue,
  }
}
