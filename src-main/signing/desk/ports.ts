import type { Address } from '@contract/display'
import type { DocumentInfo, MediaType } from '@contract/draft'
import type { DocumentId, DossierId, DraftId, Sha256 } from '@contract/ids'
import type { AnchorsView, DocumentReport, IssuanceId, PadesLevel, SignatureScheme, SigningFile, SigningFileId, SigningFileKind } from '@contract/signing'
import type { WriteTx } from '../../storage'
import type { RemoteSigner, SigningKey } from '../ports'

/** A paper that signing keeps; its bytes go into the encrypted document store. */
export type NewFile = Readonly<{
  kind: SigningFileKind
  title: string
  bytes: Uint8Array
  issuance: IssuanceId | null
  dossierId: DossierId | null
  draftId: DraftId | null
  level: PadesLevel | null
  /** The version whose place it takes; it must be an exact prefix of this one. */
  replaces: SigningFileId | null
}>
/** The same once its bytes are safe. */
export type StoredFile = Omit<NewFile, 'bytes'> & Readonly<{ id: SigningFileId; sha256: Sha256; size: number }>

/** Papers of signing: agreements, hand-over records, lists, declarations. Nothing is ever overwritten. */
export type SigningFiles = Readonly<{
  /** Bytes into the document store; the row follows with `insert` in the caller's own transaction. */
  store(file: NewFile): Promise<StoredFile>
  insert(tx: WriteTx, file: StoredFile): SigningFileId
  /** Both at once. */
  keep(file: NewFile, actor: string): Promise<SigningFileId>
  /** The id of the newest version of it. @throws AppError LUU-021 */
  newest(id: SigningFileId): SigningFileId
  /** Bytes of the newest version. @throws AppError LUU-021, LUU-022 */
  read(id: SigningFileId): Promise<Uint8Array>
  /** Newest versions only, newest first. */
  list(which: Readonly<{ issuance?: IssuanceId | undefined; day?: string | undefined }>): SigningFile[]
}>

/** What came of one signature. */
export type Signed = Readonly<{ bytes: Uint8Array; level: PadesLevel; scheme: SignatureScheme }>
export type SignAs = Readonly<{ reason: string | null; visible: boolean }>

/** Signs one PDF in memory: B-B, and a time stamp when one is to be had. @throws AppError KS-010 … KS-013, KS-015, what the key throws */
export type Signer = Readonly<{ sign(bytes: Uint8Array, key: SigningKey, as: SignAs): Promise<Signed> }>

/** Trust anchors in force. */
export type AnchorKeeper = Readonly<{
  view(): AnchorsView
  /** @throws AppError KS-066 */
  import(bytes: Uint8Array, actor: string): AnchorsView
  remove(sha256: string, removed: boolean, actor: string): AnchorsView
}>

/** Judges signatures with what is kept and, where wanted and the line is up, with what is asked anew. */
export type Judge = Readonly<{ validate(bytes: Uint8Array, wish: Readonly<{ online: boolean }>): Promise<DocumentReport> }>

/** The key of a citizen far away, by the issuance that it came from. */
export type RemoteAccount = Readonly<{ signer: RemoteSigner; account: string; certificates: readonly Uint8Array[]; scheme: SignatureScheme; stampUrl: string | null; address: Address }>
export type RemoteAccounts = Readonly<{ find(issuance: IssuanceId): Promise<RemoteAccount | null> }>

/** What signing asks of the documents of open drafts. */
export type DraftDocuments = Readonly<{
  /** @throws AppError LUU-021 */
  find(id: DocumentId): DocumentInfo & Readonly<{ draftId: DraftId; open: boolean; removed: boolean }>
  /** The signed one stands where the unsigned stood, byte for byte as it is. */
  replace(tx: WriteTx, wish: Readonly<{ before: DocumentId; id: DocumentId; size: number; sha256: Sha256; mediaType: MediaType; addedAt: string }>): void
}>
