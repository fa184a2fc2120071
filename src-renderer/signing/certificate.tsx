import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CertificateSheet } from '@contract/signing'
import { formatFullMoment } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { Facts, FormDialog, Note } from '../parts'
import { CertificateBadge, DemoMark } from './marks'

/** A certificate for people: whose, by whom, until when, for what; the numbers for those who compare. */
export function CertificateDialog({ sheet, onClose }: { sheet: CertificateSheet | null; onClose: () => void }): ReactNode {
  const { t } = useTranslation('signing-desk')
  return <FormDialog open={sheet !== null} title={t('certificate')} onClose={onClose} wide>{sheet && <Certificate sheet={sheet} />}</FormDialog>
}

export function Certificate({ sheet }: { sheet: CertificateSheet }): ReactNode {
  const { t } = useTranslation(['signing-desk', 'signing'])
  const none = <span className="t3">{t('none', { ns: 'common' })}</span>
  const moment = (at: string): string => formatFullMoment(new Date(at), currentLanguage())
  return (
    <div className="col" style={{ gap: 12 }}>
      <div className="row wrap"><span className="name">{sheet.subject}</span><CertificateBadge state={sheet.state} /><DemoMark demo={sheet.demo} /></div>
      {sheet.demo && <Note tint="warn" icon={IconInfoCircle}>{t('demoHelp')}</Note>}
      <Facts width={170} rows={[
        [t('fact.id'), <span key="ids" className="num">{sheet.ids.join(', ')}</span>],
        ...(sheet.organisation === null ? [] : [[t('fact.organisation'), [sheet.title, sheet.organisation].filter(Boolean).join(' – ')] as const]),
        [t('fact.province'), sheet.province ?? none],
        [t('fact.issuer'), [...new Set([sheet.issuer, sheet.issuerOrganisation])].filter(Boolean).join(' · ')],
        [t('fact.chain'), sheet.chain.length === 0 ? none : sheet.chain.join(' → ')],
        [t('fact.validity'), <span key="validity" className="num">{moment(sheet.notBefore)} – {moment(sheet.notAfter)}</span>],
        [t('fact.usage'), sheet.usage.map((usage) => t(`usage.${usage}`, { ns: 'signing' })).join(', ')],
        [t('fact.key'), sheet.key],
        [t('fact.serial'), <span key="serial" className="mono">{sheet.serial}</span>],
        [t('fact.fingerprint'), <span key="print" className="mono">{sheet.sha256}</span>],
        [t('fact.revocationAt'), <span key="at" className="mono">{[sheet.ocsp, sheet.crl].filter(Boolean).join(' · ') || none}</span>],
      ]} />
    </div>
  )
}
