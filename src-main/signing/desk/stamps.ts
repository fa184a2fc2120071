import type { Clock } from '../../storage'
import type { StampSource } from '../ports'

/** How long a service that did not answer is left alone, in milliseconds: a batch does not wait for it once a document. */
export const LEFT_ALONE_MS = 30_000

/** The time stamps of this counter. */
export type Stamps = Readonly<{
  /** A source; null when none is set up, or the one that is did not answer just now. */
  source(url?: string | null): StampSource | null
  /** The line is back: asked again at once. */
  again(): void
}>

/** @param url the service in force: the setting, else the CA's */
export function createStamps({ clock, url, open }: Readonly<{ clock: Clock; url(): string | null; open(url: string): StampSource }>): Stamps {
  const silentUntil = new Map<string, number>()
  const watched = (from: string): StampSource => {
    const source = open(from)
    return {
      name: source.name,
      stamp: async (digest) => {
        try {
          return await source.stamp(digest)
        } catch (error) {
          silentUntil.set(from, clock.now().getTime() + LEFT_ALONE_MS)
          throw error
        }
      },
    }
  }
  return {
    source: (given) => {
      const from = url() ?? given ?? null
      return from === null || clock.now().getTime() < (silentUntil.get(from) ?? 0) ? null : watched(from)
    },
    again: () => silentUntil.clear(),
  }
}
