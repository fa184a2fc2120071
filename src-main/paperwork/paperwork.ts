import type { ReceiptData, ReceiptOptions, RenderedReceipt } from '@contract/receipt'
import type { Renderer } from './render'
import { startThread, ThreadGone, type Thread } from './thread'
import type { Question } from './worker-protocol'

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

  async function inThread(file: URL, question: Question): Promise<RenderedReceipt | undefined> {
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

  return {
    receipt: async (data, options) => {
      if (!workerFile) return (await here()).receipt(data, options)
      try {
        const receipt = await inThread(workerFile, { kind: 'receipt', data, options })
        return receipt ?? (await (await here()).receipt(data, options))
      } catch (error) {
        // The citizen is waiting: a dead thread costs a pause, not the receipt.
        if (error instanceof ThreadGone) return (await here()).receipt(data, options)
        throw error
      }
    },
    warm: async () => {
      if (!workerFile) return (await here()).warm()
      await inThread(workerFile, { kind: 'warm' }).catch((error: unknown) => {
        if (!(error instanceof ThreadGone)) throw error
        return here().then((local) => local.warm())
      })
    },
    close: async () => {
      clearTimeout(idle)
      await rest()
    },
  }
}
