import { readUpTo } from '../../sync'

/** A question over HTTP. `most`: a longer answer is cut off and counts as none, in bytes. */
export type Ask = Readonly<{ url: string; body?: Uint8Array; type?: string; accept: string; most: number }>

/** Answers the body of a 200. Throws on anything else: the caller knows which code that is. */
export type Fetcher = (ask: Ask) => Promise<Uint8Array>

/** How long one question may take, in milliseconds. */
export const PATIENCE = 5000

/** Only http and https, no redirects: a certificate must not send us anywhere else than it says. */
export function createFetcher({ fetch = globalThis.fetch, patience = PATIENCE }: Readonly<{ fetch?: typeof globalThis.fetch; patience?: number }> = {}): Fetcher {
  return async ({ url, body, type, accept, most }) => {
    if (!/^https?:\/\//iu.test(url)) throw new Error('not http')
    const response = await fetch(url, {
      redirect: 'error', signal: AbortSignal.timeout(patience),
      headers: { accept, ...(type ? { 'content-type': type } : {}) },
      ...(body ? { method: 'POST', body: Buffer.from(body) } : {}),
    })
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel()
      throw new Error(`status ${response.status}`)
    }
    const bytes = await readUpTo(response.body, most)
    if (bytes === null) throw new Error('too long')
    return new Uint8Array(bytes)
  }
}
