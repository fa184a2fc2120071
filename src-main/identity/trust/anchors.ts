import { createHash } from 'node:crypto'
import { AppError } from '@contract/errors'
import { trustErrors } from '@contract/errors/trust'
import type { AnchorOrigin, AnchorView, RevocationListView, TrustImport, TrustView } from '@contract/trust'
import type { Audit } from '../../audit'
import type { Clock, Reader, Store, WriteTx } from '../../storage'
import type { Actor } from '../actor'
import { type Admission, admit } from './admission'
import { inForce, parseCertificate, viewOf, type Certificate } from './certificate'
import type { Anchor, Trust } from './chain'
import { isStale, parseRevocationList, type RevocationList } from './revocation-list'
import { readTrustFile } from './trust-file'

type Instant = AnchorView['importedAt']

/** The roots that this office trusts, kept with who brought them in and when. */
export type TrustStore = Readonly<{
  list(): TrustView
  /** All or nothing, audited. @throws AppError CT-001 to CT-006 */
  import(actor: Actor, name: string, bytes: Uint8Array): TrustImport
  /** Stops trusting a root; it stays on record. @throws AppError CT-007 */
  remove(actor: Actor, sha256: string): void
  /** Trusts the invented root of practice mode; does nothing when it is trusted already. @throws AppError THE-009 */
  addPractice(certificate: Uint8Array): void
  anchors(): readonly Anchor[]
  /** Roots and revocation lists, to prove with. */
  trust(): Trust
}>

type Deps = Readonly<{ store: Store; audit: Audit; clock: Clock }>
type KeptAnchor = Anchor & Readonly<{ source: string; importedAt: Instant; importedBy: string }>
type KeptList = Readonly<{ list: RevocationList; importedAt: Instant }>
type Kept = Readonly<{ anchors: readonly KeptAnchor[]; lists: readonly KeptList[] }>
type Mark = Readonly<{ at: string; by: string }>

const issuerHash = ({ issuer }: RevocationList): string => createHash('sha256').update(issuer.raw).digest('hex')

function readKept(reader: Reader): Kept {
  return {
    anchors: reader.all('SELECT certificate, origin, source, imported_at, imported_by FROM trust_anchor WHERE removed_at IS NULL ORDER BY country, sha256', [], (row) => ({
      certificate: parseCertificate(row.bytes('certificate')), origin: row.text<AnchorOrigin>('origin'), source: row.text('source'),
      importedAt: row.text<Instant>('imported_at'), importedBy: row.text('imported_by'),
    })),
    lists: reader.all('SELECT list, imported_at FROM revocation_list ORDER BY issuer_sha256', [], (row) => ({
      list: parseRevocationList(row.bytes('list')), importedAt: row.text<Instant>('imported_at'),
    })),
  }
}

/** True when it was not trusted before. One that was removed is taken up again, with its new origin. */
function keepAnchor(tx: WriteTx, { certificate, origin, source }: Anchor & { source: string }, { at, by }: Mark): boolean {
  return tx.run(
    `INSERT INTO trust_anchor (sha256, certificate, country, origin, source, imported_at, imported_by) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (sha256) DO UPDATE SET origin = excluded.origin, source = excluded.source, imported_at = excluded.imported_at,
       imported_by = excluded.imported_by, removed_at = NULL WHERE removed_at IS NOT NULL`,
    [certificate.sha256, certificate.raw, certificate.subject.country ?? certificate.issuer.country, origin, source, at, by]).changes > 0
}

/** True when it is newer than the one kept of its issuer. */
function keepList(tx: WriteTx, list: RevocationList, { at }: Mark): boolean {
  return tx.run(
    `INSERT INTO revocation_list (issuer_sha256, list, this_update, imported_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (issuer_sha256) DO UPDATE SET list = excluded.list, this_update = excluded.this_update, imported_at = excluded.imported_at
       WHERE excluded.this_update > revocation_list.this_update`,
    [issuerHash(list), list.raw, list.thisUpdate.toISOString(), at]).changes > 0
}

function anchorView({ certificate, origin, source, importedAt, importedBy }: KeptAnchor, now: Date): AnchorView {
  return { certificate: viewOf(certificate), country: certificate.subject.country ?? certificate.issuer.country, origin, source, importedAt, importedBy, valid: inForce(certificate, now) }
}

const listView = ({ list, importedAt }: KeptList, now: Date): RevocationListView => ({
  issuer: list.issuer.text, thisUpdate: list.thisUpdate.toISOString() as Instant, nextUpdate: (list.nextUpdate?.toISOString() ?? null) as Instant | null,
  revoked: list.revoked.size, importedAt, stale: isStale(list, now),
})

/** The trust of this office, on its database. */
export function createTrust({ store, audit, clock }: Deps): TrustStore {
  let cached: Kept | undefined
  const kept = (): Kept => (cached ??= readKept(store.read))
  const changed = <T>(act: (tx: WriteTx) => T): T => {
    const result = store.write(act)
    cached = undefined
    return result
  }
  const keep = (tx: WriteTx, { anchors, revocationLists }: Pick<Admission, 'anchors' | 'revocationLists'>, mark: Mark): { added: Certificate[]; lists: number } => ({
    added: anchors.filter((anchor) => keepAnchor(tx, anchor, mark)).map(({ certificate }) => certificate),
    lists: revocationLists.filter((list) => keepList(tx, list, mark)).length,
  })

  return {
    list: () => {
      const now = clock.now()
      const { anchors, lists } = kept()
      return { anchors: anchors.map((anchor) => anchorView(anchor, now)), revocationLists: lists.map((list) => listView(list, now)) }
    },
    import: (actor, name, bytes) => {
      const admission = admit(readTrustFile(name, bytes), kept().anchors)
      const { refused, masterListSigner } = admission
      const total = admission.anchors.length + admission.revocationLists.length
      const added = changed((tx) => {
        const done = keep(tx, admission, { at: clock.now().toISOString(), by: actor.name })
        const count = done.added.length + done.lists
        if (count === 0 && refused.length === 0) throw new AppError(trustErrors.nothingNew)
        const file = createHash('sha256').update(bytes).digest('hex')
        audit.append(tx, {
          actor: actor.id, action: 'trust.imported',
          detail: { file, anchors: done.added.map(({ sha256 }) => sha256), revocationLists: done.lists, known: total - count, refused: refused.length },
        })
        return count
      })
      return { added, known: total - added, refused: [...refused], masterListSigner }
    },
    remove: (actor, sha256) => changed((tx) => {
      const { changes } = tx.run('UPDATE trust_anchor SET removed_at = ? WHERE sha256 = ? AND removed_at IS NULL', [clock.now().toISOString(), sha256])
      if (changes === 0) throw new AppError(trustErrors.notFound)
      audit.append(tx, { actor: actor.id, action: 'trust.removed', subject: { type: 'trust-anchor', id: sha256 } })
    }),
    addPractice: (bytes) => {
      const certificate = parseCertificate(bytes)
      if (kept().anchors.some((anchor) => anchor.certificate.sha256 === certificate.sha256)) return
      changed((tx) => {
        keepAnchor(tx, { certificate, origin: 'practice', source: 'practice' }, { at: clock.now().toISOString(), by: 'system' })
        audit.append(tx, { actor: 'system', action: 'trust.practice-root', subject: { type: 'trust-anchor', id: certificate.sha256 } })
      })
    },
    anchors: () => kept().anchors,
    trust: () => ({ anchors: kept().anchors, revocationLists: kept().lists.map(({ list }) => list) }),
  }
}
