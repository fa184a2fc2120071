import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { AppError } from '@contract/errors'
import type { ScanDriver } from '../../../src-main/capture/scan'
import { createSimulator, createWatchedDriver } from '../../../src-main/capture/scan'
import { USUAL_PROFILE } from '@contract/pages'
import { actor, newDesk, PDF } from '../../intake/support'
import { temporaryFolder } from '../../storage/support'
import { jpeg, written } from './sheets'
import { devicesOf, pile, steps, threads, workshop } from './workshop'

const { real } = threads('desk-scans')
const papers = async (count: number): Promise<string> =>
  pile(Object.fromEntries(await Promise.all(Array.from({ length: count }, async (_, i) => [`${String(i + 1)}.jpg`, await jpeg(written(i + 1))] as const))))
const onShelf = (folder: string): string[] => {
  const shelf = join(folder, 'incoming-pages')
  return existsSync(shelf) ? readdirSync(shelf).filter((name) => name !== 'working.json') : []
}

describe('a scan', () => {
  test.each([['jam', 'QT-004'], ['doubleFeed', 'QT-015'], ['hang', 'QT-010'], ['coverOpen', 'QT-006'], ['offline', 'QT-003']] as const)('keeps the pages before a fault (%s) and says which it was', async (name, code) => {
    const shop = workshop({ thread: real, papers: await papers(3), fault: () => ({ name, after: 2 }) })
    await devicesOf(shop)
    const ended = await steps(shop.scan())
    expect([ended.code, ended.pageIds.length]).toEqual([code, 2])
    await shop.work.idle(shop.draftId)
    expect(shop.views().map(({ state }) => state)).toEqual(['ready', 'ready'])
    expect(onShelf(shop.desk.folder)).toEqual([])
  }, 60_000)

  test('keeps the pages before the disk was full', async () => {
    let puts = 0
    const shop = workshop({
      thread: real, papers: await papers(3),
      documents: (store) => ({ ...store, writer: (size) => {
        puts += 1
        if (puts === 3) return { write: () => Promise.reject(new AppError('LUU-013')), finish: () => Promise.reject(new AppError('LUU-013')), abort: async () => undefined }
        return store.writer(size)
      } }),
    })
    await devicesOf(shop)
    const ended = await steps(shop.scan())
    expect([ended.code, ended.pageIds.length]).toEqual(['LUU-013', 2])
    expect(shop.views()).toHaveLength(2)
    expect(onShelf(shop.desk.folder)).toEqual([])
  }, 60_000)

  test('stops when the signal comes, or when nobody listens any more; pages told are kept', async () => {
    const shop = workshop({ thread: real, papers: await papers(4), drivers: [createSimulator({ papers: await papers(4), name: 'Máy quét tập dượt', delay: 60 })] })
    await devicesOf(shop)
    const stop = new AbortController()
    const told: string[] = []
    const scan = async (): Promise<void> => {
      for await (const step of shop.scan(stop.signal)) {
        told.push(step.kind)
        if (step.kind === 'page') stop.abort()
      }
    }
    await expect(scan()).rejects.toMatchObject({ code: 'QT-012' })
    const first = shop.views().length
    expect([told.filter((kind) => kind === 'page').length, first]).toEqual([1, 1])
    for await (const step of shop.scan()) if (step.kind === 'page') break
    expect(shop.views()).toHaveLength(first + 1)
    expect(onShelf(shop.desk.folder)).toEqual([])
    expect((await steps(shop.scan())).code).toBeNull()
  }, 60_000)

  test('of a draft that is discarded meanwhile ends, and the page stays with the draft', async () => {
    const shop = workshop({ thread: real, papers: await papers(3) })
    await devicesOf(shop)
    const scan = async (): Promise<void> => {
      for await (const step of shop.scan()) if (step.kind === 'page') shop.desk.intake.discard(actor, shop.draftId)
    }
    await expect(scan()).rejects.toMatchObject({ code: 'HS-001' })
    expect(shop.views()).toHaveLength(2)
    await expect(shop.scan().next()).rejects.toMatchObject({ code: 'HS-001' })
  }, 60_000)

  test('searches for a device that nobody has found yet, and says where there is none', async () => {
    const shop = workshop({ thread: real, papers: await papers(1) })
    expect((await steps(shop.scan())).code).toBeNull()
    const unknown = shop.scans.scan(actor, { draftId: shop.draftId, component: 'to-khai', deviceId: 'sane:nothing', profile: USUAL_PROFILE, most: null })
    expect((await steps(unknown)).code).toBe('QT-001')
    await expect(shop.scans.capabilities('escl:nothing')).rejects.toMatchObject({ code: 'QT-001' })
  })

  test('remembers the device: the next one begins without a search, also after a restart', async () => {
    const folder = await papers(1)
    const shop = workshop({ thread: real, papers: folder })
    expect(shop.scans.setup(actor, 'to-khai')).toEqual({ device: null, profile: USUAL_PROFILE })
    await devicesOf(shop)
    await steps(shop.scan())
    await shop.close()
    const next = workshop({ thread: real, papers: folder, desk: shop.desk, draftId: shop.draftId })
    expect(next.scans.setup(actor, 'to-khai').device).toMatchObject({ id: 'simulator:papers', simulated: true })
    expect((await steps(next.scan())).code).toBeNull()
    // Not offered where its way is not there.
    expect(workshop({ thread: real, drivers: [], desk: shop.desk }).scans.setup(actor, 'to-khai').device).toBeNull()
  }, 60_000)

  test('asks a scanner for greys where black is wanted, and for colours where nothing is decided', async () => {
    const asked: string[] = []
    const shop = workshop({ thread: real, drivers: [{ ...createSimulator({ papers: await papers(1), name: 'x', delay: 1 }), scan: (_device, wish) => {
      asked.push(`${wish.source} ${wish.colour} ${String(wish.dpi)} ${wish.paper}`)
      return createSimulator({ papers: '/nowhere', name: 'x', delay: 1 }).scan(_device, wish, '', new AbortController().signal)
    } }] })
    await devicesOf(shop)
    for (const colour of ['auto', 'black', 'grey', 'colour'] as const) await steps(shop.scan(undefined, { colour, dpi: 310, paper: 'A3' }))
    expect(asked).toEqual(['feeder colour 300 whole', 'feeder grey 300 whole', 'feeder grey 300 whole', 'feeder colour 300 whole'])
  })

  test('keeps how an officer scans: a component of its own, and one way for all others', async () => {
    const shop = workshop({ thread: real })
    const grey = { ...USUAL_PROFILE, colour: 'grey' } as const
    const glass = { ...USUAL_PROFILE, source: 'flatbed' } as const
    shop.scans.keepProfile(actor, 'to-khai', grey)
    shop.scans.keepProfile(actor, null, glass)
    shop.scans.keepProfile(actor, 'to-khai', { ...grey, dpi: 200 })
    expect(['to-khai', 'ban-sao'].map((component) => shop.scans.setup(actor, component).profile)).toEqual([{ ...grey, dpi: 200 }, glass])
  })
})

