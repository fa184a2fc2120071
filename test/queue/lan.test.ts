import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { connect, type TLSSocket } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { broadcastsOf, createBeacon, type Found } from '../../src-main/queue/beacon'
import { createUnframer, frameOf, MOST_FRAME } from '../../src-main/queue/frames'
import { codeUnder, wardKeys } from '../../src-main/queue/keys'
import { createLan, type Lan } from '../../src-main/queue/lan'
import { type Message, PROTOCOL } from '../../src-main/queue/wire'
import { seeded } from '../seeded'
import { SECRET } from './support'

const KEYS = wardKeys(SECRET)
const open: { stop(): Promise<void> }[] = []
const loose: (Socket | TLSSocket)[] = []
afterEach(async () => {
  for (const socket of loose.splice(0)) socket.destroy()
  await Promise.all(open.splice(0).map((one) => one.stop()))
})

type Heard = { lan: Lan; met: string[]; lost: string[]; messages: unknown[]; refused: string[]; until(holds: () => boolean): Promise<void> }

async function listen(node: string, address: string, keys = KEYS): Promise<Heard> {
  const met: string[] = []
  const lost: string[] = []
  const messages: unknown[] = []
  const refused: string[] = []
  let look = (): void => undefined
  const lan = await createLan({
    node, keys, address, port: 0,
    met: (other) => { met.push(other); look() }, lost: (other) => { lost.push(other); look() },
    message: (from, message) => { messages.push([from, message]); look() }, refused: (why) => { refused.push(why); look() },
  })
  open.push(lan)
  return { lan, met, lost, messages, refused, until: (holds) => new Promise((done) => { look = () => { if (holds()) done() }; look() }) }
}

