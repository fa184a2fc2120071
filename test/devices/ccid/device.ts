import { type FakeDevice } from './bus'
import { type TestCard } from './cards'
import { t0Side } from './t0-card'
import { t1Side, type Line, type T1CardOptions } from './t1-card'

export type Level = 'character' | 'tpdu' | 'short' | 'extended'

export type CcidDeviceOptions = Readonly<{
  level?: Level
  /** What lies in each slot at the start; as many slots as entries. */
  cards?: readonly (TestCard | null)[]
  protocols?: number
  /** Feature bits beside the level; by default the reader does all it can. */
  features?: number
  voltages?: number
  maxMessage?: number
  maxIfsd?: number
  packetSize?: number
  interrupt?: boolean
  product?: string | null
  serial?: string | null
  path?: string
  t1?: T1CardOptions
  /** bPowerSelect values with which a card answers; all by default. */
  powers?: readonly number[]
  /** What happens to the n-th message (from 0) of a type, in place of its answer or before it. */
  fault?: (type: number, nth: number) => Fault | null
}>

export type Fault =
  | Readonly<{ kind: 'silent' }>
  | Readonly<{ kind: 'wrongSequence' }>
  | Readonly<{ kind: 'garbage'; bytes: Uint8Array }>
  | Readonly<{ kind: 'error'; code: number; card?: number }>
  | Readonly<{ kind: 'moreTime'; times: number }>
  | Readonly<{ kind: 'late'; ms: number }>
  | Readonly<{ kind: 'pieces'; size: number }>
  | Readonly<{ kind: 'stall' }>
  | Readonly<{ kind: 'askingForEver' }>
  | Readonly<{ kind: 'do'; act: () => void }>

export type CcidDevice = FakeDevice & Readonly<{
  insert(slot: number, card: TestCard): void
  remove(slot: number): void
  /** A message on the interrupt pipe as it is. */
  notify(bytes: Uint8Array): void
  /** Types of messages that came, in order, and whole messages. */
  messages: Uint8Array[]
  aborts(): number
}>

const AUTO = 0x02 | 0x08 | 0x10 | 0x20 | 0x40 | 0x80 | 0x400
const LEVELS: Readonly<Record<Level, number>> = { character: 0, tpdu: 0x10000, short: 0x20000, extended: 0x40000 }
const dword = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24]

type Slot = { card: TestCard | null; power: boolean; protocol: 0 | 1; t0: (tpdu: Uint8Array) => Promise<Uint8Array>; t1: Line; incoming: number[]; outgoing: Uint8Array }

/** Class descriptor of CCID Rev 1.1 §5.1. */
export function ccidDescriptor({ level = 'extended', cards = [null], protocols = 3, features = AUTO, voltages = 7, maxMessage = 271, maxIfsd = 254 }: CcidDeviceOptions = {}): Uint8Array {
  return Uint8Array.from([
    0x36, 0x21, 0x10, 0x01, cards.length - 1, voltages, ...dword(protocols), ...dword(4000), ...dword(4000), 0, ...dword(10752), ...dword(344086), 0,
    ...dword(maxIfsd), ...dword(0), ...dword(0), ...dword(features | LEVELS[level]), ...dword(maxMessage), 0xff, 0xff, 0, 0, 0, 1,
  ])
}

export function configurationOf(options: CcidDeviceOptions): Uint8Array {
  const classes = ccidDescriptor(options)
  const face = [9, 4, 0, 0, options.interrupt === false ? 2 : 3, 0x0b, 0, 0, 0, ...classes]
  const whole = [9, 2, 0, 0, 1, 1, 0, 0x80, 50, ...face]
  whole[2] = whole.length & 0xff
  whole[3] = whole.length >> 8
  return Uint8Array.from(whole)
}

