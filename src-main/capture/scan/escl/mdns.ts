import { createSocket, type Socket } from 'node:dgram'
import { networkInterfaces } from 'node:os'
import { createChannel } from '../channel'
import { announced, dnsQuestion, dnsRecords, type Announced, type DnsRecord } from './dns-message'
import { isNear } from './place'

export type MdnsOptions = Readonly<{
  /** How long to listen, in milliseconds. */
  listen: number
  /** Where to ask: the group of multicast DNS. */
  group: Readonly<{ address: string; port: number }>
  /** The machine's own addresses to ask from. */
  from: () => readonly string[]
}>
export const MDNS: MdnsOptions = { listen: 2500, group: { address: '224.0.0.251', port: 5353 }, from: ownAddresses }

const SERVICES = ['_uscan._tcp.local', '_uscans._tcp.local']
const MOST_KEPT = 2000
/** Packets get lost: the question is put again. */
const ASK_AT = [0, 300, 1000]

/** Asks the network once for eSCL scanners and gives what is announced with a near address. A network that forbids it gives nothing; never throws. */
export async function* findByMdns({ listen, group, from }: MdnsOptions, signal: AbortSignal): AsyncGenerator<Announced, void, undefined> {
  const found = createChannel<Announced>()
  const records: DnsRecord[] = []
  const told = new Set<string>()
  const hear = (bytes: Buffer) => {
    records.push(...dnsRecords(bytes))
    records.splice(0, Math.max(0, records.length - MOST_KEPT))
    for (const one of announced(records)) {
      const key = `${one.address}:${one.port}${one.root}`
      if (told.has(key) || !isNear(one.address)) continue
      told.add(key)
      found.push(one)
    }
  }
  const sockets = from().map((address) => openSocket(address, group, hear))
  const timers = [setTimeout(found.end, listen), ...ASK_AT.filter((at) => at < listen).map((at) => setTimeout(() => sockets.forEach((socket) => socket.ask()), at))]
  signal.addEventListener('abort', found.end, { once: true })
  try {
    if (!signal.aborted) yield* found.values()
  } finally {
    timers.forEach((timer) => clearTimeout(timer))
    signal.removeEventListener('abort', found.end)
    sockets.forEach((socket) => socket.close())
  }
}

function openSocket(address: string, group: MdnsOptions['group'], hear: (bytes: Buffer) => void) {
  const socket: Socket = createSocket({ type: 'udp4' })
  let open = true
  let ready = false
  let asked = false
  const ask = () => {
    asked = true
    if (open && ready) socket.send(dnsQuestion(SERVICES), group.port, group.address, () => undefined)
  }
  const close = () => {
    if (!open) return
    open = false
    socket.close()
  }
  socket.on('error', close)
  socket.on('message', (bytes) => hear(bytes))
  socket.bind(0, address, () => {
    ready = true
    try {
      socket.setMulticastInterface(address)
    } catch {
      // A system without multicast on this network: nothing is found there.
    }
    if (asked) ask()
  })
  return { ask, close }
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((list) => (list ?? []).filter((one) => one.family === 'IPv4' && isNear(one.address)).map((one) => one.address)).slice(0, 16)
}
