import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useMay } from '../app/session'
import { Empty, FailureNote, Loading } from '../parts'
import { Alerts } from './alerts'
import { CounterTable } from './counters'
import { Figures } from './figures'
import { Hours } from './hours'
import { Late } from './late'
import { FigureTabs } from '../reports/tabs'
import { QualityCard } from './quality'
import './wall.css'

/** The ward in figures, at this moment: it looks again at every event and twice a minute. Nothing on it makes a sound. */
export function WallScreen(): ReactNode {
  const { t } = useTranslation('wall')
  const maySee = useMay('supervise')
  if (!maySee) return <main className="work"><div className="main"><h1>{t('title')}</h1><Empty title={t('notYours')}>{t('notYoursHelp')}</Empty></div></main>
  return <Asked />
}

function Asked(): ReactNode {
  const { t } = useTranslation('wall')
  const { data: wall, error } = useQuery({ queryKey: keys.wall, queryFn: () => api.figures.wall(), refetchInterval: 30_000 })
  return (
    <main className="work pan wall">
      <div className="main">
        <div className="pagehd"><h1 className="grow">{t('title')}</h1><FigureTabs /></div>
        <FailureNote error={error} />
        {wall === undefined ? error === null && <Loading /> : <><Figures wall={wall} /><CounterTable wall={wall} /><Hours wall={wall} /></>}
      </div>
      <aside className="aside" aria-label={t('aside')}>
        {wall && <><Alerts wall={wall} /><Late wall={wall} /></>}
        <QualityCard />
      </aside>
    </main>
  )
}
