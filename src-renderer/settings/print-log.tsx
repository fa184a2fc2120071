import { IconPrinter, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime } from '@contract/format'
import type { PrintJobView } from '@contract/printing'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { Button, type Column, Empty, FailureNote, Loading, type Option, Table, useAnnounce } from '../parts'
import { PrintBadge, usePrintTitle, usePrintWords } from './print-words'

const SHOWN = 100
const SAME = ''

/** Which paper went to which printer, when, by whom, and what became of it; the last ones can be sent again. */
export function PrintLog({ printers }: { printers: readonly Option<string>[] }): ReactNode {
  const { t } = useTranslation('settings')
  const titleOf = usePrintTitle()
  const { data, error } = useQuery({ queryKey: keys.printLog, queryFn: () => api.printing.log({ limit: SHOWN }) })
  const [at, setAt] = useState<string | null>(null)
  const current = data?.find(({ id }) => id === at) ?? data?.[0]
  const labelOf = (name: string | null): string => (name === null ? t('print.defaultPrinter') : printers.find(({ value }) => value === name)?.label ?? name)
  const columns: readonly Column<PrintJobView>[] = [
    { key: 'at', title: t('print.at'), width: 132, cell: (job) => <span className="num">{formatDateTime(new Date(job.at))}</span> },
    {
      key: 'what', title: t('print.what'),
      cell: ({ title, copies, retries }) => <>{titleOf(title)}{copies > 1 && <span className="t2"> · {t('print.copies', { count: copies })}</span>}{retries !== null && <span className="t2"> · {t('print.retryOf')}</span>}</>,
    },
    { key: 'where', title: t('print.where'), width: 190, cell: ({ printer, paper }) => <span>{labelOf(printer)} <span className="t3">{paper}</span></span> },
    { key: 'who', title: t('print.who'), width: 160, cell: ({ by }) => by ?? t('print.program') },
    { key: 'became', title: t('print.became'), width: 230, cell: (job) => <PrintBadge job={job} /> },
  ]
  return (
    <>
      <div className="row wrap print-log-head">
        <h3>{t('print.log')}</h3>
        {current && <Retry key={current.id} job={current} printers={printers} onDone={(id) => setAt(id)} />}
      </div>
      <FailureNote error={error} />
      {!data && !error && <Loading />}
      {data?.length === 0 && <Empty icon={IconPrinter} title={t('print.logNone')}>{t('print.logWords')}</Empty>}
      {data && data.length > 0 && (
        <div className="print-log">
          <Table label={t('print.log')} rows={data} columns={columns} idOf={({ id }) => id} selected={current?.id} onSelect={({ id }) => setAt(id)} rowHeight={38} />
        </div>
      )}
    </>
  )
}

/** Sends the chosen print again: where it went, or to another printer when that one is out of order. */
function Retry({ job, printers, onDone }: { job: PrintJobView; printers: readonly Option<string>[]; onDone: (id: string) => void }): ReactNode {
  const { t } = useTranslation('settings')
  const { say } = useAnnounce()
  const wordsOf = usePrintWords()
  const [printer, setPrinter] = useState(SAME)
  const retry = useMutation({
    mutationFn: () => api.printing.retry({ id: job.id, printer: printer === SAME ? null : printer }),
    onSuccess: (again) => {
      say(t('print.retried', { state: wordsOf(again) }))
      onDone(again.id)
    },
  })
  if (!job.retryable) return <p className="s t3 grow">{t('print.gone')}</p>
  return (
    <>
      <p className="s t3 grow">{t('print.logWords')}</p>
      <select className="inp" aria-label={t('print.retryOn')} value={printer} onChange={(event) => setPrinter(event.target.value)}>
        <option value={SAME}>{t('print.sameWay')}</option>
        {job.paper !== 'T80' && printers.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
      </select>
      <Button icon={IconRefresh} keys="Ctrl+R" onPress={() => retry.mutate()} waitsFor={retry.isPending ? t('print.retrying') : undefined}>{t('print.retry')}</Button>
      <FailureNote error={retry.error} />
    </>
  )
}
