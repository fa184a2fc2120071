import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { AppError, ERRORS } from '@contract/errors'

export type Posted = Readonly<{ status: number; type: string; body: Uint8Array }>
export type PostWish = Readonly<{ url: string; type: string; body: Uint8Array; headers?: Readonly<Record<string, string>> }>
export type Post = Readonly<{ send(wish: PostWish): Promise<Posted>; reachable(url: string): Promise<boolean> }>

export type PostLimits = Readonly<{
  /** For one whole exchange, in milliseconds. */
  timeoutMs: number
  /** Longer answers are cut off, in bytes. */
  mostBytes: number
}>

/** A kept connection that the other side has closed meanwhile; the same call on a new one is no second request to it. */
const wasStale = (error: unknown, reused: boolean): boolean =>
  reused && error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')

const silent = (cause: unknown): AppError => new AppError(ERRORS.signing.caSilent, {}, { cause })

/**
 * Posts over one kept connection: some servers of CMP tie a transaction to it. @throws AppError KS-030 without an answer in time, KS-038 for one
 * that is too long
 */
export function createPost({ timeoutMs, mostBytes }: PostLimits): Post {
  const options = { keepAlive: true, maxSockets: 1 }
  const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) }

  function exchange(method: 'POST' | 'HEAD', { url, type, body, headers = {} }: PostWish, ms: number, again: boolean): Promise<Posted> {
    return new Promise<Posted>((resolve, reject) => {
      const secure = url.startsWith('https:')
      const length = method === 'POST' ? { 'content-type': type, 'content-length': String(body.length) } : {}
      // A look at the line does not queue behind a slow exchange.
      const agent = method === 'POST' && (secure ? agents.https : agents.http)
      const request = (secure ? httpsRequest : httpRequest)(url, { method, agent, headers: { ...headers, ...length } })
      const timer = setTimeout(() => request.destroy(new Error('no answer in time')), ms)
      const fail = (error: unknown): void => {
        clearTimeout(timer)
        if (!again && wasStale(error, request.reusedSocket)) exchange(method, { url, type, body, headers }, ms, true).then(resolve, reject)
        else reject(error instanceof AppError ? error : silent(error))
      }
      request.once('error', fail)
      request.once('response', (response) => {
        const parts: Buffer[] = []
        let size = 0
        response.on('data', (part: Buffer) => {
          size += part.length
          if (size > mostBytes) request.destroy(new AppError(ERRORS.signing.caMalformed, {}))
          else parts.push(part)
        })
        response.once('error', fail)
        response.once('end', () => {
          clearTimeout(timer)
          resolve({ status: response.statusCode ?? 0, type: (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '', body: Buffer.concat(parts) })
        })
      })
      request.end(method === 'POST' ? body : undefined)
    })
  }

  const nothing = new Uint8Array(0)
  return {
    send: (wish) => exchange('POST', wish, timeoutMs, false),
    reachable: async (url) => exchange('HEAD', { url, type: '', body: nothing }, Math.min(timeoutMs, 3000), false).then(() => true, () => false),
  }
}
