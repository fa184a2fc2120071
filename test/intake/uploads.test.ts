import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { MAX_DOCUMENT } from '@contract/calls-intake'
import { AppError } from '@contract/errors'
import { tidyName } from '../../src-main/intake/uploads'
import { noSmallDisk, smallDisk } from '../storage/small-disk'
import { codeOf, codeOfAsync } from '../storage/support'
import { actor, type Desk, newDesk, PDF, readyDraft, takeIn } from './support'

const incoming = (desk: Desk): string[] => readdirSync(join(desk.folder, 'documents/incoming'))
const draftOf = (desk: Desk) => desk.intake.start(actor).id
/** A PDF of so many bytes. */
const pdf = (size: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(Math.max(0, size - 15)), Buffer.from('\n%%EOF')])
const PNG_HEAD = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])

describe('A file taken in', () => {
  test('is kept as it is: type, size, hash, pages, place', async () => {
    const desk = newDesk()
    const id = draftOf(desk)
    const document = await takeIn(desk, id, PDF, 'C:\\quét\\to-khai.pdf')
    expect([document, await desk.intake.readDocument(document.id)]).toMatchObject([
      { component: 'to-khai', ordinal: 0, name: 'to-khai.pdf', mediaType: 'application/pdf', size: PDF.length, pages: 1, rotation: 0 },
      { bytes: PDF, mediaType: 'application/pdf' }])
  })

  test('in pieces of any size has the same bytes and the same pages', async () => {
    const desk = newDesk()
    const id = draftOf(desk)
    const bytes = Buffer.concat([PDF.subarray(0, -6), Buffer.from('/Type /Page '.repeat(40)), randomBytes(5000), Buffer.from('/Type/Page%%EOF')])
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 3000 }), async (piece) => {
      const document = await takeIn(desk, id, bytes, 'a.pdf', 'to-khai', piece)
      expect([document.pages, Buffer.compare(Buffer.from((await desk.intake.readDocument(document.id)).bytes), bytes)]).toEqual([42, 0])
    }), { numRuns: 25 })
  })

  test('whose pieces come all at once is written in their order', async () => {
    const desk = newDesk()
    const bytes = pdf(900_000)
    const id = await desk.intake.beginDocument({ draftId: draftOf(desk), component: 'to-khai', name: 'a.pdf', size: bytes.length })
    const offsets = Array.from({ length: 30 }, (_, index) => index * 30_000)
    await Promise.all(offsets.map((offset) => desk.intake.uploads.append(id, offset, bytes.subarray(offset, offset + 30_000))))
    const document = await desk.intake.uploads.finish(id)
    expect(Buffer.compare(Buffer.from((await desk.intake.readDocument(document.id)).bytes), bytes)).toBe(0)
  })

  test('in pieces that come in a random order loses and mixes none', async () => {
    const desk = newDesk()
    const draftId = draftOf(desk)
    const bytes = pdf(3000)
    await fc.assert(fc.asyncProperty(fc.array(fc.nat(9), { maxLength: 30 }), async (tries) => {
      const id = await desk.intake.beginDocument({ draftId, component: 'to-khai', name: 'a.pdf', size: bytes.length })
      const append = (index: number) => codeOfAsync(() => desk.intake.uploads.append(id, index * 300, bytes.subarray(index * 300, index * 300 + 300)))
      let next = 0
      for (const index of tries) {
        const code = await append(index)
        expect(code).toBe(index === next ? undefined : 'TEP-007')
        if (index === next) next++
      }
      for (; next < 10; next++) await append(next)
      const document = await desk.intake.uploads.finish(id)
      expect(Buffer.compare(Buffer.from((await desk.intake.readDocument(document.id)).bytes), bytes)).toBe(0)
    }), { numRuns: 20 })
  })

  test.each([
    ['of 0 bytes', 'TEP-003', Buffer.alloc(0), 'a.pdf'], ['that is a program under the name of a PDF', 'TEP-001', Buffer.from('MZ program %%EOF'), 'a.pdf'],
    ['that is a PDF under the name of a picture', 'TEP-002', PDF, 'a.jpg'], ['that is a cut-off PDF', 'TEP-008', PDF.subarray(0, 60), 'a.pdf'],
    ['that is a cut-off PNG', 'TEP-008', Buffer.concat([PNG_HEAD, Buffer.from([0, 0, 0, 9, 0, 0, 0, 9]), Buffer.alloc(50)]), 'a.png'],
    ['that is a PNG bomb', 'TEP-005', Buffer.concat([PNG_HEAD, Buffer.from([0, 1, 0, 0, 0, 1, 0, 0]), Buffer.from('IEND')]), 'a.png'],
  ])('%s is refused as %s and leaves nothing', async (_what, code, bytes, name) => {
    const desk = newDesk()
    const id = draftOf(desk)
    expect([await codeOfAsync(() => takeIn(desk, id, bytes, name)), incoming(desk), desk.count('document')]).toEqual([code, [], 0])
  })

  test('of 200 MB is refused before its first byte', async () => {
    const desk = newDesk()
    const draftId = draftOf(desk)
    expect([await codeOfAsync(() => desk.intake.beginDocument({ draftId, component: 'to-khai', name: 'a.pdf', size: 200_000_000 })), incoming(desk), MAX_DOCUMENT < 200_000_000]).toEqual(['TEP-004', [], true])
  })

  test('that grows beyond the size it gave is refused and leaves nothing', async () => {
    const desk = newDesk()
    const id = await desk.intake.beginDocument({ draftId: draftOf(desk), component: 'to-khai', name: 'a.pdf', size: 10 })
    expect([await codeOfAsync(() => desk.intake.uploads.append(id, 0, Buffer.alloc(11))), incoming(desk)]).toEqual(['TEP-004', []])
  })

  test('at a wrong offset is told the right one and can go on', async () => {
    const desk = newDesk()
    const id = await desk.intake.beginDocument({ draftId: draftOf(desk), component: 'to-khai', name: 'a.pdf', size: PDF.length })
    await desk.intake.uploads.append(id, 0, PDF.subarray(0, 50))
    const codes = [await codeOfAsync(() => desk.intake.uploads.append(id, 0, PDF.subarray(0, 50))), await codeOfAsync(() => desk.intake.uploads.finish(id))]
    await desk.intake.uploads.append(id, 50, PDF.subarray(50))
    expect([codes, (await desk.intake.uploads.finish(id)).size]).toEqual([['TEP-007', 'TEP-007'], PDF.length])
  })

  test('finished twice at once is kept once', async () => {
    const desk = newDesk()
    const id = await desk.intake.beginDocument({ draftId: draftOf(desk), component: 'to-khai', name: 'a.pdf', size: PDF.length })
    await desk.intake.uploads.append(id, 0, PDF)
    const finish = () => codeOfAsync(() => desk.intake.uploads.finish(id))
    expect([await Promise.all([finish(), finish()]), desk.count('document')]).toEqual([[undefined, 'TEP-006'], 1])
  })

  test('that nobody goes on with is given up and leaves nothing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const desk = newDesk()
      const id = await desk.intake.beginDocument({ draftId: draftOf(desk), component: 'to-khai', name: 'a.pdf', size: PDF.length })
      await desk.intake.uploads.append(id, 0, PDF.subarray(0, 10))
      vi.advanceTimersByTime(11 * 60_000)
      await vi.waitFor(() => expect(incoming(desk)).toEqual([]))
      expect(await codeOfAsync(() => desk.intake.uploads.append(id, 10, PDF.subarray(10)))).toBe('TEP-006')
    } finally {
      vi.useRealTimers()
    }
  })

  test('for a draft that is not open is refused before its first byte', async () => {
    const desk = newDesk()
    const id = draftOf(desk)
    desk.intake.discard(actor, id)
    expect(await codeOfAsync(() => takeIn(desk, id, PDF))).toBe('HS-001')
  })

  test('can be taken off, put back, turned and moved', async () => {
    const desk = newDesk()
    const id = draftOf(desk)
    const [one, two] = [await takeIn(desk, id, PDF, 'mot.pdf'), await takeIn(desk, id, PDF, 'hai.pdf')]
    desk.intake.removeDocument(id, one.id, true)
    const without = desk.intake.open(id).documents.map(({ name }) => name)
    desk.intake.removeDocument(id, one.id, false)
    desk.intake.arrange(id, 'to-khai', [{ id: two.id, rotation: 90 }, { id: one.id, rotation: 0 }])
    expect([without, desk.intake.open(id).documents.map(({ name, rotation }) => [name, rotation])]).toEqual([['hai.pdf'], [['hai.pdf', 90], ['mot.pdf', 0]]])
  })

  test.each([['../../etc/passwd', 'passwd'], ['a\u202efdp.exe', 'afdp.exe'], ['', 'tep'], ['///', 'tep'], ['x'.repeat(300), 'x'.repeat(200)]])('called %j is called %j on paper', (name, tidy) => {
    expect(tidyName(name)).toBe(tidy)
  })
})

