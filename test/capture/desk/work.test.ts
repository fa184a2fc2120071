import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AppError } from '@contract/errors'
import { type PageId, Sha256 } from '@contract/ids'
import { USUAL_WISHES } from '@contract/pages'
import { newPageId } from '../../../src-main/capture/desk/rows'
import { createTrial } from '../../../src-main/capture/desk/trial'
import { actor } from '../../intake/support'
import { addPage } from './piles'
import { empty, jpeg, separator, tiffOf, written } from './sheets'
import { devicesOf, pile, steps, threads, workshop } from './workshop'

const { real, write } = threads('desk-work')
const IDLE = `import { parentPort } from 'node:worker_threads'\nparentPort.on('message', () => undefined)\n`
const CRASHING = `import { parentPort } from 'node:worker_threads'\nparentPort.on('message', () => process.exit(3))\n`

const pages = async (...seeds: number[]): Promise<Record<string, Uint8Array>> => Object.fromEntries(await Promise.all(seeds.map(async (seed) => [`${String(seed)}.jpg`, await jpeg(written(seed))] as const)))

describe('pages that were taken in', () => {
  test('are safe when they are told, and made in the background with a thumbnail and a file each', async () => {
    const shop = workshop({ thread: real, papers: pile(await pages(1, 2, 3)) })
    expect(await devicesOf(shop)).toEqual(['simulator:papers'])
    const { kinds, pageIds, code } = await steps(shop.scan())
    expect({ kinds, code }).toEqual({ kinds: ['page-started', 'page', 'page-started', 'page', 'page-started', 'page', 'ended'], code: null })
    expect(shop.views().map(({ id }) => id)).toEqual(pageIds)
    await shop.work.idle(shop.draftId)
    for (const view of shop.views()) {
      expect(view).toMatchObject({ state: 'ready', place: 'kept', simulated: true, origin: 'simulator', text: 'waiting', revision: 2 })
      expect(view.made?.width).toBeGreaterThan(700)
    }
    expect(shop.desk.count('page_thumbnail')).toBe(3)
    expect(shop.desk.actions()).toContain('draft.pages-scanned')
    expect(shop.desk.events.filter(({ kind }) => kind === 'pages').length).toBeGreaterThanOrEqual(6)
  }, 60_000)

  test('set an empty one aside, and tell a sheet that was taken twice', async () => {
    const [one, other] = [await jpeg(written(5)), await jpeg(empty())]
    const shop = workshop({ thread: real, papers: pile({ '1.jpg': one, '2.jpg': other, '3.jpg': one }) })
    await devicesOf(shop)
    await steps(shop.scan())
    await shop.work.idle(shop.draftId)
    const [first, blank, twin] = shop.views()
    expect([first?.place, blank?.place, twin?.place]).toEqual(['kept', 'blank', 'kept'])
    expect([first?.twinOf, twin?.twinOf]).toEqual([null, first?.id])
  }, 60_000)

  test('keep an empty one where the officer wants it', async () => {
    const shop = workshop({ thread: real, papers: pile({ '1.jpg': await jpeg(empty()) }) })
    await devicesOf(shop)
    await steps(shop.scan(undefined, { skipBlank: false }))
    await shop.work.idle(shop.draftId)
    expect(shop.standing()).toEqual(['to-khai:0 kept'])
  }, 60_000)

  test('are split into components by separator sheets, with a name and without', async () => {
    const papers = pile({
      '1.jpg': await jpeg(written(1)), '2.jpg': await jpeg(separator('hop-dong')), '3.jpg': await jpeg(written(2)), '4.jpg': await jpeg(written(3)),
    })
    const shop = workshop({ thread: real, papers })
    await devicesOf(shop)
    await steps(shop.scan())
    await shop.work.idle(shop.draftId)
    expect(shop.standing()).toEqual(['hop-dong:0 kept', 'hop-dong:1 kept', 'to-khai:0 kept', 'to-khai:1 separator'])
  }, 60_000)

  test('go on to the next component at each sheet without a name, and stay at the last', async () => {
    const sheet = await jpeg(separator(null))
    const papers = pile({
      '1.jpg': await jpeg(written(1)), '2.jpg': sheet, '3.jpg': await jpeg(written(2)), '4.jpg': sheet, '5.jpg': await jpeg(written(3)), '6.jpg': sheet, '7.jpg': await jpeg(written(4)),
    })
    const shop = workshop({ thread: real, papers })
    await devicesOf(shop)
    await steps(shop.scan())
    await shop.work.idle(shop.draftId)
    const kept = shop.views().filter(({ place }) => place === 'kept').map(({ component }) => component)
    expect(kept.sort()).toEqual(['ban-sao', 'hop-dong', 'hop-dong', 'to-khai'])
    expect(shop.views().filter(({ place }) => place === 'separator')).toHaveLength(3)
  }, 60_000)

  test('come as one row a picture from a file of several', async () => {
    const shop = workshop({ thread: real, papers: pile({ '1.tif': tiffOf([written(1), written(2), written(3)]), '2.jpg': await jpeg(written(4)) }) })
    await devicesOf(shop)
    const { pageIds } = await steps(shop.scan())
    await shop.work.idle(shop.draftId)
    expect(pageIds).toHaveLength(4)
    expect(shop.views().map(({ state, ordinal }) => `${state} ${String(ordinal)}`)).toEqual(['ready 0', 'ready 1', 'ready 2', 'ready 3'])
    expect(new Set(shop.views().map(({ twinOf }) => twinOf))).toEqual(new Set([null]))
  }, 60_000)

  test('that are damaged are told with their problem, and do not hold up the others', async () => {
    const whole = await jpeg(written(1))
    // Whole to the eye of a driver, but its strips have no rows.
    const broken = Uint8Array.from(tiffOf([written(2)]))
    broken.fill(0, broken.length - 114 + 10 + 7 * 12, broken.length - 114 + 10 + 7 * 12 + 4)
    const shop = workshop({ thread: real, papers: pile({ '1.tif': broken, '2.jpg': whole }) })
    await devicesOf(shop)
    expect((await steps(shop.scan())).code).toBeNull()
    await shop.work.idle(shop.draftId)
    expect(shop.views().map(({ state, problem }) => `${state} ${problem?.code ?? '-'}`)).toEqual(['failed QT-011', 'ready -'])
  }, 60_000)

  test('are made anew when they are asked for in another way, and what was made before goes', async () => {
    const shop = workshop({ thread: real, papers: pile(await pages(1)), timing: { former: 10 } })
    await devicesOf(shop)
    const { pageIds: [id] } = await steps(shop.scan())
    await shop.work.idle(shop.draftId)
    const file = (): Sha256 => Sha256.parse(shop.desk.store.read.get('SELECT sha256 FROM page', [], (row) => row.text('sha256')))
    const before = file()
    shop.work.again(id as PageId, { ...USUAL_WISHES, colour: 'grey', clean: false })
    expect(shop.views()[0]).toMatchObject({ state: 'waiting', revision: 3 })
    await shop.work.idle(shop.draftId)
    expect(shop.views()[0]).toMatchObject({ state: 'ready', revision: 4, made: { colour: 'grey' } })
    expect(file()).not.toBe(before)
    await shop.close()
    expect([shop.desk.documents.has(before), shop.desk.documents.has(file())]).toEqual([false, true])
  }, 60_000)

  test('that were asked for in another way while they were made are made once more', async () => {
    const shop = workshop({ thread: real, papers: pile(await pages(1)) })
    await devicesOf(shop)
    const { pageIds: [id] } = await steps(shop.scan())
    shop.work.again(id as PageId, { ...USUAL_WISHES, colour: 'grey' })
    await shop.work.idle(shop.draftId)
    expect(shop.views()[0]).toMatchObject({ state: 'ready', made: { colour: 'grey' } })
  }, 60_000)

  test('that were asked for anew just when they were made leave no file of what was made', async () => {
    const made: Sha256[] = []
    let id: PageId | undefined
    const shop = workshop({
      thread: real, papers: pile(await pages(1)), timing: { former: 10 },
      documents: (store) => ({ ...store, put: async (bytes) => {
        const file = await store.put(bytes)
        made.push(file.sha256)
        if (id && made.length === 1) shop.work.again(id, { ...USUAL_WISHES, colour: 'grey', clean: false })
        return file
      } }),
    })
    await devicesOf(shop)
    for await (const step of shop.scan()) if (step.kind === 'page') [id] = step.pageIds
    await shop.work.idle(shop.draftId)
    await shop.close()
    expect(made.map((sha256) => shop.desk.documents.has(sha256))).toEqual([false, true])
  }, 60_000)

  test('of a draft that somebody waits for are made before the pile of another', async () => {
    const order: PageId[] = []
    const shop = workshop({ thread: real, settled: (id) => order.push(id) })
    for (const seed of [1, 2, 3]) await addPage(shop.desk, shop.draftId, seed, { state: 'waiting' })
    const other = shop.desk.intake.start(actor).id
    const urgent = await addPage(shop.desk, other, 4, { state: 'waiting' })
    await shop.work.idle(other)
    expect(order[0]).toBe(urgent)
    await shop.work.idle(shop.draftId)
    expect(order).toHaveLength(4)
  }, 60_000)

  test('are gone on with after a restart', async () => {
    const before = workshop({ thread: write('idle.mjs', IDLE), papers: pile(await pages(1, 2)) })
    await devicesOf(before)
    await steps(before.scan())
    await before.close()
    expect(before.views().map(({ state }) => state)).toEqual(['waiting', 'waiting'])
    const after = workshop({ thread: real, desk: before.desk, draftId: before.draftId })
    after.work.wake()
    await after.work.idle(after.draftId)
    expect(after.views().map(({ state }) => state)).toEqual(['ready', 'ready'])
  }, 60_000)

  test('that bring the thread down twice are given up, and the next one is made', async () => {
    const shop = workshop({ thread: write('crashing.mjs', CRASHING), papers: pile(await pages(1, 2)) })
    await devicesOf(shop)
    await steps(shop.scan())
    await shop.work.idle(shop.draftId)
    expect(shop.views().map(({ state, problem }) => [state, problem?.code])).toEqual([['failed', 'QT-011'], ['failed', 'QT-011']])
    expect(shop.logged.filter((event) => event === 'pages.thread-ended')).toHaveLength(4)
  }, 60_000)

  test('that took the program with them twice are given up, and can be asked for again', async () => {
    const papers = pile(await pages(1))
    const before = workshop({ thread: write('idle3.mjs', IDLE), papers })
    await devicesOf(before)
    const { pageIds: [id] } = await steps(before.scan())
    await before.close()
    const note = join(before.desk.folder, 'incoming-pages', 'working.json')
    expect(existsSync(note)).toBe(false)
    writeFileSync(note, JSON.stringify({ page: id, times: 2 }))
    const after = workshop({ thread: real, desk: before.desk, draftId: before.draftId })
    await after.work.idle(after.draftId)
    expect(after.views()[0]).toMatchObject({ state: 'failed', problem: { code: 'QT-011' } })
    after.work.again(id as PageId, USUAL_WISHES)
    await after.work.idle(after.draftId)
    expect(after.views()[0]?.state).toBe('ready')
  }, 60_000)

  test('are done also when the note of them cannot be removed', () => {
    const folder = pile({})
    const trial = createTrial(folder)
    mkdirSync(join(folder, 'working.json'))
    expect(trial.begin(newPageId())).toBe(1)
    expect(trial.end).not.toThrow()
  })

  test('wait when the disk takes nothing, and are made when it does again', async () => {
    let full = false
    const shop = workshop({
      thread: real, papers: pile(await pages(1)), timing: { retry: 50 },
      documents: (store) => ({ ...store, put: async (bytes) => (full ? Promise.reject(new AppError('LUU-013')) : store.put(bytes)) }),
    })
    await devicesOf(shop)
    full = true
    await steps(shop.scan())
    await expect(shop.work.idle(shop.draftId)).rejects.toMatchObject({ code: 'LUU-013' })
    expect(shop.views()[0]?.state).toBe('waiting')
    full = false
    await shop.work.idle(shop.draftId)
    expect(shop.views()[0]?.state).toBe('ready')
  }, 60_000)

  test('of a draft that was discarded wait until it is taken back', async () => {
    const shop = workshop({ thread: write('idle2.mjs', IDLE), papers: pile(await pages(1)) })
    await devicesOf(shop)
    await steps(shop.scan())
    await shop.close()
    const later = workshop({ thread: real, desk: shop.desk, draftId: shop.draftId })
    shop.desk.intake.discard(actor, shop.draftId)
    later.work.wake()
    await later.work.idle(shop.draftId)
    expect(later.views()[0]?.state).toBe('waiting')
    shop.desk.intake.restore(actor, shop.draftId)
    await later.work.idle(shop.draftId)
    expect(later.views()[0]?.state).toBe('ready')
  }, 60_000)
})
