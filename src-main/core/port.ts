import type { MessagePortMainLike } from '@orpc/client/message-port'
import { z } from 'zod'
import type { Log } from './log'

/** The port to a window: Electron's in the app, the web's (and Node's) in tests. Both deliver an event with `data`. */
export type WindowPort = ElectronPort | WebPort

interface PortBase {
  postMessage(message: unknown): void
  start(): void
  close(): void
}
export interface ElectronPort extends PortBase {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
}
export interface WebPort extends PortBase {
  addEventListener(event: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(event: 'close', listener: () => void): void
}

/** Longest message taken from a window: the largest document (200 MB) and its envelope. */
export const LONGEST_MESSAGE = 210 * 1024 * 1024
const LONGEST_ENVELOPE = 8 * 1024 * 1024
/** oRPC puts this byte, which UTF-8 never has, between the JSON envelope and the bytes of files. */
const END_OF_ENVELOPE = 0xff

const Header = z.union([z.string(), z.array(z.string())])
const Request = z.object({
  u: z.string().startsWith('/').max(4096),
  h: z.record(z.string(), Header).optional(),
  m: z.string().max(10).optional(),
  b: z.unknown().optional(),
})
const StreamEvent = z.object({ e: z.enum(['message', 'error', 'done']), d: z.unknown().optional(), m: z.unknown().optional() })
/** The envelope of oRPC's messages: id, type (a request when left out), payload. */
const Envelope = z.union([
  z.object({ i: z.string().max(64), t: z.literal(1).optional(), p: Request }),
  z.object({ i: z.string().max(64), t: z.literal(3), p: StreamEvent }),
  z.object({ i: z.string().max(64), t: z.literal(4), p: z.unknown().optional() }),
])
export type CallMessage = z.infer<typeof Envelope>

/**
 * Decodes a raw message of oRPC's client to the object form that its server takes too. Null for anything else.
 * Done here and not by oRPC, whose own decoding would throw outside of any call, where one bad message ends the process.
 */
export async function decodeCall(raw: unknown): Promise<CallMessage | null> {
  try {
    const parts = split(raw)
    if (parts === null) return null
    const message = Envelope.parse(JSON.parse(parts.envelope))
    if (message.t === 3 || message.t === 4) return message
    return { ...message, p: { ...message.p, b: await bodyOf(message.p, parts.bytes) } }
  } catch {
    return null
  }
}

function split(raw: unknown): { envelope: string; bytes: Uint8Array<ArrayBuffer> | null } | null {
  if (typeof raw === 'string') return raw.length <= LONGEST_ENVELOPE ? { envelope: raw, bytes: null } : null
  const all = raw instanceof ArrayBuffer ? new Uint8Array(raw) : raw instanceof Uint8Array && raw.buffer instanceof ArrayBuffer ? new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength) : null
  if (all === null || all.byteLength > LONGEST_MESSAGE) return null
  const end = all.indexOf(END_OF_ENVELOPE)
  if (end === -1 || end > LONGEST_ENVELOPE) return null
  return { envelope: new TextDecoder().decode(all.subarray(0, end)), bytes: all.subarray(end + 1) }
}

/** The body as oRPC means it by its headers: one file, a form with files, or JSON as it is. */
async function bodyOf(request: z.infer<typeof Request>, bytes: Uint8Array<ArrayBuffer> | null): Promise<unknown> {
  const type = one(request.h?.['content-type'])
  const disposition = one(request.h?.['content-disposition'])
  if (disposition !== undefined) return new File(bytes === null ? [] : [bytes], fileName(disposition), { type: type ?? '' })
  if (type?.startsWith('multipart/form-data')) return new Response(bytes, { headers: { 'content-type': type } }).formData()
  return request.b
}

const one = (header: string | readonly string[] | undefined): string | undefined => (typeof header === 'string' ? header : header?.join(', '))

function fileName(disposition: string): string {
  const coded = /filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1]
  return coded === undefined ? (/filename="([^"]*)"/i.exec(disposition)?.[1] ?? 'blob') : decodeURIComponent(coded)
}

/**
 * Serves calls on a window's port until the window closes it. Messages that are no calls are named in the log and dropped.
 * @param upgrade hands the guarded port to oRPC: `(guarded) => handler.upgrade(guarded, { context })`
 * @returns how to end it from this side: running calls and streams are aborted
 */
export function servePort(port: WindowPort, upgrade: (guarded: MessagePortMainLike) => void, log: Log): () => void {
  const closers = new Set<() => void>()
  let open = true
  const onClose = (): void => {
    if (!open) return
    open = false
    for (const close of closers) close()
  }
  upgrade({
    postMessage: (message: unknown) => {
      if (open) port.postMessage(message)
    },
    on: (event, listener) => {
      if (event === 'close') closers.add(() => listener())
      if (event === 'message') listen(port, (raw) => void take(raw, (data) => listener({ data }), log), onClose)
    },
  })
  port.start()
  return () => {
    onClose()
    port.close()
  }
}

async function take(raw: unknown, hand: (message: CallMessage) => void, log: Log): Promise<void> {
  const message = await decodeCall(raw)
  if (message === null) log('call-message-refused')
  else hand(message)
}

function listen(port: WindowPort, onMessage: (data: unknown) => void, onClose: () => void): void {
  if ('addEventListener' in port) {
    port.addEventListener('message', (event) => onMessage(event.data))
    port.addEventListener('close', onClose)
  } else {
    port.on('message', (event) => onMessage(event.data))
    port.on('close', onClose)
  }
}
