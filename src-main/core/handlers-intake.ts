import { AppError } from '@contract/errors'
import { blobOf, bytesOf, ok } from './answers'
import { cardAnswer } from './card-answer'
import { api } from './guard'

export const identityHandlers = {
  readQr: api.identity.readQr.handler(({ input, context }) => cardAnswer(input.text, context.connection.clock)),
  known: api.identity.known.handler(({ input, context: { connection } }) => connection.office().intake.known(connection.actor(), input.query, input.limit)),
}

export const intakeHandlers = {
  start: api.intake.start.handler(({ context: { connection } }) => connection.office().intake.start(connection.actor())),
  drafts: api.intake.drafts.handler(({ context: { connection } }) => connection.office().intake.drafts(connection.actor())),
  open: api.intake.open.handler(({ input, context: { connection } }) => connection.office().intake.open(input.draftId)),
  save: api.intake.save.handler(({ input, context: { connection } }) => connection.office().intake.save(input.draftId, input.revision, input.content)),
  discard: api.intake.discard.handler(({ input, context: { connection } }) => {
    connection.office().intake.discard(connection.actor(), input.draftId)
    return ok
  }),
  restore: api.intake.restore.handler(({ input, context: { connection } }) => connection.office().intake.restore(connection.actor(), input.draftId)),
  commit: api.intake.commit.handler(async ({ input, context: { connection } }) => {
    const office = connection.office()
    const actor = connection.actor()
    const dossier = await office.papers.received(input.draftId, () => {
      // Pages may have taken a while: who pressed must still be there.
      connection.require('receive')
      if (connection.actor().id !== actor.id) throw new AppError('TK-003')
      return office.intake.commit(actor, input)
    })
    office.sync.sendNow()
    office.papers.committed(input.draftId, dossier.id)
    return dossier
  }),
}

export const documentHandlers = {
  begin: api.documents.begin.handler(async ({ input, context: { connection } }) => {
    const office = connection.office()
    // The room that is left is for the commit of what was taken in already.
    if (!office.hasRoom()) throw new AppError('LUU-013')
    return { uploadId: await office.intake.beginDocument(input) }
  }),
  append: api.documents.append.handler(async ({ input, context: { connection } }) => ({
    offset: await connection.office().intake.uploads.append(input.uploadId, input.offset, await bytesOf(input.bytes)),
  })),
  finish: api.documents.finish.handler(({ input, context: { connection } }) => connection.office().intake.uploads.finish(input.uploadId)),
  abort: api.documents.abort.handler(async ({ input, context: { connection } }) => {
    await connection.office().intake.uploads.abort(input.uploadId)
    return ok
  }),
  remove: api.documents.remove.handler(({ input, context: { connection } }) => {
    connection.office().intake.removeDocument(input.draftId, input.documentId, true)
    return ok
  }),
  putBack: api.documents.putBack.handler(({ input, context: { connection } }) => {
    connection.office().intake.removeDocument(input.draftId, input.documentId, false)
    return ok
  }),
  arrange: api.documents.arrange.handler(({ input, context: { connection } }) => {
    connection.office().intake.arrange(input.draftId, input.component, input.items)
    return ok
  }),
  read: api.documents.read.handler(async ({ input, context: { connection } }) => {
    const { bytes, mediaType } = await connection.office().intake.readDocument(input.documentId)
    return blobOf(bytes, mediaType)
  }),
}

export const dossierHandlers = {
  list: api.dossiers.list.handler(({ input, context: { connection } }) => connection.office().intake.list(input)),
  get: api.dossiers.get.handler(({ input, context: { connection } }) => connection.office().intake.get(input.dossierId)),
  reveal: api.dossiers.reveal.handler(({ input, context: { connection } }) => connection.office().intake.reveal(connection.actor(), input.dossierId)),
  changeState: api.dossiers.changeState.handler(({ input, context: { connection } }) => {
    const office = connection.office()
    const dossier = office.intake.changeState(connection.actor(), input)
    office.sync.sendNow()
    return dossier
  }),
  correct: api.dossiers.correct.handler(({ input, context: { connection } }) => connection.office().intake.correct(connection.actor(), input.dossierId)),
  search: api.dossiers.search.handler(({ input, context: { connection } }) => connection.office().intake.search(input.query, input.limit)),
}

export const paperHandlers = {
  receipt: api.paper.receipt.handler(async ({ input, context: { connection } }) => {
    const { pdf } = await connection.office().receipts.render(input.dossierId, input.paper)
    return blobOf(pdf, 'application/pdf')
  }),
  printReceipt: api.paper.printReceipt.handler(({ input, context: { connection } }) => connection.office().receipts.print(connection.actor(), input)),
  saveReceipt: api.paper.saveReceipt.handler(async ({ input, context: { connection } }) => ({
    outcome: await connection.office().receipts.save(connection.actor(), input.dossierId, input.paper),
  })),
  printers: api.paper.printers.handler(async ({ context: { connection } }) => [...(await connection.host.listPrinters())]),
}
