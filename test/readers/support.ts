import { setTimeout as sleep } from 'node:timers/promises'

/** Tries until it holds, for things that other programs bring about; then once more, so that the test fails with the last reason. */
export async function eventually(holds: () => void, ms = 8000): Promise<void> {
  for (const until = Date.now() + ms; Date.now() < until; await sleep(20)) {
    try {
      return holds()
    } catch {
      // not yet
    }
  }
  holds()
}
