import { AppError, ERRORS } from '@contract/errors'
import { type FeedbackContent, type FeedbackId, type FeedbackPhoto, type FeedbackRow, type FeedbackView, MAX_PHOTO, type PhotoId } from '@contract/feedback'
import type { Sha256, UploadId } from '@contract/ids'
import type { WriteTx } from '../storage'
import { noteFeedback, retryFeedback, submitFeedback, supplementFeedback, withdrawFeedback } from './acts'
import { deleteDraft, deletePhoto, insertDraft, insertPhoto, requireRoom, saveContent } from './drafts'
import { removeUnneeded } from './photo-files'
import { createPhotoUploads } from './photo-uploads'
import type { FeedbackDeps, Officer } from './ports'
import { photosOf } from './rows'
import { type FeedbackQuery, listFor, readFor, viewFor } from './view'

type Words = Readonly<{ id: FeedbackId; words: string }>

/** Complaints and proposals taken at the counter. Every act throws PA-001 for one that this officer may not see. */
export type Complaints = Readonly<{
  list(officer: Officer, query: FeedbackQuery): { items: FeedbackRow[]; next: string | null }
  get(officer: Officer, id: FeedbackId): FeedbackView
  startDraft(officer: Officer): FeedbackView
  /** @throws AppError HS-002, HS-004, PA-008 */
  saveDraft(officer: Officer, draft: { id: FeedbackId; revision: number; content: FeedbackContent }): FeedbackView
  discardDraft(officer: Officer, id: FeedbackId): Promise<void>
  /** @throws AppError PA-003, PA-007, PA-008, TEP-003 */
  beginPhoto(officer: Officer, photo: { id: FeedbackId; name: string; size: number }): UploadId
  /** @throws AppError PA-006, TEP-006, TEP-007 */
  appendPhoto(id: UploadId, offset: number, bytes: Uint8Array): Promise<number>
  finishPhoto(officer: Officer, id: UploadId): Promise<FeedbackPhoto>
  abortPhoto(id: UploadId): Promise<void>
  removePhoto(officer: Officer, photo: { id: FeedbackId; photoId: PhotoId }): Promise<void>
  /** As it was taken in. */
  readPhoto(officer: Officer, photo: { id: FeedbackId; photoId: PhotoId }): Promise<{ bytes: Uint8Array; mediaType: string }>
  /** @throws AppError PA-002, PA-008, HS-002 */
  submit(officer: Officer, draft: { id: FeedbackId; revision: number }): FeedbackView
  supplement(officer: Officer, act: Words): FeedbackView
  withdraw(officer: Officer, act: Words): FeedbackView
  note(officer: Officer, act: Words): FeedbackView
  retry(officer: Officer, id: FeedbackId): FeedbackView
  close(): Promise<void>
}>

export function createComplaints(deps: FeedbackDeps): Complaints {
  const { store, documents, clock, changed, wake } = deps
  const unneeded = (files: readonly Sha256[]): Promise<void> => removeUnneeded({ read: store.read, documents }, files)
  const uploads = createPhotoUploads(documents, (sha256) => unneeded([sha256]))
  const view = (officer: Officer, id: FeedbackId): FeedbackView => viewFor(store.read, officer, id, clock.now())
  /** Writes, tells the windows and gives what came of it. */
  const change = <T>(act: (tx: WriteTx, now: Date) => T): T => {
    const done = store.write((tx) => act(tx, clock.now()))
    changed({ kind: 'feedback' })
    return done
  }
  const sent = (officer: Officer, id: FeedbackId, act: (tx: WriteTx, now: Date) => void): FeedbackView => {
    change(act)
    wake()
    return view(officer, id)
  }
  return {
    list: (officer, query) => listFor(store.read, officer, query, clock.now()),
    get: view,
    startDraft: (officer) => view(officer, change((tx, now) => insertDraft(tx, deps, officer, now))),
    saveDraft: (officer, draft) => {
      change((tx, now) => saveContent(tx, officer, draft, now))
      return view(officer, draft.id)
    },
    discardDraft: async (officer, id) => {
      const files = change((tx, now) => deleteDraft(tx, officer, id, now))
      await unneeded(files)
    },
    beginPhoto: (officer, { id, name, size }) => {
      requireRoom(store.read, officer, id, clock.now())
      return uploads.begin({ feedbackId: id, name, size })
    },
    appendPhoto: uploads.append,
    finishPhoto: async (officer, id) => {
      const photo = await uploads.finish(id)
      try {
        return change((tx, now) => insertPhoto(tx, officer, photo, now))
      } catch (error) {
        await unneeded([photo.sha256, photo.copySha256])
        throw error
      }
    },
    abortPhoto: uploads.abort,
    removePhoto: async (officer, { id, photoId }) => {
      const files = change((tx, now) => deletePhoto(tx, officer, id, photoId, now))
      await unneeded(files)
    },
    readPhoto: async (officer, { id, photoId }) => {
      readFor(store.read, officer, id, clock.now())
      const photo = photosOf(store.read, id).find((found) => found.id === photoId)
      if (photo === undefined) throw new AppError(ERRORS.storage.documentMissing)
      return { bytes: await documents.readAll(photo.sha256, MAX_PHOTO), mediaType: photo.mediaType }
    },
    submit: (officer, draft) => sent(officer, draft.id, (tx, now) => submitFeedback(tx, deps, officer, draft, now)),
    supplement: (officer, act) => sent(officer, act.id, (tx, now) => supplementFeedback(tx, deps, officer, act, now)),
    withdraw: (officer, act) => sent(officer, act.id, (tx, now) => withdrawFeedback(tx, deps, officer, act, now)),
    note: (officer, act) => {
      change((tx, now) => noteFeedback(tx, deps, officer, act, now))
      return view(officer, act.id)
    },
    retry: (officer, id) => sent(officer, id, (tx, now) => retryFeedback(tx, deps, officer, id, now)),
    close: uploads.close,
  }
}
