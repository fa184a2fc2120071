import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '@contract/report-words'

/** Bars that stand together. `label` below them, `says` for who listens. */
export type BarGroup = Readonly<{ key: string; label: string; says: string; values: readonly number[] }>
type Series = Readonly<{ key: string; title: string }>
type Props = Readonly<{ title: string; beside: string; corner: string; series: readonly Series[]; groups: readonly BarGroup[]; none: string }>

/** More bars than this have no room for their numbers, and only every fifth for its name. */
const ROOMY = 12
const EVERY = 5

/** Upright bars that carry their numbers, read aloud as a table. Series are told apart by filling and frame, not by colour alone. */
export function Bars({ title, beside, corner, series, groups, none }: Props): ReactNode {
  const { t } = useTranslation('reports')
  const most = Math.max(1, ...groups.flatMap(({ values }) => values))
  const tight = groups.length * series.length > ROOMY
  const named = (index: number): boolean => groups.length <= ROOMY || index === 0 || (index + 1) % EVERY === 0
  return (
    <section className="card chart" aria-label={title}>
      <h2>{title} {beside !== '' && <span className="t2 w5 num">· {beside}</span>}</h2>
      {groups.length === 0
        ? <p className="t2 s none">{none}</p>
        : (
          <>
            <div className="plot">
              <div className="scale s t3 num" aria-hidden="true"><span>{formatCount(most)}</span><span>{most > 1 ? formatCount(Math.round(most / 2)) : ''}</span><span>0</span></div>
              <table className="bars" role="table" aria-label={title} data-tight={tight}>
                <thead className="sr" role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{corner}</th>{series.map(({ key, title: name }) => <th key={key} scope="col" role="columnheader">{name}</th>)}</tr></thead>
                <tbody role="rowgroup">
                  {groups.map(({ key, label, says, values }, index) => (
                    <tr key={key} role="row" style={{ gridTemplateColumns: `repeat(${String(values.length)}, minmax(0, 1fr))` }} title={`${says}: ${values.map((value, at) => `${series[at]?.title ?? ''} ${formatCount(value)}`).join(', ')}`}>
                      <th scope="row" role="rowheader" className="num"><span className="sr">{says}</span><span aria-hidden="true">{named(index) ? label : ''}</span></th>
                      {values.map((value, at) => <Bar key={series[at]?.key ?? at} kind={series[at]?.key ?? ''} value={value} most={most} />)}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {series.length > 1 && <p className="legend s t2" aria-label={t('chart.legend')}>{series.map(({ key, title: name }) => <span key={key}><i data-kind={key} />{name}</span>)}</p>}
          </>
        )}
    </section>
  )
}

function Bar({ kind, value, most }: { kind: string; value: number; most: number }): ReactNode {
  return <td role="cell"><span className="num">{formatCount(value)}</span><i data-kind={kind} style={{ height: `calc((100% - var(--number)) * ${(value / most).toFixed(3)})` }} /></td>
}
