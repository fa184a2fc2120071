import { z } from 'zod'
import { call } from './call'
import { RatingReason } from './display'
import {
  FeedbackContent, FeedbackFigures, FeedbackId, FeedbackPhoto, FeedbackRow, FeedbackState, FeedbackView, Period, PhotoId, Satisfaction, SlipToken, Themes,
} from './feedback'
import { DossierId, UploadId } from './ids'

const ok = z.object({ ok: z.literal(true) })
const bytes = z.instanceof(Blob)
const which = z.object({ id: FeedbackId })
const words = z.string().trim().min(1).max(2000)

/** Complaints and proposals taken at the counter, ratings told to the officer, and their figures. */
export const feedbackCalls = {
  list: call.meta({ access: 'receive', about: 'Complaints and proposals, newest first: one\'s own, for supervisors all' })
    .input(z.object({
      states: z.array(FeedbackState).max(9).optional(), sending: z.enum(['waiting', 'attention']).optional(), overdue: z.boolean().optional(),
      before: z.string().max(100).optional(), limit: z.number().int().min(1).max(200).default(50),
    })).output(z.object({ items: z.array(FeedbackRow), next: z.string().nullable() })),
  get: call.meta({ access: 'receive', about: 'One complaint or proposal (PA-001)' }).input(which).output(FeedbackView),
  startDraft: call.meta({ access: 'receive', about: 'A new empty draft; it survives a restart' }).output(FeedbackView),
  saveDraft: call.meta({ access: 'receive', about: 'Saves the whole content of a draft; an older revision is refused (HS-002)' })
    .input(which.extend({ revision: z.number().int(), content: FeedbackContent })).output(FeedbackView),
  discardDraft: call.meta({ access: 'receive', about: 'Throws a draft away with its photos' }).input(which).output(ok),
  beginPhoto: call.meta({ access: 'receive', about: 'Starts taking in a photo of a draft (PA-003 too large)' })
    .input(which.extend({ name: z.string().min(1).max(255), size: z.number().int().min(0) })).output(z.object({ uploadId: UploadId })),
  appendPhoto: call.meta({ access: 'receive', about: 'The next bytes of a photo (≤ 1 MiB), at the offset the core expects' })
    .input(z.object({ uploadId: UploadId, offset: z.number().int().min(0), bytes })).output(z.object({ offset: z.number().int() })),
  finishPhoto: call.meta({ access: 'receive', about: 'Sniffs, hashes, encrypts and keeps the photo' }).input(z.object({ uploadId: UploadId })).output(FeedbackPhoto),
  abortPhoto: call.meta({ access: 'receive', about: 'Gives an unfinished photo up' }).input(z.object({ uploadId: UploadId })).output(ok),
  removePhoto: call.meta({ access: 'receive', about: 'Takes a photo off a draft' }).input(which.extend({ photoId: PhotoId })).output(ok),
  readPhoto: call.meta({ access: 'receive', about: 'The bytes of a photo as it was taken in' }).input(which.extend({ photoId: PhotoId })).output(bytes),
  submit: call.meta({ access: 'receive', about: 'Draft → number, due dates, event, audit entry and letter in one transaction (PA-002 what is missing)' })
    .input(which.extend({ revision: z.number().int() })).output(FeedbackView),
  supplement: call.meta({ access: 'receive', about: 'What the city asked for: goes as the next letter' }).input(which.extend({ words })).output(FeedbackView),
  withdraw: call.meta({ access: 'receive', about: 'The citizen takes it back; a letter that has not left does not leave' }).input(which.extend({ words })).output(FeedbackView),
  note: call.meta({ access: 'receive', about: 'A note that stays at the counter' }).input(which.extend({ words })).output(FeedbackView),
  retry: call.meta({ access: 'receive', about: 'Puts a letter that needs attention back in line, unchanged' }).input(which).output(FeedbackView),
  rate: call.meta({ access: 'receive', about: 'A rating told to the officer (PA-005 rated already); stars null: refused' })
    .input(z.object({ dossierId: DossierId.nullable(), stars: z.number().int().min(1).max(5).nullable(), reasons: z.array(RatingReason).max(5), comment: z.string().max(1000) })).output(ok),
  slip: call.meta({ access: 'receive', about: 'The QR text of a rating slip for a dossier; the same until it is used' })
    .input(z.object({ dossierId: DossierId })).output(z.object({ token: SlipToken, text: z.string(), used: z.boolean() })),
  printSlip: call.meta({ access: 'receive', about: 'Prints the rating slip of a dossier: on the printer of tickets, else on the one of receipts (PA-005 rated already)' })
    .input(z.object({ dossierId: DossierId })).output(z.object({ outcome: z.enum(['printed', 'cancelled']) })),
  ofSlip: call.meta({ access: 'receive', about: 'What a rating slip is for (PA-004 nobody\'s)' })
    .input(z.object({ slip: SlipToken })).output(z.object({ dossierId: DossierId, subject: z.string(), rated: z.boolean() })),
  standing: call.meta({ access: 'receive', about: 'Whether a dossier was rated, or the citizen would not' })
    .input(z.object({ dossierId: DossierId })).output(z.object({ rated: z.boolean(), refused: z.boolean() })),
  satisfaction: call.meta({ access: 'signed-in', about: 'Stars, reasons and refusals of a period' }).input(Period).output(Satisfaction),
  figures: call.meta({ access: 'signed-in', about: 'Complaints and proposals of a period: steps in time, open, overdue' }).input(Period).output(FeedbackFigures),
  themes: call.meta({ access: 'supervise', about: 'What comments and complaints are about, week by week; no name, no number' }).input(Period).output(Themes),
}
