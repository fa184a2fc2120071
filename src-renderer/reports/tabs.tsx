import { IconChartBar, IconReportAnalytics } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyCaps } from '../parts'

/** The ward in figures: as reports of a period, or as it is now. Alt+7 leads from one to the other. */
export function FigureTabs(): ReactNode {
  const { t } = useTranslation('reports')
  const on = { className: 'on', 'aria-current': 'page' as const }
  return (
    <nav className="ptabs" aria-label={t('tabs')}>
      <Link to="/reports" activeProps={on} activeOptions={{ includeSearch: false }}><IconReportAnalytics className="i" aria-hidden />{t('tab.reports')}</Link>
      <Link to="/wall" activeProps={on} activeOptions={{ includeSearch: false }}><IconChartBar className="i" aria-hidden />{t('tab.wall')}<KeyCaps keys="Alt+7" /></Link>
    </nav>
  )
}
