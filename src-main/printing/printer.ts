import { v7 } from 'uuid'
import { AppError, ERRORS } from '@contract/errors'
import type { HandedOver } from '@contract/host'
import { PrintJobId, type PrintJobView, PrintReason, type QueueReport } from '@contract/printing'
import { asAppError, type WriteTx } from '../storage'
import { createFollower } from './follow'
import { createKept } from './kept'
import type { PrintDesk, PrinterDeps, PrintOutcome, Prints, PrintWish, UsbTickets } from './ports'
import { addJob, type JobRow, noteStand, readJob, readLog, readStand, readUnderWay, type Stand } from './rows'
import { type Place, placeFor, standOf, usualPause } from './rules'
import { ticketPort } from './tickets'

/** A job of an earlier run is asked after for a day. */
const DAY_MS = 24 * 3_600_000
/** A ticket printer that takes no bytes for so long has no paper, or is off (ms). */
const USB_MS = 10_000

const noUsb = (): Promise<UsbTickets> => Promise.reject(new AppError(ERRORS.paper.ticketPrinterGone))

/** The way of every paper to its printer: written down before it is handed over, followed until it is known what became of it. */
export function createPrinter({ store, audit, clock, log, host, settings, changed, usb = noUsb, pause = usualPause }: PrinterDeps): PrintDesk {
  const kept = createKept()
  const view = (row: JobRow): PrintJobView => ({ ...row, retryable: kept.has(row.id) && row.state !== 'sending' })
  const job = (id: PrintJobId): PrintJobView => {
    const row = readJob(store.read, id)
    if (!row) throw new AppError(ERRORS.paper.bytesGone)
    return view(row)
  }

  function note(id: PrintJobId, stand: Stand, also?: (tx: WriteTx) => void): void {
    const news = store.write((tx) => {
      const noted = noteStand(tx, id, stand, clock.now())
      if (noted) also?.(tx)
      return noted
    })
    if (news) changed({ kind: 'printing' })
  }
  const follower = createFollower({
    ask: host.queueJob, pause,
    note: (id, stand) => {
      try {
        note(id, stand)
      } catch (error) {
        log('printing.not-noted', { job: id, code: asAppError(error).code })
      }
    },
  })

  async function handOver(wish: PrintWish, { printer, silent, way }: Place): Promise<HandedOver> {
    const copies = wish.copies ?? 1
    if (wish.kind === 'ticket' && wish.paper === 'T80' && way !== 'queue') {
      const port = ticketPort(way, printer, { host, usb })
      // One that says what it lacks is not given a ticket, half of which would come out with the next roll.
      const lacks = await port.status()
      if (lacks !== null) throw new AppError(ERRORS.paper.printFailed, { reason: lacks })
      return port.send(wish.bytes, copies, AbortSignal.timeout(USB_MS))
    }
    return host.printPdf({ bytes: wish.bytes, printer, silent, paper: wish.paper, copies })
  }

  /** The first word of the queue, so that a stopped printer shows at once and not after a while. */
  async function firstWord(queued: string): Promise<Stand> {
    const report = await host.queueJob(queued).catch((): QueueReport => ({ state: 'pending', reason: null }))
    return { ...standOf(report), queueJob: queued }
  }

  /** Written down, handed over, noted; never throws what the printer throws. */
  async function run(actor: Prints, wish: PrintWish, retries: PrintJobId | null): Promise<Readonly<{ id: PrintJobId; stand: Stand; refusal: AppError | null }>> {
    const id = PrintJobId.parse(v7())
    const place = placeFor(settings().printing, wish)
    const { kind, title, subject, bytes, paper, copies = 1 } = wish
    store.write((tx) => addJob(tx, { id, kind, title, subject, printer: place.printer, paper, copies, bytes, by: actor, retries }, clock.now()))
    kept.put(id, wish)
    changed({ kind: 'printing' })
    try {
      const handed = await handOver(wish, place)
      const stand: Stand = handed === 'cancelled' ? { state: 'cancelled' } : handed === 'printed' ? { state: 'sent' } : await firstWord(handed.queued)
      note(id, stand, (tx) => {
        if (stand.state === 'cancelled') return
        audit.append(tx, { actor: actor.id, action: retries === null ? 'paper.printed' : 'paper.printed-again', subject: { type: 'print-job', id }, detail: { kind, title, paper, copies, ...(retries !== null && { of: retries }) } })
      })
      if (typeof handed === 'object' && (stand.state === 'sent' || stand.state === 'waiting')) follower.follow(id, handed.queued)
      return { id, stand, refusal: null }
    } catch (error) {
      const refusal = asAppError(error)
      const stand: Stand = { state: 'failed', error: refusal.code, reason: PrintReason.safeParse(refusal.params.reason).data ?? null }
      note(id, stand)
      return { id, stand, refusal }
    }
  }

  /** One that still waits in its queue would come out later as well. */
  async function giveUp(id: PrintJobId): Promise<void> {
    const { state, queueJob } = readStand(store.read, id)
    if (state !== 'waiting' || queueJob === null) return
    await host.cancelJob(queueJob)
    note(id, { state: 'cancelled' })
  }

  return {
    print: async (actor, wish) => {
      const { id, stand, refusal } = await run(actor, wish, null)
      if (refusal !== null) throw refusal
      if (stand.error !== undefined) throw new AppError(stand.error)
      const outcome: PrintOutcome = stand.state === 'cancelled' || stand.state === 'waiting' ? stand.state : 'printed'
      return { outcome, job: id }
    },
    attempt: async (actor, wish) => job((await run(actor, wish, null)).id),
    log: (limit) => readLog(store.read, limit).map(view),
    job,
    retry: async (actor, id, printer) => {
      if (job(id).state === 'sending') throw new AppError(ERRORS.paper.stillSending)
      const wish = kept.get(id)
      if (!wish) throw new AppError(ERRORS.paper.bytesGone)
      await giveUp(id)
      // A printer that is named is meant to print at once.
      const again = await run(actor, printer === null ? wish : { ...wish, printer, silent: true }, id)
      return job(again.id)
    },
    usbPrinters: async () => (await usb().catch(() => null))?.list() ?? [],
    goOn: () => {
      for (const { id, state, queueJob } of readUnderWay(store.read, new Date(clock.now().getTime() - DAY_MS))) {
        if (kept.has(id)) continue
        // The program ended in between: whether the queue has got it, nobody knows.
        if (state === 'sending') note(id, { state: 'failed', error: ERRORS.paper.printFailed, reason: 'silent' })
        else if (queueJob !== null) follower.follow(id, queueJob)
      }
    },
    close: () => follower.close(),
  }
}
