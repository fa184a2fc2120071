import { type ScanImage, type ScanOptions } from '@contract/capture'
import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { storageErrors } from '@contract/errors/storage'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createChannel } from '../channel'
import { runChild, type ChildEnd } from '../child'
import { pageName } from '../names'
import { wholePage } from '../page'
import { trueDpi } from '../paper'
import { type ScanEvent } from '../types'
import { type ScanOrder } from './command'
import { codeOf, hear, SILENT } from './status'

export type RunOrder = Readonly<{
  program: string
  env: NodeJS.ProcessEnv
  grace: number
  order: ScanOrder
  wish: ScanOptions
  folder: string
  signal: AbortSignal
}>
type Heard = { kind: 'started'; number: number } | { kind: 'ratio'; ratio: number } | { kind: 'file'; number: number }

const PAGE_LINE = /^p(\d{5,6})\.pnm$/
const STARTED = /^Scanning page (\d{1,6})$/
/** No line end follows: an error stands behind it in the same line. */
const PROGRESS = /^Progress: (\d{1,3}(?:\.\d{1,3})?)%/
const ROUNDED = /rounded value of (?:x-)?resolution from \S{1,20} to (\d{1,5})/
/** Steps of progress that are told; scanimage writes hundreds a page. */
const STEP = 0.02

/** One batch of scanimage in `folder`: pages as they are whole, then the end or the error. What is not whole is deleted. */
export async function* runScan(order: RunOrder): AsyncGenerator<ScanEvent, void, undefined> {
  const { folder, signal, wish } = order
  const heard = createChannel<Heard>()
  const stop = new AbortController()
  const all = AbortSignal.any([signal, stop.signal])
  const listening = listen(order.order.dpi, heard.push)
  const running = runChild({ ...order, args: order.order.args, cwd: folder, signal: all, onLine: listening.line, onNote: listening.note })
  void running.then(heard.end)
  const taken = new Set<string>()
  try {
    let current = 1
    for await (const event of heard.values()) {
      if (event.kind === 'started') yield { kind: 'page-started', number: (current = event.number) }
      else if (event.kind === 'ratio') yield { kind: 'progress', number: current, ratio: event.ratio, bytes: null }
      else {
        const image = await pageOf(order, event.number, listening.dpi())
        taken.add(pageName(event.number, 'pnm'))
        yield { kind: 'page', image }
      }
    }
    const end = await running
    const error = ended(end, listening.said(), taken.size, signal.aborted, wish)
    if (error) throw error
    yield { kind: 'ended', pages: taken.size, reason: wish.source !== 'flatbed' && taken.size !== wish.most ? 'feeder-empty' : 'done' }
  } finally {
    stop.abort()
    await running
    await sweep(folder, taken)
  }
}

/** Turns scanimage's output into what happened. A page that only the log tells of is none: the log counts an empty feeder as a page. */
function listen(dpi: number, push: (event: Heard) => void) {
  let said = SILENT
  let real = dpi
  let told = -1
  let due = 0
  let begun = 0
  /** A page after the first is told of when something of it comes: scanimage starts one more at an empty feeder. */
  const begin = (number: number) => {
    if (number > begun) push({ kind: 'started', number })
    begun = Math.max(begun, number)
  }
  return {
    said: () => said,
    dpi: () => real,
    line: (line: string) => {
      const number = PAGE_LINE.exec(line)?.[1]
      if (number === undefined) return
      // stdout and stderr are two pipes: the next page may have been announced before this one came.
      begin(Number(number))
      push({ kind: 'file', number: Number(number) })
    },
    note: (note: string) => {
      said = hear(said, note.replace(PROGRESS, ''))
      real = Number(ROUNDED.exec(note)?.[1] ?? real)
      const page = STARTED.exec(note)?.[1]
      if (page !== undefined) {
        told = -1
        due = Number(page)
        if (due === 1) begin(1)
      }
      const ratio = Number(PROGRESS.exec(note)?.[1] ?? Number.NaN) / 100
      if (ratio <= 1 && (ratio >= told + STEP || (ratio === 1 && told < 1))) {
        told = ratio
        begin(due)
        push({ kind: 'ratio', ratio })
      }
    },
  }
}

async function pageOf({ folder, order, wish }: RunOrder, number: number, dpi: number): Promise<ScanImage> {
  const file = join(folder, pageName(number, 'pnm'))
  const { mediaType, width, height } = await wholePage(file)
  const side = wish.source === 'feeder-duplex' ? (number % 2 === 1 ? 'front' : 'back') : null
  return { number, file, mediaType, dpi: trueDpi(dpi, order.area, { width: width ?? 0, height: height ?? 0 }), side }
}

function ended(end: ChildEnd, said: typeof SILENT, pages: number, cancelled: boolean, wish: ScanOptions): AppError | null {
  if (cancelled) return new AppError(captureErrors.cancelled)
  if (said.diskFull) return new AppError(storageErrors.diskFull)
  const code = codeOf(end, said)
  if (code === captureErrors.feederEmpty && pages > 0) return null
  if (code) return new AppError(code, code === captureErrors.programMissing ? { program: 'scanimage' } : {})
  // Exit 0 and nothing there: an empty feeder; on the glass no page is a damaged one.
  return pages > 0 ? null : new AppError(wish.source === 'flatbed' ? captureErrors.badImage : captureErrors.feederEmpty)
}

/** A stopped or crashed scan leaves parts of files. */
async function sweep(folder: string, taken: ReadonlySet<string>): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  await Promise.all(names.filter((name) => /^p\d{5,6}\.pnm(?:\.part)?$/.test(name) && !taken.has(name)).map((name) => rm(join(folder, name), { force: true })))
}
