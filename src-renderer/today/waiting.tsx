import { IconAlertTriangle, IconClockExclamation, IconEdit, IconListCheck, IconRosetteDiscountCheck, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '@contract/dossier'
import type { DraftSummary } from '@contract/draft'
import { formatTime } from '@contract/format'
import type { OutboxRow } from '@contract/sync'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useShortcut } from '../app/shortcuts'
import { Card, type IconType, KeyCaps } from '../parts'
import { rememberFilter, START } from '../dossiers/filter'
import { useAssisted } from '../intake/assisted'
import { rememberSubmission } from '../outbox/selection'
import { whyOf } from '../outbox/why'

type Task = Readonly<{ key: string; icon: IconType; tint: string; title: string; detail: string; go: () => void }>

/** What waits for this officer, gravest first; Ctrl+1 … 4 open it. */
export function Waiting(): ReactNode {
  const { t } = useTranslation('today')
  const tasks = useTasks()
  return (
    <Card title={t('waiting.title')} icon={IconListCheck} flush>
      {tasks.length === 0
        ? <p className="t2" style={{ padding: '12px 14px' }}>{t('waiting.none')}</p>
        : <div className="todo">{tasks.slice(0, 4).map((task, index) => <TaskRow key={task.key} task={task} keyName={`Ctrl+${String(index + 1)}`} />)}</div>}
    </Card>
  )
}

function TaskRow({ task: { icon: Icon, tint, title, detail, go }, keyName }: { task: Task; keyName: string }): ReactNode {
  useShortcut(keyName, title, go)
  return (
    <button type="button" className="item" onClick={go} aria-keyshortcuts={keyName.replace('Ctrl', 'Control')}>
      <Icon className={`i ${tint}`} aria-hidden />
      <span className="grow"><span className="w6 ell" style={{ display: 'block' }}>{title}</span><span className="s t2 ell" style={{ display: 'block' }}>{detail}</span></span>
      <KeyCaps keys={keyName} />
    </button>
  )
}

function useTasks(): readonly Task[] {
  const { data: outbox = [] } = useQuery({ queryKey: keys.outbox('open'), queryFn: () => api.sync.outbox({ filter: 'open' }) })
  const { data: drafts = [] } = useQuery({ queryKey: keys.drafts, queryFn: () => api.intake.drafts() })
  const { data: late } = useQuery({ queryKey: keys.dossiers('today-overdue'), queryFn: () => api.dossiers.list({ due: 'overdue', limit: 50 }), refetchInterval: 60_000 })
  const { data: ready } = useQuery({ queryKey: keys.dossiers('today-ready'), queryFn: () => api.dossiers.list({ states: [9], limit: 50 }) })
  const returned = useReturned(outbox.filter(({ state }) => state === 'attention'))
  const overdue = useOverdue(late?.items ?? [], late?.next != null)
  const draft = useDrafts(drafts)
  const result = useReady(ready?.items ?? [], ready?.next != null)
  const assisted = useHandedOver()
  return [returned, overdue, assisted, draft, result].filter((task) => task !== null)
}

function useReturned(rows: readonly OutboxRow[]): Task | null {
  const { t } = useTranslation('today')
  const { t: errors } = useTranslation('errors')
  const navigate = useNavigate()
  const [first] = rows
  if (!first) return null
  return {
    key: 'returned', icon: IconAlertTriangle, tint: 'c-bad', title: t('waiting.returned', { count: rows.length }), detail: `${first.applicantName} · ${whyOf(first, errors)}`,
    go: () => { rememberSubmission(first.id); void navigate({ to: '/outbox' }) },
  }
}

function useOverdue(hits: readonly SearchHit[], more: boolean): Task | null {
  const { t } = useTranslation('today')
  const navigate = useNavigate()
  const [first] = hits
  if (!first) return null
  const one = hits.length === 1
  return {
    key: 'overdue', icon: IconClockExclamation, tint: 'c-bad', title: t('waiting.overdue', { count: `${String(hits.length)}${more ? '+' : ''}` }), detail: `${first.applicantName} · ${first.procedureName}`,
    go: () => {
      rememberFilter({ ...START, due: 'overdue' })
      void (one ? navigate({ to: '/dossiers/$dossierId', params: { dossierId: first.id } }) : navigate({ to: '/dossiers' }))
    },
  }
}

function useDrafts(drafts: readonly DraftSummary[]): Task | null {
  const { t } = useTranslation('today')
  const navigate = useNavigate()
  const [newest] = drafts
  if (!newest) return null
  const who = newest.applicantName === '' ? t('waiting.nobodyYet') : newest.applicantName
  return {
    key: 'drafts', icon: IconEdit, tint: '', title: t('waiting.drafts', { count: drafts.length }),
    detail: t('waiting.draftDetail', { who, time: formatTime(new Date(newest.savedAt)) }),
    go: () => void (drafts.length === 1 ? navigate({ to: '/intake/$draftId', params: { draftId: newest.id } }) : navigate({ to: '/intake' })),
  }
}

function useHandedOver(): Task | null {
  const { t } = useTranslation('today')
  const navigate = useNavigate()
  const { data = [] } = useAssisted()
  const [first] = data
  if (!first) return null
  return {
    key: 'assisted', icon: IconUsersGroup, tint: 'c-info', title: t('waiting.assisted', { count: data.length }), detail: `${first.applicantName} · ${first.procedureName ?? t('waiting.nobodyYet')}`,
    go: () => void navigate({ to: '/intake' }),
  }
}

function useReady(hits: readonly SearchHit[], more: boolean): Task | null {
  const { t } = useTranslation('today')
  const navigate = useNavigate()
  const [first] = hits
  if (!first) return null
  return {
    key: 'ready', icon: IconRosetteDiscountCheck, tint: 'c-info', title: t('waiting.ready', { count: `${String(hits.length)}${more ? '+' : ''}` }), detail: `${first.applicantName} · ${first.procedureName}`,
    go: () => {
      rememberFilter({ ...START, state: '9' })
      void (hits.length === 1 ? navigate({ to: '/dossiers/$dossierId', params: { dossierId: first.id } }) : navigate({ to: '/dossiers' }))
    },
  }
}
