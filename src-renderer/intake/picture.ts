import type { DocumentInfo } from '@contract/draft'
import type { DocumentId } from '@contract/ids'
import { api } from '../app/api'
import { pdfPage } from './pdf'

/** One page as an object URL with its size in pixels. Whoever asked for it gives it back with `release`. */
export type Picture = Readonly<{ url: string; width: number; height: number; pages: number }>

/** The widest a thumbnail is drawn, in pixels (twice its size on the screen). */
const THUMB_WIDTH = 128
const KEPT = 60

const bytes = new Map<DocumentId, Promise<Blob>>()
const thumbs = new Map<string, Promise<Picture>>()

/** Keeps the newest; what falls out is fetched again when it is looked at again. */
function keep<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number, drop: (value: Value) => void): Value {
  map.set(key, value)
  const [oldest] = map
  if (map.size > most && oldest) {
    map.delete(oldest[0])
    drop(oldest[1])
  }
  return value
}

function bytesOf(id: DocumentId): Promise<Blob> {
  const known = bytes.get(id)
  if (known) return known
  const asked = api.documents.read({ documentId: id })
  asked.catch(() => bytes.delete(id))
  return keep(bytes, id, asked, 3, () => undefined)
}

/** The first page, small. Kept while the program runs, for the newest documents. */
export function thumbnail(document: DocumentInfo): Promise<Picture> {
  const known = thumbs.get(document.sha256)
  if (known) return known
  const drawn = draw(document, 1, THUMB_WIDTH)
  drawn.catch(() => thumbs.delete(document.sha256))
  return keep(thumbs, document.sha256, drawn, KEPT, (old) => void old.then(release, () => undefined))
}

/** A page to be read on the screen, `width` pixels wide. */
export const pagePicture = (document: DocumentInfo, page: number, width: number): Promise<Picture> => draw(document, page, width)

export function release({ url }: Picture): void {
  URL.revokeObjectURL(url)
}

async function draw(document: DocumentInfo, page: number, width: number): Promise<Picture> {
  const blob = await bytesOf(document.id)
  if (document.mediaType === 'application/pdf') return toPicture(await pdfPage(blob, page, width))
  if (document.mediaType === 'image/tiff') {
    const { tiffPage } = await import('./tiff')
    return toPicture(await tiffPage(blob, page, width))
  }
  // `resizeWidth` decodes a photograph of a phone straight to the size that is shown; the picture's own turn (EXIF) is kept.
  const bitmap = await createImageBitmap(blob, { resizeWidth: width, resizeQuality: 'medium' })
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
  bitmap.close()
  return toPicture({ canvas, pages: 1 })
}

async function toPicture({ canvas, pages }: { canvas: OffscreenCanvas; pages: number }): Promise<Picture> {
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.86 })
  return { url: URL.createObjectURL(blob), width: canvas.width, height: canvas.height, pages }
}
