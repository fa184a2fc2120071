import type { LiveEvent } from '@contract/calls-live'
import type { Clock, Store } from '../storage'
import type { Destination } from './destination'
import { type DocumentSource, openDocumentBytes } from './document-bytes'
import { CityFailure } from './failures'
import type { Upload, UploadRows } from './upload-rows'

type Deps = Readonly<{ store: Store; documents: DocumentSource; destination: Destination; clock: Clock; changed(event: LiveEvent): void }>

async function uploadOne({ store, documents, destination, changed }: Deps, rows: UploadRows, upload: Upload): Promise<void> {
  const { documentId, sha256, mediaType, size, url } = upload
  const bytes = openDocumentBytes(documents, sha256)
  try {
    await destination.uploadDocument({ documentId, sha256, mediaType, size, read: bytes.read }, url, (progress) => {
      store.write((tx) => rows.accepted(tx, sha256, progress.url, progress.accepted))
      changed({ kind: 'sync' })
    })
  } catch (error) {
    // The city refused what it has of it: the next try starts from the first byte.
    if (error instanceof CityFailure && (error.kind === 'hash' || error.kind === 'gone')) store.write((tx) => rows.forget(tx, [sha256]))
    throw error
  } finally {
    await bytes.close()
  }
}

/**
 * Brings every file that the city has not confirmed. `ask` first where an earlier try may have succeeded unheard.
 * `note` keeps what is confirmed, also when the next one fails; at once and for good where nothing else is given.
 */
export async function bringFiles(deps: Deps, rows: UploadRows, uploads: readonly Upload[], ask: boolean, note?: (confirmed: readonly string[]) => void): Promise<void> {
  const { store, clock, destination } = deps
  const confirmed: string[] = []
  const noteNow = (): void => store.write((tx) => rows.confirmed(tx, confirmed, clock.now()))
  try {
    for (const upload of uploads) {
      const there = ask && (await destination.hasDocument(upload.sha256, upload.size))
      if (!there) await uploadOne(deps, rows, upload)
      confirmed.push(upload.sha256)
    }
  } finally {
    if (confirmed.length > 0) (note ?? noteNow)(confirmed)
  }
}
