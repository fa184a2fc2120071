import { createHash, type Hash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import type { HashAnswer, HashAsk } from './hash-thread'

// Entry of the hash thread: bundled on its own, started by createHashThread.
const running = new Map<number, Hash>()

function take({ of, bytes, last }: HashAsk): string | null {
  const hash = running.get(of) ?? createHash('sha256')
  if (bytes) hash.update(bytes)
  if (last) running.delete(of)
  else running.set(of, hash)
  return last && bytes ? hash.digest('hex') : null
}

parentPort?.on('message', (ask: HashAsk) => parentPort?.postMessage({ id: ask.id, sha256: take(ask) } satisfies HashAnswer))
parentPort?.postMessage({ id: 0, sha256: null } satisfies HashAnswer)
