import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { call } from '@orpc/server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DraftView } from '@contract/draft'
import type { DraftId } from '@contract/ids'
import { PageView, type ScanStep, USUAL_PROFILE } from '@contract/pages'
import { keepDevice } from '../../src-main/capture/desk/scan-rows'
import { createCounter } from '../../src-main/core/counter'
import { connect } from '../../src-main/core/connection'
import { headlessHost } from '../../src-main/core/host'
import type { Office } from '../../src-main/core/office'
import { hasUnfinishedPages, UNFINISHED_PAGES } from '../../src-main/core/unfinished-pages'
import { systemClock } from '../../src-main/storage'
import { addPage, markRead, type PageWish as PileWish } from '../capture/desk/piles'
import { threads } from '../capture/desk/workshop'
import { CHEAP } from '../staff/support'
import { temporaryFolder } from '../storage/support'
import { bundleProgram, dropProgram, run } from './program'
import { filledContent, live, RESOURCES, router, secretOf, settingsOf } from './support'

const { real } = threads('core-capture')
const SIMULATOR = { id: 'simulator:papers', kind: 'simulator', name: 'Máy quét giả lập (thực hành)', simulated: true } as const
const MARITAL = '1.004873'
type PageWish = Omit<PileWish, 'read'> & Readonly<{ read?: 'failed' }>

/** A practice ward with its pages thread; somebody is signed in. */
async function ward(folder = temporaryFolder()) {
  const host = headlessHost()
  const log = (): void => undefined
  const counter = createCounter({ settings: settingsOf(folder), host, clock: systemClock, log, live, cost: CHEAP, threads: { hashing: null, pages: real, reading: null } })
  onTestFinished(() => counter.close())
  await counter.start()
  const connection = connect(counter, host, systemClock)
  const context = { context: { connection, log } }
  await call(router.staff.signIn, { loginName: 'duyen', secret: secretOf('duyen') }, context)
  const office = (): Office => connection.office()
  // As after an earlier scan: the network is not asked.
  office().store.write((tx) => keepDevice(tx, SIMULATOR, '2026-11-20T02:00:00.000Z' as never))
  const view = await call(router.intake.start, undefined, context)
  const procedure = office().catalogue.get(MARITAL)
  await call(router.intake.save, { draftId: view.id, revision: view.revision, content: filledContent(view, procedure) }, context)
  return { counter, connection, context, office, folder, draftId: view.id, components: procedure.components }
}

async function scanned(made: Awaited<ReturnType<typeof ward>>, component: string): Promise<ScanStep[]> {
  const steps: ScanStep[] = []
  for await (const step of await call(router.scanning.scan, { draftId: made.draftId, component, deviceId: SIMULATOR.id, profile: USUAL_PROFILE }, made.context)) steps.push(step)
  return steps
}

