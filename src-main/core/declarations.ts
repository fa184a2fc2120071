import { AppError } from '@contract/errors'
import { type DocumentId, type DraftId, Instant } from '@contract/ids'
import type { Settings } from '@contract/settings'
import type { SigningFileId, SignTarget } from '@contract/signing'
import type { Audit } from '../audit'
import type { Intake } from '../intake'
import type { Paperwork } from '../paperwork'
import type { Catalogue } from '../procedures'
import { type Declarations, findTarget, type SigningFiles } from '../signing'
import type { Clock, Store } from '../storage'
import { declarationData, digestOfDeclaration, formOf } from './declaration-data'

type Deps = Readonly<{
  store: Store; audit: Audit; clock: Clock; intake: Intake; catalogue: Catalogue; paperwork: Paperwork; files: SigningFiles; settings(): Settings; practice: boolean; changed(): void
}>
type Kept = Readonly<{ target: SignTarget; digest: string }>

const TITLE = 'Bản kê khai thông tin hồ sơ'

/** The declaration of a draft: among its documents where the procedure has a form, else a paper of signing's own, which does not leave the counter. */
export function createDeclarations({ store, audit, clock, intake, catalogue, paperwork, files, settings, practice, changed }: Deps): Declarations {
  const kept = (draftId: DraftId): Kept | null => store.read.get(
    'SELECT target_kind, target_id, digest FROM declaration WHERE draft_id = ?', [draftId],
    (row) => ({ target: targetOf(row.text('target_kind'), row.text('target_id')), digest: row.text('digest') })) ?? null
  /** As it is now, signed or not; null when it was taken off. */
  const current = ({ target }: Kept): SignTarget | null => {
    try {
      const found = findTarget(store.read, target)
      const off = found.target.kind === 'document'
        && store.read.get('SELECT removed FROM document WHERE id = ?', [found.target.id], (row) => row.flag('removed')) !== false
      return off ? null : found.target
    } catch (error) {
      if (error instanceof AppError) return null
      throw error
    }
  }
  const asDocument = async (draftId: DraftId, component: string, bytes: Uint8Array): Promise<SignTarget> => {
    const upload = await intake.beginDocument({ draftId, component, name: `${TITLE}.pdf`, size: bytes.length })
    await intake.uploads.append(upload, 0, bytes)
    return { kind: 'document', id: (await intake.uploads.finish(upload)).id }
  }

  return {
    make: async (actor, draftId) => {
      intake.assertOpen(draftId)
      const draft = intake.open(draftId)
      const { procedure: chosen, applicant } = draft.content
      const procedure = chosen && catalogue.get(chosen.code, chosen.version)
      if (!procedure || applicant.fullName.trim() === '') throw new AppError('HS-003', { gaps: 1 })
      const before = kept(draftId)
      const now = before && current(before)
      const documents = draft.documents.filter(({ id }) => !(now?.kind === 'document' && now.id === id))
      const at = Instant.parse(clock.now().toISOString())
      const data = declarationData({ draft, procedure, documents, settings: settings(), officer: actor.name, at, practice })
      const digest = digestOfDeclaration(data)
      const component = formOf(procedure)
      if (before?.digest === digest && now) return { target: now, placed: now.kind === 'document' }

      const { pdf } = await paperwork.signingPaper('declaration', data)
      const target = component === null
        ? { kind: 'file' as const, id: await files.keep({ kind: 'declaration', title: TITLE, bytes: pdf, issuance: null, dossierId: null, draftId, level: null, replaces: null }, actor.id) }
        : await asDocument(draftId, component, pdf)
      if (now?.kind === 'document') intake.removeDocument(draftId, now.id, true)
      store.write((tx) => {
        tx.run(
          `INSERT INTO declaration (draft_id, target_kind, target_id, digest, at) VALUES (:draftId, :kind, :id, :digest, :at)
           ON CONFLICT (draft_id) DO UPDATE SET target_kind = :kind, target_id = :id, digest = :digest, at = :at`, { draftId, ...target, digest, at })
        audit.append(tx, { actor: actor.id, action: 'signing.declaration-made', subject: { type: 'draft', id: draftId }, detail: { kind: target.kind, id: target.id } })
      })
      changed()
      return { target, placed: target.kind === 'document' }
    },
  }
}

const targetOf = (kind: string, id: string): SignTarget => (kind === 'document' ? { kind, id: id as DocumentId } : { kind: 'file', id: id as SigningFileId })
