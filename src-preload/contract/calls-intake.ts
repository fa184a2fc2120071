import { z } from 'zod'
import { call } from './call'
import { DossierState, DossierView, SearchHit } from './dossier'
import { DocumentInfo, DraftContent, DraftSummary, DraftView, KnownPerson, Warning } from './draft'
import { DocumentId, DossierId, DraftId, Instant, UploadId } from './ids'
import { DraftPerson } from './person'

const ok = z.object({ ok: z.literal(true) })
const bytes = z.instanceof(Blob)

/** The person in the QR text of an ID card, with what is doubtful about it. */
export const CardRead = z.object({
  person: DraftPerson, oldIdNumber: z.string().nullable(), issuedAt: z.string().nullable(), extra: z.array(z.string()), warnings: z.array(Warning),
})

export const identityCalls = {
  readQr: call.meta({ access: 'receive', about: 'The person in the QR text of an ID card (both layouts)' })
    .input(z.object({ text: z.string().max(10_000) }))
    .output(CardRead),
  known: call.meta({ access: 'receive', about: 'People of earlier dossiers by name, number or phone; the look-up is audited' })
    .input(z.object({ query: z.string().max(200), limit: z.number().int().min(1).max(20).default(8) })).output(z.array(KnownPerson)),
}

export const intakeCalls = {
  start: call.meta({ access: 'receive', about: 'A new empty draft' }).output(DraftView),
  drafts: call.meta({ access: 'receive', about: 'Open drafts of this counter, newest first' }).output(z.array(DraftSummary)),
  open: call.meta({ access: 'receive', about: 'One draft with what the rules say of it' }).input(z.object({ draftId: DraftId })).output(DraftView),
  save: call.meta({ access: 'receive', about: 'Saves the whole content of a draft; an older revision is refused (HS-002)' })
    .input(z.object({ draftId: DraftId, revision: z.number().int(), content: DraftContent })).output(DraftView),
  discard: call.meta({ access: 'receive', about: 'Sets a draft aside; it can be taken back' }).input(z.object({ draftId: DraftId })).output(ok),
  restore: call.meta({ access: 'receive', about: 'Takes a discarded draft back' }).input(z.object({ draftId: DraftId })).output(DraftView),
  commit: call.meta({ access: 'receive', about: 'Draft → dossier, documents, audit entry and outbox row in one transaction' })
    .input(z.object({ draftId: DraftId, revision: z.number().int(), despiteDuplicates: z.boolean().default(false) })).output(DossierView),
}

/** Bytes of one step of an upload, at most 1 MiB. */
export const UPLOAD_CHUNK = 1024 * 1024
/** The largest document taken in, in bytes. */
export const MAX_DOCUMENT = 100 * 1024 * 1024

export const documentCalls = {
  begin: call.meta({ access: 'receive', about: 'Starts taking in a file for a component of a draft' })
    .input(z.object({ draftId: DraftId, component: z.string().min(1).max(80), name: z.string().min(1).max(255), size: z.number().int().min(0) }))
    .output(z.object({ uploadId: UploadId })),
  append: call.meta({ access: 'receive', about: 'The next bytes of a file (≤ 1 MiB), at the offset the core expects' })
    .input(z.object({ uploadId: UploadId, offset: z.number().int().min(0), bytes })).output(z.object({ offset: z.number().int() })),
  finish: call.meta({ access: 'receive', about: 'Sniffs, hashes, encrypts and keeps the file; answers the document' })
    .input(z.object({ uploadId: UploadId })).output(DocumentInfo),
  abort: call.meta({ access: 'receive', about: 'Gives an unfinished file up' }).input(z.object({ uploadId: UploadId })).output(ok),
  remove: call.meta({ access: 'receive', about: 'Takes a document off a draft (undo with restore)' })
    .input(z.object({ draftId: DraftId, documentId: DocumentId })).output(ok),
  putBack: call.meta({ access: 'receive', about: 'Takes the removal back' }).input(z.object({ draftId: DraftId, documentId: DocumentId })).output(ok),
  arrange: call.meta({ access: 'receive', about: 'Order and rotation of the documents of a component' })
    .input(z.object({
      draftId: DraftId, component: z.string(),
      items: z.array(z.object({ id: DocumentId, rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]) })),
    })).output(ok),
  read: call.meta({ access: 'receive', about: 'The bytes of a document, for the preview' }).input(z.object({ documentId: DocumentId })).output(bytes),
}

export const dossierCalls = {
  list: call.meta({ access: 'receive', about: 'Dossiers by filter, newest first' })
    .input(z.object({
      states: z.array(DossierState).optional(), due: z.enum(['today', 'overdue', 'next-working-day']).optional(),
      from: Instant.optional(), to: Instant.optional(), before: z.string().optional(), limit: z.number().int().min(1).max(200).default(50),
    })).output(z.object({ items: z.array(SearchHit), next: z.string().nullable() })),
  get: call.meta({ access: 'receive', about: 'One dossier; numbers masked' })
    .input(z.object({ dossierId: DossierId })).output(DossierView),
  reveal: call.meta({ access: 'receive', about: 'One dossier with its numbers in clear; audited' })
    .input(z.object({ dossierId: DossierId })).output(DossierView),
  changeState: call.meta({ access: 'receive', about: 'Moves a dossier on: supplement, refusal, withdrawal, stop, result …' })
    .input(z.object({ dossierId: DossierId, version: z.number().int(), to: DossierState, note: z.string().trim().min(1).max(2000) })).output(DossierView),
  correct: call.meta({ access: 'receive', about: 'Opens a rejected dossier as a draft again; committing it makes version n + 1' })
    .input(z.object({ dossierId: DossierId })).output(DraftView),
  search: call.meta({ access: 'receive', about: 'Search as you type: name with or without marks, number, phone, code' })
    .input(z.object({ query: z.string().max(200), limit: z.number().int().min(1).max(50).default(12) }))
    .output(z.array(SearchHit)),
}

export const paperCalls = {
  receipt: call.meta({ access: 'receive', about: 'Mẫu 01 as PDF, for the preview or to save' })
    .input(z.object({ dossierId: DossierId, paper: z.enum(['A5', 'A4']).default('A5') })).output(bytes),
  printReceipt: call.meta({ access: 'receive', about: 'Prints Mẫu 01; a second time is a logged reprint' })
    .input(z.object({ dossierId: DossierId, paper: z.enum(['A5', 'A4']).default('A5'), printer: z.string().max(200).nullable(), silent: z.boolean() }))
    .output(z.object({ printed: z.number().int(), outcome: z.enum(['printed', 'cancelled']) })),
  saveReceipt: call.meta({ access: 'receive', about: 'Asks where to save Mẫu 01 and writes the file' })
    .input(z.object({ dossierId: DossierId, paper: z.enum(['A5', 'A4']).default('A5') })).output(z.object({ outcome: z.enum(['saved', 'cancelled']) })),
  printers: call.meta({ access: 'signed-in', about: 'Printers of this machine' })
    .output(z.array(z.object({ name: z.string(), label: z.string(), isDefault: z.boolean() }))),
}
