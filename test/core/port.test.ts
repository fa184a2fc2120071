import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { eventIterator, os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { RouterClient } from '@orpc/server'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decodeCall, LONGEST_MESSAGE, servePort } from '../../src-main/core/port'

let streamEnded: Promise<void>
let noteEnd = (): void => undefined

const router = {
  add: os.input(z.object({ a: z.number() })).handler(({ input }) => input.a + 1),
  size: os.input(z.object({ file: z.instanceof(Blob), note: z.string() })).handler(async ({ input }) => ({ size: (await input.file.arrayBuffer()).byteLength, note: input.note })),
  named: os.input(z.instanceof(File)).handler(({ input }) => input.name),
  blob: os.input(z.number()).handler(({ input }) => new Blob([new Uint8Array(input).fill(7)], { type: 'application/pdf' })),
  count: os.output(eventIterator(z.number())).handler(async function* () {
    try {
      for (let n = 0; ; n += 1) {
        yield n
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    } finally {
      noteEnd()
    }
  }),
}

const ends: (() => void)[] = []
afterEach(() => ends.splice(0).forEach((end) => end()))

function setUp() {
  streamEnded = new Promise((resolve) => (noteEnd = resolve))
  const { port1, port2 } = new MessageChannel()
  const logged: string[] = []
  const handler = new RPCHandler(router)
  const end = servePort(port1, (guarded) => handler.upgrade(guarded, { context: {} }), (event) => logged.push(event))
  const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ port: port2 }))
  port2.start()
  ends.push(end, () => port2.close())
  return { client, port2, logged, end }
}

describe('a served port', () => {
  it('answers calls', async () => {
    expect(await setUp().client.add({ a: 1 })).toBe(2)
  })

  it('answers a wrong input with an error of that call', async () => {
    const { client } = setUp()
    await expect(client.add({ a: 'x' } as unknown as { a: number })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('takes a large file beside other fields', async () => {
    const size = 12 * 1024 * 1024
    expect(await setUp().client.size({ file: new Blob([new Uint8Array(size).fill(255)]), note: 'giấy' })).toEqual({ size, note: 'giấy' })
  })

  it('takes a file with its Vietnamese name', async () => {
    expect(await setUp().client.named(new File(['x'], 'Tờ khai (bản 1).pdf', { type: 'application/pdf' }))).toBe('Tờ khai (bản 1).pdf')
  })

  it('sends a file', async () => {
    const blob = await setUp().client.blob(3_000_000)
    expect([blob.size, blob.type]).toEqual([3_000_000, 'application/pdf'])
  })

  it('streams, and ends the stream when the window stops reading', async () => {
    const { client } = setUp()
    const seen: number[] = []
    for await (const n of await client.count()) {
      seen.push(n)
      if (n === 3) break
    }
    await streamEnded
    expect(seen).toEqual([0, 1, 2, 3])
  })

  it('ends its streams when the window closes the port', async () => {
    const { client, port2 } = setUp()
    const stream = await client.count()
    await stream.next()
    port2.close()
    await expect(streamEnded).resolves.toBeUndefined()
  })

  it('goes on after messages that are no calls, and names them in the log', async () => {
    const { client, port2, logged } = setUp()
    const bad = [null, 5, {}, { i: '1', p: { u: '/add' } }, '', '{', '[]', '{"i":"1","p":{"u":"http://["}}', '{"i":1,"p":{"u":"/add"}}', new Uint8Array([255, 255]), new ArrayBuffer(3)]
    const files = [{ 'content-type': 'multipart/form-data' }, { 'content-type': 'multipart/form-data; boundary=x' }, { 'content-disposition': "filename*=utf-8''%E0%A4%A" }]
    for (const message of bad) port2.postMessage(message)
    for (const h of files) port2.postMessage(JSON.stringify({ i: '7', p: { u: '/size', h } }))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([await client.add({ a: 41 }), logged]).toEqual([42, [...bad, ...files].map(() => 'call-message-refused')])
  })
})

describe('decoding', () => {
  it('never throws and never returns a message of another form', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.uint8Array(), fc.object()), async (raw) => {
        const message = await decodeCall(raw)
        expect(message === null || typeof message.i === 'string').toBe(true)
      }),
    )
  })

  it('refuses a message longer than the longest document', async () => {
    expect(await decodeCall(new Uint8Array(LONGEST_MESSAGE + 1))).toBeNull()
  })
})
