import { type Answer, CityFailure, failureOf } from './failures'
import type { Call } from './http'

/** Reads a stretch of a document, decrypted: bytes `from` to `to`, `to` not included. */
export type ReadBytes = (from: number, to: number) => Promise<Uint8Array>

export type UploadSource = Readonly<{ documentId: string; sha256: string; mediaType: string; size: number; read: ReadBytes }>

export type UploadProgress = Readonly<{ url: string; accepted: number }>

type Deps = Readonly<{
  send: (call: Call) => Promise<Answer>
  now: () => Date
  chunks: ChunkSize
  /** Absolute address of an upload on this city, or null when it lies elsewhere. */
  locate: (location: string) => string | null
}>

/** tus.io 1.0.0 */
const TUS = { 'tus-resumable': '1.0.0' }
const BYTES = { 'content-type': 'application/offset+octet-stream' }
const MIN_CHUNK = 256 * 1024
const MAX_CHUNK = 4 * 1024 * 1024
/** The slowest line that a chunk is given time for: about 20 kB/s for the largest, 2 kB/s for the smallest. */
const CHUNK_TIMEOUT_MS = 200_000

/** How much is sent at once: halved when a chunk takes too long, doubled when one passes. Bytes. */
export type ChunkSize = Readonly<{ get(): number; passed(): void; tooSlow(): void }>

export function createChunkSize(): ChunkSize {
  let size = MAX_CHUNK
  return {
    get: () => size,
    passed: () => { size = Math.min(MAX_CHUNK, size * 2) },
    tooSlow: () => { size = Math.max(MIN_CHUNK, Math.floor(size / 2)) },
  }
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

function metadata({ documentId, sha256, mediaType }: UploadSource): string {
  return `documentId ${base64(documentId)},sha256 ${base64(sha256)},mediaType ${base64(mediaType)}`
}

/** The offset that the city vouches for; anything that cannot be one makes the answer malformed. */
function offsetOf(answer: Answer, size: number): number {
  const text = answer.headers.get('upload-offset') ?? ''
  const offset = /^\d{1,15}$/.test(text) ? Number(text) : -1
  if (answer.headers.get('tus-resumable') !== '1.0.0' || offset < 0 || offset > size) throw new CityFailure('malformed', { status: answer.status })
  return offset
}

/** Failure of a tus answer; those without a body are read by their status. */
function tusFailure(answer: Answer, now: Date): CityFailure {
  const named = failureOf(answer, now)
  if (named.kind !== 'malformed') return named
  if (answer.status === 404 || answer.status === 410) return new CityFailure('gone', { status: answer.status })
  if (answer.status === 460) return new CityFailure('hash', { status: answer.status })
  return named
}

async function chunk(deps: Deps, source: UploadSource, from: number): Promise<Uint8Array> {
  return source.read(from, Math.min(source.size, from + deps.chunks.get()))
}

async function timed(deps: Deps, call: Call): Promise<Answer> {
  try {
    const answer = await deps.send({ ...call, timeoutMs: CHUNK_TIMEOUT_MS })
    deps.chunks.passed()
    return answer
  } catch (error) {
    if (error instanceof CityFailure && error.kind === 'timeout') deps.chunks.tooSlow()
    throw error
  }
}

/** POST with the first bytes in it (tus "creation-with-upload"): a document that fits needs no second request. */
async function create(deps: Deps, source: UploadSource): Promise<UploadProgress> {
  const answer = await timed(deps, {
    method: 'POST', path: '/v1/files', body: await chunk(deps, source, 0),
    headers: { ...TUS, ...BYTES, 'upload-length': String(source.size), 'upload-metadata': metadata(source) },
  })
  if (answer.status !== 201) throw tusFailure(answer, deps.now())
  const url = deps.locate(answer.headers.get('location') ?? '')
  if (url === null) throw new CityFailure('malformed', { status: answer.status })
  // A city that only creates says nothing of an offset: all bytes then go by PATCH.
  const accepted = answer.headers.has('upload-offset') ? offsetOf(answer, source.size) : 0
  return { url, accepted }
}

async function head(deps: Deps, source: UploadSource, url: string): Promise<UploadProgress | null> {
  const answer = await deps.send({ method: 'HEAD', path: url, headers: TUS })
  if (answer.status === 200 || answer.status === 204) return { url, accepted: offsetOf(answer, source.size) }
  if (answer.status === 404 || answer.status === 410 || answer.status === 403) return null
  throw tusFailure(answer, deps.now())
}

async function patch(deps: Deps, source: UploadSource, { url, accepted }: UploadProgress): Promise<UploadProgress> {
  const answer = await timed(deps, {
    method: 'PATCH', path: url, body: await chunk(deps, source, accepted), headers: { ...TUS, ...BYTES, 'upload-offset': String(accepted) },
  })
  if (answer.status === 204) return { url, accepted: offsetOf(answer, source.size) }
  if (answer.status === 409) return (await head(deps, source, url)) ?? create(deps, source)
  throw tusFailure(answer, deps.now())
}

/** Answers that bring no byte further, before the city is said to be in trouble. */
const MAX_STANDING = 3

/**
 * Brings a document to the city, from where the city says it stands. Returns when the city has taken the last byte, which it
 * does only when the SHA-256 agrees. `onAccepted` hears of bytes that the city has, never of bytes that were merely sent.
 */
export async function upload(
  deps: Deps, source: UploadSource, knownUrl: string | null, onAccepted: (progress: UploadProgress) => void,
): Promise<void> {
  const earlier = knownUrl === null ? null : deps.locate(knownUrl)
  let progress = (earlier === null ? null : await head(deps, source, earlier)) ?? (await create(deps, source))
  let standing = 0
  while (progress.accepted < source.size) {
    onAccepted(progress)
    const next = await patch(deps, source, progress)
    standing = next.accepted > progress.accepted ? 0 : standing + 1
    if (standing >= MAX_STANDING) throw new CityFailure('trouble')
    progress = next
  }
}
