import { createServer } from 'node:net'

/** Message types of the VSCard protocol, by which the emulated reader reaches a card in another process. */
const TYPE = { init: 1, error: 2, readerAdd: 3, atr: 5, cardRemove: 6, apdu: 7, flush: 8, flushComplete: 9 }
const MAGIC = Buffer.from('VSCD')
const VERSION = 2
const UNDEFINED_READER = 0xffffffff
const HEADER = 12

function dword(number) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(number >>> 0)
  return bytes
}

/** One session on an open socket. A card: `{ atr, transmit }`. */
function attach(socket, firstCard) {
  let card = firstCard
  let rest = Buffer.alloc(0)
  let turn = Promise.resolve()
  let greeted = false
  let inserted = false
  let reader = 0
  const awaited = []
  const send = (type, payload = Buffer.alloc(0), to = reader) => {
    if (!socket.destroyed) socket.write(Buffer.concat([dword(type), dword(to), dword(payload.length), payload]))
  }
  function insert(next = card) {
    card = next
    inserted = true
    awaited.push('atr')
    send(TYPE.atr, Buffer.from(card.atr))
  }
  function remove() {
    inserted = false
    awaited.push('remove')
    send(TYPE.cardRemove)
  }
  async function message(type, from, payload) {
    if (type === TYPE.init && !greeted) {
      greeted = true
      awaited.push('add')
      send(TYPE.readerAdd, Buffer.from('test reader\0'), UNDEFINED_READER)
    } else if (type === TYPE.error) {
      const about = awaited.shift()
      if (payload.readUInt32BE(0) !== 0) throw new Error(`VSCard: ${String(about)} was refused`)
      if (about === 'add') {
        reader = from === UNDEFINED_READER ? 0 : from
        insert()
      }
    } else if (type === TYPE.apdu) {
      const answer = inserted ? await card.transmit(Uint8Array.from(payload)) : null
      if (answer && inserted) send(TYPE.apdu, Buffer.from(answer))
      else if (!answer) send(TYPE.error, dword(1))
    } else if (type === TYPE.flush) send(TYPE.flushComplete)
  }
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data])
    while (rest.length >= HEADER && rest.length >= HEADER + rest.readUInt32BE(8)) {
      const end = HEADER + rest.readUInt32BE(8)
      const [type, from, payload] = [rest.readUInt32BE(0), rest.readUInt32BE(4), Buffer.from(rest.subarray(HEADER, end))]
      rest = rest.subarray(end)
      turn = turn.then(() => message(type, from, payload)).catch((error) => socket.destroy(error))
    }
  })
  socket.on('error', () => undefined)
  send(TYPE.init, Buffer.concat([MAGIC, dword(VERSION), dword(0)]), UNDEFINED_READER)
  return { insert, remove }
}

/** Serves a card to `ccid-card-passthru` on a Unix socket. */
export function serveCard({ path, card }) {
  return new Promise((resolve, reject) => {
    const sockets = new Set()
    let session
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      session = attach(socket, card)
    })
    server.on('error', reject)
    server.listen({ path }, () => resolve({
      insert: (next) => session?.insert(next),
      remove: () => session?.remove(),
      close: () => {
        for (const socket of sockets) socket.destroy()
        server.close()
      },
    }))
  })
}
