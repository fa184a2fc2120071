import { AppError } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'

// What can go wrong while a page is read, in one place. Reasons are words of ours, never text of a page.

const OVER_TIME = 'time'

export const cancelled = (): AppError => new AppError(captureErrors.cancelled)
/** The time limit was reached; the engine was ended. */
export const tooSlow = (): AppError => engineFailed(OVER_TIME)
/** Neither engine is there. */
export const noEngine = (): AppError => new AppError(captureErrors.noTextEngine)
/** More pixels than are ever read. */
export const tooLarge = (width: number, height: number): AppError => new AppError(captureErrors.textFailed, { reason: 'pixels', width, height })
/** The engine ended or gave nothing usable. */
export const engineFailed = (reason: string, cause?: unknown): AppError =>
  new AppError(captureErrors.textFailed, { reason }, cause === undefined ? {} : { cause })

export const isCancelled = (error: unknown): boolean => error instanceof AppError && error.code === captureErrors.cancelled
export const isTooSlow = (error: unknown): boolean => error instanceof AppError && error.code === captureErrors.textFailed && error.params['reason'] === OVER_TIME
