import { readFile, stat } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import { AppError } from '@contract/errors'
import { decodeImage, imageKind, pagesIn } from './codecs/decode'
import { warmUpJpeg } from './codecs/jpeg'
import { findPage } from './find/find-page'
import { samePage } from './fingerprint'
import { lookAtFrame } from './frame-look'
import { badImage, IMAGE_LIMITS } from './limits'
import { pageThumbnail, processPage } from './process'
import { type Raster, toGrey } from './raster'
import { shrunk } from './scale'
import { readable, shown } from './show'
import type { Answer, Ask, Picture, Result } from './worker-protocol'

// Entry of the pages thread: bundled on its own, started by createPages.

async function bytesOf({ source }: Picture): Promise<Uint8Array> {
  if ('bytes' in source) return source.bytes
  const { size } = await stat(source.file)
  if (size > IMAGE_LIMITS.bytes) throw new AppError('QT-013', { bytes: size })
  return readFile(source.file)
}

const decoded = async (bytes: Uint8Array, { page, dpi }: Picture): Promise<Awaited<ReturnType<typeof decodeImage>>> =>
  decodeImage(bytes, { page, ...(dpi === null ? {} : { dpi }) })

function send(answer: Answer, transfer: readonly Uint8Array[] = []): void {
  // A buffer that holds more than its bytes is copied, one that holds them alone goes over.
  parentPort?.postMessage(answer, transfer.flatMap(({ buffer, byteLength }) => (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [])))
}

async function pageOf(ask: Ask & { kind: 'page' }): Promise<Result> {
  const bytes = await bytesOf(ask.picture)
  const image = await decoded(bytes, ask.picture)
  const thumbnail = await pageThumbnail(image)
  send({ id: ask.id, kind: 'thumbnail', thumbnail }, [thumbnail.bytes])
  const { image: made, ...page } = await processPage(image, ask.wish, { mediaType: imageKind(bytes) ?? '', bytes })
  const codes = ask.lookForCodes ? await codesOn(made) : []
  const twinOf = ask.others.find(({ fingerprint }) => samePage(page.fingerprint, fingerprint))?.id ?? null
  return { kind: 'page', page: { ...page, codes, twinOf }, pixels: image.width * image.height }
}

/** Resolution in which codes of sheets are looked for: theirs are large. */
const CODE_DPI = 150

/** QR codes on a page. Without the decoder's file there are none: a page is not lost over it. */
async function codesOn(page: Raster): Promise<readonly string[]> {
  try {
    const { codeImageParts } = await import('../../readers')
    const { readCodes } = await codeImageParts()
    const found = await readCodes(shrunk(toGrey(page), Math.max(1, Math.round(page.dpi / CODE_DPI))), { formats: ['QRCode'], secondTry: false })
    return found.map(({ text }) => text)
  } catch {
    return []
  }
}

async function resultOf(ask: Ask): Promise<Result> {
  switch (ask.kind) {
    case 'warm':
      await warmUpJpeg()
      return { kind: 'done' }
    case 'count':
      return { kind: 'counted', pages: pagesIn(await bytesOf(ask.picture)) }
    case 'corners': {
      const image = await decoded(await bytesOf(ask.picture), ask.picture)
      return { kind: 'corners', found: findPage(image), pixels: image.width * image.height }
    }
    case 'look':
      return { kind: 'looked', look: lookAtFrame(await decoded(await bytesOf(ask.picture), ask.picture)) }
    case 'pixels': {
      const image = readable(await decoded(await bytesOf(ask.picture), ask.picture))
      return { kind: 'pixels', image, pixels: image.width * image.height }
    }
    case 'picture': {
      const image = await decoded(await bytesOf(ask.picture), ask.picture)
      return { kind: 'picture', shown: await shown(image, ask.most), pixels: image.width * image.height }
    }
    case 'page':
      return pageOf(ask)
  }
}

function refusalOf(id: number, error: unknown): Answer {
  const known = error instanceof AppError ? error : null
  if (known) return { id, kind: 'refused', code: known.code, params: known.params }
  // No file, no memory: the picture is not to be had.
  if (error instanceof RangeError || (error instanceof Error && 'code' in error)) {
    const refused = badImage('unreadable')
    return { id, kind: 'refused', code: refused.code, params: refused.params }
  }
  return { id, kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : 'unknown' }
}

function givenBy(result: Result): readonly Uint8Array[] {
  if (result.kind === 'page') return [result.page.encoded.bytes, result.page.thumbnail.bytes]
  if (result.kind === 'pixels') return [result.image.data]
  return result.kind === 'picture' ? [result.shown.bytes] : []
}

parentPort?.on('message', (ask: Ask) => {
  resultOf(ask).then(
    (result) => send({ id: ask.id, ...result }, givenBy(result)),
    (error: unknown) => send(refusalOf(ask.id, error)),
  )
})
