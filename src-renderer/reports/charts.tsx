import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate, formatShortDate } from '@contract/format'
import type { ReportCharts } from '@contract/reports'
import { currentLanguage } from '../app/i18n'
import { Bars, type BarGroup } from './bars'
import { barsOf } from './period'
import { Standing } from './standing'

/** What came, how much of it was in time, and how long people waited. */
export function Charts({ charts }: { charts: ReportCharts }): ReactNode {
  const { t } = useTranslation('reports')
  const oneDay = charts.days.length === 1
  return (
    <div className="charts">
      {oneDay ? <ByHour charts={charts} /> : <ByDay charts={charts} />}
      <Standing charts={charts} />
      <Bars
        title={t('chart.wait')} beside={charts.meanWaitMinutes === null ? '' : t('chart.meanWait', { minutes: charts.meanWaitMinutes })} corner={t('chart.hour')} series={[{ key: 'wait', title: t('chart.minutes') }]} none={t('chart.noWait')}
        groups={charts.hours.flatMap(({ hour, meanWaitMinutes }) => (meanWaitMinutes === null ? [] : [{ key: String(hour), label: t('chart.oclock', { hour }), says: t('chart.oclock', { hour }), values: [meanWaitMinutes] }]))}
      />
    </div>
  )
}

function ByHour({ charts: { hours } }: { charts: ReportCharts }): ReactNode {
  const { t } = useTranslation('reports')
  const groups = hours.filter(({ received }) => received > 0).map(({ hour, received }): BarGroup => ({ key: String(hour), label: t('chart.oclock', { hour }), says: t('chart.oclock', { hour }), values: [received] }))
  const count = groups.reduce((sum, { values: [value = 0] }) => sum + value, 0)
  return <Bars title={t('chart.byHour')} beside={t('chart.hourCount', { count })} corner={t('chart.hour')} series={[{ key: 'received', title: t('chart.received') }]} groups={groups} none={t('chart.none')} />
}

function ByDay({ charts: { days } }: { charts: ReportCharts }): ReactNode {
  const { t } = useTranslation('reports')
  const { by, bars } = barsOf(days)
  const labelOf = (date: string): string => (by === 'month' ? t('chart.month', { month: Number(date.slice(5, 7)) }) : by === 'week' ? formatDate(date).slice(0, 5) : String(Number(date.slice(8))))
  const says = (date: string): string => (by === 'day' ? formatShortDate(date, { language: currentLanguage() }) : labelOf(date))
  const received = days.reduce((sum, day) => sum + day.received, 0)
  return (
    <Bars
      title={t(`chart.by-${by}`)} beside={t('chart.dossiers', { count: received })} corner={t(`chart.${by}Name`)} none={t('chart.none')}
      series={[{ key: 'received', title: t('chart.received') }, { key: 'solved', title: t('chart.solved') }]}
      groups={received === 0 && bars.every(({ solved }) => solved === 0) ? [] : bars.map((bar) => ({ key: bar.date, label: labelOf(bar.date), says: says(bar.date), values: [bar.received, bar.solved] }))}
    />
  )
}
