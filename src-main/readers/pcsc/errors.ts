import { AppError, type ErrorCode } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { readerErrors } from '@contract/errors/readers'

/** What a failure of the PC/SC service means to us. */
export type Meaning =
  | 'service' // the service is not there (any more): every handle is void
  | 'reader' // the reader is not there (any more)
  | 'no-card' // no card, or it was taken away
  | 'reset' // somebody else reset the card: its session is over
  | 'mute' // something lies there that does not answer
  | 'shared' // another program holds the card
  | 'slow' // no answer in time
  | 'size' // a length that this way does not carry
  | 'exchange' // the exchange failed, and nobody says why: mostly a card that is being lifted

/** The texts of smartcard 3.7.0 (`pcsc_errors.h` and its classes); it gives no codes. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  'PC/SC service not running': 'service',
  'PC/SC service stopped': 'service',
  'Communication error': 'service',
  'Internal error': 'service',
  'Invalid handle': 'service',
  'System cancelled operation': 'service',
  'Operation cancelled': 'service',
  'Context is not valid': 'service',
  'Not enough memory': 'service',
  'No readers available': 'reader',
  'Unknown reader': 'reader',
  'Reader unavailable': 'reader',
  'No smart card present': 'no-card',
  'Card was removed': 'no-card',
  'Card is not connected': 'no-card',
  'Card was reset': 'reset',
  'Card is unresponsive': 'mute',
  'Card is unpowered': 'mute',
  'Card is not supported': 'mute',
  'Unknown card type': 'mute',
  'Invalid ATR': 'mute',
  'Protocol mismatch': 'mute',
  'Sharing violation': 'shared',
  'Operation timed out': 'slow',
  'Reader not ready': 'slow',
  'Insufficient buffer': 'size',
  'PCI struct too small': 'size',
  'Invalid parameter': 'size',
  'Invalid value': 'size',
  'Invalid target': 'size',
  'Cannot dispose handle': 'exchange',
  'Transaction failed': 'exchange',
  // Windows passes on what its drivers say, for which the package has no words.
  'Unknown PC/SC error': 'exchange',
}

/** What a failure means; an unknown text is a failed exchange. */
export function meaningOf(error: unknown): Meaning {
  return (error instanceof Error ? MEANINGS[error.message] : undefined) ?? 'exchange'
}

const AT_CONNECTING: Readonly<Record<Meaning, ErrorCode>> = {
  service: readerErrors.serviceMissing, reader: readerErrors.readerGone, 'no-card': chipErrors.noChip, reset: readerErrors.cardMute,
  mute: readerErrors.cardMute, shared: readerErrors.readerBusy, slow: readerErrors.readerTimeout, size: readerErrors.readerProtocol, exchange: readerErrors.cardMute,
}

/** The error of a card that could not be connected. */
export const connectError = (error: unknown): AppError => new AppError(AT_CONNECTING[meaningOf(error)], {}, { cause: error })

/** What was going on when an exchange failed. `present`: the service still sees a card, told after it had time to notice. */
export type Circumstances = Readonly<{ extended: boolean; present: boolean; contactless: boolean }>

const IN_EXCHANGE: Readonly<Record<Exclude<Meaning, 'size' | 'exchange'>, ErrorCode>> = {
  service: readerErrors.serviceMissing, reader: readerErrors.readerGone, 'no-card': chipErrors.cardLifted, reset: chipErrors.cardLifted,
  mute: chipErrors.cardLifted, shared: readerErrors.readerBusy, slow: readerErrors.readerTimeout,
}

/**
 * The error of a failed exchange. An extended command that fails while the card stays is one that the reader does not carry;
 * any other that fails on the air means that the card lay badly, which putting it back mends.
 */
export function exchangeError(error: unknown, { extended, present, contactless }: Circumstances): AppError {
  const meaning = meaningOf(error)
  if (meaning !== 'size' && meaning !== 'exchange') return new AppError(IN_EXCHANGE[meaning], {}, { cause: error })
  const lifted = meaning === 'exchange' && !present
  const code = lifted ? chipErrors.cardLifted
    : extended ? readerErrors.extendedNotCarried
      : meaning === 'exchange' && contactless ? chipErrors.cardLifted : readerErrors.readerProtocol
  return new AppError(code, {}, { cause: error })
}
