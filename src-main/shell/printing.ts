import { randomUUID } from 'node:crypto'
import { BrowserWindow, session, type Session, type WebContents } from 'electron'
import { AppError, ERRORS } from '@contract/errors'
import type { GreyPage, HandedOver, Printer } from '@contract/host'
import { serveApp } from './app-protocol'
import { hardenSession, type Leniency } from './hardening'
import { chromiumPageSize } from './paper-size'
import { ORIGIN } from './protocol-filter'
import { assertPrinter, printByQueue, type PrintJob, printRaw } from './print-queue'
import type { ShellLog } from './shell-log'

/** Long enough for a long report on a slow machine (ms). */
const PREPARE_MS = 60_000

/** Printers of this machine. Newer Electron no longer says which is the default; then none is marked. */
export async function listPrinters(contents: WebContents): Promise<Printer[]> {
  const printers = await contents.getPrintersAsync()
  return printers.map((printer) => ({ name: printer.name, label: printer.displayName, isDefault: 'isDefault' in printer && printer.isDefault === true }))
}

/**
 * Prints a PDF. Without a dialog the system's queue gets the PDF itself where there is such a queue (CUPS). Elsewhere, and for the
 * dialog, a hidden page draws the pages and Chromium prints them: its own PDF viewer prints blank pages from a program.
 */
export async function printPdf(job: PrintJob, asker: WebContents, page: PrintPage): Promise<HandedOver> {
  if (job.silent) {
    assertPrinter(job, await listPrinters(asker))
    const handed = process.platform === 'win32' ? null : await printByQueue(job)
    if (handed !== null) return handed
  }
  return page.print(job)
}

/** Bytes in the printer's own language. Throws IN-002, IN-003; IN-004 where the system has no queue that takes them. */
export async function printBytes(job: Readonly<{ bytes: Uint8Array; printer: string }>, asker: WebContents): Promise<HandedOver> {
  assertPrinter(job, await listPrinters(asker))
  const handed = process.platform === 'win32' ? null : await printRaw(job)
  if (handed === null) throw new AppError(ERRORS.paper.noPrintingHere)
  return handed
}

/** The hidden page that draws PDFs. */
export type PrintPage = Readonly<{
  print(job: PrintJob): Promise<'printed' | 'cancelled'>
  /** The first page in greys, so many dots wide. Throws IN-003. */
  draw(page: Readonly<{ bytes: Uint8Array; width: number }>): Promise<GreyPage>
}>

/** Makes the page printer. Its windows share nothing with the counter's window: own session in memory, no bridge. */
export function createPrintPage(renderer: string, leniency: Leniency, log: ShellLog): PrintPage {
  let prints: { session: Session; jobs: Map<string, Uint8Array> } | null = null
  const ready = () => {
    if (prints !== null) return prints
    const own = session.fromPartition('print')
    const jobs = new Map<string, Uint8Array>()
    hardenSession(own, leniency, log)
    serveApp(own, renderer, { made: new Map(), once: (name) => takeOut(jobs, name) })
    prints = { session: own, jobs }
    return prints
  }
  async function withPage<T>(bytes: Uint8Array, wish: Readonly<Record<string, string>>, act: (contents: WebContents) => Promise<T>): Promise<T> {
    const { session: own, jobs } = ready()
    const name = `${randomUUID()}.pdf`
    jobs.set(name, bytes)
    const window = new BrowserWindow({ show: false, webPreferences: { session: own, sandbox: true, contextIsolation: true, nodeIntegration: false, devTools: false } })
    try {
      await drawn(window, `${ORIGIN}/print/index.html?${String(new URLSearchParams({ pdf: name, ...wish }))}`)
      return await act(window.webContents)
    } finally {
      jobs.delete(name)
      window.destroy()
    }
  }
  return {
    print: (job) => withPage(job.bytes, { paper: job.paper }, (contents) => sendToPrinter(contents, job)),
    draw: ({ bytes, width }) => withPage(bytes, { dots: String(width) }, greyOf),
  }
}

/** What the page has drawn: it has no bridge, so it lays the picture down in an attribute. */
async function greyOf(contents: WebContents): Promise<GreyPage> {
  const told: unknown = await contents.executeJavaScript('({ ...document.body.dataset })')
  const { width, height, grey } = typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : {}
  const page = { width: Number(width), height: Number(height), grey: new Uint8Array(Buffer.from(typeof grey === 'string' ? grey : '', 'base64')) }
  if (!(page.width > 0) || page.grey.length !== page.width * page.height) throw new AppError(ERRORS.paper.printFailed)
  return page
}

function takeOut(jobs: Map<string, Uint8Array>, name: string): Uint8Array | null {
  const bytes = jobs.get(name) ?? null
  jobs.delete(name)
  return bytes
}

/** Resolves when the page says by its title that all pages are drawn. Throws IN-003 when it says otherwise, or nothing. */
function drawn(window: BrowserWindow, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown) => reject(new AppError(ERRORS.paper.printFailed, {}, { cause }))
    const timer = setTimeout(fail, PREPARE_MS)
    const end = (act: () => void) => {
      clearTimeout(timer)
      act()
    }
    window.webContents.on('page-title-updated', (_event, title) => {
      if (title === 'mot-cua') end(resolve)
      if (title === 'mot-cua: failed') end(fail)
    })
    window.loadURL(address).catch((error: unknown) => end(() => fail(error)))
  })
}

function sendToPrinter(contents: WebContents, job: PrintJob): Promise<'printed' | 'cancelled'> {
  const device = job.printer === null ? {} : { deviceName: job.printer }
  return new Promise((resolve, reject) => {
    contents.print({ silent: job.silent, ...device, pageSize: chromiumPageSize(job.paper, job.bytes), copies: job.copies, margins: { marginType: 'none' }, printBackground: true }, (success, reason) => {
      if (success) resolve('printed')
      else if (/cancel/i.test(reason)) resolve('cancelled')
      else reject(new AppError(ERRORS.paper.printFailed, {}, { cause: new Error(reason) }))
    })
  })
}
