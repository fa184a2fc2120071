import { IconChartBar } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Wall } from '@contract/figures'

const KINDS = ['given', 'received', 'finished'] as const
type Kind = (typeof KINDS)[number]

/** Received and ended by the hour: upright bars that carry their numbers, read aloud as a table. */
export function Hours({ wall: { hours } }: { wall: Wall }): ReactNode {
  const { t } = useTranslation('wall')
  const most = Math.max(1, ...hours.flatMap(({ received, finished, given }) => [received, finished, given]))
  return (
    <section className="card fill" aria-label={t('hours')}>
      <div className="hd">
        <IconChartBar className="i" aria-hidden /><h2>{t('hours')}</h2>
        <span className="end row wrap s t2 legend">{KINDS.map((kind) => <span key={kind} className="row"><i data-kind={kind} />{t(kind)}</span>)}</span>
      </div>
      {hours.length === 0
        ? <p className="t2" style={{ padding: '10px 14px' }}>{t('nothingYet')}</p>
        : (
          <table className="bars" role="table" aria-label={t('hours')}>
            <thead className="sr" role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{t('hour')}</th>{KINDS.map((kind) => <th key={kind} scope="col" role="columnheader">{t(kind)}</th>)}</tr></thead>
            <tbody role="rowgroup">
              {hours.map((hour) => (
                <tr key={hour.hour} role="row">
                  <th scope="row" role="rowheader" className="num s t2">{t('oclock', { hour: hour.hour })}</th>
                  {KINDS.map((kind) => <Bar key={kind} kind={kind} value={hour[kind]} most={most} />)}
                </tr>
              ))}
            </tbody>
          </table>
        )}
    </section>
  )
}

function Bar({ kind, value, most }: { kind: Kind; value: number; most: number }): ReactNode {
  return <td role="cell"><span className="num s">{value}</span><i data-kind={kind} style={{ height: `calc((100% - 22px) * ${(value / most).toFixed(3)})` }} /></td>
}
