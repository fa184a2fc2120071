import { createSocket, type Socket } from 'node:dgram'
import { networkInterfaces } from 'node:os'
import { z } from 'zod'
import { codeUnder, isCodeUnder, type WardKeys } from './keys'
import { PROTOCOL } from './wire'
import { NodeId } from './words'

/** Found on the LAN; whether it is who it says is settled when a connection is made. */
export type Found = Readonly<{ node: NodeId; address: string; port: number }>

export type BeaconOptions = Readonly<{
  node: NodeId
  keys: WardKeys
  /** Where this node listens for connections; `null`: the address the call comes from. */
  address: string | null
  port: number
  /** UDP port of the calls, the same on all counters. */
  callPort: number
  /** Multicast group, joined on every interface; null: broadcast only. */
  group: string | null
  /** Where calls go besides the group; null: to the broadcast address of every network this machine is on. */
  targets: readonly string[] | null
  everyMs: number
  found: (found: Found) => void
  trouble: (code: 'call-port-busy' | 'call-failed') => void
}>

/** Of the block for private use within an organisation (RFC 2365). */
export const CALL_GROUP = '239.255.77.67'
export const CALL_PORT = 47_767
const MOST_BYTES = 400
const TTL = 1

const Call = z.strictObject({
  v: z.literal(PROTOCOL), tag: z.string().max(16), node: NodeId, address: z.ipv4().nullable(), port: z.int().min(1).max(65_535),
})

/** Calls out on the LAN where this node listens, and hears the others. A repeated or forged call at most causes a connection that fails. */
export function createBeacon(options: BeaconOptions): Readonly<{ call(): void; stop(): Promise<void> }> {
  const { node, keys, address, port, callPort, group, targets, everyMs, found, trouble } = options
  const body = JSON.stringify({ v: PROTOCOL, tag: keys.tag, node, address, port } satisfies z.infer<typeof Call>)
  const datagram = Buffer.from(`${codeUnder(keys, body)}.${body}`)
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  let open = false
  let stopped = false

  const call = (): void => {
    if (!open) return
    const others = targets ?? broadcastsOf(networkInterfaces())
    for (const target of group === null ? others : [group, ...others]) socket.send(datagram, callPort, target, () => undefined)
  }
  socket.on('error', (error: NodeJS.ErrnoException) => trouble(error.code === 'EADDRINUSE' ? 'call-port-busy' : 'call-failed'))
  socket.on('message', (bytes, from) => {
    const heard = parse(keys, bytes)
    if (heard && heard.node !== node) found({ node: heard.node, address: heard.address ?? from.address, port: heard.port })
  })
  socket.bind({ port: callPort, exclusive: false }, () => {
    if (stopped) return
    open = true
    socket.setBroadcast(true)
    socket.setMulticastTTL(TTL)
    if (group !== null) joinEverywhere(socket, group)
    call()
  })
  const timer = setInterval(call, everyMs)
  return {
    call,
    stop: () => new Promise((done) => {
      stopped = true
      open = false
      clearInterval(timer)
      socket.close(() => done())
    }),
  }
}

const numberOf = (address: string): number => address.split('.').reduce((number, part) => number * 256 + Number(part), 0)

/** One for each network; a machine with two cards is heard on both. */
export function broadcastsOf(interfaces: ReturnType<typeof networkInterfaces>): readonly string[] {
  const outside = Object.values(interfaces).flatMap((list) => list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal)
  return [...new Set(outside.map(({ address, netmask }) => {
    const last = (numberOf(address) | ~numberOf(netmask)) >>> 0
    return [24, 16, 8, 0].map((bits) => (last >>> bits) & 255).join('.')
  }))]
}

function parse(keys: WardKeys, bytes: Buffer): z.infer<typeof Call> | null {
  if (bytes.length > MOST_BYTES) return null
  const text = bytes.toString('utf8')
  const dot = text.indexOf('.')
  const body = text.slice(dot + 1)
  if (dot < 0 || !isCodeUnder(keys, body, text.slice(0, dot))) return null
  try {
    return Call.safeParse(JSON.parse(body)).data ?? null
  } catch {
    return null
  }
}

/** An interface that cannot take part (a tunnel, one that just went down) does not keep the others from it. */
function joinEverywhere(socket: Socket, group: string): void {
  for (const list of Object.values(networkInterfaces())) {
    for (const { family, address } of list ?? []) {
      if (family !== 'IPv4') continue
      try {
        socket.addMembership(group, address)
      } catch {
        continue
      }
    }
  }
}
