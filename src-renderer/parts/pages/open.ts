import type { MediaType } from '@contract/draft'
import type { Pages } from './pages'

/** Opens the bytes of a document by its type. @throws when they cannot be read */
export async function openPages(bytes: Blob, mediaType: MediaType): Promise<Pages> {
  if (mediaType === 'application/pdf') return (await import('./pdf')).openPdf(bytes)
  if (mediaType === 'image/tiff') return (await import('./tiff')).openTiff(bytes)
  return (await import('./image')).openImage(bytes)
}
