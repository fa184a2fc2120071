import { IconAlertTriangle, IconBell, IconCircleCheck, IconClock } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Wall, WallAlert } from '@contract/figures'
import { Card, useAnnounce } from '../parts'

/** What needs somebody, the gravest first; a new one is also said to screen readers, never by a sound. */
export function Alerts({ wall: { alerts } }: { wall: Wall }): ReactNode {
  const { t } = useTranslation('wall')
  useNews(alerts)
  return (
    <Card title={t('alerts')} icon={IconBell} aside={<span className="s t2 num">{alerts.length > 0 ? alerts.length : ''}</span>} flush>
      {alerts.length === 0
        ? <p className="m c-ok w6 row" style={{ padding: '10px 14px', gap: 6 }}><IconCircleCheck className="i xs" aria-hidden />{t('calm')}</p>
        : <ul className="alerts">{alerts.map((alert) => <Alert key={alert.code} alert={alert} />)}</ul>}
    </Card>
  )
}

function Alert({ alert: { code, grade, params } }: { alert: WallAlert }): ReactNode {
  const { t } = useTranslation('wall')
  const Icon = grade === 'bad' ? IconAlertTriangle : IconClock
  return (
    <li className={grade}>
      <Icon className={`i ${grade === 'bad' ? 'c-bad' : 'c-warn'}`} aria-hidden />
      <span className="grow"><b>{t(`alert.${code}.what`, params)}</b><span className="s t2">{t(`alert.${code}.next`, params)}</span></span>
    </li>
  )
}

function useNews(alerts: readonly WallAlert[]): void {
  const { t } = useTranslation('wall')
  const { say } = useAnnounce()
  const known = useRef<ReadonlySet<string> | null>(null)
  useEffect(() => {
    const fresh = alerts.filter(({ code }) => known.current !== null && !known.current.has(code))
    known.current = new Set(alerts.map(({ code }) => code))
    if (fresh.length > 0) say(fresh.map(({ code, params }) => t(`alert.${code}.what`, params)).join('. '))
  }, [alerts, say, t])
}