describe('a watched folder', () => {
  const watched = (folder: string): ScanDriver => createWatchedDriver({ folders: () => [folder], timing: { look: 20, still: 40, damaged: 200 } })

  test('gives pictures as pages and a PDF as a document of its own', async () => {
    const folder = temporaryFolder()
    const taken: string[] = []
    // What lies there before the folder is watched is not taken: written anew until it is.
    const put = setInterval(() => writeFileSync(join(folder, 'a.pdf'), PDF), 500)
    onTestFinished(() => clearInterval(put))
    const shop = workshop({ thread: real, desk: newDesk(), drivers: [watched(folder)], takeDocument: async ({ component, file }) => {
      clearInterval(put)
      taken.push(`${component} ${String(existsSync(file))}`)
    } })
    const [deviceId = ''] = await devicesOf(shop)
    const stop = new AbortController()
    const told: number[] = []
    const scan = async (): Promise<void> => {
      const events = shop.scans.scan(actor, { draftId: shop.draftId, component: 'to-khai', deviceId, profile: USUAL_PROFILE, most: null }, stop.signal)
      const picture = await jpeg(written(3))
      for await (const step of events) {
        if (step.kind !== 'page') continue
        told.push(step.pageIds.length)
        if (told.length === 1) writeFileSync(join(folder, 'b.jpg'), picture)
        else stop.abort()
      }
    }
    await expect(scan()).rejects.toMatchObject({ code: 'QT-012' })
    expect([told, taken, shop.views().map(({ origin, simulated }) => `${origin} ${String(simulated)}`)]).toEqual([[0, 1], ['to-khai true'], ['import false']])
  }, 60_000)
})