describe('Paper at the counter', () => {
  test('a pile from the practice scanner is parted by its sheet, cleaned and bound into one PDF a component', async () => {
    const made = await ward()
    const { context, draftId, office, components: [first, second] } = made
    expect(await call(router.scanning.setup, { component: first?.code ?? '' }, context)).toEqual({ device: SIMULATOR, profile: USUAL_PROFILE })
    const steps = await scanned(made, first?.code ?? '')
    expect(steps.at(-1)).toEqual({ kind: 'ended', pages: 6, reason: 'feeder-empty' })
    await call(router.pages.settle, { draftId }, context)
    const pages = await call(router.pages.list, { draftId }, context)
    expect(pages.map(({ component, place, state }) => `${component} ${place} ${state}`).sort()).toEqual([
      ...(['kept', 'blank', 'separator'] as const).map((place) => `${String(first?.code)} ${place} ready`), ...[1, 2, 3].map(() => `${String(second?.code)} kept ready`),
    ].sort())
    const { documents } = await call(router.intake.open, { draftId }, context)
    expect(documents.map(({ component, bound, mediaType, pages: count }) => [component, bound, mediaType, count])).toEqual(
      expect.arrayContaining([[first?.code, true, 'application/pdf', 1], [second?.code, true, 'application/pdf', 3]]))
    expect(documents.find(({ component }) => component === first?.code)?.name).toContain(first?.name.slice(0, 20))
    const [page] = pages
    if (!page) throw new Error('no page')
    expect((await call(router.pages.thumbnail, { pageId: page.id }, context)).type).toBe('image/jpeg')
    expect((await call(router.pages.image, { pageId: page.id, original: true }, context)).size).toBeGreaterThan(10_000)
    expect(hasUnfinishedPages(office().store.read)).toBe(true)
  }, 120_000)

  test('pages that an earlier run left are gone on with, and are found by a look at the rows alone', async () => {
    const made = await ward()
    expect(hasUnfinishedPages(made.office().store.read)).toBe(false)
    await addPage(made.office(), made.draftId, 1, { state: 'waiting' })
    expect(hasUnfinishedPages(made.office().store.read)).toBe(true)
    await call(router.intake.discard, { draftId: made.draftId }, made.context)
    expect(hasUnfinishedPages(made.office().store.read)).toBe(false)
  })

  test.each<[string, boolean, PageWish]>([
    ['is still to be read', true, {}],
    ['could not be read', false, { read: 'failed' }],
    ['was set aside', false, { place: 'blank' }],
    ['was taken off before it was made', false, { place: 'removed', state: 'waiting' }],
  ])('a page that %s: is something left to do? %s', async (_what, left, { read, ...wish }) => {
    const { office, draftId } = await ward()
    const id = await addPage(office(), draftId, 1, wish)
    if (read) markRead(office(), id, read)
    expect(hasUnfinishedPages(office().store.read)).toBe(left)
  })

  test('what is left is looked for by indexes that hold little, not by way of all pages or dossiers', async () => {
    const { office } = await ward()
    const plan = office().store.read.all(`EXPLAIN QUERY PLAN ${UNFINISHED_PAGES}`, [], (row) => row.text('detail')).filter((step) => / [pduo]( |$)/u.test(step))
    expect(plan.map((step) => step.replace(/ \(.*| LEFT-MOST.*/u, ''))).toEqual([
      'SEARCH p USING INDEX page_with_original', 'SEARCH d USING INDEX sqlite_autoindex_draft_1',
      'SEARCH p USING INDEX page_to_read', 'SEARCH d USING INDEX sqlite_autoindex_draft_1',
      'SCAN u', 'SEARCH o USING INDEX sqlite_autoindex_dossier_1', 'SEARCH p USING COVERING INDEX page_of_draft',
    ])
  })

  test('a frame of the camera is looked at beside the work on pages', async () => {
    const { context } = await ward()
    const frame = new Blob([readFileSync(join(RESOURCES, 'practice/scans/5-to-khai-cu-tru.jpg'))])
    const look = await call(router.camera.look, { frame }, context)
    expect(look.light).toBeGreaterThan(200)
    expect(look.sharpness).toBeGreaterThan(0.5)
    await expect(call(router.camera.look, { frame: new Blob(['không phải ảnh']) }, context)).rejects.toMatchObject({ code: 'QT-011' })
  }, 60_000)

  test('the command line takes a picture in as pages, scans and lists them', async () => {
    const made = await ward()
    const { folder, draftId, components: [first] } = made
    await made.counter.close()
    const program = await bundleProgram('src-main/core/cli.ts')
    onTestFinished(() => dropProgram(program))
    const cli = async (...words: string[]): Promise<string> => {
      const { code, out, err } = await run(program, ['--data', folder, '--practice', '--user', 'duyen', ...words], { MOTCUA_SECRET: secretOf('duyen') })
      if (code !== 0) throw new Error(err)
      return out
    }
    const component = first?.code ?? ''
    const paper = 'resources/practice/scans/5-to-khai-cu-tru.jpg'
    expect(PageView.array().parse(JSON.parse(await cli('--pages', `${draftId}:${component}:${paper}`)))).toMatchObject([{ state: 'waiting', origin: 'import' }])
    const ended: unknown = JSON.parse(await cli('scanning.scan', JSON.stringify({ draftId: draftId satisfies DraftId, component, deviceId: SIMULATOR.id, profile: { ...USUAL_PROFILE, source: 'flatbed' } })))
    expect(ended).toEqual({ kind: 'ended', pages: 1, reason: 'done' })
    expect(PageView.array().parse(JSON.parse(await cli('pages.list', JSON.stringify({ draftId }))))).toHaveLength(2)
    expect(DraftView.parse(JSON.parse(await cli('intake.open', JSON.stringify({ draftId })))).id).toBe(draftId)
    rmSync(folder, { recursive: true, force: true })
  }, 120_000)
})
