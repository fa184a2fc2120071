import type { z } from 'zod'
import { AppError } from '@contract/errors'
import { readUpTo } from '../../sync'

export type Fetch = typeof globalThis.fetch

/** A JSON object that a service answered, with its HTTP status below 500. */
export type Reply = Readonly<{ status: number; body: unknown }>
/** Sends JSON (or a form) and reads JSON. @throws AppError KS-040 no answer, none in time, none that is understood */
export type Post = (path: string, body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Reply>

/** Far above any answer of these interfaces: fifty signatures with their chain take less. */
const LARGEST_ANSWER = 4 * 1024 * 1024
const TOO_MANY_REQUESTS = 429

async function textOf(response: Response): Promise<string> {
  const bytes = await readUpTo(response.body, LARGEST_ANSWER)
  if (bytes === null) throw new AppError('KS-040')
  return bytes.toString('utf8')
}

/** @param timeoutMs for the whole answer, head and body. */
export function createPost(deps: Readonly<{ url: string; fetch: Fetch; timeoutMs: number }>): Post {
  return async (path, body, headers = {}) => {
    const form = body instanceof URLSearchParams
    try {
      const response = await deps.fetch(`${deps.url}/${path}`, {
        method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(deps.timeoutMs),
        headers: { accept: 'application/json', 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json', ...headers },
        body: form ? body.toString() : JSON.stringify(body),
      })
      const text = await textOf(response)
      // A redirect is a captive portal; what stumbles or is too busy is asked again later.
      if (response.status >= 500 || response.status === TOO_MANY_REQUESTS || (response.status >= 300 && response.status < 400)) throw new AppError('KS-040', { status: response.status })
      return { status: response.status, body: text === '' ? {} : JSON.parse(text) as unknown }
    } catch (error) {
      if (error instanceof AppError) throw error
      throw new AppError('KS-040', {}, { cause: error })
    }
  }
}

/** The body in the form that was agreed. @throws AppError KS-040 when it is anything else */
export function readAs<T>(schema: z.ZodType<T>, reply: Reply): T {
  const parsed = schema.safeParse(reply.body)
  if (parsed.success) return parsed.data
  throw new AppError('KS-040', { status: reply.status }, { cause: parsed.error })
}

/** Wrong secrets, a request that is not understood: nothing that waiting would cure. @throws AppError KS-043 */
export function mustAccept(reply: Reply): void {
  if (reply.status >= 400) throw new AppError('KS-043', { status: reply.status })
}

/** Base64 in whichever of its two alphabets, as bytes; null for anything else. */
export function bytesOf(text: string): Uint8Array | null {
  return text !== '' && /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : null
}