const why = noSmallDisk()
describe.skipIf(why !== null)(`A full disk${why === null ? '' : ` (skipped: ${why})`}`, () => {
  test('during an upload is named and leaves nothing of the file', async () => {
    const { folder } = smallDisk(6144)
    const desk = newDesk({ folder })
    const id = draftOf(desk)
    const code = await codeOfAsync(() => takeIn(desk, id, pdf(8_000_000)))
    expect([code, incoming(desk), (await takeIn(desk, id, PDF)).size]).toEqual(['LUU-013', [], PDF.length])
  })

  test('during a commit is named and loses nothing: with room again the same commit passes', () => {
    const { folder } = smallDisk(8192)
    const desk = newDesk({ folder })
    const drafts = Array.from({ length: 60 }, () => readyDraft(desk, { note: 'x'.repeat(2000) }))
    const filler = join(folder, 'filler')
    for (const size of [100_000, 4096, 1]) codeOf(() => { for (;;) writeFileSync(filler, Buffer.alloc(size, 1), { flag: 'a' }) })
    const commit = (draft: (typeof drafts)[number]) => codeOf(() => desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: true }))
    const codes = drafts.map(commit)
    const refused = drafts.filter((_, index) => codes[index] !== undefined)
    writeFileSync(filler, '')
    expect({ codes: [...new Set(codes.filter((code) => code !== undefined))], again: refused.map(commit).filter((code) => code !== undefined), dossiers: desk.count('dossier'), sent: desk.count('submission') })
      .toEqual({ codes: ['LUU-013'], again: [], dossiers: 60, sent: 60 })
  })
})

