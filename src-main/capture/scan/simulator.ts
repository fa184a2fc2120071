import { type ScanDevice } from '@contract/capture'
import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { importFile, mayBePage } from './import'
import { type ScanDriver, type ScanEvent } from './types'

/** A fault by the name of its error (`jam`, `coverOpen`, …), or a device that says nothing more. */
export type SimulatedFault = Readonly<{ name: keyof typeof captureErrors | 'hang'; /** Pages that come before it. */ after: number }>
export type SimulatorOptions = Readonly<{
  /** Folder of page files; they come in the order of their names. */
  papers: string
  name: string
  /** Milliseconds a page takes. */
  delay?: number
  fault?: () => SimulatedFault | null
}>

const STEPS = 4

/** A scanner that plays page files: for practice and for tests, named as such. The feeder gives all papers, the glass the next one. */
export function createSimulator({ papers, name, delay = 1200, fault = () => null }: SimulatorOptions): ScanDriver {
  const device: ScanDevice = { id: 'simulator:papers', kind: 'simulator', name, simulated: true }
  let onGlass = 0

  async function* page(number: number, path: string, folder: string, signal: AbortSignal): AsyncGenerator<ScanEvent, void, undefined> {
    yield { kind: 'page-started', number }
    for (let step = 1; step <= STEPS; step += 1) {
      await pause(delay / STEPS, signal)
      yield { kind: 'progress', number, ratio: step / STEPS, bytes: null }
    }
    yield { kind: 'page', image: await importFile(path, folder, number) }
  }

  return {
    kind: 'simulator',
    list: async function* () {
      yield device
    },
    capabilities: async () => ({
      sources: (['flatbed', 'feeder', 'feeder-duplex'] as const).map((source) => ({ source, colours: ['colour', 'grey', 'black'], dpis: [150, 200, 300, 600], width: 216, height: 356 })),
    }),
    scan: async function* (_device, { source, most }, folder, signal) {
      const names = (await readdir(papers).catch(() => [])).filter(mayBePage).sort()
      if (names.length === 0) throw new AppError(captureErrors.feederEmpty)
      const pile = source === 'flatbed' ? [names[onGlass++ % names.length] ?? ''] : names.slice(0, most ?? undefined)
      const planned = fault()
      for (const [index, paper] of pile.entries()) {
        if (planned?.after === index) await fail(planned, signal)
        for await (const event of page(index + 1, join(papers, paper), folder, signal)) {
          yield source === 'feeder-duplex' && event.kind === 'page' ? { kind: 'page', image: { ...event.image, side: index % 2 === 0 ? 'front' : 'back' } } : event
        }
      }
      if (planned?.after === pile.length) await fail(planned, signal)
      yield { kind: 'ended', pages: pile.length, reason: source !== 'flatbed' && pile.length !== most ? 'feeder-empty' : 'done' }
    },
  }
}

async function fail({ name }: SimulatedFault, signal: AbortSignal): Promise<never> {
  if (name !== 'hang') throw new AppError(captureErrors[name])
  // Deaf to the signal, like a driver that hangs.
  void signal
  return new Promise<never>(() => undefined)
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => {
    throw new AppError(captureErrors.cancelled)
  })
}
