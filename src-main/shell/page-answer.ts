import { randomBytes } from 'node:crypto'
import { readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { NONCE_PLACE, pageHeaders, type Powers } from './page-headers'
import { liesInside, wantedFile } from './protocol-filter'

/** What is served beside files: pages made in memory, and things given out once. */
export interface Made {
  readonly made: ReadonlyMap<string, (nonce: string) => string | null>
  readonly once?: (name: string) => Uint8Array | null
}

/**
 * An answer in plain parts. Not the web's `Response`: Node loads its whole client for HTTP at the first use of that, 25 ms on the
 * way to the first page.
 */
export interface PageAnswer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer
}

/**
 * Answers one request: the file inside `folder`, by its real path; or a bare status.
 * Each answer has its own nonce, put into pages where they ask for it.
 */
export function createAnswer(folder: string, { made, once }: Made = { made: new Map() }, powers: Powers = 'none'): (method: string, address: string) => Promise<PageAnswer> {
  return async (method, address) => {
    const nonce = randomBytes(18).toString('base64')
    const wanted = wantedFile(method, address)
    if (wanted.kind === 'refused') return bare(wanted.status)
    const name = wanted.segments.join('/')
    const content = made.get(name)?.(nonce) ?? once?.(name) ?? (await fileInside(folder, wanted.segments))
    if (content === null) return bare(404)
    const body = typeof content !== 'string' && wanted.type.startsWith('text/html') ? Buffer.from(content).toString().replaceAll(NONCE_PLACE, nonce) : content
    return { status: 200, headers: pageHeaders(wanted.type, nonce, powers), body: method === 'HEAD' ? Buffer.alloc(0) : bytesOf(body) }
  }
}

/** The bytes of a plain file whose real path lies inside the folder's real path; null for anything else. */
async function fileInside(folder: string, segments: readonly string[]): Promise<Uint8Array | null> {
  try {
    const [root, path] = await Promise.all([realpath(folder), realpath(join(folder, ...segments))])
    if (!liesInside(path, root, sep) || !(await stat(path)).isFile()) return null
    return await readFile(path)
  } catch {
    return null
  }
}

function bare(status: number): PageAnswer {
  return { status, headers: pageHeaders('text/plain; charset=utf-8', 'none'), body: Buffer.alloc(0) }
}

/** The bytes as they lie, without a copy. */
function bytesOf(content: string | Uint8Array): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
}
