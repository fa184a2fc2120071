import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** A page of the hall: head, body, foot; in practice with its hatched frame and the band that says so. */
export function HallPage({ practice, head, foot, children }: { practice: boolean; head: ReactNode; foot: ReactNode; children: ReactNode }): ReactNode {
  const { t } = useTranslation('hall')
  return (
    <div className={practice ? 'hall practice' : 'hall'}>
      {practice && <aside className="hall-band">{t('practice')}</aside>}
      {head}
      {children}
      {foot}
    </div>
  )
}