const at = ({ lan }: Heard, node: string, address: string): Found => ({ node, address, port: lan.port })
const CIPHERS = { ciphers: 'ECDHE-PSK-CHACHA20-POLY1305', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const

/** Somebody who knows the ward's key and says what he likes. */
async function insider(to: Heard, address: string): Promise<TLSSocket> {
  const socket = connect({ ...CIPHERS, host: address, port: to.lan.port, pskCallback: () => ({ identity: KEYS.tag, psk: KEYS.link }), checkServerIdentity: () => undefined })
  loose.push(socket)
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  return socket
}
const hello = frameOf({ kind: 'hello', version: PROTOCOL, node: 'counter-9' })
const status = { kind: 'status', name: 'Quầy 2', prefix: 'K2', leads: [] } satisfies Message

describe('Two counters of one ward', () => {
  it('meet, talk both ways and notice when one is gone', async () => {
    const one = await listen('counter-1', '127.0.0.21')
    const two = await listen('counter-2', '127.0.0.22')
    one.lan.reach(at(two, 'counter-2', '127.0.0.22'))
    await Promise.all([one.until(() => one.met.length > 0), two.until(() => two.met.length > 0)])
    one.lan.send('counter-2', { kind: 'join', line: '2026-11-23.counter-2.1' })
    two.lan.send('counter-1', status)
    await Promise.all([one.until(() => one.messages.length > 0), two.until(() => two.messages.length > 0)])
    await two.lan.stop()
    await one.until(() => one.lost.length > 0)
    expect({ one: [one.met, one.messages, one.lost], two: [two.met, two.messages] }).toEqual({
      one: [['counter-2'], [['counter-2', status]], ['counter-2']], two: [['counter-1'], [['counter-1', { kind: 'join', line: '2026-11-23.counter-2.1' }]]],
    })
  })
})

describe('A counter refuses', () => {
  it.each([
    ['another secret', { agency: SECRET.agency, bytes: Buffer.alloc(32, 8) }],
    ['another ward', { agency: 'H29.13', bytes: SECRET.bytes }],
  ])('a node with the key of %s', async (_, secret) => {
    const one = await listen('counter-1', '127.0.0.21')
    const stranger = await listen('counter-2', '127.0.0.22', wardKeys(secret))
    stranger.lan.reach(at(one, 'counter-1', '127.0.0.21'))
    await Promise.all([one.until(() => one.refused.length > 0), stranger.until(() => stranger.refused.length > 0)])
    expect([one.refused, one.met, stranger.met]).toEqual([['key'], [], []])
  })

  it('somebody who knows the ward\'s name, but not its key', async () => {
    const one = await listen('counter-1', '127.0.0.21')
    const socket = connect({ ...CIPHERS, host: '127.0.0.21', port: one.lan.port, pskCallback: () => ({ identity: KEYS.tag, psk: Buffer.alloc(32, 1) }), checkServerIdentity: () => undefined })
    loose.push(socket)
    socket.on('error', () => undefined)
    await one.until(() => one.refused.length > 0)
    expect([one.refused, one.met]).toEqual([['key'], []])
  })

  it('to be talked to by a server that does not know the key, or is not who was looked for', async () => {
    const one = await listen('counter-1', '127.0.0.21')
    const two = await listen('counter-2', '127.0.0.22')
    one.lan.reach(at(two, 'counter-7', '127.0.0.22'))
    await one.until(() => one.refused.length > 0)
    expect([one.refused, one.met]).toEqual([['hello'], []])
  })

  it('garbage in place of a handshake', async () => {
    const one = await listen('counter-1', '127.0.0.21')
    const socket = connectTcp(one.lan.port, '127.0.0.21', () => socket.write('GET / HTTP/1.1\r\n\r\n'))
    loose.push(socket)
    socket.on('error', () => undefined)
    await one.until(() => one.refused.length > 0)
    expect(one.refused).toEqual(['key'])
  })

  const tooLong = Buffer.alloc(4)
  tooLong.writeUInt32BE(MOST_FRAME + 1)
  it.each([
    ['a message before the hello', frameOf(status), 'hello'],
    ['another version', frameOf({ kind: 'hello', version: PROTOCOL + 1, node: 'counter-9' }), 'hello'],
    ['its own name', frameOf({ kind: 'hello', version: PROTOCOL, node: 'counter-1' }), 'hello'],
    ['a frame that would be too long', Buffer.concat([hello, tooLong]), 'frame'],
    ['a frame that is not JSON', Buffer.concat([hello, Buffer.from([0, 0, 0, 2, 0x7b, 0x7b])]), 'frame'],
    ['a message that nobody knows', Buffer.concat([hello, frameOf({ kind: 'shutdown' })]), 'frame'],
    ['a message with more than belongs in it', Buffer.concat([hello, frameOf({ ...status, more: 1 })]), 'frame'],
    ['a number of the wrong kind', Buffer.concat([hello, frameOf({ kind: 'got', line: '2026-11-23.counter-1.1', term: -1, ok: true, index: 0 })]), 'frame'],
  ])('%s and hangs up', async (_, bytes, why) => {
    const one = await listen('counter-1', '127.0.0.21')
    const socket = await insider(one, '127.0.0.21')
    const closed = once(socket, 'close')
    socket.write(bytes)
    socket.resume()
    await closed
    expect([one.refused, one.messages]).toEqual([[why], []])
  })

  it('what was recorded of an earlier connection', async () => {
    const one = await listen('counter-1', '127.0.0.21')
    const recorded: Buffer[] = []
    const socket = connectTcp(one.lan.port, '127.0.0.21')
    loose.push(socket)
    const tap = new Duplex({ read: () => undefined, write: (chunk: Buffer, _encoding, done) => { recorded.push(Buffer.from(chunk)); socket.write(chunk); done() } })
    socket.on('data', (data) => tap.push(data))
    const secure = connect({ ...CIPHERS, socket: tap, pskCallback: () => ({ identity: KEYS.tag, psk: KEYS.link }), checkServerIdentity: () => undefined })
    secure.on('error', () => undefined)
    await once(secure, 'secureConnect')
    secure.write(Buffer.concat([hello, frameOf(status)]))
    await one.until(() => one.messages.length === 1)
    const again = connectTcp(one.lan.port, '127.0.0.21', () => { for (const bytes of recorded) again.write(bytes) })
    loose.push(again)
    again.on('error', () => undefined)
    await one.until(() => one.refused.length > 0)
    expect([recorded.length > 1, one.refused, one.messages.length]).toEqual([true, ['key'], 1])
  })
})

describe('Frames', () => {
  it('come out as they went in, in whatever pieces they arrive', () => {
    const random = seeded(3)
    for (let round = 0; round < 200; round++) {
      const messages = Array.from({ length: 1 + Math.floor(random() * 5) }, (_, index) => ({ index, text: 'số '.repeat(Math.floor(random() * 50)) }))
      const bytes = Buffer.concat(messages.map(frameOf))
      const unframer = createUnframer()
      const out: unknown[] = []
      for (let from = 0; from < bytes.length;) {
        const to = from + 1 + Math.floor(random() * 60)
        out.push(...unframer.take(bytes.subarray(from, to)))
        from = to
      }
      expect(out).toEqual(messages)
    }
  })

  it('of random bytes end in an error or wait for more, and nothing else', () => {
    const random = seeded(4)
    for (let round = 0; round < 2000; round++) {
      const unframer = createUnframer()
      const bytes = Buffer.from(Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * (random() < 0.5 ? 4 : 256))))
      try {
        unframer.take(bytes)
      } catch (error) {
        expect(error instanceof RangeError || error instanceof SyntaxError).toBe(true)
      }
    }
  })
})

