import type { OfficeForm } from '@contract/office-forms'
import type { ReceiptData, ReceiptOptions, RenderedReceipt } from '@contract/receipt'
import type { ReportSheet } from '@contract/reports'
import type { CodeSheetData } from './code-sheet'
import type { FeeSlipData } from './fee-slip'
import type { LeafletData } from './leaflet'
import type { OfficeFormOptions, OfficePaper } from './office-form'
import type { RatingSlipData } from './rating-slip'
import type { Renderer } from './render'
import type { ReportFrame, ReportPaper } from './report-paper-data'
import type { SigningPaper, SigningPaperData, SigningPaperKind, SigningPaperWish } from './signing-paper-data'
import { startThread, ThreadGone, type Thread } from './thread'
import type { TestPageData } from './test-page'
import type { TicketData } from './ticket'
import type { Made, Question } from './worker-protocol'

export interface PaperworkDeps {
  /** Holds fonts/tinos and forms. */
  resourcesFolder: string
  /** The bundled worker.ts. Without it receipts are laid out in the calling thread, which then stands still for about 0.1 s. */
  workerFile?: URL
  /** The thread and its memory are given back after this many milliseconds without work; 0 keeps it. */
  idleMs?: number
}

export interface Paperwork {
  /** Mẫu 01 as PDF. @param template a wording of the ward; the official one in force at the reception where it is left out. @throws AppError IN-001 naming the field that is missing or has the wrong form. */
  receipt(data: ReceiptData, options: ReceiptOptions, template?: unknown): Promise<RenderedReceipt>
  /** A separator sheet or the sheet that readers are tried with, as PDF (A4). @throws AppError IN-001 for a component that no code can name */
  sheet(data: CodeSheetData): Promise<Uint8Array<ArrayBuffer>>
  /** A number of the queue as PDF for a roll of 80 mm, one page as long as it needs. */
  ticket(data: TicketData): Promise<Uint8Array<ArrayBuffer>>
  /** What shows how a printer treats our papers, as PDF of one page. */
  testPage(data: TestPageData): Promise<Uint8Array<ArrayBuffer>>
  /** The slip that asks how it was, as PDF of one page. */
  ratingSlip(data: RatingSlipData): Promise<Uint8Array<ArrayBuffer>>
  /** What was paid, or is open with its VietQR, as PDF of one page. */
  feeSlip(data: FeeSlipData): Promise<Uint8Array<ArrayBuffer>>
  /** What a citizen takes home about a procedure, as PDF of one page. */
  leaflet(data: LeafletData): Promise<Uint8Array<ArrayBuffer>>
  /** A page of an invented register (Mẫu 07) as PDF, to look at a wording. @throws AppError IN-001 naming the field that has the wrong form. */
  registerPage(template: unknown): Promise<Uint8Array<ArrayBuffer>>
  /** Mẫu 02–06 as PDF. @throws AppError IN-001 naming the field of data or template that is missing or has the wrong form. */
  officeForm(form: OfficeForm, options: OfficeFormOptions): Promise<OfficePaper>
  /** A paper of signing (`resources/forms/ck-*.json`). @throws AppError IN-001 naming the field that is missing or has the wrong form. */
  signingPaper<Kind extends SigningPaperKind>(kind: Kind, data: SigningPaperData[Kind]): Promise<SigningPaper>
  /** A report of the office, all its rows (A4). @throws AppError IN-001 naming the field that is missing or has the wrong form. */
  report(sheet: ReportSheet, frame: ReportFrame): Promise<ReportPaper>
  /** Loads fonts and forms ahead of the first receipt. */
  warm(): Promise<void>
  close(): Promise<void>
}

const FIVE_MINUTES = 300_000
/** A report with more rows takes longer than a citizen should wait behind it. */
const LONG_ROWS = 200
/** The thread for long reports is large when it has made one, and a supervisor who makes one often makes another. */
const LONG_IDLE_MS = 30_000

type Shift = Readonly<{ ask<Asked extends Question>(file: URL, question: Asked): Promise<Made[Asked['kind']]>; close(): Promise<void> }>

