import { type ScanImage, type ScanOptions } from '@contract/capture'
import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { setTimeout as wait } from 'node:timers/promises'
import { createChannel } from '../channel'
import { dpiLikeA4, trueDpi } from '../paper'
import { type ScanEvent } from '../types'
import { type EsclCaps, type EsclSource } from './capabilities'
import { receive, type Received } from './document'
import { type EsclHttp, type Limits } from './http'
import { locationPath, type Place } from './place'
import { scanSettings, type EsclOrder } from './settings'
import { jobIn, parseStatus, type EsclStatus } from './status'
import { createVerdict, documentVerdict, feederTrouble } from './verdict'

/** Milliseconds. */
export type EsclTiming = Readonly<{ quick: Limits; page: Limits; retry: number; busyFor: number; firstPageFor: number; nextPageFor: number }>
export const ESCL_TIMING: EsclTiming = {
  quick: { head: 10_000, read: 5000 },
  // Until the head of a page a lamp may warm up and the paper be drawn through.
  page: { head: 90_000, read: 30_000 },
  retry: 1000, busyFor: 20_000, firstPageFor: 60_000, nextPageFor: 30_000,
}
export type JobOrder = Readonly<{ http: EsclHttp; place: Place; caps: EsclCaps; wish: ScanOptions; folder: string; timing: EsclTiming; signal: AbortSignal }>
type Job = Readonly<{ path: string; order: EsclOrder }>

/** One eSCL job: pages as they are whole on the disk, then the end or the error. Leaving early deletes the job at the device. */
export async function* runJob(order: JobOrder): AsyncGenerator<ScanEvent, void, undefined> {
  const { caps, wish, signal } = order
  const source = caps.sources.find((one) => one.source === wish.source)
  if (!source) throw new AppError(captureErrors.badSetting)
  await lookAtFeeder(order)
  const job = await createJob(order, source)
  const most = wish.source === 'flatbed' ? 1 : wish.most
  let pages = 0
  let ended = false
  try {
    yield { kind: 'page-started', number: 1 }
    while (pages !== most) {
      const received = yield* nextPage(order, job, pages)
      if (!received) {
        ended = true
        break
      }
      pages += 1
      yield { kind: 'page', image: imageOf(received, pages, job.order, wish) }
    }
    yield { kind: 'ended', pages, reason: ended && wish.source !== 'flatbed' ? 'feeder-empty' : 'done' }
  } catch (error) {
    throw signal.aborted ? new AppError(captureErrors.cancelled) : error
  } finally {
    // Also after the last page: devices keep an unfinished job, and refuse the next one.
    if (!ended) await remove(order, job.path)
  }
}

/** Looks before paper is drawn: a jam, an open cover, and an empty feeder where the device has an eye for paper. */
async function lookAtFeeder(order: JobOrder): Promise<void> {
  if (order.wish.source === 'flatbed') return
  const status = await statusOf(order)
  const trouble = feederTrouble(status?.adf ?? '')
  if (trouble) throw new AppError(trouble)
  if (order.caps.detectsPaper && status?.adf === 'ScannerAdfEmpty') throw new AppError(captureErrors.feederEmpty)
}

/** Null where the device does not tell; what stops the whole (cancelled) is thrown. */
async function statusOf({ http, place, timing, signal }: JobOrder): Promise<EsclStatus | null> {
  try {
    const { status, text } = await http.text(place, { method: 'GET', path: `${place.root}/ScannerStatus`, limits: timing.quick, signal })
    return status === 200 ? parseStatus(text) : null
  } catch (error) {
    if (signal.aborted) throw error
    return null
  }
}

