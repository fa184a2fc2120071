import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration, formatSize, formatTime } from '@contract/format'
import type { OutboxDetail, OutboxRow } from '@contract/sync'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { keys, queryClient } from '../app/queries'
import { Button, Facts, FailureNote, Loading, Progress, SyncBadge, useAnnounce } from '../parts'
import { useClock } from '../dossiers/clock'
import { nearMoment } from '../dossiers/moments'
import { Attempts } from './attempts'
import { attemptsText, shortId, wantsCorrection, whyOf } from './why'

/** One submission: what happened, what it means, what to do. */
export function Detail({ row }: { row: OutboxRow }): ReactNode {
  const { t } = useTranslation('outbox')
  const { data, error } = useQuery({ queryKey: keys.submission(row.id), queryFn: () => api.sync.submission({ id: row.id }) })
  const now = useClock()
  const attention = row.state === 'attention'
  const age = formatDuration((now.getTime() - Date.parse(row.createdAt)) / 60_000, currentLanguage())
  return (
    <section className="card detail" aria-label={t('detail.label', { code: row.dossierCode })}>
      <div className={`hd ${attention ? 'bad' : ''}`}>
        {attention && <IconAlertTriangle className="i" aria-hidden />}
        <h2>{attention ? t('detail.attention', { code: lastFour(row.dossierCode) }) : row.dossierCode}</h2>
        <span className="end s num">{attention ? age : t('detail.version', { version: row.version })}</span>
      </div>
      <div className="bd">
        {attention ? <Attention row={row} dueAt={data?.dueAt ?? null} /> : <Calm row={row} />}
        {error !== null && <FailureNote error={error} />}
        {data ? <Log detail={data} /> : error === null && <Loading />}
      </div>
    </section>
  )
}

const lastFour = (code: string): string => code.slice(-4)

function Attention({ row, dueAt }: { row: OutboxRow; dueAt: string | null }): ReactNode {
  const { t } = useTranslation('outbox')
  const { t: errors } = useTranslation('errors')
  const now = useClock()
  const due = dueAt === null ? null : nearMoment(dueAt, now, t('today', { ns: 'common' }), currentLanguage())
  const facts: (readonly [string, ReactNode])[] = [
    [t('detail.effect'), <span key="effect" className="m">{t('detail.safe')} {due !== null && <>{t('detail.dueKept')} <b className="num">{due}</b>.</>}</span>],
    ...(row.cityWords === null ? [] : [[t('detail.citySays'), <q key="words" className="m">{row.cityWords}</q>] as const]),
    [t('detail.toDo'), <span key="next" className="m">{row.errorCode === null ? t('detail.toDoDefault') : errors(`${row.errorCode}.next`)}</span>],
  ]
  return (
    <>
      <div>
        <p style={{ fontSize: 18, fontWeight: 700, lineHeight: 1.4 }}>{row.errorCode === null ? t('sync.attention', { ns: 'common' }) : errors(`${row.errorCode}.what`)}</p>
        <Subject row={row} named />
      </div>
      <Facts width={96} rows={facts} />
      <Acts row={row} />
    </>
  )
}

function Subject({ row, named }: { row: OutboxRow; named: boolean }): ReactNode {
  const { t } = useTranslation('outbox')
  const now = useClock()
  return <p className="m t2">{named && `${row.applicantName} · `}{row.procedureName} · {t('detail.made', { time: nearMoment(row.createdAt, now, t('today', { ns: 'common' }), currentLanguage()) })}</p>
}

