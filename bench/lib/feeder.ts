import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { toCivil } from '../../src-preload/contract/civil-time'
import type { DraftId } from '../../src-preload/contract/ids'
import { USUAL_PROFILE } from '../../src-preload/contract/pages'
import { type CaptureDesk, captureParts } from '../../src-main/capture'
import { quiet } from '../../src-main/core/log'
import { GO_ON_AFTER_MS } from '../../src-main/core/unfinished-pages'
import { mrzTools } from '../../src-main/identity'
import type { Actor } from '../../src-main/intake'
import { systemClock } from '../../src-main/storage'
import { askElectron } from './electron-process'
import { timed } from './measure'
import { inFolder, projectRoot } from './places'
import { actorOf, openWard, type Ward } from './ward'

/** First argument of this program in the process of Electron that takes a pile in; the second is the folder of its pages. */
export const FEEDER_ROLE = '--feeder-process'

const Round = z.object({ ms: z.number(), peak: z.number() })
/** Milliseconds, and bytes of resident memory at its peak over what the idle ward had. */
export type Round = z.infer<typeof Round>

const PROCEDURE = '1.000689'
const LOOK_MS = 20

function thread(name: 'pages' | 'reading'): URL {
  const file = join(projectRoot, 'out/main', `${name}.js`)
  if (!existsSync(file)) throw new Error('the app is not built: npm run build')
  return pathToFileURL(file)
}

type Pile = Readonly<{ draftId: DraftId; component: string }>

function newPile({ office: { intake, catalogue } }: Ward, actor: Actor): Pile {
  const { version, components } = catalogue.get(PROCEDURE)
  const { id, revision, content } = intake.start(actor)
  intake.save(id, revision, { ...content, procedure: { code: PROCEDURE, version } })
  return { draftId: id, component: components[0]?.code ?? '' }
}

/** The desk as the core makes it, with a scanner that waits for nothing. */
async function openDesk({ office, live }: Ward, folder: string, papers: string, { component }: Pile): Promise<CaptureDesk> {
  const { createCaptureDesk, createSimulator } = await captureParts()
  return createCaptureDesk({
    store: office.store, documents: office.documents, audit: office.audit, clock: systemClock, log: quiet, changed: live.emit,
    threads: { pages: thread('pages'), reading: thread('reading') }, shelfFolder: join(folder, 'incoming-pages'),
    drivers: [createSimulator({ papers, name: 'Máy quét giả lập', delay: 0 })],
    uploads: office.intake.pictures,
    takeDocument: () => Promise.reject(new Error('a pile of pictures holds no document')),
    assertOpen: office.intake.assertOpen,
    componentName: () => 'Tờ khai',
    components: () => [component],
    today: () => toCivil(systemClock.now()).date,
    mrz: await mrzTools(),
  })
}

/** From the start of the scan until every page is ready and in the PDF. @returns pages in the PDF */
async function takeIn(desk: CaptureDesk, { office }: Ward, actor: Actor, { draftId, component }: Pile): Promise<{ scanned: number; bound: number }> {
  let scanned = 0
  for await (const step of desk.scan(actor, { draftId, component, deviceId: 'simulator:papers', profile: USUAL_PROFILE, most: null })) {
    if (step.kind === 'page') scanned += step.pageIds.length
  }
  await desk.settle(draftId)
  const bound = office.store.read.get(
    `SELECT count(*) AS pages FROM bound_page b JOIN document d ON d.id = b.document_id JOIN page p ON p.id = b.page_id
     WHERE d.draft_id = ? AND d.removed = 0 AND b.revision = p.revision AND p.state = 'ready' AND p.place = 'kept'`, [draftId], (row) => row.integer('pages'))
  return { scanned, bound: bound ?? 0 }
}

/** The entry of the process: a pile through the desk into a new ward, database and files encrypted as ever. */
export function feederRound(papers: string): Promise<Round> {
  return inFolder(async (folder) => {
    const ward = await openWard(join(folder, 'ward'))
    const actor = actorOf(ward.office)
    const pile = newPile(ward, actor)
    // By then the ward has seen that no earlier run left pages: it opens no second desk.
    await wait(GO_ON_AFTER_MS + 500)
    const idle = process.memoryUsage.rss()
    let peak = idle
    const looking = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), LOOK_MS)
    const desk = await openDesk(ward, join(folder, 'ward'), papers, pile)
    try {
      const ms = await timed(async () => {
        const { scanned, bound } = await takeIn(desk, ward, actor, pile)
        if (scanned === 0 || bound !== scanned) throw new Error(`of ${scanned} pages ${bound} are in the PDF`)
      })
      return { ms, peak: peak - idle }
    } finally {
      clearInterval(looking)
      await desk.close()
      await ward.close()
    }
  })
}

/** One pile in Electron's own Node, where the core runs. */
export const feederInElectron = (papers: string): Promise<Round> => askElectron([FEEDER_ROLE, papers], Round)
