import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { type Core, loadCore } from './core'
import type { ReadAnswer, ReadAsk } from './worker-protocol'

// Entry of the reading thread: bundled on its own, started by the packaged engine.

/** Reading waits for the window, never the other way about. On Linux this is the priority of this thread; elsewhere it would be the whole process. */
const BEHIND = 10
if (process.platform === 'linux') {
  try {
    setPriority(BEHIND)
  } catch {
    // A container may forbid it; reading works all the same.
  }
}

let core: Promise<Core> | null = null

async function answer({ id, job }: ReadAsk): Promise<ReadAnswer> {
  try {
    const loaded = await (core ??= loadCore())
    if (job === null) return { id, kind: 'ready' }
    return { id, kind: 'read', tsv: loaded.recognise(job), memory: loaded.memory() }
  } catch (error) {
    core = null
    return { id, kind: 'failed', reason: error instanceof Error ? error.name : 'unknown' }
  }
}

parentPort?.on('message', (ask: ReadAsk) => void answer(ask).then((reply) => parentPort?.postMessage(reply)))
