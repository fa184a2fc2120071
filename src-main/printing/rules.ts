import { ERRORS } from '@contract/errors'
import type { QueueReport } from '@contract/printing'
import type { Settings } from '@contract/settings'
import type { PrintOutcome, PrintWish } from './ports'
import type { Stand } from './rows'

type Printing = Settings['printing']
export type TicketWay = Printing['ticket']['way']

/** Where a paper goes. `way` other than `queue` is for the roll alone. */
export type Place = Readonly<{ printer: string | null; silent: boolean; way: TicketWay }>

/** There is a roll at this counter. A printer on the USB needs no name: there is one or none. */
export const hasTicketPrinter = ({ ticket }: Printing): boolean => ticket.printer !== null || ticket.way === 'usb'

/** The printer that the settings have for a kind: reports without one go where receipts go, and so do slips that are no roll. */
function settled(printing: Printing, { kind, paper }: Pick<PrintWish, 'kind' | 'paper'>): Place {
  const { receipt, report, ticket } = printing
  const onReceipt: Place = { printer: receipt.printer, silent: receipt.silent, way: 'queue' }
  if (kind === 'receipt') return onReceipt
  if (kind === 'report') return report.printer === null ? { ...onReceipt, silent: report.silent } : { printer: report.printer, silent: report.silent, way: 'queue' }
  if (!hasTicketPrinter(printing)) return onReceipt
  return { printer: ticket.printer, silent: true, way: paper === 'T80' ? ticket.way : 'queue' }
}

/** For who only asks whether there was a print to count: what waits in the queue was handed over. */
export const handedOver = (outcome: PrintOutcome): 'printed' | 'cancelled' => (outcome === 'cancelled' ? 'cancelled' : 'printed')

/** Where a paper goes: what the wish says counts before the settings. */
export function placeFor(printing: Printing, wish: Pick<PrintWish, 'kind' | 'paper' | 'printer' | 'silent'>): Place {
  const place = settled(printing, wish)
  const other = wish.printer !== undefined && wish.printer !== place.printer
  return {
    printer: wish.printer === undefined ? place.printer : wish.printer,
    silent: wish.silent ?? place.silent,
    // A printer that was named for this one paper is one of the system's.
    way: other && wish.printer !== null ? 'queue' : place.way,
  }
}

/** What a queue's word makes of a job. */
export function standOf({ state, reason }: QueueReport): Stand {
  switch (state) {
    case 'printed': return { state: 'printed' }
    case 'cancelled': return { state: 'cancelled' }
    case 'failed': return { state: 'failed', error: ERRORS.paper.printFailed, reason }
    case 'pending': return reason === null ? { state: 'sent' } : { state: 'waiting', reason }
    // The job is forgotten, its queue is there: it went through, or somebody cleared the list. Nobody can say.
    case 'gone': return reason === 'gone' ? { state: 'failed', error: ERRORS.paper.printerMissing, reason } : { state: 'sent', reason: 'silent' }
  }
}

const FIRST_MS = 400
const SLOWER = 1.5
const LONGEST_MS = 15_000
/** About two hours. */
const MOST_TIMES = 500

/** How long to wait before a queue is asked for the nth time (ms, from 0): soon while the paper is likely to come, seldom while somebody has to fetch some. */
export const usualPause = (asked: number): number | null => (asked >= MOST_TIMES ? null : Math.min(LONGEST_MS, FIRST_MS * SLOWER ** asked))
