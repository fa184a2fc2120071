import { extname } from 'node:path'

/** The app's own scheme and the one host on it. */
export const SCHEME = 'app'
export const HOST = 'motcua'
export const ORIGIN = `${SCHEME}://${HOST}`

/** Types of the files that the build makes; a file of another type is not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.ogg': 'audio/ogg',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
}

/** What a request asks for, by name alone; the file system is asked later. */
export type Wanted = { kind: 'file'; segments: readonly string[]; type: string } | { kind: 'refused'; status: 400 | 403 | 404 | 405 }

const refused = (status: 400 | 403 | 404 | 405): Wanted => ({ kind: 'refused', status })

/** Names as the build makes them. Leaves no room for `..`, separators, drive letters, streams, encodings or hidden files. */
const SAFE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*[A-Za-z0-9_]$|^[A-Za-z0-9_]$/

/** Decides by method and address what may be looked for under the page's folder. Nothing is ever decoded twice. */
export function wantedFile(method: string, address: string): Wanted {
  if (method !== 'GET' && method !== 'HEAD') return refused(405)
  const url = parse(address)
  if (url === null) return refused(400)
  if (!isOwnPage(url) || url.username !== '' || url.password !== '' || url.port !== '') return refused(403)
  const segments = url.pathname.slice(1).split('/')
  if (!segments.every((segment) => SAFE_NAME.test(segment))) return refused(403)
  const type = TYPES[extname(url.pathname).toLowerCase()]
  return type === undefined ? refused(404) : { kind: 'file', segments, type }
}

/** True for an address on our own scheme and host. `origin` is not asked: for custom schemes it can read `null`. */
export function isOwnPage(url: URL): boolean {
  return url.protocol === `${SCHEME}:` && url.host === HOST
}

/** True for the text of an address on our own scheme and host. */
export function isOwnAddress(address: string): boolean {
  const url = parse(address)
  return url !== null && isOwnPage(url)
}

function parse(address: string): URL | null {
  try {
    return new URL(address)
  } catch {
    return null
  }
}

/**
 * True when `path` lies inside `folder`. Both must be real paths (links resolved).
 * The separator at the end keeps `/srv/renderer-evil` out of `/srv/renderer`.
 */
export function liesInside(path: string, folder: string, separator: string): boolean {
  const root = folder.endsWith(separator) ? folder : folder + separator
  return path.startsWith(root)
}
