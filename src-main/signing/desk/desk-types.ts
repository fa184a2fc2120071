import type { DocumentId, DraftId } from '@contract/ids'
import type {
  DocumentReport, SignedBadge, SigningFile, SigningFileId, SigningJob, SigningJobId, SignReview, SignTarget, SignWith, TokensView,
} from '@contract/signing'

/** Who acts; every act is audited under this id. */
export type Actor = Readonly<{ id: string; name: string }>

export type SignOrder = Readonly<{
  targets: readonly SignTarget[]
  with: SignWith
  /** `citizen`: typed on the display; `own`: handed in here, for this one call; `none`: a remote key needs none. */
  pin: Readonly<{ kind: 'citizen' }> | Readonly<{ kind: 'own'; pin: string }> | Readonly<{ kind: 'none' }>
  reason: string | null
}>

/** Signing documents, many with one PIN. */
export type SignDesk = Readonly<{
  review(wish: Pick<SignOrder, 'targets' | 'with'>): Promise<SignReview>
  /** @throws AppError KS-071 nothing that can be signed; KS-02x, KS-12x of the token; MH-002 no display; KS-063 … KS-065 */
  sign(actor: Actor, order: SignOrder): Promise<SigningJob>
  /** @throws AppError KS-070 */
  job(id: SigningJobId): SigningJob
  jobs(): SigningJob[]
  cancel(actor: Actor, id: SigningJobId): SigningJob
}>

/** Judging signatures, and the badges that are kept of it. */
export type CheckDesk = Readonly<{
  report(target: SignTarget, online: boolean): Promise<DocumentReport>
  badges(documents: readonly DocumentId[]): Record<string, SignedBadge>
  /** Bytes that are not kept. @throws AppError KS-012 for more than may be signed */
  check(bytes: Uint8Array): Promise<DocumentReport>
  /** The bytes up to the end of a revision. @throws AppError KS-014 */
  revision(target: SignTarget, revision: number): Promise<Uint8Array>
  /** @throws AppError LUU-021 */
  read(target: SignTarget): Promise<Uint8Array>
  /** What the file is called when it is saved. */
  nameOf(target: SignTarget): string
}>

export type FileList = Readonly<{ list(which: Readonly<{ issuance?: string | undefined; day?: string | undefined }>): SigningFile[]; read(id: SigningFileId): Promise<Uint8Array> }>

/** Tokens as the screen shows them. */
export type TokenDesk = Readonly<{
  view(): Promise<TokensView>
  refresh(): Promise<TokensView>
  changePin(actor: Actor, wish: Readonly<{ token: string; pin: string; next: string }>): Promise<TokensView>
  /** @throws AppError MH-002 */
  changePinOnDisplay(actor: Actor, token: string): Promise<void>
  /** What it is called as a file, and its DER. @throws AppError KS-120 */
  certificate(token: string, keyId: string): Promise<Readonly<{ name: string; der: Uint8Array }>>
  plug(token: string, plugged: boolean): Promise<TokensView>
}>

/** The declaration of a draft as a paper that can be signed. */
export type Declarations = Readonly<{ make(actor: Actor, draftId: DraftId): Promise<Readonly<{ target: SignTarget; placed: boolean }>> }>
