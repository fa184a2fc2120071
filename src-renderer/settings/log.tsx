import { IconHistory, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime } from '@contract/format'
import { api } from '../app/api'
import { Button, type Column, FailureNote, Loading, Note, Table } from '../parts'
import { Section } from './section'

const PAGE = 100
type Entry = Awaited<ReturnType<typeof api.office.audit>>[number]
type Verdict = Awaited<ReturnType<typeof api.office.verifyAudit>>

/** Who did what, newest first, and whether the chain still holds. */
export function LogSection(): ReactNode {
  const { t, i18n } = useTranslation('settings')
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam }) => api.office.audit({ before: pageParam, limit: PAGE }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.sequence),
    staleTime: 0,
  })
  const [chosen, setChosen] = useState<string | null>(null)
  const entries = data?.pages.flat() ?? []
  const actionOf = (action: string): string => (i18n.exists(`action.${action}`, { ns: 'settings' }) ? t(`action.${action}`) : action)
  const columns: readonly Column<Entry>[] = [
    { key: 'sequence', title: t('logNumber'), width: 64, right: true, cell: ({ sequence }) => sequence },
    { key: 'at', title: t('logAt'), width: 140, cell: ({ at }) => <span className="num">{formatDateTime(new Date(at))}</span> },
    { key: 'actor', title: t('logActor'), width: 180, cell: ({ actor }) => (actor === 'system' ? t('logSystem') : actor) },
    { key: 'action', title: t('logAction'), cell: ({ action, detail }) => <><span>{actionOf(action)}</span>{detail !== '' && detail !== '{}' && <span className="mono t3" style={{ display: 'block' }}>{detail}</span>}</> },
  ]
  return (
    <Section title={t('section.log')} icon={IconHistory}>
      <Verify />
      <FailureNote error={error} />
      {!data && !error && <Loading />}
      {data && (
        <div style={{ height: 380, display: 'flex', border: '1px solid var(--mc-line)', borderRadius: 6, overflow: 'hidden' }}>
          <Table label={t('section.log')} rows={entries} columns={columns} idOf={({ sequence }) => String(sequence)} selected={chosen} onSelect={({ sequence }) => setChosen(String(sequence))} rowHeight={62} />
        </div>
      )}
      {hasNextPage && <div className="row"><Button onPress={() => void fetchNextPage()} waitsFor={isFetching ? t('loading', { ns: 'common' }) : undefined}>{t('logMore')}</Button></div>}
    </Section>
  )
}

function Verify(): ReactNode {
  const { t } = useTranslation('settings')
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const verify = (): void => {
    setBusy(true)
    setError(null)
    api.office.verifyAudit().then(setVerdict, setError).finally(() => setBusy(false))
  }
  return (
    <>
      <div className="row">
        <p className="m t2 grow">{t('logWords')}</p>
        <Button onPress={verify} icon={IconShieldCheck} keys="Ctrl+R" waitsFor={busy ? t('verifying') : undefined}>{t('verify')}</Button>
      </div>
      <FailureNote error={error} />
      {verdict?.intact === true && (
        <Note tint="ok" icon={IconShieldCheck} role="status">{t('chainIntact', { entries: verdict.entries })}{verdict.head !== null && <> <span className="mono">{verdict.head}</span></>}</Note>
      )}
      {verdict?.intact === false && <Note tint="bad" icon={IconShieldX} role="alert">{t('chainBroken', { at: verdict.brokenAt ?? '–', reason: verdict.reason === null ? '–' : t(`flaw.${verdict.reason}`) })}</Note>}
    </>
  )
}
