import { IconMessageReport, IconPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeedbackRow } from '@contract/feedback'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { useMay } from '../app/session'
import { Button, Empty, FailureNote, Loading, Segmented, Table } from '../parts'
import { useFeedbackColumns } from './columns'
import { Chosen } from './chosen'
import { Opinions } from './opinions'
import { useFeedbackList, WHICH, type Which } from './use-feedback'
import '../dossiers/dossiers.css'
import './feedback.css'

type View = 'cases' | 'opinions'

/** Complaints and proposals taken at the counter, and what people say of the service. */
export function FeedbackScreen(): ReactNode {
  const { t } = useTranslation('feedback')
  const mayReceive = useMay('receive')
  const [view, setView] = useState<View>('cases')
  if (!mayReceive) return <main className="work"><div className="main"><h1>{t('title')}</h1><Empty title={t('notYours')}>{t('notYoursHelp')}</Empty></div></main>
  const tabs = <Segmented label={t('view')} value={view} onChange={setView} options={[{ value: 'cases', label: t('cases') }, { value: 'opinions', label: t('opinions') }]} />
  return view === 'cases' ? <Cases tabs={tabs} /> : <Opinions tabs={tabs} />
}

function Cases({ tabs }: { tabs: ReactNode }): ReactNode {
  const { t } = useTranslation('feedback')
  const [which, setWhich] = useState<Which>('open')
  const [chosen, setChosen] = useState<string | null>(null)
  const { rows, error } = useFeedbackList(which)
  const current = rows?.find(({ id }) => id === chosen) ?? rows?.[0]
  const start = useMutation({
    mutationFn: () => api.feedback.startDraft(),
    onSuccess: async ({ id }) => {
      setWhich('open')
      setChosen(id)
      await queryClient.invalidateQueries({ queryKey: ['feedback'] })
    },
  })
  return (
    <main className="work feedback">
      <div className="main">
        <div className="pagehd">
          <h1>{t('title')}</h1>{tabs}
          <span className="end"><Button kind={current?.state === 0 ? 'neutral' : 'primary'} icon={IconPlus} keys={current?.state === 0 ? 'Ctrl+N' : 'Ctrl+Enter'} waitsFor={start.isPending ? t('starting') : undefined} onPress={() => start.mutate()}>{t('new')}</Button></span>
        </div>
        <FailureNote error={error ?? start.error} />
        <section className="card fill" aria-label={t('cases')}>
          <div className="hd">
            <Segmented label={t('which')} value={which} onChange={setWhich} options={WHICH.map((value) => ({ value, label: t(`show.${value}`) }))} />
            {rows !== undefined && rows.length > 0 && <span className="end s t2 num" role="status">{t('count', { count: rows.length })}</span>}
          </div>
          {rows === undefined && error === null && <Loading />}
          {rows?.length === 0 && <div className="grow"><Empty title={t(`none.${which}`)} icon={IconMessageReport}>{t('noneHelp')}</Empty></div>}
          {rows !== undefined && rows.length > 0 && <List rows={rows} current={current} onChoose={setChosen} />}
        </section>
      </div>
      <aside className="aside" aria-label={t('chosen')}>{current && <Chosen key={`${current.id} ${String(current.state === 0)}`} id={current.id} onGone={() => setChosen(null)} />}</aside>
    </main>
  )
}

function List({ rows, current, onChoose }: { rows: readonly FeedbackRow[]; current: FeedbackRow | undefined; onChoose: (id: string) => void }): ReactNode {
  const { t } = useTranslation('feedback')
  const columns = useFeedbackColumns()
  return <div className="fixed-table grow"><Table label={t('title')} rows={rows} columns={columns} idOf={({ id }) => id} selected={current?.id} onSelect={({ id }) => onChoose(id)} rowHeight={57} /></div>
}
