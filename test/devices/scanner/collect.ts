import { type ScanOptions } from '../../../src-preload/contract/capture'
import { type ScanEvent } from '../../../src-main/capture/scan'

export const A4: ScanOptions = { source: 'flatbed', colour: 'colour', dpi: 150, paper: 'A4', most: null }

/** Everything that a scan told, and the code it ended with. */
export async function collect(events: AsyncIterable<ScanEvent>, each: (event: ScanEvent) => void = () => undefined) {
  const seen: ScanEvent[] = []
  let code: string | null = null
  try {
    for await (const event of events) {
      seen.push(event)
      each(event)
    }
  } catch (error) {
    code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
  const pages = seen.flatMap((event) => (event.kind === 'page' ? [event.image] : []))
  return { events: seen, pages, code, end: seen.find((event) => event.kind === 'ended') ?? null }
}

export async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const value of values) found.push(value)
  return found
}
