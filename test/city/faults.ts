import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { z } from 'zod'

const matching = {
  /** Regular expression tried on `METHOD /path?query`, e.g. `^PUT /v1/submissions/`. */
  match: z.string().max(300).refine(isPattern, 'not a regular expression'),
  /** How many requests it hits before it is spent. */
  times: z.number().int().min(1).max(1_000_000).default(1),
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp
  } catch {
    return false
  }
}

/** What goes wrong, once `match` fits. */
export const Fault = z.discriminatedUnion('mode', [
  /** The city does everything and then the answer is lost with the connection. */
  z.object({ ...matching, mode: z.literal('drop-after-commit') }),
  /** The connection is reset before anything is done. */
  z.object({ ...matching, mode: z.literal('reset') }),
  z.object({ ...matching, mode: z.literal('delay'), ms: z.number().int().min(0).max(600_000) }),
  /** A captive portal: 200 with a log-in page. */
  z.object({ ...matching, mode: z.literal('html-200') }),
  z.object({
    ...matching, mode: z.literal('status'), status: z.number().int().min(400).max(599),
    retryAfter: z.number().int().min(0).optional(), code: z.string().optional(), detail: z.string().optional(), field: z.string().optional(),
  }),
  /** The city does everything; its JSON answer is cut in half. */
  z.object({ ...matching, mode: z.literal('malformed') }),
  /** Only the first `bytes` of an upload's body are taken; then the line drops, or the city answers with the short offset. */
  z.object({ ...matching, mode: z.literal('truncate'), bytes: z.number().int().min(0), then: z.enum(['drop', 'answer']).default('drop') }),
])
export type Fault = z.infer<typeof Fault>
/** A fault as a caller writes it: `times` and `then` may be left out. */
export type FaultInput = z.input<typeof Fault>

export const RateLimit = z.object({ requests: z.number().int().min(0).nullable(), windowSeconds: z.number().int().min(1).default(60) })
export type RateLimit = z.infer<typeof RateLimit>

/** Everything that can be made to go wrong, and the line itself. */
export interface Faults {
  add(fault: Fault): void
  clear(): void
  pending(): readonly Fault[]
  /** The first fault that fits; it counts as used. */
  take(method: string, url: string): Fault | undefined
  lineIsUp(): boolean
  /** Down: every connection but `except` is cut now, and every later request but those to the doors. */
  setLine(up: boolean, except?: Socket): void
  /** True when the request was cut because the line is down. */
  cuts(request: IncomingMessage): boolean
  watch(socket: Socket): void
  limit(limit: RateLimit): void
  /** Seconds to wait when `client` called too often, else undefined. */
  tooOften(client: string, now: Date): number | undefined
  /** Access tokens issued before the last call of `revokeTokens` are no longer good. */
  tokenGeneration(): number
  revokeTokens(): void
}

const isDoor = (url: string): boolean => url.startsWith('/doors/')

function faultList(): Pick<Faults, 'add' | 'clear' | 'pending' | 'take'> {
  let faults: { fault: Fault; pattern: RegExp; left: number }[] = []
  return {
    add: (fault) => {
      faults.push({ fault, pattern: new RegExp(fault.match), left: fault.times })
    },
    clear: () => {
      faults = []
    },
    pending: () => faults.map(({ fault, left }) => ({ ...fault, times: left })),
    take: (method, url) => {
      if (faults.length === 0 || isDoor(url)) return undefined
      const hit = faults.find(({ pattern }) => pattern.test(`${method} ${url}`))
      if (!hit) return undefined
      hit.left -= 1
      if (hit.left === 0) faults = faults.filter((other) => other !== hit)
      return hit.fault
    },
  }
}

function line(): Pick<Faults, 'lineIsUp' | 'setLine' | 'cuts' | 'watch'> {
  const sockets = new Set<Socket>()
  let up = true
  return {
    lineIsUp: () => up,
    setLine: (next, except) => {
      up = next
      if (up) return
      for (const socket of sockets) if (socket !== except) socket.destroy()
    },
    cuts: (request) => {
      if (up || isDoor(request.url ?? '')) return false
      request.socket.destroy()
      return true
    },
    watch: (socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    },
  }
}

function rate(): Pick<Faults, 'limit' | 'tooOften'> {
  let current: RateLimit = { requests: null, windowSeconds: 60 }
  const windows = new Map<string, { startedAt: number; count: number }>()
  return {
    limit: (limit) => {
      current = limit
      windows.clear()
    },
    tooOften: (client, now) => {
      if (current.requests === null) return undefined
      const length = current.windowSeconds * 1000
      const at = now.getTime()
      const known = windows.get(client)
      const window = known && at - known.startedAt < length && at >= known.startedAt ? known : { startedAt: at, count: 0 }
      windows.set(client, window)
      window.count += 1
      return window.count > current.requests ? Math.max(1, Math.ceil((window.startedAt + length - at) / 1000)) : undefined
    },
  }
}

/** All faults of one running city; without doors nobody can add any. */
export function createFaults(): Faults {
  let generation = 0
  return {
    ...faultList(), ...line(), ...rate(),
    tokenGeneration: () => generation,
    revokeTokens: () => {
      generation += 1
    },
  }
}
