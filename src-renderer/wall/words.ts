import { formatDuration } from '@contract/format'
import { currentLanguage } from '../app/i18n'

/** Milliseconds as "12 phút". */
export const minutes = (ms: number): string => formatDuration(Math.round(ms / 60_000), currentLanguage())

/** 0.934 as "93 %". */
export const percent = (share: number): string => `${String(Math.round(share * 100))} %`

/** Milliseconds in whole minutes, for words that carry the unit themselves. */
export const bare = (ms: number): number => Math.round(ms / 60_000)
