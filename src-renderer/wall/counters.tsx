import { IconDesk, IconPlugConnectedX, IconUserCheck, IconUserOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Wall, WallCounter } from '@contract/figures'
import { useClock } from '../dossiers/clock'
import { Badge } from '../parts'
import { minutes } from './words'

/** Each counter of the ward: who is being served, for how long, how many today. */
export function CounterTable({ wall: { counters } }: { wall: Wall }): ReactNode {
  const { t } = useTranslation('wall')
  return (
    <section className="card" aria-label={t('counters')}>
      <div className="hd"><IconDesk className="i" aria-hidden /><h2>{t('counters')}</h2></div>
      {counters.length === 0
        ? <p className="t2" style={{ padding: '10px 14px' }}>{t('noCounters')}</p>
        : (
          <table className="tbl" aria-label={t('counters')}>
            <thead><tr><th scope="col">{t('counter')}</th><th scope="col">{t('state')}</th><th scope="col" className="r">{t('servedToday')}</th><th scope="col" className="r">{t('meanServed')}</th></tr></thead>
            <tbody>{counters.map((counter) => <Row key={counter.name} counter={counter} />)}</tbody>
          </table>
        )}
    </section>
  )
}

function Row({ counter }: { counter: WallCounter }): ReactNode {
  const { t } = useTranslation('wall')
  const { name, here, servedToday, meanServedMs } = counter
  return (
    <tr>
      <td><b>{name}</b>{here && <span className="src" style={{ marginLeft: 6 }}>{t('thisMachine')}</span>}</td>
      <td><Standing counter={counter} /></td>
      <td className="r num">{servedToday}</td>
      <td className="r num">{servedToday === 0 ? '–' : minutes(meanServedMs)}</td>
    </tr>
  )
}

function Standing({ counter: { reached, here, serving, since } }: { counter: WallCounter }): ReactNode {
  const { t } = useTranslation('wall')
  const now = useClock()
  if (!reached && !here) return <Badge tint="warn" icon={IconPlugConnectedX}>{t('gone')}</Badge>
  if (serving === null) return <Badge tint="line" icon={IconUserOff}>{t('free')}</Badge>
  return <Badge tint="ok" icon={IconUserCheck}>{since === null ? serving : t('servingSince', { label: serving, span: minutes(now.getTime() - Date.parse(since)) })}</Badge>
}
