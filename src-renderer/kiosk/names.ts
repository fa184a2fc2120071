import type { TFunction } from 'i18next'
import type { KioskState } from '@contract/queue'
import { formatDuration } from '@contract/format'
import { currentLanguage } from '../hall'

/** The house's own kinds have English names; those that a ward added keep theirs. */
export const kindName = (name: string, t: TFunction<'kiosk'>): string => t(`kinds.names.${name}`, { defaultValue: name })

type Group = KioskState['groups'][number]

/** Vietnamese names come with the group, as the law words them. */
export function groupName({ code, name }: Pick<Group, 'code' | 'name'>, t: TFunction<'kiosk'>): string {
  return currentLanguage() === 'vi' ? name : t(`groups.name.${code}`)
}

export function groupWho({ code, who }: Group, t: TFunction<'kiosk'>): string {
  return currentLanguage() === 'vi' || who === '' ? who : t(`groups.who.${code}`, { defaultValue: '' })
}

export const aheadWords = (ahead: number, t: TFunction<'kiosk'>): string => (ahead === 0 ? t('given.noneAhead') : t('given.ahead', { count: ahead }))

export const minutesOf = (ms: number): string => formatDuration(Math.max(1, Math.round(ms / 60_000)), currentLanguage())
