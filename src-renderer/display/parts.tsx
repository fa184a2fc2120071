import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisplayKind, DisplayPage } from '@contract/display'
import type { Sending } from './client'

export type PageOf<K extends DisplayKind> = Extract<DisplayPage, { kind: K }>

/** Says in place that an answer did not arrive. */
export function NotSent({ state }: { state: Sending }): ReactNode {
  const { t } = useTranslation('display')
  return state === 'failed' && <p className="note bad not-sent" role="alert">{t('notSent')}</p>
}
