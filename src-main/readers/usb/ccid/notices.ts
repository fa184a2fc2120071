import { type UsbConnection } from '../bus'
import { faultOf } from '../faults'
import { decodeNotice } from './messages'

export type NoticeHandler = Readonly<{
  /** The interrupt pipe told of slots, or a look is due: `removed` slots have lost their card even if another lies there again. */
  look(removed: readonly number[]): void
  /** The device is gone. */
  gone(): void
}>

export type Watch = Readonly<{ stop(): Promise<void> }>
export type InterruptPipe = Readonly<{ endpoint: number; packetSize: number }>

/**
 * One wait on the interrupt pipe, in ms; it cannot be cut short, so letting a reader go takes as long. After each, the slots are
 * looked at all the same: not every reader tells everything.
 */
const WAIT_MS = 1000
/** Between looks at the slots of a reader without an interrupt pipe. */
const POLL_MS = 500
/** Failed waits after which the pipe is of no use. */
const FAILURE_LIMIT = 3

/** Watches the slots of one interface until stopped. @param pipe null where the reader has none */
export function watchSlots(connection: UsbConnection, pipe: InterruptPipe | null, slots: number, handler: NoticeHandler): Watch {
  const over = new AbortController()
  const isOver = (): boolean => over.signal.aborted

  /** One wait on the pipe; false when it failed. */
  async function listen({ endpoint, packetSize }: InterruptPipe): Promise<boolean> {
    try {
      const notice = decodeNotice(await connection.transferIn(endpoint, packetSize, WAIT_MS), slots)
      if (!isOver()) handler.look(notice?.kind === 'slots' ? notice.slots.flatMap(({ present, changed }, slot) => (changed && !present ? [slot] : [])) : [])
      return true
    } catch (error) {
      const { kind } = faultOf(error)
      if (isOver()) return true
      if (kind === 'gone') {
        over.abort()
        handler.gone()
      }
      if (kind === 'stall') await connection.clearHalt('in', endpoint).catch(() => undefined)
      if (kind === 'timeout') handler.look([])
      return kind === 'gone' || kind === 'timeout'
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !isOver(); ) {
      if (pipe && failures < FAILURE_LIMIT) failures = (await listen(pipe)) ? 0 : failures + 1
      else {
        await pause(POLL_MS, over.signal)
        if (!isOver()) handler.look([])
      }
    }
  }

  const running = run()
  return {
    stop: async () => {
      over.abort()
      await running
    },
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
