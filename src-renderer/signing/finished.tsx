import { IconCircleCheck, IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IssuanceView } from '@contract/signing'
import { formatDate } from '@contract/format'
import { Button } from '../parts'
import { StartDialog } from './start-dialog'
import { PrintButton } from './steps-by-hand'

/** How it ended, and what may be printed again. */
export function Finished({ view }: { view: IssuanceView }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const navigate = useNavigate()
  const [renewing, setRenewing] = useState(false)
  const { subject, certificate } = view
  const good = view.state === 'done'
  const Icon = good ? IconCircleCheck : IconPlayerStop
  return (
    <li className="stepnow">
      <span /><Icon className={`i ${good ? 'c-ok' : 'c-warn'}`} aria-hidden />
      <div className="col" style={{ gap: 8 }}>
        <div><h2 className="l">{t(`finished.${view.state}`)}</h2><p>{t(`finishedHelp.${view.state}`)}{view.trouble?.text != null && view.trouble.text !== '' && ` ${t('saidByCa', { text: view.trouble.text })}`}</p></div>
        {good && certificate && <div><Button small icon={IconRefresh} onPress={() => setRenewing(true)}>{t('renew')}</Button></div>}
        {renewing && <StartDialog card={null} known={{ ...subject, birthDate: formatDate(subject.birthDate), sex: subject.sex ?? '' }} {...(certificate && { renewalOf: certificate.serial })} onClose={() => setRenewing(false)} onStarted={({ id }) => void navigate({ to: '/signing/$issuanceId', params: { issuanceId: id } })} />}
        {good && <div className="row wrap"><PrintButton view={view} paper="handover" /><PrintButton view={view} paper="agreement" /><PrintButton view={view} paper="leaflet" /></div>}
      </div>
    </li>
  )
}
