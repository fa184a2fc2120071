import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { AppError } from '@contract/errors'
import { createRenderer, type Renderer } from './render'
import type { Answer, Ask } from './worker-protocol'

// Entry of the paperwork thread: bundled on its own, started by createPaperwork.
const { resourcesFolder } = z.object({ resourcesFolder: z.string() }).parse(workerData)

async function make(renderer: Renderer, ask: Ask): Promise<Answer> {
  if (ask.kind === 'receipt') return { id: ask.id, kind: 'receipt', made: await renderer.receipt(ask.data, ask.options, ask.template) }
  if (ask.kind === 'sheet') return { id: ask.id, kind: 'sheet', made: await renderer.sheet(ask.data) }
  if (ask.kind === 'ticket') return { id: ask.id, kind: 'ticket', made: await renderer.ticket(ask.data) }
  if (ask.kind === 'test-page') return { id: ask.id, kind: 'test-page', made: await renderer.testPage(ask.data) }
  if (ask.kind === 'rating-slip') return { id: ask.id, kind: 'rating-slip', made: await renderer.ratingSlip(ask.data) }
  if (ask.kind === 'fee-slip') return { id: ask.id, kind: 'fee-slip', made: await renderer.feeSlip(ask.data) }
  if (ask.kind === 'leaflet') return { id: ask.id, kind: 'leaflet', made: await renderer.leaflet(ask.data) }
  if (ask.kind === 'register-page') return { id: ask.id, kind: 'register-page', made: await renderer.registerPage(ask.template) }
  if (ask.kind === 'office-form') return { id: ask.id, kind: 'office-form', made: await renderer.officeForm(ask.form, ask.options) }
  if (ask.kind === 'signing-paper') return { id: ask.id, kind: 'signing-paper', made: await renderer.signingPaper(ask.wish) }
  if (ask.kind === 'report') return { id: ask.id, kind: 'report', made: await renderer.report(ask.sheet, ask.frame) }
  // A kind that is missing above does not compile.
  const { kind }: { kind: 'warm' } = ask
  await renderer.warm()
  return { id: ask.id, kind, made: undefined }
}

async function answer(renderer: Renderer, ask: Ask): Promise<Answer> {
  try {
    return await make(renderer, ask)
  } catch (error) {
    if (error instanceof AppError) return { id: ask.id, kind: 'refused', code: error.code, params: error.params }
    return { id: ask.id, kind: 'failed', message: error instanceof Error ? error.message : 'unknown' }
  }
}

function bytesOf(reply: Answer): ArrayBuffer[] {
  if (reply.kind === 'receipt' || reply.kind === 'signing-paper' || reply.kind === 'office-form' || reply.kind === 'report') return [reply.made.pdf.buffer]
  return 'made' in reply && reply.made instanceof Uint8Array ? [reply.made.buffer] : []
}

const renderer = createRenderer({ resourcesFolder })
parentPort?.on('message', (ask: Ask) => {
  void answer(renderer, ask).then((reply) => parentPort?.postMessage(reply, bytesOf(reply)))
})
