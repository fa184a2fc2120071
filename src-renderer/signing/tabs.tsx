import { IconFileCertificate, IconSignature, IconUsb } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

const ON = { className: 'on', 'aria-current': 'page' as const }

/** The three parts of signing: whom a signature is issued to, what it is made with, and whether one is good. */
export function SigningTabs(): ReactNode {
  const { t } = useTranslation('signing-desk')
  return (
    <nav className="ptabs" aria-label={t('tabs')}>
      <Link to="/signing" activeProps={ON} activeOptions={{ exact: true }}><IconSignature className="i" aria-hidden />{t('tab.issue')}</Link>
      <Link to="/signing/tokens" activeProps={ON}><IconUsb className="i" aria-hidden />{t('tab.tokens')}</Link>
      <Link to="/signing/check" activeProps={ON}><IconFileCertificate className="i" aria-hidden />{t('tab.check')}</Link>
    </nav>
  )
}
