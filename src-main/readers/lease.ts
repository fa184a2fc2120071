import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { readerErrors } from '@contract/errors/readers'
import type { CardTransport } from './transport'

/** Failures after which the way may still be used. */
const HARMLESS: ReadonlySet<string> = new Set([readerErrors.extendedNotCarried])

/**
 * A transport that gives its reader back when it is closed, or by itself when it failed: a card that was lifted is over, and the next
 * reading must not wait for somebody to say so. Under the name that the reader keeps. Given back, it carries nothing any more (THE-001).
 */
export function leased(transport: CardTransport, reader: string, release: () => void): CardTransport {
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => (closing ??= transport.close().finally(release))
  const watched = async <T>(act: () => Promise<T>): Promise<T> => {
    // The card may be somebody else's by now.
    if (closing) throw new AppError(chipErrors.cardLifted)
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof AppError) || !HARMLESS.has(error.code)) await close()
      throw error
    }
  }
  return { ...transport, reader, transmit: (command) => watched(() => transport.transmit(command)), reset: () => watched(() => transport.reset()), close }
}
