import { AppError, ERRORS } from '@contract/errors'
import { isRefusedByTrigger } from '../../storage'

/** As `signed_page_stays` says it (migration 11). */
const IN_SIGNED = 'a page is in a signed document'

/** Runs what changes pages; those of a signed document stay as they were signed. @throws AppError KS-072 */
export function unlessSigned<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw isRefusedByTrigger(error, IN_SIGNED) ? new AppError(ERRORS.signing.pageSigned, {}, { cause: error }) : error
  }
}
