import type { ScanCaps, ScanDevice } from '@contract/capture'
import type { DossierId, DraftId, PageId, Sha256, UploadId } from '@contract/ids'
import type { CameraLook, FieldProposal, PageView, PageWishes, ScanFoundView, ScanProfile, ScanStep, Turns } from '@contract/pages'
import type { Actor } from './ports'

export type ScanWish = Readonly<{ draftId: DraftId; component: string; deviceId: string; profile: ScanProfile; /** Null: until the feeder is empty. */ most: number | null }>
export type PictureComing = Readonly<{ draftId: DraftId; component: string; name: string; size: number; origin: 'camera' | 'import'; wishes: PageWishes }>

/** What comes in by the counter's own way of taking files: its bytes are in the document store when it is settled. */
export type PictureUploads = Readonly<{
  begin(input: Pick<PictureComing, 'draftId' | 'component' | 'name' | 'size'>): Promise<UploadId>
  /** Has the whole file in the store, and no row yet. @throws AppError TEP-… */
  settle(id: UploadId): Promise<Readonly<{ sha256: Sha256; mediaType: string; size: number; name: string; draftId: DraftId; component: string }>>
}>

/** The counter's work with paper: from the glass to the one PDF of a component and the words on it. */
export type CaptureDesk = Readonly<{
  devices(signal?: AbortSignal): AsyncGenerator<ScanFoundView, void, undefined>
  /** @throws AppError QT-… */
  capabilities(deviceId: string): Promise<ScanCaps>
  setup(actor: Actor, component: string): Readonly<{ device: ScanDevice | null; profile: ScanProfile }>
  keepProfile(actor: Actor, component: string | null, profile: ScanProfile): void
  /** Begins when it is iterated; leaving it stops the scanner. @throws AppError QT-…, HS-001, LUU-013 */
  scan(actor: Actor, wish: ScanWish, signal?: AbortSignal): AsyncGenerator<ScanStep, void, undefined>
  list(draftId: DraftId): PageView[]
  /** @throws AppError HS-001, TEP-003, TEP-004, LUU-013 */
  begin(input: PictureComing): Promise<UploadId>
  /** @throws AppError TEP-…, QT-011, QT-013 */
  finish(uploadId: UploadId): Promise<PageView[]>
  thumbnail(pageId: PageId): Promise<Uint8Array>
  image(pageId: PageId, original: boolean): Promise<Readonly<{ bytes: Uint8Array; mediaType: string }>>
  place(actor: Actor, input: Readonly<{ draftId: DraftId; component: string; at: number; pageIds: readonly PageId[] }>): void
  turn(actor: Actor, pageId: PageId, turns: Turns): void
  keep(actor: Actor, input: Readonly<{ draftId: DraftId; pageIds: readonly PageId[]; kept: boolean }>): void
  again(actor: Actor, pageId: PageId, wishes: PageWishes): void
  /** @throws AppError QT-016 when a kept page could not be made: it must be taken again or off */
  settle(draftId: DraftId): Promise<void>
  proposals(draftId: DraftId): Promise<FieldProposal[]>
  text(pageId: PageId): Readonly<{ text: string; confidence: number }> | null
  look(frame: Uint8Array): Promise<CameraLook>
  /** The draft is a dossier now: its originals go, its words can be found. */
  committed(draftId: DraftId, dossierId: DossierId): void
  close(): Promise<void>
}>
