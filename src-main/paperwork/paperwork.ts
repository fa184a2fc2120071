import type { ReceiptData, ReceiptOptions, RenderedReceipt } from '@contract/receipt'
import type { CodeSheetData } from './code-sheet'
import type { LeafletData } from './leaflet'
import type { RatingSlipData } from './rating-slip'
import type { Renderer } from './render'
import type { SigningPaper, SigningPaperData, SigningPaperKind, SigningPaperWish } from './signing-paper-data'
import { startThread, ThreadGone, type Thread } from './thread'
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
  /** Mẫu 01 as PDF. @throws AppError IN-001 naming the field that is missing or has the wrong form. */
  receipt(data: ReceiptData, options: ReceiptOptions): Promise<RenderedReceipt>
  /** A separator sheet or the sheet that readers are tried with, as PDF (A4). @throws AppError IN-001 for a component that no code can name */
  sheet(data: CodeSheetData): Promise<Uint8Array<ArrayBuffer>>
  /** A number of the queue as PDF for a roll of 80 mm, one page as long as it needs. */
  ticket(data: TicketData): Promise<Uint8Array<ArrayBuffer>>
  /** The slip that asks how it was, as PDF of one page. */
  ratingSlip(data: RatingSlipData): Promise<Uint8Array<ArrayBuffer>>
  /** What a citizen takes home about a procedure, as PDF of one page. */
  leaflet(data: LeafletData): Promise<Uint8Array<ArrayBuffer>>
  /** A paper of signing (`resources/forms/ck-*.json`). @throws AppError IN-001 naming the field that is missing or has the wrong form. */
  signingPaper<Kind extends SigningPaperKind>(kind: Kind, data: SigningPaperData[Kind]): Promise<SigningPaper>
  /** Loads fonts and forms ahead of the first receipt. */
  warm(): Promise<void>
  close(): Promise<void>
}

const FIVE_MINUTES = 300_000

/** The printer's shop of the core: in its own thread where there is one, and still at work in this one if that thread dies. */
export function createPaperwork({ resourcesFolder, workerFile, idleMs = FIVE_MINUTES }: PaperworkDeps): Paperwork {
  let renderer: Promise<Renderer> | undefined
  // pdfmake is loaded in this thread only when it has to lay out here: that takes a tenth of a second, which every start would pay.
  const here = (): Promise<Renderer> => (renderer ??= import('./render').then(({ createRenderer }) => createRenderer({ resourcesFolder })))
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

  async function inThread<Asked extends Question>(file: URL, question: Asked): Promise<Made[Asked['kind']]> {
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
  }

  /** In the thread where there is one. The citizen is waiting: a dead thread costs a pause, not the paper. */
  async function made<Asked extends Question>(question: Asked, instead: (renderer: Renderer) => Promise<Made[Asked['kind']]>): Promise<Made[Asked['kind']]> {
    if (!workerFile) return instead(await here())
    try {
      return await inThread(workerFile, question)
    } catch (error) {
      if (error instanceof ThreadGone) return instead(await here())
      throw error
    }
  }

  return {
    receipt: (data, options) => made({ kind: 'receipt', data, options }, (renderer) => renderer.receipt(data, options)),
    sheet: (data) => made({ kind: 'sheet', data }, (renderer) => renderer.sheet(data)),
    ticket: (data) => made({ kind: 'ticket', data }, (renderer) => renderer.ticket(data)),
    ratingSlip: (data) => made({ kind: 'rating-slip', data }, (renderer) => renderer.ratingSlip(data)),
    leaflet: (data) => made({ kind: 'leaflet', data }, (renderer) => renderer.leaflet(data)),
    signingPaper: (kind, data) => {
      const wish = { paper: kind, data } as SigningPaperWish
      return made({ kind: 'signing-paper', wish }, (renderer) => renderer.signingPaper(wish))
    },
    warm: () => made({ kind: 'warm' }, async (renderer) => {
      await renderer.warm()
      return undefined
    }),
    close: async () => {
      clearTimeout(idle)
      await rest()
    },
  }
}
