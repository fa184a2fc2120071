import { type UsbBus, type UsbConnection, type UsbDeviceInfo, type UsbEndpoint } from '../../../src-main/readers/usb/bus'
import { UsbFault } from '../../../src-main/readers/usb/faults'

/** What a made-up device is to the bus: descriptors, and bytes on its endpoints. */
export type FakeDevice = Readonly<{
  product: string | null
  serial: string | null
  path: string
  classes: readonly number[]
  configuration: Uint8Array
  endpoints: readonly UsbEndpoint[]
  /** Bytes that came on the bulk-out endpoint; `give` puts a transfer on an in endpoint. */
  start(give: (endpoint: number, bytes: Uint8Array | 'stall') => void): Readonly<{ out(bytes: Uint8Array): void; control(request: number, value: number): 'ok' | 'stall' }>
}>

export type FakeBus = UsbBus & Readonly<{
  plug(device: FakeDevice, events?: boolean): string
  unplug(key: string, events?: boolean): void
  /** What the next looks and openings end in; null: nothing. */
  refuse(what: 'list' | 'open' | 'claim', fault: UsbFault | null): void
  /** How many devices are open, and transfers waiting. */
  open(key: string): Promise<UsbConnection>
  figures(): Readonly<{ open: number; waiting: number; listeners: number; opened: number }>
}>

type Pipe = { queue: (Uint8Array | 'stall')[]; waiter: ((bytes: Uint8Array) => void) | null }

/** A bus in memory, as strict as the real one: one read at a time on an endpoint, packets, time-outs, devices that leave. */
export function fakeBus(): FakeBus {
  const devices = new Map<string, FakeDevice>()
  const attach = new Set<() => void>()
  const detach = new Set<(key: string) => void>()
  const leaving = new Map<string, Set<() => void>>()
  const refusals = new Map<string, UsbFault>()
  let count = 0
  let opened = 0
  let openNow = 0
  let waiting = 0

  const refused = (what: string): void => {
    const fault = refusals.get(what)
    if (fault) throw fault
  }

  function connect(key: string, device: FakeDevice): UsbConnection {
    const pipes = new Map<number, Pipe>()
    const pipeOf = (endpoint: number): Pipe => {
      const found = pipes.get(endpoint) ?? { queue: [], waiter: null }
      pipes.set(endpoint, found)
      return found
    }
    const ends = new Set<() => void>()
    leaving.set(key, ends)
    let closed = false
    const engine = device.start((endpoint, bytes) => {
      const pipe = pipeOf(endpoint)
      pipe.queue.push(bytes)
      pipe.waiter?.(new Uint8Array(0))
    })
    const here = (): void => {
      if (closed || !devices.has(key)) throw new UsbFault('gone')
    }
    /** A transfer ends with the bytes asked for or with a packet that is not full; a whole number of full packets is followed by an empty one. */
    const take = ({ queue }: Pipe, length: number): Uint8Array => {
      const whole = queue.shift() ?? new Uint8Array(0)
      if (whole === 'stall') throw new UsbFault('stall')
      const part = whole.slice(0, length)
      const packet = device.endpoints[0]?.packetSize ?? 64
      if (whole.length > length || (whole.length === length && whole.length > 0 && whole.length % packet === 0)) queue.unshift(whole.slice(length))
      return part
    }
    return {
      interfaces: () => {
        here()
        return [{ number: 0, interfaceClass: 0x0b, name: null, endpoints: device.endpoints }]
      },
      claim: async () => {
        here()
        refused('claim')
      },
      release: async () => here(),
      controlIn: async ({ request }, length) => {
        here()
        if (request !== 6) throw new UsbFault('stall')
        return device.configuration.slice(0, length)
      },
      controlOut: async ({ request, value }) => {
        here()
        if (engine.control(request, value) === 'stall') throw new UsbFault('stall')
      },
      transferIn: (endpoint, length, timeoutMs) => {
        const pipe = pipeOf(endpoint)
        return new Promise((resolve, reject) => {
          const end = (act: () => void): void => {
            clearTimeout(timer)
            ends.delete(left)
            pipe.waiter = null
            waiting--
            act()
          }
          const left = (): void => end(() => reject(new UsbFault('gone')))
          waiting++
          const timer = setTimeout(() => end(() => reject(new UsbFault('timeout'))), timeoutMs)
          if (pipe.waiter) {
            clearTimeout(timer)
            waiting--
            reject(new Error('endpoint not found'))
          } else if (closed || !devices.has(key)) left()
          else {
            ends.add(left)
            pipe.waiter = () => end(() => resolve(new Promise((give) => give(take(pipe, length)))))
            if (pipe.queue.length > 0) pipe.waiter(new Uint8Array(0))
          }
        })
      },
      transferOut: async (_endpoint, data) => {
        here()
        engine.out(data.slice())
      },
      clearHalt: async () => here(),
      close: async () => {
        if (!closed) openNow--
        closed = true
        for (const end of [...ends]) end()
      },
    }
  }

  return {
    list: async () => {
      refused('list')
      return [...devices].map(([key, { product, serial, path, classes }]): UsbDeviceInfo => ({ key, vendorId: 0x1209, productId: 1, product, serial, path, classes }))
    },
    onAttach: (listener) => {
      attach.add(listener)
      return () => attach.delete(listener)
    },
    onDetach: (listener) => {
      detach.add(listener)
      return () => detach.delete(listener)
    },
    open: async (key) => {
      refused('open')
      const device = devices.get(key)
      if (!device) throw new UsbFault('gone')
      opened++
      openNow++
      return connect(key, device)
    },
    plug: (device, events = true) => {
      const key = `fake-${String(++count)}`
      devices.set(key, device)
      if (events) for (const heard of attach) heard()
      return key
    },
    unplug: (key, events = true) => {
      devices.delete(key)
      for (const end of [...(leaving.get(key) ?? [])]) end()
      if (events) for (const heard of detach) heard(key)
    },
    refuse: (what, fault) => void (fault ? refusals.set(what, fault) : refusals.delete(what)),
    figures: () => ({ open: openNow, waiting, listeners: attach.size + detach.size, opened }),
  }
}
