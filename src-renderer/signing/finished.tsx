import { IconCircleCheck, IconPlayerStop } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { IssuanceView } from '@contract/signing'
import { PrintButton } from './steps-by-hand'

/** How it ended, and what may be printed again. */
export function Finished({ view }: { view: IssuanceView }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const good = view.state === 'done'
  const Icon = good ? IconCircleCheck : IconPlayerStop
  return (
    <li className="stepnow">
      <span /><Icon className={`i ${good ? 'c-ok' : 'c-warn'}`} aria-hidden />
      <div className="col" style={{ gap: 8 }}>
        <div><h2 className="l">{t(`finished.${view.state}`)}</h2><p>{t(`finishedHelp.${view.state}`)}{view.trouble?.text != null && view.trouble.text !== '' && ` ${t('saidByCa', { text: view.trouble.text })}`}</p></div>
        {good && <div className="row wrap"><PrintButton view={view} paper="handover" /><PrintButton view={view} paper="agreement" /><PrintButton view={view} paper="leaflet" /></div>}
      </div>
    </li>
  )
}
