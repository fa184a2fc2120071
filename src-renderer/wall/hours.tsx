import { IconChartBar } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Wall } from '@contract/figures'

/** Received and ended by the hour: bars that carry their numbers, read aloud as a table. */
export function Hours({ wall: { hours } }: { wall: Wall }): ReactNode {
  const { t } = useTranslation('wall')
  const most = Math.max(1, ...hours.flatMap(({ received, finished, given }) => [received, finished, given]))
  return (
    <section className="card fill" aria-label={t('hours')}>
      <div className="hd">
        <IconChartBar className="i" aria-hidden /><h2>{t('hours')}</h2>
        <span className="end row s t2 legend"><i className="given" />{t('given')}<i className="received" />{t('received')}<i className="finished" />{t('finished')}</span>
      </div>
      {hours.length === 0
        ? <p className="t2" style={{ padding: '10px 14px' }}>{t('nothingYet')}</p>
        : (
          <div className="scroll grow">
            <table className="bars" aria-label={t('hours')}>
              <thead className="sr"><tr><th scope="col">{t('hour')}</th><th scope="col">{t('given')}</th><th scope="col">{t('received')}</th><th scope="col">{t('finished')}</th></tr></thead>
              <tbody>
                {hours.map(({ hour, received, finished, given }) => (
                  <tr key={hour}>
                    <th scope="row" className="num">{t('oclock', { hour })}</th>
                    <Bar kind="given" value={given} most={most} /><Bar kind="received" value={received} most={most} /><Bar kind="finished" value={finished} most={most} />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
    </section>
  )
}

function Bar({ kind, value, most }: { kind: 'given' | 'received' | 'finished'; value: number; most: number }): ReactNode {
  return <td><span className={`hourbar ${kind}`} style={{ width: `${String(Math.round((value / most) * 82))}%` }} /><b className="num">{value}</b></td>
}
