import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisplayKind, DisplayPage } from '@contract/display'
import type { Sending } from './client'

export type PageOf<K extends DisplayKind> = Extract<DisplayPage, { kind: K }>

/** The heading of a page; the focus begins there, so that what follows is read out and Tab goes on from it. */
export function Title({ children }: { children: ReactNode }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>
}

/** Says in place that an answer did not arrive. */
export function NotSent({ state }: { state: Sending }): ReactNode {
  const { t } = useTranslation('display')
  return state === 'failed' && <p className="note bad not-sent" role="alert">{t('notSent')}</p>
}
