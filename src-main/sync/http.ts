import type { z } from 'zod'
import { type Answer, CityFailure, failureOf, failureOfThrown } from './failures'
import { readUpTo } from './read-up-to'

export type Fetch = typeof globalThis.fetch

export type Call = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'HEAD' | 'PATCH'
  /** Below the city's base URL, or absolute on the same origin. */
  path: string
  headers?: Readonly<Record<string, string>>
  body?: Uint8Array | string
  timeoutMs?: number
}>

export type Http = Readonly<{
  base: URL
  /** Any answer at all, or a CityFailure when there was none. */
  send(call: Call): Promise<Answer>
}>

/** Far above any answer of the protocol; keeps a stranger from filling the memory. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024

async function readText(response: Response): Promise<string> {
  const bytes = await readUpTo(response.body, MAX_ANSWER_BYTES)
  if (bytes === null) throw new CityFailure('malformed')
  return bytes.toString('utf8')
}

/** The address of a call. Another origin is refused: the token goes to the city only. */
export function resolveOnCity(base: URL, path: string): URL {
  const url = new URL(path.startsWith('/') ? `.${path}` : path, base)
  if (url.origin !== base.origin) throw new CityFailure('malformed')
  return url
}

/** Absolute address of a `Location` that the city gave for `/v1/files`; null when there is none or it lies on another origin. */
export function locateOnCity(base: URL, location: string): string | null {
  if (location === '' || !URL.canParse(location, base)) return null
  const url = new URL(location, new URL('./v1/files', base))
  return url.origin === base.origin ? url.href : null
}

/** Base URL with a closing slash, so that a city below a path keeps its path. */
export function baseOf(url: string): URL {
  const base = new URL(url)
  base.search = ''
  base.hash = ''
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  return base
}

type Deadline = Readonly<{ signal: AbortSignal; clear(): void }>

/** A signal of one call: ends with the engine or after so many milliseconds, and leaves no listener behind on the engine's. */
function deadline(engine: AbortSignal, timeoutMs: number): Deadline {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new DOMException('too slow', 'TimeoutError')), timeoutMs)
  const stop = (): void => controller.abort(engine.reason)
  if (engine.aborted) stop()
  engine.addEventListener('abort', stop)
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer)
      engine.removeEventListener('abort', stop)
    },
  }
}

/** HTTP to one city. Redirects are not followed: the protocol has none, a captive portal has little else. */
export function createHttp(deps: { url: string; fetch: Fetch; signal: AbortSignal; timeoutMs: number }): Http {
  const base = baseOf(deps.url)
  return {
    base,
    send: async ({ method, path, headers = {}, body, timeoutMs = deps.timeoutMs }) => {
      const { signal, clear } = deadline(deps.signal, timeoutMs)
      try {
        const url = resolveOnCity(base, path)
        const sent = body === undefined ? {} : { body: body as BodyInit }
        const response = await deps.fetch(url, { method, headers: { ...headers }, redirect: 'manual', signal, ...sent })
        return { status: response.status, headers: response.headers, text: await readText(response) }
      } catch (error) {
        throw failureOfThrown(error)
      } finally {
        clear()
      }
    },
  }
}

/** The body of an agreed answer, or the failure that it is. Only `agreed` statuses with a well-formed body count. */
export function expectJson<T>(answer: Answer, agreed: readonly number[], schema: z.ZodType<T>, now: Date): T {
  if (!agreed.includes(answer.status)) throw failureOf(answer, now)
  let body: unknown
  try {
    body = JSON.parse(answer.text)
  } catch {
    throw failureOf(answer, now)
  }
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw new CityFailure('malformed', { status: answer.status })
  return parsed.data
}
