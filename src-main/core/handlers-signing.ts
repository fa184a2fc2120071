import { blobOf, bytesOf } from './answers'
import type { Connection } from './connection'
import { api } from './guard'
import { dailyListToSign, receiptToSign } from './papers-to-sign'
import type { SigningOffice } from './signing-office'

const officeOf = ({ connection }: { connection: Connection }): Promise<SigningOffice> => connection.office().signing()
const pdf = (bytes: Uint8Array): Blob => blobOf(bytes, 'application/pdf')

export const signingHandlers = {
  review: api.signing.review.handler(async ({ input, context }) => (await officeOf(context)).desk.review(input)),
  sign: api.signing.sign.handler(async ({ input, context }) => (await officeOf(context)).desk.sign(context.connection.actor(), input)),
  job: api.signing.job.handler(async ({ input, context }) => (await officeOf(context)).desk.job(input.id)),
  jobs: api.signing.jobs.handler(async ({ context }) => (await officeOf(context)).desk.jobs()),
  cancel: api.signing.cancel.handler(async ({ input, context }) => (await officeOf(context)).desk.cancel(context.connection.actor(), input.id)),
  declaration: api.signing.declaration.handler(async ({ input, context }) => (await officeOf(context)).declarations.make(context.connection.actor(), input.draftId)),
  receipt: api.signing.receipt.handler(async ({ input, context: { connection } }) => ({ target: await receiptToSign(connection.office(), connection.actor(), input.dossierId) })),
  dailyList: api.signing.dailyList.handler(async ({ input, context: { connection } }) => ({ target: await dailyListToSign(connection.office(), connection.actor(), input.day) })),
  report: api.signing.report.handler(async ({ input, context }) => (await officeOf(context)).checks.report(input.target, input.online)),
  badges: api.signing.badges.handler(async ({ input, context }) => (await officeOf(context)).checks.badges(input.documents)),
  check: api.signing.check.handler(async ({ input, context }) => (await officeOf(context)).checks.check(await bytesOf(input.file))),
  revision: api.signing.revision.handler(async ({ input, context }) => pdf(await (await officeOf(context)).checks.revision(input.target, input.revision))),
  files: api.signing.files.handler(async ({ input, context }) => (await officeOf(context)).files.list(input)),
  read: api.signing.read.handler(async ({ input, context }) => pdf(await (await officeOf(context)).files.read(input.id))),
  save: api.signing.save.handler(async ({ input: { target }, context }) => {
    const { checks } = await officeOf(context)
    const { store, audit } = context.connection.office()
    const actor = context.connection.actor().id
    const saved = (await context.connection.host.saveFile({ suggestedName: checks.nameOf(target), bytes: await checks.read(target) })) === 'saved'
    // A citizen's paper leaves the encrypted store.
    if (saved) store.write((tx) => audit.append(tx, { actor, action: 'signing.saved', subject: { type: target.kind === 'document' ? 'document' : 'signing-file', id: target.id } }))
    return { saved }
  }),
  anchors: api.signing.anchors.handler(async ({ context }) => (await officeOf(context)).anchors.view()),
  importAnchors: api.signing.importAnchors.handler(async ({ input, context }) =>
    (await officeOf(context)).anchors.import(await bytesOf(input.file), context.connection.actor().id)),
  removeAnchor: api.signing.removeAnchor.handler(async ({ input, context }) =>
    (await officeOf(context)).anchors.remove(input.sha256, input.removed, context.connection.actor().id)),
}
