import type { ErrorCode } from '@contract/errors'
import { readerErrors } from '@contract/errors/readers'

/** What a failed opening means, by the texts of `serialport` 13 on Linux, macOS and Windows; the package gives no codes. */
export function openFault(error: unknown): ErrorCode {
  const text = error instanceof Error ? error.message : ''
  // Windows says "Access denied" of a port that another program has; its own permissions know no ports.
  if (/cannot lock port|resource busy|\bEBUSY\b|access denied/iu.test(text)) return readerErrors.codePortBusy
  if (/permission denied|\bEACCES\b|\bEPERM\b|operation not permitted/iu.test(text)) return readerErrors.codeNotPermitted
  if (/no such file|file not found|no such device|\bENOENT\b|\bENXIO\b|\bENODEV\b/iu.test(text)) return readerErrors.codeReaderGone
  return readerErrors.codePortFailed
}
