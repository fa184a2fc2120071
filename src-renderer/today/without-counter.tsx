import { IconBooks, IconSettings } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card, KeyCaps } from '../parts'

/** For the administrator: what this role does here, and why it sees no dossiers. */
export function WithoutCounter(): ReactNode {
  const { t } = useTranslation('today')
  return (
    <main className="work">
      <div className="main" style={{ maxWidth: 760 }}>
        <h1>{t('admin.title')}</h1>
        <p style={{ maxWidth: '70ch' }}>{t('admin.why')}</p>
        <Card title={t('admin.does')} flush>
          <Link to="/settings" className="item" style={{ textDecoration: 'none' }} aria-keyshortcuts="Alt+8">
            <IconSettings className="i c-acc" aria-hidden /><span className="grow"><b>{t('admin.settings')}</b><span className="s t2" style={{ display: 'block' }}>{t('admin.settingsWhat')}</span></span><KeyCaps keys="Alt+8" />
          </Link>
          <Link to="/catalogue" className="item" style={{ textDecoration: 'none' }}>
            <IconBooks className="i c-acc" aria-hidden /><span className="grow"><b>{t('admin.catalogue')}</b><span className="s t2" style={{ display: 'block' }}>{t('admin.catalogueWhat')}</span></span>
          </Link>
        </Card>
        <p className="m t2" style={{ maxWidth: '70ch' }}>{t('admin.twoAccounts')}</p>
      </div>
    </main>
  )
}
