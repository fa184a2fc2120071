import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Newest as Call } from './newest'

/** Long numbers (a counter on its own) are set smaller, so that they stay on one line. */
const sizeOf = (label: string): string => (label.length <= 4 ? 'short' : label.length <= 6 ? 'middle' : 'long')

/** The number that was called last, as large as the screen lets it be; filled while the call is fresh. */
export function Newest({ newest }: { newest: Call | null }): ReactNode {
  const { t } = useTranslation('board')
  if (newest === null) {
    return <section className="newest empty"><h2>{t('nobody')}</h2><p>{t('nobodyHelp')}</p></section>
  }
  const { label, counter, fresh } = newest
  return (
    <section className={fresh ? 'newest fresh' : 'newest'} data-newest={label}>
      <p className="sr" role="status">{t('status', { label, counter })}</p>
      <h2>{t('inviting')}</h2>
      <p className={`number num ${sizeOf(label)}`} aria-hidden="true">{label}</p>
      <p className="where" aria-hidden="true">{t('goTo', { counter })}</p>
    </section>
  )
}
