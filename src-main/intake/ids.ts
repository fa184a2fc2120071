import { v7 } from 'uuid'
import { DocumentId, DossierId, DraftId, SubmissionId, UploadId } from '@contract/ids'

export const newDossierId = (): DossierId => DossierId.parse(v7())
export const newDraftId = (): DraftId => DraftId.parse(v7())
export const newDocumentId = (): DocumentId => DocumentId.parse(v7())
export const newSubmissionId = (): SubmissionId => SubmissionId.parse(v7())
export const newUploadId = (): UploadId => UploadId.parse(v7())
