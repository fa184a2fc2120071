import type { LiveEvent } from '@contract/calls-live'
import type { GreyPage, HandedOver, Paper } from '@contract/host'
import type { PaperKind, PrintJobId, PrintJobView, PrintReason, QueueReport } from '@contract/printing'
import type { Settings } from '@contract/settings'
import type { Audit } from '../audit'
import type { Clock, Log, Store } from '../storage'

/** A paper to print. `title` names it in words of the program, never a person; `printer` and `silent` left out: as the settings say for its kind. */
export type PrintWish = Readonly<{
  kind: PaperKind; title: string; subject: Readonly<{ type: string; id: string }> | null; bytes: Uint8Array; paper: Paper
  printer?: string | null; silent?: boolean; copies?: number
}>
/** `waiting`: handed over, and the queue holds it. A failure is an AppError (IN-002 …). */
export type PrintOutcome = 'printed' | 'waiting' | 'cancelled'

/** Who prints. `system`: the program itself. */
export type Prints = Readonly<{ id: string; name: string }>

export type Printer = Readonly<{
  print(actor: Prints, wish: PrintWish): Promise<Readonly<{ outcome: PrintOutcome; job: PrintJobId }>>
}>

/** The printer with its log. */
export type PrintDesk = Printer & Readonly<{
  /** Prints, and says how the job stands; what the printer refuses is in the answer and not thrown. */
  attempt(actor: Prints, wish: PrintWish): Promise<PrintJobView>
  /** Newest first. */
  log(limit: number): PrintJobView[]
  /** @throws AppError LOI-000 for a job that is none */
  job(id: PrintJobId): PrintJobView
  /**
   * Sends the same bytes once more, as a job of its own that counts as no further print. What the printer refuses is in the answer.
   * @throws AppError IN-006 when the bytes are gone, IN-009 when it is on its way still
   */
  retry(actor: Prints, id: PrintJobId, printer: string | null): Promise<PrintJobView>
  /** Names of the ticket printers on the USB; empty where it cannot be asked. */
  usbPrinters(): Promise<readonly string[]>
  /** Goes on with what an earlier run has left under way. */
  goOn(): void
  close(): void
}>

/** What only the shell can do. */
export type PrintHost = Readonly<{
  printPdf(job: Readonly<{ bytes: Uint8Array; printer: string | null; silent: boolean; paper: Paper; copies: number }>): Promise<HandedOver>
  printRaw(job: Readonly<{ bytes: Uint8Array; printer: string }>): Promise<HandedOver>
  queueJob(job: string): Promise<QueueReport>
  cancelJob(job: string): Promise<unknown>
  drawPdf(page: Readonly<{ bytes: Uint8Array; width: number }>): Promise<GreyPage>
}>

/** A ticket printer on the USB. */
export type UsbTickets = Readonly<{
  /** What is plugged in, by name; empty where the bus cannot be asked. */
  list(): Promise<readonly string[]>
  /** @throws AppError IN-003, IN-007, IN-008 */
  send(bytes: Uint8Array, name: string | null, signal: AbortSignal): Promise<void>
  status(name: string | null): Promise<PrintReason | null>
}>

export type PrinterDeps = Readonly<{
  store: Store; audit: Audit; clock: Clock; log: Log; host: PrintHost; settings(): Settings; changed(event: LiveEvent): void
  /** Loaded by the first ticket that goes there. */
  usb?(): Promise<UsbTickets>
  /** For tests: how long to wait before a queue is asked for the nth time (ms); null: no more. */
  pause?(asked: number): number | null
}>
