import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { call } from './call'
import { ChipEvent, ChipReading, IdentityCheckView, KeepCheck, KeyFields, ReadingId, ReadingPurpose, underKey } from './chip'
import { DossierId, DraftId } from './ids'
import { ReadersView } from './readers'
import { TrustImport, TrustView } from './trust'

const ok = z.object({ ok: z.literal(true) })
const bytes = z.instanceof(Blob)
const readerName = z.string().min(1).max(300)
const path = z.string().min(1).max(4096)

export const readerCalls = {
  list: call.meta({ access: 'signed-in', about: 'Card readers, what keeps a way to them from working, and the cards of practice mode' }).output(ReadersView),
  choose: call.meta({ access: 'receive', about: 'Takes cards from this reader from now on; remembered' }).input(z.object({ reader: readerName })).output(ReadersView),
  putCard: call.meta({ access: 'receive', about: 'Practice mode: puts an invented card on the virtual reader, or takes it off (null)' })
    .input(z.object({ card: z.string().max(60).nullable() })).output(ReadersView),
}

export const chipCalls = {
  read: call.meta({ access: 'receive', about: 'Reads and proves the chip on a reader: progress, then the reading; end the call to cancel' })
    .input(z.object({ ...KeyFields, reader: readerName.optional(), purpose: ReadingPurpose.default('identify-with-face'), allowBac: z.boolean().default(false) }).transform(underKey))
    .output(eventIterator(ChipEvent)),
  reading: call.meta({ access: 'receive', about: 'A reading of the last minutes' }).input(z.object({ readingId: ReadingId })).output(ChipReading),
  face: call.meta({ access: 'receive', about: 'The face of a reading as an image that any window can show' }).input(z.object({ readingId: ReadingId })).output(bytes),
  keepCheck: call.meta({ access: 'receive', about: 'Puts what was proved, and what the officer found, with a draft; audited' }).input(KeepCheck).output(IdentityCheckView),
  checks: call.meta({ access: 'receive', about: 'How the people of a draft or of a dossier were established, oldest first' })
    .input(z.union([z.object({ draftId: DraftId }), z.object({ dossierId: DossierId })])).output(z.array(IdentityCheckView)),
  inspect: call.meta({ access: 'receive', about: 'Parses and proves files of a chip from a folder (named by file id: 0101.bin …) against trust anchors of a folder' })
    .input(z.object({ folder: path, trust: path.optional(), at: z.iso.date().optional() })).output(ChipReading),
  apduLog: call.meta({ access: 'receive', about: 'Reads the chip and writes what was said to a file that the recorded reader can play; personal data masked unless told otherwise' })
    .input(z.object({ ...KeyFields, reader: readerName.optional(), file: path, mask: z.boolean().default(true) }).transform(underKey)).output(z.object({ file: z.string(), apdus: z.number().int() })),
}

export const trustCalls = {
  list: call.meta({ access: 'signed-in', about: 'Trust anchors and revocation lists with origin and age' }).output(TrustView),
  import: call.meta({ access: 'administer', about: 'Imports CSCA certificates, master lists or revocation lists; audited' })
    .input(z.object({ name: z.string().max(255), bytes })).output(TrustImport),
  remove: call.meta({ access: 'administer', about: 'Stops trusting an anchor; audited' }).input(z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) })).output(ok),
}
