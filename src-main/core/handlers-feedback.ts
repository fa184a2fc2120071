import { AppError } from '@contract/errors'
import { may } from '@contract/rights'
import type { Officer } from '../feedback'
import { blobOf, bytesOf, ok } from './answers'
import type { Connection } from './connection'
import type { FeedbackOffice } from './feedback-office'
import { api } from './guard'

const deskOf = ({ connection }: { connection: Connection }): Promise<FeedbackOffice> => connection.office().feedback()

/** Supervisors see what every officer of the counter took. */
function officerOf({ connection }: { connection: Connection }): Officer {
  const role = connection.session()?.account.role
  return { ...connection.actor(), seesAll: role !== undefined && may(role, 'supervise') }
}

export const feedbackHandlers = {
  list: api.feedback.list.handler(async ({ input, context }) => (await deskOf(context)).complaints.list(officerOf(context), input)),
  get: api.feedback.get.handler(async ({ input, context }) => (await deskOf(context)).complaints.get(officerOf(context), input.id)),
  startDraft: api.feedback.startDraft.handler(async ({ context }) => (await deskOf(context)).complaints.startDraft(officerOf(context))),
  saveDraft: api.feedback.saveDraft.handler(async ({ input, context }) => (await deskOf(context)).complaints.saveDraft(officerOf(context), input)),
  discardDraft: api.feedback.discardDraft.handler(async ({ input, context }) => {
    await (await deskOf(context)).complaints.discardDraft(officerOf(context), input.id)
    return ok
  }),
  beginPhoto: api.feedback.beginPhoto.handler(async ({ input, context }) => {
    if (!context.connection.office().hasRoom()) throw new AppError('LUU-013')
    return { uploadId: (await deskOf(context)).complaints.beginPhoto(officerOf(context), input) }
  }),
  appendPhoto: api.feedback.appendPhoto.handler(async ({ input, context }) => ({
    offset: await (await deskOf(context)).complaints.appendPhoto(input.uploadId, input.offset, await bytesOf(input.bytes)),
  })),
  finishPhoto: api.feedback.finishPhoto.handler(async ({ input, context }) => (await deskOf(context)).complaints.finishPhoto(officerOf(context), input.uploadId)),
  abortPhoto: api.feedback.abortPhoto.handler(async ({ input, context }) => {
    await (await deskOf(context)).complaints.abortPhoto(input.uploadId)
    return ok
  }),
  removePhoto: api.feedback.removePhoto.handler(async ({ input, context }) => {
    await (await deskOf(context)).complaints.removePhoto(officerOf(context), input)
    return ok
  }),
  readPhoto: api.feedback.readPhoto.handler(async ({ input, context }) => {
    const { bytes, mediaType } = await (await deskOf(context)).complaints.readPhoto(officerOf(context), input)
    return blobOf(bytes, mediaType)
  }),
  submit: api.feedback.submit.handler(async ({ input, context }) => (await deskOf(context)).complaints.submit(officerOf(context), input)),
  supplement: api.feedback.supplement.handler(async ({ input, context }) => (await deskOf(context)).complaints.supplement(officerOf(context), input)),
  withdraw: api.feedback.withdraw.handler(async ({ input, context }) => (await deskOf(context)).complaints.withdraw(officerOf(context), input)),
  note: api.feedback.note.handler(async ({ input, context }) => (await deskOf(context)).complaints.note(officerOf(context), input)),
  retry: api.feedback.retry.handler(async ({ input, context }) => (await deskOf(context)).complaints.retry(officerOf(context), input.id)),
  rate: api.feedback.rate.handler(async ({ input: { stars, dossierId, reasons, comment }, context }) => {
    const { ratings } = await deskOf(context)
    const asked = { channel: 'counter', dossierId, ticketLabel: null } as const
    const { id } = context.connection.actor()
    if (stars === null) ratings.refused(asked, id)
    else ratings.keep({ ...asked, stars, reasons, comment }, id)
    return ok
  }),
  slip: api.feedback.slip.handler(async ({ input, context }) => (await deskOf(context)).ratings.slipFor(input.dossierId)),
  printSlip: api.feedback.printSlip.handler(async ({ input, context }) => ({ outcome: await (await deskOf(context)).printSlip(context.connection.actor(), input.dossierId) })),
  ofSlip: api.feedback.ofSlip.handler(async ({ input, context }) => {
    const { dossierId, subject, rated } = (await deskOf(context)).ratings.bySlip(input.slip)
    return { dossierId, subject, rated }
  }),
  standing: api.feedback.standing.handler(async ({ input, context }) => (await deskOf(context)).ratings.standingOf(input.dossierId)),
  satisfaction: api.feedback.satisfaction.handler(async ({ input, context }) => (await deskOf(context)).satisfaction(input)),
  figures: api.feedback.figures.handler(async ({ input, context }) => (await deskOf(context)).figures(input)),
  themes: api.feedback.themes.handler(async ({ input, context }) => (await deskOf(context)).themes(input)),
}
