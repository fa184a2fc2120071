import { describe, expect, onTestFinished, test } from 'vitest'
import { AppError } from '@contract/errors'
import type { PageView } from '@contract/pages'
import { USUAL_WISHES } from '@contract/pages'
import { createPictures, type Pictures } from '../../../src-main/capture/desk/pictures'
import { createPicturesOut, type PicturesOut } from '../../../src-main/capture/desk/pictures-out'
import { keptThread } from '../../../src-main/capture/desk/pages-thread'
import { getPage } from '../../../src-main/capture/desk/rows'
import { addPages } from '../../../src-main/capture/desk/taking'
import { actor, PDF } from '../../intake/support'
import { empty, jpeg, tiffOf, written } from './sheets'
import { threads, workshop, type Workshop } from './workshop'

const { real } = threads('desk-pictures')
type Take = (name: string, bytes: Uint8Array, origin?: 'camera' | 'import') => Promise<PageView[]>

test('a picture of which the database takes no row leaves no file', async () => {
  const { desk, draftId } = workshop({ thread: real })
  const { sha256 } = await desk.documents.put(Uint8Array.of(1, 2, 3))
  const deps = { store: { ...desk.store, write: () => { throw new AppError('LUU-013') } }, documents: desk.documents, audit: desk.audit, clock: desk.deps.clock, log: () => undefined, changed: () => undefined }
  const order = { draftId, jobId: 'scan', origin: { kind: 'sane', simulated: false }, paper: 'A4', skipBlank: true, wishes: USUAL_WISHES, first: 1, component: () => 'to-khai' } as const
  await expect(addPages(deps, { sha256, frames: 1, dpi: 300 }, order)).rejects.toMatchObject({ code: 'LUU-013' })
  expect(desk.documents.has(sha256)).toBe(false)
})

function counter(): Workshop & { pictures: Pictures; out: PicturesOut; take: Take } {
  const shop = workshop({ thread: real })
  const { desk, draftId } = shop
  const [thread, aside] = [keptThread(real), keptThread(real)]
  onTestFinished(async () => {
    await thread.close()
    await aside.close()
  })
  const deps = { store: desk.store, documents: desk.documents, audit: desk.audit, clock: desk.deps.clock, log: () => undefined, changed: () => undefined }
  const pictures = createPictures({ ...deps, uploads: desk.intake.pictures, thread: aside, work: shop.work })
  const out = createPicturesOut({ ...deps, thread, aside })
  const take: Take = async (name, bytes, origin = 'import') => {
    const id = await pictures.begin({ draftId, component: 'to-khai', name, size: bytes.length, origin, wishes: USUAL_WISHES })
    for (let offset = 0; offset < bytes.length; offset += 100_000) await desk.intake.uploads.append(id, offset, Uint8Array.from(bytes.subarray(offset, offset + 100_000)))
    return pictures.finish(id)
  }
  return { ...shop, pictures, out, take }
}
const code = (work: Promise<unknown>): Promise<string> => work.then(() => 'ok', (error: unknown) => (error as { code: string }).code)

describe('pictures that come in', () => {
  test('become pages in their order, one of a JPEG and as many as a TIFF has', async () => {
    const shop = counter()
    const [photo] = await shop.take('a.jpg', await jpeg(written(1)), 'camera')
    expect(photo).toMatchObject({ origin: 'camera', simulated: false, state: 'waiting', component: 'to-khai', ordinal: 0 })
    expect((await shop.take('b.tif', tiffOf([written(2), written(3)]))).map(({ ordinal }) => ordinal)).toEqual([1, 2])
    await shop.work.idle(shop.draftId)
    expect(shop.views().map(({ state }) => state)).toEqual(['ready', 'ready', 'ready'])
    expect(shop.desk.count('document')).toBe(0)
  }, 60_000)

  test('that are no pages are refused and leave nothing behind', async () => {
    const shop = counter()
    const broken = Uint8Array.from(tiffOf([written(1)]))
    broken.fill(0xff, 4, 8)
    expect(await code(shop.take('a.pdf', PDF))).toBe('TEP-001')
    expect(await code(shop.take('a.txt', Buffer.from('không phải ảnh')))).toBe('TEP-001')
    expect(await code(shop.take('b.tif', broken))).toBe('QT-011')
    expect([shop.desk.count('page'), await code(shop.pictures.finish('01939b6e-0000-7000-8000-00000000ffff' as never))]).toEqual([0, 'TEP-006'])
  })

  test('of a draft that was received or discarded meanwhile end with a sentence', async () => {
    const shop = counter()
    const bytes = await jpeg(written(1))
    const id = await shop.pictures.begin({ draftId: shop.draftId, component: 'to-khai', name: 'a.jpg', size: bytes.length, origin: 'import', wishes: USUAL_WISHES })
    await shop.desk.intake.uploads.append(id, 0, bytes)
    shop.desk.intake.discard(actor, shop.draftId)
    expect(await code(shop.pictures.finish(id))).toBe('HS-001')
    expect(shop.views()).toHaveLength(1)
  })
})

describe('pictures of pages', () => {
  test('are shown as JPEG or PNG, made or as they came, and read as bits', async () => {
    const shop = counter()
    const bytes = await jpeg(written(4))
    const [page] = await shop.take('a.jpg', bytes)
    if (!page) throw new Error('no page')
    await expect(shop.out.image(page.id, false)).resolves.toMatchObject({ mediaType: 'image/jpeg' })
    await shop.work.idle(shop.draftId)
    expect(shop.views()[0]?.made?.colour).toBe('black')
    const shown = await shop.out.image(page.id, false)
    expect([shown.mediaType, [...shown.bytes.subarray(1, 4)]]).toEqual(['image/png', [...Buffer.from('PNG')]])
    expect(Buffer.from((await shop.out.image(page.id, true)).bytes).equals(bytes)).toBe(true)
    const read = await shop.out.pixels(getPage(shop.desk.store.read, page.id))
    expect([read.width, 'stride' in read]).toEqual([shop.views()[0]?.made?.width, true])
    expect([...shop.out.thumbnail(page.id).subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
  }, 60_000)

  test('of a TIFF of several are shown one by one', async () => {
    const shop = counter()
    const pages = await shop.take('b.tif', tiffOf([written(2), empty()]))
    const sizes = await Promise.all(pages.map(async ({ id }) => (await shop.out.image(id, true)).bytes.length))
    expect(sizes[0]).toBeGreaterThan((sizes[1] ?? 0) * 3)
  }, 60_000)

  test('a picture that is gone says so', async () => {
    const shop = counter()
    const [page] = await shop.take('a.jpg', await jpeg(written(4)))
    if (!page) throw new Error('no page')
    expect(() => shop.out.thumbnail(page.id)).toThrow(expect.objectContaining({ code: 'LUU-021' }))
  })
})
