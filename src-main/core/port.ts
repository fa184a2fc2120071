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

const header = z.union([z.string(), z.array(z.string())])
/** The envelope of oRPC's messages: id, type (request when left out), payload. */
const Envelope = z.union([
  z.object({ i: z.string().max(64), t: z.literal(1).optional(), p: z.object({ u: z.string().startsWith('/').max(4096), h: z.record(z.string(), header).optional(), m: z.string().max(10).optional(), b: z.unknown() }) }),
  z.object({ i: z.string().max(64), t: z.literal(3), p: z.object({ e: z.enum(['message', 'error', 'done']), d: z.unknown(), m: z.unknown() }) }),
  z.object({ i: z.string().max(64), t: z.literal(4), p: z.unknown() }),
])

/** True when a raw message has the form that oRPC's client sends; anything else would throw inside oRPC, outside of any call. */
export function isCallMessage(raw: unknown): boolean {
  const text = envelopeText(raw)
  if (text === null) return false
  try {
    return Envelope.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

function envelopeText(raw: unknown): string | null {
  if (typeof raw === 'string') return raw.length <= LONGEST_ENVELOPE ? raw : null
  const bytes = raw instanceof ArrayBuffer ? new Uint8Array(raw) : raw instanceof Uint8Array ? raw : null
  if (bytes === null || bytes.byteLength > LONGEST_MESSAGE) return null
  const end = bytes.indexOf(END_OF_ENVELOPE)
  const envelope = end === -1 ? bytes : bytes.subarray(0, end)
  return envelope.byteLength <= LONGEST_ENVELOPE ? new TextDecoder().decode(envelope) : null
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
      if (event === 'message') listen(port, (data) => (isCallMessage(data) ? listener({ data }) : log('call-message-refused')), onClose)
    },
  })
  port.start()
  return () => {
    onClose()
    port.close()
  }
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
