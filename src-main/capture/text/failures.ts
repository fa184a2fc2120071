import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'

// What can go wrong while a page is read, in one place: the sentences of some codes speak of scanners until reading has codes of its own.

export const cancelled = (): AppError => new AppError(captureErrors.cancelled)
/** The time limit was reached; the engine was ended. */
export const tooSlow = (): AppError => new AppError(captureErrors.timeout)
/** Neither engine is there. */
export const noEngine = (): AppError => new AppError(captureErrors.programMissing, { program: 'tesseract' })
/** More pixels than are ever read. */
export const tooLarge = (width: number, height: number): AppError => new AppError(captureErrors.tooLarge, { width, height })
/** The engine ended or gave nothing usable. `reason` is a word of ours, never text of a page. */
export const engineFailed = (reason: string, cause?: unknown): AppError =>
  new AppError(captureErrors.io, { reason }, cause === undefined ? {} : { cause })

export const isCancelled = (error: unknown): boolean => error instanceof AppError && error.code === captureErrors.cancelled
export const isTooSlow = (error: unknown): boolean => error instanceof AppError && error.code === captureErrors.timeout