/** Correct and send anew, or send the same again. Which of them is primary depends on whether the city refused the content. */
function Acts({ row }: { row: OutboxRow }): ReactNode {
  const { t } = useTranslation('outbox')
  const navigate = useNavigate()
  const { say } = useAnnounce()
  const correct = useMutation({
    mutationFn: () => api.dossiers.correct({ dossierId: row.dossierId }),
    onSuccess: ({ id }) => navigate({ to: '/intake/$draftId', params: { draftId: id } }),
  })
  const again = useMutation({
    mutationFn: () => api.sync.retry({ id: row.id }),
    onSuccess: async () => {
      say(t('detail.inLine'))
      await queryClient.invalidateQueries({ queryKey: ['sync'] })
    },
  })
  const content = wantsCorrection(row)
  return (
    <div className="acts">
      <FailureNote error={correct.error ?? again.error} />
      {content
        ? <Button kind="primary" keys="Ctrl+Enter" waitsFor={correct.isPending ? t('detail.opening') : undefined} onPress={() => correct.mutate()}>{t('detail.correct', { version: row.version + 1 })}</Button>
        : <Button kind="primary" keys="Ctrl+Enter" waitsFor={again.isPending ? t('detail.putting') : undefined} onPress={() => again.mutate()}>{t('detail.again')}</Button>}
      {content
        ? <Button keys="Ctrl+R" onPress={() => again.mutate()}>{t('detail.again')}</Button>
        : <Button keys="Ctrl+E" onPress={() => correct.mutate()}>{t('detail.correct', { version: row.version + 1 })}</Button>}
      <OpenDossier row={row} />
    </div>
  )
}

function OpenDossier({ row }: { row: OutboxRow }): ReactNode {
  const { t } = useTranslation('outbox')
  const navigate = useNavigate()
  return <Button keys="Ctrl+O" onPress={() => void navigate({ to: '/dossiers/$dossierId', params: { dossierId: row.dossierId } })}>{t('detail.open')}</Button>
}

/** Nothing to do: how far it is, and the receipt once there is one. */
function Calm({ row }: { row: OutboxRow }): ReactNode {
  const { t } = useTranslation('outbox')
  const { t: errors } = useTranslation('errors')
  const language = currentLanguage()
  const why = whyOf(row, errors)
  return (
    <>
      <div className="row wrap"><SyncBadge state={row.state} done={row.documentsConfirmed} total={row.documentsTotal} by={row.supersededBy} /></div>
      <div><p className="name">{row.applicantName}</p><Subject row={row} named={false} /></div>
      {row.state === 'sending' && row.bytesTotal > 0 && (
        <Progress words={t('second.bytes', { done: formatSize(row.bytesAccepted, language), total: formatSize(row.bytesTotal, language) })} done={row.bytesAccepted} total={row.bytesTotal} />
      )}
      <Facts width={120} rows={[
        ...(row.receiptNumber === null ? [] : [[t('detail.receipt'), <b key="receipt" className="num">{row.receiptNumber}</b>] as const]),
        [t('detail.documents'), row.documentsTotal === 0 ? t('detail.noDocuments') : t('detail.documentsValue', { done: row.documentsConfirmed, total: row.documentsTotal, size: formatSize(row.bytesTotal, language) })],
        ...(why === '' ? [] : [[t('detail.why'), why] as const]),
        ...(row.nextTryAt === null ? [] : [[t('detail.nextTry'), formatTime(new Date(row.nextTryAt))] as const]),
        ...(row.state === 'ready' || row.state === 'waiting' ? [[t('detail.effect'), t('detail.safe')] as const] : []),
      ]} />
      <div className="acts"><OpenDossier row={row} /></div>
    </>
  )
}

function Log({ detail }: { detail: OutboxDetail }): ReactNode {
  const { t } = useTranslation('outbox')
  const [copied, setCopied] = useState(false)
  const copy = (): void => void navigator.clipboard.writeText(attemptsText(detail)).then(() => setCopied(true))
  return (
    <>
      <Attempts log={detail.attemptsLog} aside={<Button small kind="ghost" onPress={copy}>{copied ? t('detail.copied') : t('detail.copy')}</Button>} />
      <div className="s t2" style={{ marginTop: 'auto' }}>
        <p className="row wrap" style={{ gap: 6 }}>
          {detail.errorCode !== null && <span>{t('detail.code')} <b className="num">{detail.errorCode}</b> ·</span>}
          <span>{t('detail.key')} <span className="mono" title={detail.id}>{shortId(detail.id)}</span></span>
        </p>
        <p>{t('detail.noDelete')}</p>
      </div>
    </>
  )
}
