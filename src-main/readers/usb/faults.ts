import { AppError, type ErrorCode } from '@contract/errors'

/** What a USB transfer or a look at the bus can end in. */
export type FaultKind = 'timeout' | 'gone' | 'stall' | 'busy' | 'permission' | 'noBus' | 'nativeMissing' | 'other'

/** A failure on the bus, before it is known what the person at the counter was doing. */
export class UsbFault extends Error {
  readonly kind: FaultKind

  constructor(kind: FaultKind, options?: ErrorOptions) {
    super(`USB: ${kind}`, options)
    this.name = 'UsbFault'
    this.kind = kind
  }
}

/** `usb` 3.x tells its failures apart by their text alone (code is always GenericFailure). First match counts. */
const TEXTS: readonly (readonly [RegExp, FaultKind])[] = [
  [/native binding|cannot find (module|package)|\.node\b|dlopen|GLIBC/i, 'nativeMissing'],
  [/sys\/bus\/usb|\bno usb bus\b/i, 'noBus'],
  [/errno 13\b|permission denied|access denied/i, 'permission'],
  [/errno 16\b|is busy|in use/i, 'busy'],
  // While a device is being pulled out the kernel may first tell of a disturbed line, and its endpoints are not there any more.
  [/disconnected|errno 19\b|errno 2\b|no such device|hardware fault|endpoint not found/i, 'gone'],
  [/stall|errno 32\b/i, 'stall'],
  [/cancelled|timed out|time-?out/i, 'timeout'],
]

/** The fault behind whatever the USB library threw. */
export function faultOf(error: unknown): UsbFault {
  if (error instanceof UsbFault) return error
  const text = error instanceof Error ? error.message : String(error)
  const found = TEXTS.find(([pattern]) => pattern.test(text))
  return new UsbFault(found?.[1] ?? 'other', { cause: error })
}

const CODES: Readonly<Record<FaultKind, ErrorCode>> = {
  timeout: 'TB-008', gone: 'TB-007', stall: 'TB-009', busy: 'TB-006', permission: 'TB-005', noBus: 'TB-004', nativeMissing: 'TB-003', other: 'TB-009',
}

/** The same failure in the words of the program. */
export function appErrorOf(error: unknown): AppError {
  if (error instanceof AppError) return error
  const fault = faultOf(error)
  return new AppError(CODES[fault.kind], fault.kind === 'nativeMissing' ? { part: 'usb' } : {}, { cause: fault })
}
