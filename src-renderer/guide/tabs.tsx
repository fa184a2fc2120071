import { IconBooks, IconMessageQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** The two ways to a procedure: by the citizen's words, or by the list. */
export function ProcedureTabs(): ReactNode {
  const { t } = useTranslation('guide')
  const on = { className: 'on', 'aria-current': 'page' as const }
  return (
    <nav className="ptabs" aria-label={t('tabs')}>
      <Link to="/guide" activeProps={on} activeOptions={{ includeSearch: false }}><IconMessageQuestion className="i" aria-hidden />{t('tab.guide')}</Link>
      <Link to="/catalogue" activeProps={on} activeOptions={{ includeSearch: false }}><IconBooks className="i" aria-hidden />{t('tab.catalogue')}</Link>
    </nav>
  )
}
