import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createSimulator, createWatchedDriver, wholePage } from '../../../src-main/capture/scan'
import { importFiles } from '../../../src-main/capture/scan/import'
import { A4, all, collect } from '../../devices/scanner/collect'

const papers = resolve(import.meta.dirname, '../../../resources/practice/papers')
const paper = join(papers, 'quyet-dinh-thuan-tinh-ly-hon.jpg')
const jpeg = readFileSync(paper)
const never = new AbortController().signal
const inbox = (name = 'pages-') => mkdtempSync(join(tmpdir(), name))
const timing = { look: 30, still: 120, damaged: 500 }

describe('files', () => {
  it('come in as pages with their kind and resolution, the originals untouched', async () => {
    const folder = inbox()
    const { pages, code } = await collect(importFiles([paper, join(papers, 'to-khai-xac-nhan-hon-nhan.pdf')], folder, never))
    expect(code).toBeNull()
    expect(pages.map(({ mediaType, dpi }) => [mediaType, dpi])).toEqual([['image/jpeg', 110], ['application/pdf', 300]])
    expect(readFileSync(paper).equals(jpeg)).toBe(true)
  })

  it('that are no pages are refused; those before stay', async () => {
    const folder = inbox()
    const [text, cut] = [join(folder, 'a.jpg'), join(folder, 'b.jpg')]
    writeFileSync(text, 'not a picture')
    writeFileSync(cut, jpeg.subarray(0, 40_000))
    for (const bad of [text, cut, folder, join(folder, 'none.jpg')]) {
      const into = inbox()
      expect(await collect(importFiles([paper, bad], into, never))).toMatchObject({ code: 'QT-011', pages: [{ number: 1 }] })
      expect(readdirSync(into)).toEqual(['p00001.jpg'])
    }
  })

  it('with more pixels than a page has are refused by their head alone', async () => {
    const path = join(inbox(), 'bomb.png')
    const bomb = Buffer.from('89504e470d0a1a0a0000000d49484452000186a0000186a0080200000000000000000000014944415400000000000000000049454e44ae426082', 'hex')
    writeFileSync(path, bomb)
    await expect(wholePage(path)).rejects.toMatchObject({ code: 'QT-013' })
  })
})

describe('a watched folder', () => {
  const watch = () => {
    const watched = inbox('watched-')
    writeFileSync(join(watched, 'old.jpg'), jpeg)
    const driver = createWatchedDriver({ folders: () => [watched], timing })
    const device = { id: `import:${watched}`, kind: 'import', name: 'watched', simulated: false } as const
    const stop = new AbortController()
    const into = inbox()
    return { watched, driver, device, stop, into, result: (most: number | null) => collect(driver.scan(device, { ...A4, source: 'feeder', most }, into, stop.signal)) }
  }

  it('gives what appears from now on, in its order, and deletes nothing', async () => {
    const { watched, result, into } = watch()
    const done = result(2)
    await wait(80)
    copyFileSync(paper, join(watched, 'b.jpg'))
    await wait(40)
    copyFileSync(paper, join(watched, 'a.jpg'))
    expect(await done).toMatchObject({ code: null, end: { pages: 2, reason: 'done' } })
    expect(readdirSync(watched).sort()).toEqual(['a.jpg', 'b.jpg', 'old.jpg'])
    expect(readdirSync(into)).toHaveLength(2)
  })

  it('waits until a slow file is whole', async () => {
    const { watched, result } = watch()
    const done = result(1)
    await wait(80)
    const path = join(watched, 'slow.jpg')
    writeFileSync(path, '')
    for (let at = 0; at < 4; at += 1) {
      appendFileSync(path, jpeg.subarray(Math.floor((at * jpeg.length) / 4), Math.floor(((at + 1) * jpeg.length) / 4)))
      await wait(at === 1 ? 250 : 60)
    }
    const { pages, code } = await done
    expect(code).toBeNull()
    expect(readFileSync(pages[0]?.file ?? '').equals(jpeg)).toBe(true)
  })

  it('passes over hidden files, other programs\' parts, links and folders', async () => {
    const { watched, result, stop } = watch()
    const done = result(null)
    await wait(80)
    for (const name of ['.hidden.jpg', '~lock.jpg', 'a.jpg.part', 'b.jpg.crdownload', 'c.tmp', 'Thumbs.db']) copyFileSync(paper, join(watched, name))
    symlinkSync(paper, join(watched, 'link.jpg'))
    mkdirSync(join(watched, 'folder.jpg'))
    await wait(350)
    renameSync(join(watched, 'a.jpg.part'), join(watched, 'a.jpg'))
    await wait(350)
    stop.abort()
    expect(await done).toMatchObject({ code: 'QT-012', pages: [{ number: 1 }] })
  })

  it('says when a file stays damaged, and when the folder is gone', async () => {
    const { watched, result } = watch()
    const done = result(null)
    await wait(80)
    writeFileSync(join(watched, 'cut.jpg'), jpeg.subarray(0, 20_000))
    expect((await done).code).toBe('QT-011')
    const gone = createWatchedDriver({ folders: () => ['/nowhere/at/all'], timing })
    const [device] = await all(gone.list(never))
    expect((await collect(gone.scan(device ?? { id: '', kind: 'import', name: '', simulated: false }, A4, inbox(), never))).code).toBe('QT-001')
  })
})

describe('the simulator', () => {
  it('is named as one and plays its papers, from the feeder and from the glass', async () => {
    const simulator = createSimulator({ papers, name: 'Máy quét tập dượt', delay: 20 })
    const [device] = await all(simulator.list(never))
    if (!device) throw new Error('no device')
    expect(device).toMatchObject({ kind: 'simulator', simulated: true })
    expect(await collect(simulator.scan(device, { ...A4, source: 'feeder' }, inbox(), never))).toMatchObject({ end: { pages: 2, reason: 'feeder-empty' } })
    const glass = async () => (await collect(simulator.scan(device, A4, inbox(), never))).pages[0]?.mediaType
    expect([await glass(), await glass(), await glass()]).toEqual(['image/jpeg', 'application/pdf', 'image/jpeg'])
  })

  it('has every fault by its name, after as many pages as are wanted', async () => {
    const simulator = createSimulator({ papers, name: 'x', delay: 0, fault: () => ({ name: 'jam', after: 1 }) })
    const device = { id: 'simulator:papers', kind: 'simulator', name: 'x', simulated: true } as const
    expect(await collect(simulator.scan(device, { ...A4, source: 'feeder' }, inbox(), never))).toMatchObject({ code: 'QT-004', pages: [{ number: 1 }] })
  })
})