/** A reader that speaks CCID bytes, fed by any card. */
export function ccidDevice(options: CcidDeviceOptions = {}): CcidDevice {
  const { level = 'extended', cards = [null], packetSize = 64, interrupt = true, maxMessage = 271, powers = [0, 1, 2, 3], fault = () => null } = options
  const seated = (card: TestCard | null): Slot => ({
    card, power: false, protocol: card && firstProtocol(card.atr) === 1 ? 1 : 0, incoming: [], outgoing: new Uint8Array(0),
    t0: card ? t0Side(card) : async () => new Uint8Array(0), t1: card ? t1Side(card, options.t1) : async () => 'mute',
  })
  const slots = cards.map(seated)
  const messages: Uint8Array[] = []
  const counts = new Map<number, number>()
  let send: (endpoint: number, bytes: Uint8Array | 'stall') => void = () => undefined
  let aborts = 0
  let aborted = -1

  const stateOf = (slot: Slot | undefined): number => (!slot?.card ? 2 : slot.power ? 0 : 1)
  function reply(type: number, message: Uint8Array, data: Uint8Array = new Uint8Array(0), status = 0, error = 0, specific = 0, chunk = 0): void {
    const number = message[5] ?? 0
    const bytes = Uint8Array.from([type, ...dword(data.length), number, message[6] ?? 0, status | stateOf(slots[number]), error, specific, ...data])
    if (chunk === 0) send(2, bytes)
    // As whole packets of several transfers would come in.
    else for (let at = 0; at < bytes.length; at += chunk) send(2, bytes.slice(at, at + chunk))
  }
  const refuse = (type: number, message: Uint8Array, error: number): void => reply(type, message, undefined, 0x40, error)

  function powerOn(slot: Slot, message: Uint8Array): void {
    if (!slot.card) return refuse(0x80, message, 0xfe)
    if (!powers.includes(message[7] ?? 0)) return refuse(0x80, message, 0xfe)
    Object.assign(slot, seated(slot.card), { power: true })
    reply(0x80, message, slot.card.atr)
  }

  async function transfer(slot: Slot, message: Uint8Array, chunk: number): Promise<void> {
    const data = message.slice(10)
    const mark = (message[8] ?? 0) | ((message[9] ?? 0) << 8)
    const cancelled = aborts
    const give = (bytes: Uint8Array, specific = 0): void => {
      if (cancelled === aborts) reply(0x80, message, bytes, 0, 0, specific, chunk)
    }
    if (!slot.card || !slot.power) return refuse(0x80, message, 0xfe)
    if (level === 'extended') return extended(slot, data, mark, give)
    if (level === 'short') return give(await slot.card.transmit(data))
    if (data[0] === 0xff && (data[1] ?? 0) >> 4 === 1 && data.length === 4) return give(data)
    if (slot.protocol === 0) return give(await slot.t0(data))
    const back = await slot.t1(data)
    if (typeof back === 'string') return cancelled === aborts ? refuse(0x80, message, back === 'mute' ? 0xfe : 0xfd) : undefined
    give(back)
  }

  async function extended(slot: Slot, data: Uint8Array, mark: number, give: (bytes: Uint8Array, specific?: number) => void): Promise<void> {
    const room = maxMessage - 10
    if (mark === 0x10) {
      const part = slot.outgoing.slice(0, room)
      slot.outgoing = slot.outgoing.slice(part.length)
      return give(part, slot.outgoing.length > 0 ? 3 : 2)
    }
    slot.incoming = mark === 0 || mark === 1 ? [...data] : [...slot.incoming, ...data]
    if (mark === 1 || mark === 3) return give(new Uint8Array(0), 0x10)
    const whole = (await slot.card?.transmit(Uint8Array.from(slot.incoming))) ?? new Uint8Array(0)
    slot.outgoing = whole.slice(room)
    give(whole.slice(0, room), slot.outgoing.length > 0 ? 1 : 0)
  }

  async function handle(message: Uint8Array, chunk = 0): Promise<void> {
    const slot = slots[message[5] ?? 0]
    const type = message[0] ?? 0
    if (!slot) return refuse(0x81, message, 5)
    if (type === 0x62) return powerOn(slot, message)
    if (type === 0x63) slot.power = false
    if (type === 0x6f) return transfer(slot, message, chunk)
    if (type === 0x6c || type === 0x61) {
      if (type === 0x61) slot.protocol = message[7] === 1 ? 1 : 0
      return reply(0x82, message, new Uint8Array(slot.protocol === 1 ? 7 : 5), 0, 0, slot.protocol)
    }
    if (type === 0x72) aborts++
    if (type === 0x72 && aborted !== (message[6] ?? 0)) return refuse(0x81, message, 0)
    if (type === 0x63 || type === 0x65 || type === 0x72) return reply(0x81, message)
    refuse(0x81, message, 0)
  }

  function receive(message: Uint8Array): void {
    messages.push(message)
    const type = message[0] ?? 0
    const nth = counts.get(type) ?? 0
    counts.set(type, nth + 1)
    const happens = fault(type, nth)
    if (!happens) return void handle(message)
    if (happens.kind === 'error') return reply(type === 0x6f || type === 0x62 ? 0x80 : 0x81, message, undefined, 0x40 | (happens.card ?? 0), happens.code)
    if (happens.kind === 'garbage') send(2, happens.bytes)
    if (happens.kind === 'garbage') return void handle(message)
    if (happens.kind === 'do') return happens.act()
    if (happens.kind === 'stall') return send(2, 'stall')
    if (happens.kind === 'askingForEver') {
      const before = aborts
      const timer = setInterval(() => (aborts === before ? reply(0x80, message, undefined, 0x80, 1) : clearInterval(timer)), 30)
      return
    }
    if (happens.kind === 'pieces') return void handle(message, happens.size)
    if (happens.kind === 'late') return void setTimeout(() => void handle(message), happens.ms)
    if (happens.kind === 'moreTime') {
      for (let time = 0; time < happens.times; time++) reply(0x80, message, undefined, 0x80, 1)
      return void handle(message)
    }
    if (happens.kind === 'wrongSequence') reply(0x80, Uint8Array.from(message, (byte, at) => (at === 6 ? (byte + 100) & 0xff : byte)))
    if (happens.kind === 'wrongSequence') void handle(message)
  }

  const notice = (slot: number, bits: number): void => {
    const bytes = new Uint8Array(1 + Math.ceil(slots.length / 4))
    bytes[0] = 0x50
    bytes[1 + (slot >> 2)] = bits << ((slot & 3) * 2)
    if (interrupt) send(3, bytes)
  }
  const seat = (slot: number, card: TestCard | null): void => {
    const found = slots[slot]
    if (found) Object.assign(found, seated(card))
    notice(slot, card ? 3 : 2)
  }

  return {
    product: options.product === undefined ? 'Fake CCID' : options.product, serial: options.serial === undefined ? 'S1' : options.serial, path: options.path ?? '1-1', classes: [0x0b],
    configuration: configurationOf(options),
    endpoints: [
      { number: 2, direction: 'in', type: 'bulk', packetSize }, { number: 1, direction: 'out', type: 'bulk', packetSize },
      ...(interrupt ? [{ number: 3, direction: 'in', type: 'interrupt', packetSize: 8 } as const] : []),
    ],
    start: (give) => {
      send = give
      for (const slot of slots) slot.power = false
      return { out: receive, control: (request, value) => {
        if (request !== 1) return 'stall'
        aborted = value >> 8
        return 'ok'
      } }
    },
    insert: (slot, card) => seat(slot, card),
    remove: (slot) => seat(slot, null),
    notify: (bytes) => send(3, bytes),
    messages,
    aborts: () => aborts,
  }
}

/** The protocol that an ATR offers first: TD1 where there is one, else T=0. */
function firstProtocol(atr: Uint8Array): number {
  const y1 = (atr[1] ?? 0) >> 4
  if (!(y1 & 8)) return 0
  return (atr[2 + [1, 2, 4].filter((bit) => y1 & bit).length] ?? 0) & 0x0f
}