describe('Files that are taken in side by side', () => {
  const begun = async (desk: Desk, draftId: Parameters<typeof takeIn>[1], bytes: Uint8Array, name: string) => {
    const id = await desk.intake.beginDocument({ draftId, component: 'to-khai', name, size: bytes.length })
    await desk.intake.uploads.append(id, 0, bytes)
    return id
  }

  test('get their rows in one transaction, in the order of their ends', async () => {
    const desk = newDesk()
    const draftId = draftOf(desk)
    const files = [900_000, 100, 500_000, 300, 1_000_000].map(pdf)
    const ids = await Promise.all(files.map((bytes, index) => begun(desk, draftId, bytes, `${index}.pdf`)))
    const write = vi.spyOn(desk.store, 'write')
    const documents = await Promise.all(ids.map((id) => desk.intake.uploads.finish(id)))
    expect([write.mock.calls.length, documents.map(({ ordinal, name }) => `${ordinal} ${name}`)])
      .toEqual([1, ['0 0.pdf', '1 1.pdf', '2 2.pdf', '3 3.pdf', '4 4.pdf']])
    expect(documents.map(({ sha256 }) => sha256)).toEqual(files.map((bytes) => createHash('sha256').update(bytes).digest('hex')))
    for (const [index, { id }] of documents.entries()) {
      expect(Buffer.compare(Buffer.from((await desk.intake.readDocument(id)).bytes), files[index] ?? Buffer.alloc(0))).toBe(0)
    }
    expect(incoming(desk)).toEqual([])
  })

  test('are kept without the one that is refused and the one whose draft was closed', async () => {
    const desk = newDesk()
    const [draftId, closed] = [draftOf(desk), draftOf(desk)]
    const ids = await Promise.all([begun(desk, draftId, pdf(1000), 'a.pdf'), begun(desk, draftId, randomBytes(1000), 'b.pdf'), begun(desk, closed, pdf(1000), 'c.pdf'), begun(desk, draftId, pdf(1000), 'd.pdf')])
    desk.intake.discard(actor, closed)
    const codes = await Promise.all(ids.map((id) => codeOfAsync(() => desk.intake.uploads.finish(id))))
    expect([codes[0], codes[2], codes[3]]).toEqual([undefined, 'HS-001', undefined])
    expect(codes[1]).toMatch(/^TEP-/)
    expect([desk.intake.open(draftId).documents.map(({ name }) => name), incoming(desk)]).toEqual([['a.pdf', 'd.pdf'], []])
  })

  test('are all refused when their transaction fails, and the next ones are taken in', async () => {
    const desk = newDesk()
    const draftId = draftOf(desk)
    const ids = await Promise.all(['a.pdf', 'b.pdf'].map((name) => begun(desk, draftId, pdf(2000), name)))
    const write = vi.spyOn(desk.store, 'write').mockImplementationOnce(() => { throw new AppError('LUU-013') })
    expect(await Promise.all(ids.map((id) => codeOfAsync(() => desk.intake.uploads.finish(id))))).toEqual(['LUU-013', 'LUU-013'])
    write.mockRestore()
    expect(desk.intake.open(draftId).documents).toEqual([])
    expect((await takeIn(desk, draftId, PDF)).ordinal).toBe(0)
  })
})
