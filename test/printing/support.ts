import { onTestFinished } from 'vitest'
import type { HandedOver } from '@contract/host'
import type { PrintReason, QueueReport } from '@contract/printing'
import { DEFAULT_SETTINGS, Settings } from '@contract/settings'
import type { PrintDesk, PrinterDeps, PrintHost, PrintWish, UsbTickets } from '../../src-main/printing'
import { createPrinter } from '../../src-main/printing'
import { silent } from '../../src-main/storage'
import { counter, ward } from '../staff/support'
import { newDesk } from '../intake/support'

type Job = Parameters<PrintHost['printPdf']>[0]

/** A spooler that does what the test says: hands jobs names, and tells of each what it was told to. */
export function fakeSpooler() {
  const jobs: Job[] = []
  const raw: { bytes: Uint8Array; printer: string }[] = []
  const reports = new Map<string, QueueReport>()
  const cancelled: string[] = []
  const next = { answer: async (): Promise<HandedOver> => ({ queued: `Q-${String(jobs.length)}` }), report: { state: 'pending', reason: null } as QueueReport }
  const host: PrintHost = {
    printPdf: async (job) => {
      jobs.push(job)
      return next.answer()
    },
    printRaw: async (job) => {
      raw.push(job)
      return { queued: `R-${String(raw.length)}` }
    },
    queueJob: async (name) => reports.get(name) ?? next.report,
    cancelJob: async (name) => cancelled.push(name),
    // White, with a black column at the left of what the head prints.
    drawPdf: async ({ width }) => ({ width, height: 300, grey: Uint8Array.from({ length: width * 300 }, (_, at) => (at % width === 40 ? 0 : 255)) }),
  }
  return { host, jobs, raw, reports, cancelled, next }
}

export type Printing = Readonly<{ printer: PrintDesk; actions(): string[]; events: readonly unknown[]; at(instant: string): void; settings: { now: Settings }; again(): PrintDesk }>

/** A print desk on a real database. */
export function printing(host: PrintHost, changed: Partial<PrinterDeps> = {}): Printing {
  const desk = newDesk()
  const events: unknown[] = []
  const settings = { now: Settings.parse({ ...DEFAULT_SETTINGS, ward, counter }) }
  const deps: PrinterDeps = {
    store: desk.store, audit: desk.audit, clock: desk.deps.clock, log: silent, host, settings: () => settings.now, changed: (event) => events.push(event), pause: () => 5, ...changed,
  }
  const open = (): PrintDesk => {
    const made = createPrinter(deps)
    onTestFinished(() => made.close())
    return made
  }
  return { printer: open(), again: open, actions: desk.actions, events, at: desk.at, settings }
}

export const wish = (changed: Partial<PrintWish> = {}): PrintWish => ({ kind: 'receipt', title: 'mau-01', subject: null, bytes: Uint8Array.of(37, 80, 68, 70), paper: 'A5', ...changed })

export function fakeUsb(lacks: PrintReason | null = null): { usb: UsbTickets; sent: Uint8Array[] } {
  const sent: Uint8Array[] = []
  return { sent, usb: { list: async () => ['XP-80 [1]'], send: async (bytes) => void sent.push(bytes), status: async () => lacks } }
}
