import { expect, onTestFinished } from 'vitest'
import { type DraftId, Instant, type PageId } from '@contract/ids'
import { USUAL_WISHES } from '@contract/pages'
import { createReading, type Reading, type ReadingDeps } from '../../../src-main/capture/desk/reading'
import { getPage, insertPage, keepOutcome, newPageId } from '../../../src-main/capture/desk/rows'
import { keepText, setTextState } from '../../../src-main/capture/desk/text-rows'
import { decodeImage } from '../../../src-main/capture/pages'
import { encodeJpeg } from '../../../src-main/capture/pages/codecs/jpeg'
import { type Grey, toGrey } from '../../../src-main/capture/pages/raster'
import type { PageText } from '../../../src-main/capture/text'
import { mrzTools } from '../../../src-main/identity/mrz-tools'
import type { Desk } from '../../intake/support'

/** What the pages thread makes of a page, with a picture that can be read. */
export async function makePage(desk: Desk, id: PageId, picture: Grey): Promise<void> {
  const bytes = await encodeJpeg(picture, 85)
  const { sha256 } = await desk.documents.put(bytes)
  const { width, height, dpi } = picture
  const made = { sha256, mediaType: 'image/jpeg' as const, size: bytes.length, width, height, dpi, colour: 'grey' as const, keptOriginal: null }
  desk.store.write((tx) => keepOutcome(tx, id, { made, place: 'kept', findings: [], fingerprint: 'f', twinOf: null, thumbnail: Uint8Array.of(1) }))
}

let lastJob = 0

/** A page as a scan leaves it; without a picture it still waits to be made. */
export async function addPaper(desk: Desk, draftId: DraftId, picture: Grey | null, component = 'to-khai'): Promise<PageId> {
  const id = newPageId()
  const { sha256 } = await desk.documents.put(Buffer.from(`original of ${id}`))
  desk.store.write((tx) => insertPage(tx, {
    id, draftId, component, jobId: `paper-${(lastJob += 1)}`, number: 1, origin: { kind: 'simulator', simulated: true }, original: { sha256, page: 0, dpi: 300 }, paper: 'A4', skipBlank: true,
    wishes: USUAL_WISHES, addedAt: Instant.parse('2026-11-23T02:00:00.000Z'),
  }))
  if (picture) await makePage(desk, id, picture)
  return id
}

/** Lets a page have been read, as an engine that saw this text would have left it. */
export function readAs(desk: Desk, id: PageId, text: PageText): void {
  desk.store.write((tx) => {
    const page = getPage(tx, id)
    keepText(tx, page, text, desk.deps.clock.now())
    setTextState(tx, page, 'read')
  })
}

export const turnPage = (desk: Desk, id: PageId, turns: number): void =>
  void desk.store.write((tx) => tx.run("UPDATE page SET turns = ?, text_state = 'waiting' WHERE id = ?", [turns, id]))

export type TestReading = Reading & Readonly<{ logged: string[]; changedTexts: DraftId[] }>

/** The reading queue on a desk's files; closed after the test. */
export function newReading(desk: Desk, reading: URL | null, changed: Partial<ReadingDeps> = {}): TestReading {
  const { store, documents, audit } = desk
  const logged: string[] = []
  const changedTexts: DraftId[] = []
  const made = createReading({
    store, documents, audit, clock: desk.deps.clock, log: (event) => logged.push(event), changed: (event) => desk.events.push(event), threads: { reading },
    pixels: async ({ made: file }) => toGrey(await decodeImage(await documents.readAll(file?.sha256 ?? ('' as never), 1e8), { dpi: file?.dpi ?? 300 })),
    today: () => '2026-11-23', mrz: mrzTools, textChanged: (draftId) => changedTexts.push(draftId), engine: { engine: 'packaged' }, retryMs: 30, ...changed,
  })
  onTestFinished(() => made.close())
  return { ...made, logged, changedTexts }
}

/** Wakes the queue and waits until these pages are done. */
export async function readAll(desk: Desk, reading: Reading, ids: readonly PageId[]): Promise<void> {
  reading.wake()
  await expect.poll(() => ids.filter((id) => getPage(desk.store.read, id).textState === 'waiting'), { timeout: 30_000, interval: 20 }).toEqual([])
}

export const textStateOf = (desk: Desk, id: PageId): string => getPage(desk.store.read, id).textState