describe('Broadcast addresses', () => {
  const at = (address: string, netmask: string, internal = false) => ({ address, netmask, family: 'IPv4' as const, mac: '', internal, cidr: null })
  it.each([
    [{ eth0: [at('192.168.1.20', '255.255.255.0')] }, ['192.168.1.255']],
    [{ eth0: [at('172.16.5.9', '255.255.252.0')], wifi: [at('10.0.0.3', '255.0.0.0')] }, ['172.16.7.255', '10.255.255.255']],
    [{ eth0: [at('192.168.1.20', '255.255.255.0')], wifi: [at('192.168.1.21', '255.255.255.0')] }, ['192.168.1.255']],
    [{ lo: [at('127.0.0.1', '255.0.0.0', true)] }, []],
  ])('of %j are %j', (interfaces, addresses) => {
    expect(broadcastsOf(interfaces)).toEqual(addresses)
  })
})

describe('Calls on the LAN', () => {
  async function ear(keys = KEYS): Promise<{ heard: Found[]; port: number; heardOne: Promise<void> }> {
    const probe = createSocket('udp4')
    probe.bind(0)
    await once(probe, 'listening')
    const { port } = probe.address()
    await new Promise<void>((done) => probe.close(() => done()))
    const heard: Found[] = []
    let first = (): void => undefined
    const heardOne = new Promise<void>((done) => { first = done })
    open.push(createBeacon({
      node: 'counter-1', keys, address: '127.0.0.21', port: 1, callPort: port, group: null, targets: [], everyMs: 60_000, trouble: () => undefined,
      found: (found) => { heard.push(found); first() },
    }))
    return { heard, port, heardOne }
  }
  const body = (changed: object = {}): string => JSON.stringify({ v: PROTOCOL, tag: KEYS.tag, node: 'counter-2', address: '127.0.0.22', port: 4000, ...changed })
  const signed = (text: string, keys = KEYS): Buffer => Buffer.from(`${codeUnder(keys, text)}.${text}`)

  it('are heard when they are of this ward, and nothing else is', async () => {
    const { heard, port, heardOne } = await ear()
    const socket = createSocket('udp4')
    const say = (bytes: Buffer): Promise<void> => new Promise((done) => socket.send(bytes, port, '127.0.0.1', () => done()))
    const other = wardKeys({ agency: 'H29.13', bytes: SECRET.bytes })
    const bad = [
      Buffer.from('hello'), Buffer.alloc(0), Buffer.alloc(5000, 65), signed('{'), signed(body({ port: 0 })), signed(body({ more: 1 })), signed(body({ v: 2 })),
      signed(body(), other), Buffer.from(`${codeUnder(KEYS, body())}.${body({ port: 4001 })}`), signed(body({ node: 'counter-1' })),
    ]
    // the ear may not be open yet: the good one is said until it is heard
    for (const bytes of bad) await say(bytes)
    const again = setInterval(() => void say(signed(body())), 20)
    await heardOne
    for (const bytes of bad) await say(bytes)
    const before = heard.length
    const last = new Promise<void>((done) => { const look = setInterval(() => { if (heard.length > before) { clearInterval(look); done() } }, 5) })
    await last
    clearInterval(again)
    await new Promise<void>((done) => socket.close(() => done()))
    expect(new Set(heard.map((found) => JSON.stringify(found)))).toEqual(new Set([JSON.stringify({ node: 'counter-2', address: '127.0.0.22', port: 4000 })]))
  })
})
