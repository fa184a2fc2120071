import type { DossierId } from '@contract/ids'
import type { SigningFileId, SigningFileKind, SignTarget } from '@contract/signing'
import { type Actor, readDossier } from '../intake'
import type { Office } from './office'

type Parts = Pick<Office, 'store' | 'signing' | 'issuing' | 'receipts' | 'settings'>
type Wish = Readonly<{ kind: SigningFileKind; title: string; dossierId: DossierId | null; make(): Promise<Uint8Array> }>

/** A paper of the office as it is now, or the one of the same title that is kept already: signed twice it carries both signatures. */
async function kept({ store, signing }: Parts, actor: Actor, { kind, title, dossierId, make }: Wish): Promise<SignTarget> {
  const { files } = await signing()
  const before = store.read.get('SELECT id FROM signing_file WHERE kind = ? AND title = ? AND dossier_id IS ? ORDER BY at DESC, id DESC LIMIT 1', [kind, title, dossierId], (row) => row.text<SigningFileId>('id'))
  const id = before === undefined ? await files.keep({ kind, title, bytes: await make(), issuance: null, dossierId, draftId: null, level: null, replaces: null }, actor.id) : files.newest(before)
  return { kind: 'file', id }
}

/** Mẫu 01 of a dossier, to be signed by the officer; a newer version of the dossier has a paper of its own. @throws AppError HS-004 */
export function receiptToSign(office: Parts, actor: Actor, id: DossierId): Promise<SignTarget> {
  const { code, version } = readDossier(office.store.read, id)
  return kept(office, actor, { kind: 'form', title: `Mẫu 01 ${code} bản ${version}`, dossierId: id, make: async () => (await office.receipts.render(id, office.settings().printing.receipt.paper)).pdf })
}

/** The list of the signatures that were handed over on a day (YYYY-MM-DD): each asking is a paper of its own, because the day may not be over. */
export async function dailyListToSign(office: Parts, actor: Actor, day: string): Promise<SignTarget> {
  const { files } = await office.signing()
  const bytes = await (await office.issuing()).dailyPdf(actor, day)
  return { kind: 'file', id: await files.keep({ kind: 'daily-list', title: `Danh sách cấp chữ ký số ${day}`, bytes, issuance: null, dossierId: null, draftId: null, level: null, replaces: null }, actor.id) }
}
