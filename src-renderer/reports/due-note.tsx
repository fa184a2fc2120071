import { IconPrinter, IconReportAnalytics } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate, formatTime } from '@contract/format'
import type { ReportDue } from '@contract/reports'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useMay } from '../app/session'
import { Button, FailureNote, Note } from '../parts'
import { openWith } from './use-choice'
import { useReportActs } from './use-report-acts'

/** The daily sheet has prepared itself and asks to be printed. Shown to who answers for reports; nothing while there is none. `onLook` where the report can be shown in place. */
export function ReportDueNote({ onLook }: { onLook?: (day: string) => void }): ReactNode {
  const may = useMay('supervise')
  const { data } = useQuery({ queryKey: keys.reportsDue, queryFn: () => api.reports.due(), enabled: may, refetchInterval: 300_000 })
  const due = data?.[0]
  return due ? <Due key={due.day} due={due} more={data.length - 1} onLook={onLook} /> : null
}

function Due({ due: { day, preparedAt }, more, onLook }: { due: ReportDue; more: number; onLook: ((day: string) => void) | undefined }): ReactNode {
  const { t } = useTranslation('reports')
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const { busy, error, print } = useReportActs({ kind: 'daily', from: day, to: day })
  const putOff = useMutation({ mutationFn: () => api.reports.putOff({ day }), onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.reportsDue }) })
  const look = (): void => {
    if (onLook && pathname === '/reports') return onLook(day)
    openWith('daily', { from: day, to: day })
    void navigate({ to: '/reports' })
  }
  return (
    <div className="report-due">
      <Note tint="info" icon={IconReportAnalytics} role="status">
        <div className="row wrap">
          <span className="grow"><b>{t('due.ready', { day: formatDate(day) })}</b> <span className="s t2 num">{t('due.since', { time: formatTime(new Date(preparedAt)) })}{more > 0 && ` · ${t('due.more', { count: more })}`}</span></span>
          <Button small onPress={look}>{t('due.look')}</Button>
          <Button small icon={IconPrinter} keys="P" waitsFor={busy === 'print' ? t('act.printing') : undefined} onPress={print}>{t('due.print')}</Button>
          <Button small keys="L" onPress={() => putOff.mutate()}>{t('due.later')}</Button>
        </div>
      </Note>
      <FailureNote error={error ?? putOff.error} />
    </div>
  )
}
