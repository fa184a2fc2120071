import type { Binding, NativeContext, NativeReader, NativeState } from '../../src-main/readers/pcsc/binding'

/** A PC/SC service in memory that fails on command, in place of the native part. */
export function fakeService() {
  const contexts = new Set<FakeContext>()
  const readers = new Map<string, { state: number; atr: Buffer | null }>()
  const service = {
    running: true,
    readers,
    /** What connecting fails with, in order; then it works. */
    failures: [] as string[],
    connects: [] as (readonly [share: number, protocols: number])[],
    disconnects: [] as number[],
    /** What a card answers, or a text to fail with. */
    answer: (_command: Buffer): Promise<Buffer> => Promise.resolve(Buffer.from('9000', 'hex')),
    opened: 0,
    open: () => contexts.size,
    put: (name: string, state: number) => {
      readers.set(name, { state, atr: (state & 0x20) === 0 ? null : Buffer.from('3B8880014D4F5443554100001A', 'hex') })
      for (const context of contexts) context.wake()
    },
    unplug: (name: string) => {
      readers.delete(name)
      for (const context of contexts) context.wake()
    },
    stop: () => {
      service.running = false
      for (const context of contexts) context.wake()
    },
    binding: {} as Binding,
  }

  type FakeContext = NativeContext & { wake(): void }
  service.binding = {
    openContext: () => {
      service.opened += 1
      if (!service.running) throw new Error('PC/SC service not running')
      let wake = (): void => undefined
      let cancelled = false
      const context: FakeContext = {
        wake: () => wake(),
        listReaders: (): NativeReader[] => {
          if (!service.running) throw new Error('Communication error')
          return [...readers].map(([name, { state, atr }]) => ({ name, state, atr, connect: async (share, protocols) => {
            service.connects.push([share, protocols])
            const failure = service.failures.shift()
            if (failure !== undefined) throw new Error(failure)
            return {
              protocol: 2, atr, transmit: (command: Buffer) => service.answer(command), control: () => Promise.reject(new Error('Transaction failed')),
              reconnect: () => Promise.resolve(2), disconnect: (disposition: number) => void service.disconnects.push(disposition),
            }
          } }))
        },
        waitForChange: (known: readonly NativeState[], ms: number) => new Promise((resolve, reject) => {
          const end = (): void => {
            clearTimeout(timer)
            if (cancelled) resolve(null)
            else if (!service.running) reject(new Error('PC/SC service stopped'))
            else resolve(known.map(({ name }) => ({ name, state: readers.get(name)?.state ?? 0 })))
          }
          const timer = setTimeout(end, ms)
          wake = end
        }),
        cancel: () => {
          cancelled = true
          wake()
        },
        close: () => void contexts.delete(context),
      }
      contexts.add(context)
      return context
    },
  }
  return service
}
