import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount, formatShare } from '@contract/report-words'
import type { ReportCharts } from '@contract/reports'

type Part = Readonly<{ key: 'early' | 'onTime' | 'overdue' | 'inTime' | 'paused' | 'late'; count: number }>

/** The same red means late, ended or not. */
const LEGEND = ['early', 'onTime', 'inTime', 'paused', 'late'] as const

/** What ended and what is open, by whether it was in time: two bars of parts, each part with its number. */
export function Standing({ charts: { solved, open, satisfied } }: { charts: ReportCharts }): ReactNode {
  const { t } = useTranslation('reports')
  const ended = solved.early + solved.onTime + solved.overdue
  const going = open.inTime + open.overdue + open.paused
  const share = ended === 0 ? null : (solved.early + solved.onTime) / ended
  return (
    <section className="card chart standing" aria-label={t('chart.standing')}>
      <div className="row">
        <h2 className="grow">{t('chart.standing')} {share !== null && <span className="t2 w5 num">· {formatShare(share)}</span>}</h2>
        <span className="s t2 num">{satisfied.whole === 0 ? t('chart.satisfiedNone') : t('chart.satisfied', satisfied)}</span>
      </div>
      <Split caption={t('chart.ended', { count: ended })} parts={[{ key: 'early', count: solved.early }, { key: 'onTime', count: solved.onTime }, { key: 'overdue', count: solved.overdue }]} />
      <Split caption={t('chart.open', { count: going })} parts={[{ key: 'inTime', count: open.inTime }, { key: 'paused', count: open.paused }, { key: 'late', count: open.overdue }]} />
      <p className="legend s t2" aria-hidden="true">{LEGEND.map((key) => <span key={key}><i data-part={key} />{t(`part.${key}`)}</span>)}</p>
    </section>
  )
}

/** Parts of one whole beside each other; every one that is there is wide enough for its number. */
function Split({ caption, parts }: { caption: string; parts: readonly Part[] }): ReactNode {
  const { t } = useTranslation('reports')
  const whole = parts.reduce((sum, { count }) => sum + count, 0)
  return (
    <div className="split">
      <table role="table" aria-label={caption} className="sr"><tbody>{parts.map(({ key, count }) => <tr key={key}><th scope="row">{t(`part.${key}`)}</th><td>{count}</td></tr>)}</tbody></table>
      <p className="s t2" aria-hidden="true">{caption}</p>
      <div className="whole" aria-hidden="true">
        {whole > 0 && parts.filter(({ count }) => count > 0).map(({ key, count }) => <span key={key} data-part={key} title={`${t(`part.${key}`)}: ${formatCount(count)}`} style={{ flexGrow: count }}><b className="num">{formatCount(count)}</b></span>)}
      </div>
    </div>
  )
}
