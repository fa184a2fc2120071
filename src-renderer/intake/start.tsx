import './intake.css'
import { IconClipboardPlus, IconFileText } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssistedDraft } from '@contract/assist'
import type { DraftSummary } from '@contract/draft'
import { formatTime } from '@contract/format'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useCardTaker } from '../codes/router'
import { Button, Card, Empty, FailureNote, Loading, Table } from '../parts'
import { AssistedDrafts, useAssisted } from './assisted'
import { dayOf } from './money-cards'
import { useDiscard } from './use-receive'
import { useStartDraft } from './use-start-draft'

/** Opens a new errand at once when nothing waits or a card was scanned; otherwise shows what was left half done. */
export function IntakeStart(): ReactNode {
  const { t } = useTranslation('intake')
  const { card } = useSearch({ from: '/intake' })
  const drafts = useQuery({ queryKey: keys.drafts, queryFn: () => api.intake.drafts(), staleTime: 0 })
  const assisted = useAssisted()
  const { start, startWithCard, error } = useStartDraft()
  const begun = useRef(false)
  useCardTaker(startWithCard)
  // Accepting or sending back the last of the helpers' drafts empties the list: that is no wish for a new draft.
  const [helped, setHelped] = useState(false)
  if (!helped && (assisted.data?.length ?? 0) > 0) setHelped(true)
  // What was known from before may be old: a draft that came meanwhile must not be passed over.
  const asked = !drafts.isFetching && !assisted.isFetching
  const none = asked && drafts.data?.length === 0 && assisted.data?.length === 0 && !helped
  useEffect(() => {
    if (begun.current || (card === undefined && !none)) return
    begun.current = true
    if (card === undefined) start()
    else startWithCard(card)
  })
  if (error) {
    return (
      <main className="work"><div className="main"><h1>{t('title')}</h1><FailureNote error={error}><Button kind="primary" keys="Ctrl+Enter" onPress={start}>{t('start.byHand')}</Button></FailureNote></div></main>
    )
  }
  const failed = drafts.error ?? assisted.error
  if (failed) return <main className="work"><div className="main"><h1>{t('title')}</h1><FailureNote error={failed} /></div></main>
  if (!drafts.data || !assisted.data || none || card !== undefined || (!asked && drafts.data.length === 0 && assisted.data.length === 0)) return <main className="work"><Loading what={t('start.opening')} /></main>
  return <OpenDrafts drafts={drafts.data} assisted={assisted.data} onNew={start} />
}

function OpenDrafts({ drafts, assisted, onNew }: { drafts: readonly DraftSummary[]; assisted: readonly AssistedDraft[]; onNew: () => void }): ReactNode {
  const { t } = useTranslation('intake')
  const navigate = useNavigate()
  const discard = useDiscard()
  const [selected, setSelected] = useState<string | null>(drafts[0]?.id ?? null)
  const [error, setError] = useState<unknown>(null)
  const open = ({ id }: DraftSummary): void => void navigate({ to: '/intake/$draftId', params: { draftId: id } })
  /** The keys of the bar are for the list that has the focus. */
  const [among, setAmong] = useState<'assisted' | 'drafts'>(assisted.length > 0 ? 'assisted' : 'drafts')
  const chosen = among === 'drafts' ? (drafts.find(({ id }) => id === selected) ?? drafts[0]) : undefined
  useEffect(() => document.querySelector<HTMLElement>('.work tr[tabindex="0"]')?.focus(), [])
  return (
    <main className="work">
      <div className="main">
        <div className="pagehd"><h1 className="grow">{t('title')}</h1></div>
        <FailureNote error={error} />
        {assisted.length > 0 && <div className="start-drafts" onFocus={() => setAmong('assisted')}><AssistedDrafts drafts={assisted} /></div>}
        {drafts.length > 0 ? <div className="start-drafts" onFocus={() => setAmong('drafts')}><Card title={t('start.drafts')} icon={IconFileText} fill flush aside={<span className="s t2">{t('start.count', { count: drafts.length })}</span>}>
          <Table
            label={t('start.drafts')} rows={drafts} idOf={({ id }) => id} selected={chosen?.id} onSelect={({ id }) => setSelected(id)} onOpen={open}
            columns={[
              { key: 'who', title: t('step.person'), cell: ({ applicantName }) => (applicantName === '' ? <span className="t3">{t('aside.nobody')}</span> : <b>{applicantName}</b>) },
              { key: 'what', title: t('step.procedure'), cell: ({ procedureName }) => <span className="t2">{procedureName ?? t('procedure.noneYet')}</span> },
              { key: 'files', title: t('papers.files'), width: 90, right: true, cell: ({ documents }) => documents },
              { key: 'by', title: t('start.by'), width: 190, cell: ({ officerName, mine }) => (mine ? t('start.mine') : officerName) },
              { key: 'at', title: t('start.savedAt'), width: 150, right: true, cell: ({ savedAt }) => `${formatTime(new Date(savedAt))} ${dayOf(savedAt)}` },
            ]}
          />
        </Card></div> : assisted.length === 0 && <Card fill><Empty icon={IconFileText} title={t('start.empty')} /></Card>}
        <div className="bar">
          {chosen && <Button onPress={() => void discard(chosen.id).catch(setError)} keys="Delete">{t('bar.discard')}</Button>}
          <span className="end row">
            {chosen && <Button onPress={() => open(chosen)} caps="Enter">{t('start.goOn')}</Button>}
            <Button kind="primary" icon={IconClipboardPlus} keys="Ctrl+Enter" onPress={onNew}>{t('start.new')}</Button>
          </span>
        </div>
      </div>
    </main>
  )
}