async function createJob(order: JobOrder, source: EsclSource): Promise<Job> {
  const { http, place, caps, wish, timing, signal } = order
  const until = performance.now() + timing.busyFor
  let settings = scanSettings(caps, source, wish)
  for (;;) {
    const answer = await http.call(place, { method: 'POST', path: `${place.root}/ScanJobs`, body: settings.xml, limits: timing.quick, signal })
    // The head is all that is wanted; some devices drop the connection after it.
    answer.drop()
    const path = locationPath(answer.headers.location, place.root)
    if (answer.status === 201 && path !== null) return { path, order: settings }
    if (answer.status === 201) throw new AppError(captureErrors.io)
    const verdict = createVerdict(answer.status, wish.source, await statusOf(order))
    if (verdict === 'wait') {
      if (performance.now() + timing.retry > until) throw new AppError(captureErrors.busy)
      await pause(retryAfter(answer.headers['retry-after'], timing.retry), signal)
    } else if (verdict === captureErrors.badSetting && settings.colour === 'black' && source.modes.includes('Grayscale8')) {
      settings = scanSettings(caps, { ...source, modes: source.modes.filter((mode) => mode !== 'BlackAndWhite1') }, wish, 'grey')
    } else throw new AppError(verdict)
  }
}

/** The next page, or null at the end. */
async function* nextPage(order: JobOrder, job: Job, pages: number): AsyncGenerator<ScanEvent, Received | null, undefined> {
  const { http, place, wish, timing, signal } = order
  const until = performance.now() + (pages === 0 ? timing.firstPageFor : timing.nextPageFor)
  for (;;) {
    const answer = await http.call(place, { method: 'GET', path: `${job.path}/NextDocument`, limits: timing.page, signal })
    if (answer.status === 200) {
      if (pages > 0) yield { kind: 'page-started', number: pages + 1 }
      return yield* receiving(order, answer, pages + 1)
    }
    answer.drop()
    const status = await statusOf(order)
    const verdict = documentVerdict({ http: answer.status, source: wish.source, pages, status, job: jobIn(status, job.path) })
    if (verdict === 'end') return null
    if (verdict !== 'wait') throw new AppError(verdict)
    if (performance.now() + timing.retry > until) throw new AppError(answer.status === 503 ? captureErrors.busy : captureErrors.timeout)
    await pause(retryAfter(answer.headers['retry-after'], timing.retry), signal)
  }
}

/** Tells the bytes as they come in, at most every 64 kB. */
async function* receiving({ folder }: JobOrder, answer: Parameters<typeof receive>[0], number: number): AsyncGenerator<ScanEvent, Received, undefined> {
  const channel = createChannel<ScanEvent>()
  let told = 0
  const done = receive(answer, folder, number, (bytes, ratio) => {
    if (bytes - told < 65_536) return
    told = bytes
    channel.push({ kind: 'progress', number, ratio, bytes })
  })
  done.then(channel.end, channel.end)
  try {
    yield* channel.values()
    return await done
  } finally {
    answer.drop()
    await done.catch(() => undefined)
  }
}

function imageOf({ file, facts }: Received, number: number, order: EsclOrder, wish: ScanOptions): ScanImage {
  const size = facts.width === null || facts.height === null ? null : { width: facts.width, height: facts.height }
  const dpi = size ? trueDpi(order.dpi, order.area, size) || dpiLikeA4(size) : order.dpi
  return { number, file, mediaType: facts.mediaType, dpi, side: wish.source === 'feeder-duplex' ? (number % 2 === 1 ? 'front' : 'back') : null }
}

/** Ends the job at the device, whatever happened here; what goes wrong with it is of no matter. */
async function remove({ http, place }: JobOrder, path: string): Promise<void> {
  const signal = AbortSignal.timeout(3000)
  await http.call(place, { method: 'DELETE', path, limits: { head: 3000, read: 1000 }, signal }).then((answer) => answer.drop(), () => undefined)
}

const retryAfter = (header: string | undefined, usual: number) => (/^\d{1,3}$/.test(header ?? '') ? Math.min(5000, Math.max(usual, Number(header) * 1000)) : usual)

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => {
    throw new AppError(captureErrors.cancelled)
  })
}
