import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'

export type Hashing = Readonly<{
  /** Takes the next bytes, which may be gone afterwards; wait for each before the next. */
  update(bytes: Uint8Array): Promise<void>
  /** SHA-256 of all bytes, in lower-case hex. */
  digest(): Promise<string>
  /** Gives up: there will be no digest. */
  drop(): void
}>

/** Bytes hashed in one go; between two goes the event loop comes round, and with it what the disk has finished. */
const STEP = 256 * 1024

/** Hashes on the event loop, step by step. */
export function hashHere(): Hashing {
  const hash = createHash('sha256')
  return {
    update: async (bytes) => {
      for (let at = 0; at < bytes.length; at += STEP) {
        if (at > 0) await setImmediate()
        hash.update(bytes.subarray(at, at + STEP))
      }
    },
    digest: async () => hash.digest('hex'),
    drop: () => undefined,
  }
}
