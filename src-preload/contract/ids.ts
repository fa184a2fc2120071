import { z } from 'zod'

export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'UUIDv7')

export const DossierId = uuid.brand<'DossierId'>()
export type DossierId = z.infer<typeof DossierId>
export const DraftId = uuid.brand<'DraftId'>()
export type DraftId = z.infer<typeof DraftId>
export const DocumentId = uuid.brand<'DocumentId'>()
export type DocumentId = z.infer<typeof DocumentId>
export const SubmissionId = uuid.brand<'SubmissionId'>()
export type SubmissionId = z.infer<typeof SubmissionId>
export const AccountId = uuid.brand<'AccountId'>()
export type AccountId = z.infer<typeof AccountId>
export const PageId = uuid.brand<'PageId'>()
export type PageId = z.infer<typeof PageId>
export const UploadId = uuid.brand<'UploadId'>()
export type UploadId = z.infer<typeof UploadId>
export const CitizenId = uuid.brand<'CitizenId'>()
export type CitizenId = z.infer<typeof CitizenId>

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/).brand<'Sha256'>()
export type Sha256 = z.infer<typeof Sha256>
/** An instant: UTC, ISO 8601, milliseconds, Z. */
export const Instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>()
export type Instant = z.infer<typeof Instant>
/** A civil date in Asia/Ho_Chi_Minh, YYYY-MM-DD. */
export const CivilDate = z.iso.date().brand<'CivilDate'>()
export type CivilDate = z.infer<typeof CivilDate>
