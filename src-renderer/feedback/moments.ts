import { toCivil } from '@contract/civil-time'
import { formatDate, formatShortDate, formatTime } from '@contract/format'
import { currentLanguage } from '../app/i18n'

/** The day of an instant, "T6 27/11". */
export const dayOf = (instant: string): string => formatShortDate(toCivil(new Date(instant)).date, { language: currentLanguage() })

/** The day of an instant with its year, "27/11/2026". */
export const dateOf = (instant: string): string => formatDate(toCivil(new Date(instant)).date)

/** "09:46 T6 27/11". */
export const momentOf = (instant: string): string => `${formatTime(new Date(instant))} ${dayOf(instant)}`
