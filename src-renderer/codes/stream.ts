import type { CodeScan } from '@contract/code-readers'
import { api } from '../app/api'

const AGAIN_MS = 1000

/** Hears the codes of the core's readers until the signal ends; begins again after a restart of the core. */
export async function followScans(signal: AbortSignal, heard: (scan: CodeScan) => void): Promise<void> {
  const over = (): boolean => signal.aborted
  while (!over()) {
    try {
      for await (const scan of await api.codes.scans(undefined, { signal })) heard(scan)
    } catch {
      // The core went away or the screen was locked: asked again in a moment, or never.
    }
    if (!over()) await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS) })
  }
}
