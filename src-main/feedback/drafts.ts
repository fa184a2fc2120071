import { AppError, ERRORS } from '@contract/errors'
import { EMPTY_FEEDBACK, type FeedbackContent, type FeedbackId, type FeedbackPhoto, MAX_PHOTOS, type PhotoId } from '@contract/feedback'
import type { Sha256 } from '@contract/ids'
import { flag, type Reader, type WriteTx } from '../storage'
import { newFeedbackId } from './ids'
import type { FinishedPhoto } from './photo-uploads'
import type { FeedbackDeps, Officer } from './ports'
import { photosOf, type Stored, toShownPhoto } from './rows'
import { tidyContent } from './rules'
import { readFor } from './view'

/** One that may still be changed. @throws AppError PA-001; PA-008 once it was submitted */
export function draftFor(reader: Reader, officer: Officer, id: FeedbackId, now: Date): Stored {
  const stored = readFor(reader, officer, id, now)
  if (stored.row.state !== 0) throw new AppError(ERRORS.feedback.notNow)
  return stored
}

/** A new empty draft. */
export function insertDraft(tx: WriteTx, deps: Pick<FeedbackDeps, 'simulated'>, officer: Officer, now: Date): FeedbackId {
  const id = newFeedbackId()
  const at = now.toISOString()
  tx.run(
    'INSERT INTO feedback (id, officer_id, officer_name, content, started_at, saved_at, simulated) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [id, officer.id, officer.name, JSON.stringify(EMPTY_FEEDBACK), at, at, flag(deps.simulated)],
  )
  return id
}

/** Keeps the content as it was typed: what is typed is tidied when it is submitted. @throws AppError HS-002 an older revision; HS-004 no such dossier */
export function saveContent(tx: WriteTx, officer: Officer, draft: { id: FeedbackId; revision: number; content: FeedbackContent }, now: Date): void {
  const { revision } = draftFor(tx, officer, draft.id, now)
  if (revision !== draft.revision) throw new AppError(ERRORS.intake.draftChangedElsewhere)
  const { dossierId } = draft.content
  const known = dossierId === null || tx.get('SELECT 1 AS hit FROM dossier WHERE id = ?', [dossierId], (row) => row.integer('hit')) !== undefined
  if (!known) throw new AppError(ERRORS.intake.dossierNotFound)
  tx.run('UPDATE feedback SET content = ?, dossier_id = ?, revision = revision + 1, saved_at = ? WHERE id = ?', [JSON.stringify(storable(draft.content)), dossierId, now.toISOString(), draft.id])
}

/** Somebody who wants to stay unnamed is not kept in a draft either. */
const storable = (content: FeedbackContent): FeedbackContent => (content.anonymous ? tidyContent(content) : content)

/** The files of a draft that is thrown away. */
export function deleteDraft(tx: WriteTx, officer: Officer, id: FeedbackId, now: Date): Sha256[] {
  draftFor(tx, officer, id, now)
  const files = photosOf(tx, id).flatMap(({ sha256, copySha256 }) => [sha256, copySha256])
  tx.run('DELETE FROM feedback_photo WHERE feedback_id = ?', [id])
  tx.run('DELETE FROM feedback WHERE id = ?', [id])
  return files
}

/** @throws AppError PA-001, PA-008; PA-007 when there are eight already */
export function requireRoom(reader: Reader, officer: Officer, id: FeedbackId, now: Date): void {
  if (draftFor(reader, officer, id, now).row.photos >= MAX_PHOTOS) throw new AppError(ERRORS.feedback.tooManyPhotos, { most: MAX_PHOTOS })
}

/** @throws AppError as `requireRoom` */
export function insertPhoto(tx: WriteTx, officer: Officer, photo: FinishedPhoto, now: Date): FeedbackPhoto {
  requireRoom(tx, officer, photo.feedbackId, now)
  tx.run(
    `INSERT INTO feedback_photo (id, feedback_id, ordinal, name, media_type, sha256, size, has_location, copy_sha256, copy_size, added_at)
     VALUES (:id, :feedbackId, (SELECT coalesce(max(ordinal), -1) + 1 FROM feedback_photo WHERE feedback_id = :feedbackId), :name, :mediaType, :sha256, :size, :hasLocation,
       :copySha256, :copySize, :at)`, { ...photo, hasLocation: flag(photo.hasLocation), at: now.toISOString() },
  )
  const kept = photosOf(tx, photo.feedbackId).find(({ id }) => id === photo.id)
  if (kept === undefined) throw new Error('a photo that was not kept')
  return toShownPhoto(kept)
}

/** The files of a photo that is taken off; none when it is not there. */
export function deletePhoto(tx: WriteTx, officer: Officer, id: FeedbackId, photoId: PhotoId, now: Date): Sha256[] {
  draftFor(tx, officer, id, now)
  const files = photosOf(tx, id).filter((photo) => photo.id === photoId).flatMap(({ sha256, copySha256 }) => [sha256, copySha256])
  tx.run('DELETE FROM feedback_photo WHERE feedback_id = ? AND id = ?', [id, photoId])
  return files
}
