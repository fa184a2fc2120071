import { IconCalendarDue, IconClipboardPlus, IconFilterOff, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Instant } from '@contract/ids'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { Button, FailureNote, KeyCaps, Loading, useAnnounce } from '../parts'
import { useClock } from './clock'
import { askOf, type Filter, isStart, lastFilter, rememberFilter, START } from './filter'
import { FilterBar } from './filter-bar'
import { DossierTable } from './table'

const PAGE = 100

/** All dossiers of this machine by state, due date and day of receipt, newest first; more on demand. */
export function DossiersScreen(): ReactNode {
  const { t } = useTranslation('dossiers')
  const navigate = useNavigate()
  const [filter, setFilter] = useState<Filter>(lastFilter)
  const change = (next: Filter): void => {
    rememberFilter(next)
    setFilter(next)
  }
  const found = useDossiers(filter)
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? []
  const clear = (): void => change(START)
  return (
    <main className="work">
      <div className="main">
        <section className="card fill" aria-labelledby="dossiers-title">
          <div className="hd">
            <h1 id="dossiers-title" style={{ fontSize: 18 }}>{t('title')}</h1>
            <span className="s t2 num" role="status">{found.data && t(found.hasNextPage ? 'countMore' : 'count', { count: rows.length })}</span>
            <span className="end row">
              {!isStart(filter) && <Button small icon={IconFilterOff} onPress={clear}>{t('clear')}</Button>}
              <Button small icon={IconCalendarDue} keys="Ctrl+H" onPress={() => void navigate({ to: '/dossiers/due-soon' })}>{t('link', { ns: 'due-soon' })}</Button>
              <Button kind="primary" small icon={IconClipboardPlus} keys="Ctrl+Enter" caps="F2" onPress={() => void navigate({ to: '/intake' })}>{t('newIntake')}</Button>
            </span>
          </div>
          <FilterBar filter={filter} onChange={change} />
          {found.error !== null && <FailureNote error={found.error}><Button small onPress={() => void found.refetch()}>{t('again')}</Button></FailureNote>}
          {found.isPending && <Loading />}
          {found.data && rows.length === 0 && <NothingFound filtered={!isStart(filter)} onClear={clear} />}
          {rows.length > 0 && <DossierTable label={t('title')} rows={rows} columns="all" />}
          {found.hasNextPage && <More shown={rows.length} busy={found.isFetchingNextPage} onMore={async () => { await found.fetchNextPage() }} />}
        </section>
      </div>
    </main>
  )
}

function useDossiers(filter: Filter) {
  const now = useClock()
  const { ask } = askOf(filter, now)
  const { from, to, ...rest } = ask
  return useInfiniteQuery({
    queryKey: keys.dossiers(ask),
    queryFn: ({ pageParam }) => api.dossiers.list({
      ...rest, limit: PAGE, ...(from !== undefined && { from: Instant.parse(from) }), ...(to !== undefined && { to: Instant.parse(to) }),
      ...(pageParam !== null && { before: pageParam }),
    }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
}

function More({ shown, busy, onMore }: { shown: number; busy: boolean; onMore: () => Promise<void> }): ReactNode {
  const { t } = useTranslation('dossiers')
  const { say } = useAnnounce()
  return (
    <div className="row" style={{ padding: '8px 14px', borderTop: '1px solid var(--mc-line)' }}>
      <Button small keys="Ctrl+ArrowDown" waitsFor={busy ? t('loadingMore') : undefined} onPress={() => void onMore().then(() => say(t('moreShown')))}>{t('more')}</Button>
      <span className="s t2 num">{t('shown', { count: shown })}</span>
    </div>
  )
}

/** Nothing there: what was looked for, and the next moves. */
function NothingFound({ filtered, onClear }: { filtered: boolean; onClear: () => void }): ReactNode {
  const { t } = useTranslation('dossiers')
  const navigate = useNavigate()
  const search = (): void => document.querySelector<HTMLInputElement>('.search input')?.focus()
  return (
    <div className="empty-place grow">
      <div>
        <h2 className="l">{filtered ? t('empty.filtered') : t('empty.none')}</h2>
        <p className="t2">{filtered ? t('empty.filteredWhy') : t('empty.noneWhy')}</p>
        <div className="list">
          {filtered && <Move icon={<IconFilterOff className="i c-acc" aria-hidden />} title={t('clear')} detail={t('empty.clearDetail')} onGo={onClear} />}
          <Move icon={<IconSearch className="i c-acc" aria-hidden />} title={t('empty.search')} detail={t('empty.searchDetail')} caps="F3" onGo={search} />
          <Move icon={<IconClipboardPlus className="i c-acc" aria-hidden />} title={t('newIntake')} detail={t('empty.intakeDetail')} caps="F2" onGo={() => void navigate({ to: '/intake' })} />
        </div>
      </div>
    </div>
  )
}

function Move({ icon, title, detail, caps, onGo }: { icon: ReactNode; title: string; detail: string; caps?: string; onGo: () => void }): ReactNode {
  return (
    <button type="button" className="item" onClick={onGo}>
      {icon}<span className="grow"><span className="w6" style={{ display: 'block' }}>{title}</span><span className="s t2">{detail}</span></span>{caps !== undefined && <KeyCaps keys={caps} />}
    </button>
  )
}