/** A thread that begins with the first question and goes home after so many milliseconds without one; 0: it stays. */
function createShift(resourcesFolder: string, idleMs: number): Shift {
  let thread: Thread | undefined
  let idle: NodeJS.Timeout | undefined
  let busy = 0

  const rest = (): Promise<void> => {
    const ending = thread
    thread = undefined
    return ending?.close() ?? Promise.resolve()
  }
  const restLater = (): void => {
    if (idleMs === 0 || busy > 0) return
    idle = setTimeout(() => void rest(), idleMs)
    idle.unref()
  }
  return {
    ask: async (file, question) => {
      clearTimeout(idle)
      busy += 1
      const current = (thread ??= startThread(file, resourcesFolder))
      try {
        return await current.ask(question)
      } catch (error) {
        if (error instanceof ThreadGone && thread === current) thread = undefined
        throw error
      } finally {
        busy -= 1
        restLater()
      }
    },
    close: async () => {
      clearTimeout(idle)
      await rest()
    },
  }
}

/** The printer's shop of the core: in its own thread where there is one, and still at work in this one if that thread dies. */
export function createPaperwork({ resourcesFolder, workerFile, idleMs = FIVE_MINUTES }: PaperworkDeps): Paperwork {
  let renderer: Promise<Renderer> | undefined
  // pdfmake is loaded in this thread only when it has to lay out here: that takes a tenth of a second, which every start would pay.
  const here = (): Promise<Renderer> => (renderer ??= import('./render').then(({ createRenderer }) => createRenderer({ resourcesFolder })))
  const usual = createShift(resourcesFolder, idleMs)
  // What takes seconds has a thread of its own: no citizen waits for a receipt behind it.
  const long = createShift(resourcesFolder, Math.min(idleMs, LONG_IDLE_MS))

  /** In the thread where there is one. The citizen is waiting: a dead thread costs a pause, not the paper. */
  async function made<Asked extends Question>(
    question: Asked, instead: (renderer: Renderer) => Promise<Made[Asked['kind']]>, shift: Shift = usual,
  ): Promise<Made[Asked['kind']]> {
    if (!workerFile) return instead(await here())
    try {
      return await shift.ask(workerFile, question)
    } catch (error) {
      // What takes seconds would stop this thread for as long: it is asked for again by whoever wants it.
      if (error instanceof ThreadGone && shift !== long) return instead(await here())
      throw error
    }
  }

  return {
    receipt: (data, options, template) => made({ kind: 'receipt', data, options, template }, (renderer) => renderer.receipt(data, options, template)),
    registerPage: (template) => made({ kind: 'register-page', template }, (renderer) => renderer.registerPage(template)),
    sheet: (data) => made({ kind: 'sheet', data }, (renderer) => renderer.sheet(data)),
    ticket: (data) => made({ kind: 'ticket', data }, (renderer) => renderer.ticket(data)),
    testPage: (data) => made({ kind: 'test-page', data }, (renderer) => renderer.testPage(data)),
    ratingSlip: (data) => made({ kind: 'rating-slip', data }, (renderer) => renderer.ratingSlip(data)),
    feeSlip: (data) => made({ kind: 'fee-slip', data }, (renderer) => renderer.feeSlip(data)),
    leaflet: (data) => made({ kind: 'leaflet', data }, (renderer) => renderer.leaflet(data)),
    officeForm: (form, options) => made({ kind: 'office-form', form, options }, (renderer) => renderer.officeForm(form, options)),
    signingPaper: (kind, data) => {
      const wish = { paper: kind, data } as SigningPaperWish
      return made({ kind: 'signing-paper', wish }, (renderer) => renderer.signingPaper(wish))
    },
    report: (sheet, frame) => {
      const question = { kind: 'report', sheet, frame } as const
      return made(question, (renderer) => renderer.report(sheet, frame), sheet.rows.length > LONG_ROWS ? long : usual)
    },
    warm: () => made({ kind: 'warm' }, async (renderer) => {
      await renderer.warm()
      return undefined
    }),
    close: async () => {
      await Promise.all([usual.close(), long.close()])
    },
  }
}
