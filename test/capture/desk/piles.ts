import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { DocumentInfo, DraftView } from '@contract/draft'
import { AppError } from '@contract/errors'
import { type DraftId, Instant, type PageId, type Sha256 } from '@contract/ids'
import { type PagePlace, USUAL_WISHES } from '@contract/pages'
import { type Binder, type BindingDeps, createBinding } from '../../../src-main/capture/desk/bind'
import { insertPage, keepFailure, keepOutcome, newPageId } from '../../../src-main/capture/desk/rows'
import { encodeG4 } from '../../../src-main/capture/pages/codecs/g4'
import { wrapG4 } from '../../../src-main/capture/pages/codecs/g4-tiff'
import { encodeJpeg } from '../../../src-main/capture/pages/codecs/jpeg'
import { encodePng } from '../../../src-main/capture/pages/codecs/png-encode'
import { binarised } from '../../../src-main/capture/pages/binarise'
import { type Raster, toGrey } from '../../../src-main/capture/pages/raster'
import type { Desk } from '../../intake/support'

/** Dots that differ by `seed`, of a size by which a page is known again in a PDF: 100 + seed pixels across. */
export const dots = (seed: number, channels: 1 | 3 = 1): Raster => {
  const [width, height] = [100 + seed, 140]
  return { width, height, channels, dpi: 100, data: Uint8Array.from({ length: width * height * channels }, (_, i) => ((Math.floor(i / channels / 9) * (31 + seed)) % 97 > 48 ? 250 : 20)) }
}

const pictures = {
  'image/jpeg': (seed: number) => encodeJpeg(dots(seed), 80),
  'image/tiff': async (seed: number) => {
    const bits = binarised(toGrey(dots(seed)))
    return wrapG4(encodeG4(bits), bits.width, bits.height, 100)
  },
  'image/png': async (seed: number) => encodePng(dots(seed, 3)),
} as const

export type PageWish = Readonly<{ component?: string; job?: string; number?: number; mediaType?: keyof typeof pictures; state?: 'waiting' | 'ready' | 'failed'; place?: PagePlace; read?: boolean }>
export const COMPONENT = 'to-khai'
let lastJob = 0

/** Where pages are kept. */
export type Shelves = Pick<Desk, 'store' | 'documents'>

const digestOf = async (desk: Shelves, bytes: Uint8Array): Promise<Sha256> => (await desk.documents.put(bytes)).sha256

/** What a page thread would have made of a page. */
export async function finishPage(desk: Shelves, id: PageId, seed: number, mediaType: keyof typeof pictures = 'image/jpeg', place: PagePlace = 'kept'): Promise<void> {
  const bytes = await pictures[mediaType](seed)
  const { width, height, dpi } = dots(seed)
  const made = { sha256: await digestOf(desk, bytes), mediaType, size: bytes.length, width, height, dpi, colour: 'grey' as const, keptOriginal: null }
  desk.store.write((tx) => keepOutcome(tx, id, { made, place, findings: [], fingerprint: `f${seed}`, twinOf: null, thumbnail: Uint8Array.of(1) }))
}

/** A page as a scan leaves it: its original in the store, and what was made of it. */
export async function addPage(desk: Shelves, draftId: DraftId, seed: number, wish: PageWish = {}): Promise<PageId> {
  const { component = COMPONENT, job = `job-${(lastJob += 1)}`, number = 1, mediaType, state = 'ready', place = 'kept', read = false } = wish
  const id = newPageId()
  const sha256 = await digestOf(desk, Buffer.from(`original ${String(seed)} of ${draftId}`))
  desk.store.write((tx) => insertPage(tx, {
    id, draftId, component, jobId: job, number, origin: { kind: 'simulator', simulated: true }, original: { sha256, page: 0, dpi: 300 }, paper: 'A4', skipBlank: true,
    wishes: USUAL_WISHES, addedAt: Instant.parse('2026-11-23T02:00:00.000Z'),
  }))
  if (state === 'failed') desk.store.write((tx) => keepFailure(tx, id, new AppError('QT-011')))
  if (state === 'ready') await finishPage(desk, id, seed, mediaType, place === 'removed' ? 'kept' : place)
  if (place === 'removed') desk.store.write((tx) => tx.run("UPDATE page SET place = 'removed' WHERE id = ?", [id]))
  if (read) markRead(desk, id)
  return id
}

export const markRead = (desk: Shelves, id: PageId, to: 'read' | 'none' | 'failed' = 'read'): void =>
  void desk.store.write((tx) => tx.run('UPDATE page SET text_state = ? WHERE id = ?', [to, id]))

export function newBinding(desk: Desk, changed: Partial<BindingDeps> = {}): Binder {
  const { store, documents, audit } = desk
  const binding = createBinding({
    store, documents, audit, clock: desk.deps.clock, log: () => undefined, changed: (event) => desk.events.push(event), componentName: (_draft, code) => `Giấy ${code}`, quietMs: 20, ...changed,
  })
  onTestFinished(() => binding.close())
  return binding
}

export const boundOf = (view: DraftView): DocumentInfo[] => view.documents.filter(({ bound }) => bound)
export const boundIn = (desk: Desk, draftId: DraftId, component = COMPONENT): DocumentInfo | undefined =>
  boundOf(desk.intake.open(draftId)).find((document) => document.component === component)

/** Widths of the images in a PDF in order, less 100: the seeds of its pages; with the turn of each. */
export async function pagesInPdf(desk: Desk, sha256: Sha256): Promise<{ seed: number; turns: number }[]> {
  const text = Buffer.from(await desk.documents.readAll(sha256, 1e8)).toString('latin1')
  const rotations = [...text.matchAll(/\/Type \/Page \/Parent.*?\/Resources/gu)].map(([page]) => Number(/\/Rotate (\d+)/u.exec(page)?.[1] ?? 0) / 90)
  const widths = [...text.matchAll(/\/Subtype \/Image \/Width (\d+)/gu)].map(([, width]) => Number(width) - 100)
  return widths.map((seed, index) => ({ seed, turns: rotations[index] ?? -1 }))
}

export const seedsIn = async (desk: Desk, draftId: DraftId, component = COMPONENT): Promise<number[] | null> => {
  const bound = boundIn(desk, draftId, component)
  return bound ? (await pagesInPdf(desk, bound.sha256)).map(({ seed }) => seed) : null
}

/** What an outside program says of a PDF of the store. */
export async function askTool(desk: Desk, sha256: Sha256, tool: string, args: readonly string[], after: readonly string[] = []): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-bound-'))
  try {
    const file = join(folder, 'bound.pdf')
    writeFileSync(file, await desk.documents.readAll(sha256, 1e8))
    return execFileSync(tool, [...args, file, ...after], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const filesOf = (desk: Shelves, id: PageId): { original: Sha256 | null; file: Sha256 | null } => {
  const found = desk.store.read.get('SELECT original_sha256, sha256 FROM page WHERE id = ?', [id], (row) => ({ original: row.textOrNull<Sha256>('original_sha256'), file: row.textOrNull<Sha256>('sha256') }))
  if (!found) throw new Error('no such page')
  return found
}
