import { IconCircleCheck, IconCloudOff, IconFlask, IconHourglass, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTime } from '@contract/format'
import type { SyncStatus } from '@contract/sync'
import { useSyncStatus } from '../app/session'
import { Badge, type IconType } from '../parts'

const LINE: Readonly<Record<SyncStatus['line'], readonly [string, IconType]>> = {
  unknown: ['t2', IconHourglass], online: ['c-ok', IconCircleCheck], unstable: ['c-warn', IconCloudOff], offline: ['', IconCloudOff],
  portal: ['c-warn', IconPlugConnectedX], unauthorised: ['c-bad', IconPlugConnectedX], 'not-enrolled': ['c-warn', IconPlugConnectedX],
}

/** Where submissions go, how the line stands, and what that means for the work. */
export function Destination(): ReactNode {
  const { t } = useTranslation('outbox')
  const { data } = useSyncStatus()
  if (!data) return null
  const { counts, destination, line, since, lastReceivedAt } = data
  const [tint, Icon] = LINE[line]
  return (
    <section className="card destination" aria-label={t('destination')}>
      <div className="grow">
        <div className="row">
          <span className="w6 ell">{destination.name}</span>
          {destination.simulated && <Badge tint="sim" icon={IconFlask}>{t('simulated')}</Badge>}
        </div>
        <p className={`s w6 ${tint}`}><Icon className="i xs" aria-hidden /> {t(`line.${line}`, { since: since ? formatTime(new Date(since)) : '' })}</p>
        {line !== 'online' && line !== 'unknown' && <p className="s t2">{t(`lineHelp.${line}`)}</p>}
      </div>
      <dl className="row" style={{ gap: 16 }}>
        <Figure caption={t('figure.received')} value={counts.received} />
        <Figure caption={t('figure.sending')} value={counts.sending} />
        <Figure caption={t('figure.waiting')} value={counts.ready + counts.waiting} />
        <Figure caption={t('figure.attention')} value={counts.attention} bad={counts.attention > 0} />
        <Figure caption={t('figure.last')} value={lastReceivedAt ? formatTime(new Date(lastReceivedAt)) : '–'} />
      </dl>
    </section>
  )
}

function Figure({ caption, value, bad = false }: { caption: string; value: number | string; bad?: boolean }): ReactNode {
  return <div className={bad ? 'c-bad' : ''}><dt className={`s ${bad ? 'w6' : 't2'}`} style={{ display: 'inline' }}>{caption} </dt><dd className="l num" style={{ display: 'inline', fontWeight: 700 }}>{value}</dd></div>
}
