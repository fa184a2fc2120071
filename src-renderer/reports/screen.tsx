import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportSheet, ReportWish } from '@contract/reports'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useMay } from '../app/session'
import { useReportInHand } from '../codes/router'
import { Empty, FailureNote, Loading } from '../parts'
import { Charts } from './charts'
import { Checks } from './checks'
import { ReportDueNote } from './due-note'
import { Head } from './head'
import { MadeDialog } from './made'
import { PaperAside } from './paper'
import { SheetTable } from './sheet-table'
import { useChoice } from './use-choice'
import './reports.css'

/** Every report of the office: as charts and table, as the page that is printed, as a file. */
export function ReportsScreen(): ReactNode {
  const { t } = useTranslation('reports')
  const maySee = useMay('supervise')
  if (!maySee) return <main className="work"><div className="main"><h1>{t('title')}</h1><Empty title={t('notYours')}>{t('notYoursHelp')}</Empty></div></main>
  return <Reports />
}

function Reports(): ReactNode {
  const { t } = useTranslation('reports')
  const [choice, acts] = useChoice()
  const [madeOpen, setMadeOpen] = useState(false)
  const { digest: scanned, close: letGo } = useReportInHand()
  const closeMade = (): void => {
    setMadeOpen(false)
    letGo()
  }
  const { kind, from, to } = choice
  const wish: ReportWish = { kind, from, to }
  const asks = from <= to
  const { data: sheet, error, isPlaceholderData } = useQuery({ queryKey: keys.report(wish), queryFn: () => api.reports.sheet(wish), enabled: asks, placeholderData: keepPreviousData })
  const { data: charts } = useQuery({ queryKey: keys.reportCharts({ from, to }), queryFn: () => api.reports.charts({ from, to }), enabled: asks, placeholderData: keepPreviousData })
  // What is still of the former period stays to be seen, but is not what is printed.
  const current = asks && !isPlaceholderData && error === null ? sheet : undefined
  return (
    <main className="work pan reports" aria-label={t('title')}>
      <div className="main">
        <Head choice={choice} acts={acts} sheet={current} />
        <ReportDueNote onLook={(day) => acts.show('daily', { from: day, to: day })} />
        <FailureNote error={asks ? error : null} />
        {asks && error === null && charts && <Charts charts={charts} />}
        {asks && error === null && (sheet === undefined ? <Loading /> : <Sheet sheet={sheet} />)}
      </div>
      <PaperAside wish={wish} sheet={current} onMade={() => setMadeOpen(true)} />
      {(madeOpen || scanned !== null) && <MadeDialog key={scanned} scanned={scanned} onClose={closeMade} onShow={(made) => { closeMade(); acts.show(made.kind, made) }} />}
    </main>
  )
}

function Sheet({ sheet }: { sheet: ReportSheet }): ReactNode {
  const { t } = useTranslation('reports')
  return (
    <>
      <section className="card fill" aria-label={t(`kind.${sheet.kind}`)}>
        {sheet.rows.length === 0 ? <div className="grow"><Empty title={t(sheet.kind === 'fees' ? 'empty.fees' : 'empty.usual')}>{t('empty.why')}</Empty></div> : <SheetTable sheet={sheet} />}
      </section>
      <Checks sheet={sheet} />
    </>
  )
}
