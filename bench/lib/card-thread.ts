import { randomBytes } from 'node:crypto'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { type ChipProfile, createVirtualChip } from '../../src-main/identity/virtual-card'
import type { VirtualCard } from '../../src-main/readers'

type Told = Readonly<{ chip: ChipProfile }>

/** True in a thread that plays a chip. */
export const isCardThread = (): boolean => typeof workerData === 'object' && workerData !== null && 'chip' in workerData

/** The entry of the thread: one emulated chip that answers what it is sent; null powers it anew. */
export function serveCard(): void {
  const card = createVirtualChip((workerData as Told).chip, (length) => new Uint8Array(randomBytes(length)))
  parentPort?.on('message', (command: Uint8Array | null) => {
    if (command === null) return card.reset()
    void Promise.resolve(card.transmit(command)).then((answer) => parentPort?.postMessage(answer))
  })
  parentPort?.postMessage('ready')
}

/** An emulated chip in a thread of its own: what it computes is the card's time, and blocks nobody here. */
export async function startCard(chip: ChipProfile): Promise<{ card: VirtualCard; close(): Promise<void> }> {
  const worker = new Worker(process.argv[1] ?? '', { workerData: { chip } satisfies Told })
  const next = (): Promise<unknown> => new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await next()
  return {
    card: {
      atr: chip.atr,
      reset: () => worker.postMessage(null),
      transmit: async (command) => {
        const answer = next()
        worker.postMessage(command)
        const bytes = await answer
        worker.removeAllListeners('error')
        if (!(bytes instanceof Uint8Array)) throw new Error('the card said something else than bytes')
        return bytes
      },
    },
    close: async () => void (await worker.terminate()),
  }
}
