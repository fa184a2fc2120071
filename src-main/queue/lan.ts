import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { createUnframer, frameOf } from './frames'
import type { WardKeys } from './keys'
import { Hello, Message, PROTOCOL } from './wire'
import { type NodeId } from './words'
import type { Found } from './beacon'

export type LanOptions = Readonly<{
  node: NodeId
  keys: WardKeys
  /** Address to listen on and to call from; `0.0.0.0` for all interfaces. */
  address: string
  /** 0: any free port. */
  port: number
  met: (node: NodeId) => void
  lost: (node: NodeId) => void
  message: (from: NodeId, message: Message) => void
  /** A stranger, a wrong key, a frame that is no message: counted, never answered. */
  refused: (why: 'key' | 'hello' | 'frame') => void
}>

export type Lan = Readonly<{
  port: number
  /** Connects, unless there is a connection already. */
  reach(found: Found): void
  send(to: NodeId, message: Message): void
  stop(): Promise<void>
}>

/**
 * TLS 1.2 with a pre-shared key and a fresh key agreement: each side proves that it knows the ward's key, nothing can be read,
 * changed, left out or played again, and a key that leaks later opens nothing that was recorded. There is no certificate to make,
 * to renew or to run out on a counter whose clock is wrong. TLS 1.3 would need sessions that Node does not offer for this.
 */
const CIPHERS = { ciphers: 'ECDHE-PSK-CHACHA20-POLY1305', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const
const HANDSHAKE_MS = 3000
/** Nothing was heard for so long: the cable is out. A node says something at least four times a second. */
const SILENT_MS = 3000
/** Not yet sent to one node; then the line is too slow, and the connection is made anew. */
const MOST_UNSENT = 4 * 1024 * 1024
const MOST_LINKS = 64
/** For what was written before the end. */
const LAST_WORDS_MS = 300

type Link = Readonly<{ socket: TLSSocket; node: NodeId }>

export async function createLan(options: LanOptions): Promise<Lan> {
  const { node: self, keys, address, met, lost, message, refused } = options
  const links = new Map<NodeId, Link[]>()
  const sockets = new Set<Socket>()
  const dialling = new Set<NodeId>()
  let stopped = false

  function drop(link: Link): void {
    const left = (links.get(link.node) ?? []).filter((other) => other !== link)
    if (left.length > 0) links.set(link.node, left)
    else if (links.delete(link.node) && !stopped) lost(link.node)
  }

  /** @param expected who was called; null for a caller, who then is whom its key says */
  function welcome(socket: TLSSocket, expected: NodeId | null): void {
    const unframer = createUnframer()
    let link: Link | null = null
    const refuse = (why: 'hello' | 'frame'): void => {
      refused(why)
      socket.destroy()
    }
    const greet = (raw: unknown): void => {
      const hello = Hello.safeParse(raw).data
      const strange = !hello || hello.version !== PROTOCOL || hello.node === self || (expected !== null && hello.node !== expected)
      if (strange) return refuse('hello')
      const known = links.get(hello.node) ?? []
      if (known.length > 1) return void socket.destroy()
      link = { socket, node: hello.node }
      links.set(hello.node, [...known, link])
      if (known.length === 0) met(hello.node)
    }
    const hear = (raw: unknown): void => {
      if (!link) return greet(raw)
      const parsed = Message.safeParse(raw)
      if (parsed.success) message(link.node, parsed.data)
      else refuse('frame')
    }
    socket.setNoDelay(true)
    socket.setTimeout(SILENT_MS, () => socket.destroy())
    socket.on('data', (piece: Buffer) => {
      let frames: readonly unknown[]
      try {
        frames = unframer.take(piece)
      } catch {
        return refuse('frame')
      }
      for (const frame of frames) if (!socket.destroyed) hear(frame)
    })
    socket.on('close', () => {
      if (link) drop(link)
    })
    socket.write(frameOf({ kind: 'hello', version: PROTOCOL, node: self } satisfies Hello))
  }

  const server = createServer({ ...CIPHERS, handshakeTimeout: HANDSHAKE_MS, pskCallback: (_socket, identity) => (identity === keys.tag ? keys.link : null) }, (socket) => welcome(socket, null))
  server.maxConnections = MOST_LINKS
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => refused('key'))
  server.on('secureConnection', (socket) => socket.on('error', () => undefined))
  await new Promise<void>((ready, failed) => {
    server.once('error', failed)
    server.listen({ host: address, port: options.port }, () => {
      server.off('error', failed)
      ready()
    })
  })

  function reach({ node, address: host, port }: Found): void {
    if (stopped || node === self || links.has(node) || dialling.has(node)) return
    dialling.add(node)
    const socket = connect({
      ...CIPHERS, host, port, ...(address === '0.0.0.0' ? {} : { localAddress: address }),
      pskCallback: () => ({ identity: keys.tag, psk: keys.link }), checkServerIdentity: () => undefined,
    })
    let up = false
    sockets.add(socket)
    socket.setTimeout(HANDSHAKE_MS, () => socket.destroy())
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!up && error.code?.startsWith('ERR_SSL')) refused('key')
    })
    socket.on('close', () => {
      sockets.delete(socket)
      dialling.delete(node)
    })
    socket.once('secureConnect', () => {
      up = true
      dialling.delete(node)
      welcome(socket, node)
    })
  }

  return {
    port: (server.address() as AddressInfo).port,
    reach,
    send(to, sent) {
      const socket = links.get(to)?.at(-1)?.socket
      if (!socket || socket.destroyed) return
      if (socket.writableLength > MOST_UNSENT) socket.destroy()
      else socket.write(frameOf(sent))
    },
    stop: () => new Promise((done) => {
      stopped = true
      for (const link of [...links.values()].flat()) link.socket.end()
      const rest = setTimeout(() => {
        for (const socket of sockets) socket.destroy()
      }, LAST_WORDS_MS)
      server.close(() => {
        clearTimeout(rest)
        for (const socket of sockets) socket.destroy()
        done()
      })
    }),
  }
}
