import { IconAlertTriangle, IconCheck, IconClock, IconCloudCheck, IconCloudOff, IconDatabase, IconFlask, IconHourglass, IconPlugConnectedX } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toCivil } from '@contract/civil-time'
import { formatDuration, formatShortDate, formatTime } from '@contract/format'
import type { DiskRoom, SyncStatus } from '@contract/sync'
import { api } from '../app/api'
import { bridge } from '../app/bridge'
import { currentLanguage } from '../app/i18n'
import { queryClient } from '../app/queries'
import { useSession, useSyncStatus } from '../app/session'
import { useShortcut } from '../app/shortcuts'
import type { IconType } from '../parts'
import { useAnnounce } from '../parts'
import { Device } from './device'
import { useFit } from './fit'

/** Clock difference from which the officer is warned, in seconds (`anchors.md` §2.3). */
const CLOCK_WARNING = 600
const FEW_NUMBERS = 10

const LINE: Readonly<Record<SyncStatus['line'], readonly [string, IconType]>> = {
  unknown: ['', IconHourglass], online: ['st-ok', IconCloudCheck], unstable: ['st-warn', IconCloudOff], offline: ['st-off', IconCloudOff],
  portal: ['st-warn', IconPlugConnectedX], unauthorised: ['st-bad', IconPlugConnectedX], 'not-enrolled': ['st-warn', IconPlugConnectedX],
}

/** Network, what waits, what needs somebody, last acknowledgement, numbers left, clock: always there, never rounded up to "all fine". */
export function Strip(): ReactNode {
  const { t } = useTranslation('frame')
  const { data: session } = useSession()
  const { data } = useSyncStatus()
  const { say } = useAnnounce()
  const now = useNow()
  const strip = useFit()
  const send = (): void => void api.sync.sendNow().then(() => {
    say(t('sendingNow'))
    return queryClient.invalidateQueries({ queryKey: ['sync'] })
  })
  useShortcut('F5', t('sendNow'), session ? send : undefined)
  return (
    <footer className="strip" ref={strip}>
      {data && <Spoken status={data} />}
      <Disk room={data?.disk ?? null} />
      {bridge?.practice === true && <div className="st-sim"><IconFlask className="i" aria-hidden />{t('practiceCity')}</div>}
      {data && <Segments status={data} now={now} onSend={send} />}
      <Device />
      <Clock now={now} offset={data?.clockOffsetSeconds ?? null} />
    </footer>
  )
}

/** What changed about the line, said once and politely; the counts beside it would be read out at every tick. */
function Spoken({ status }: { status: SyncStatus }): ReactNode {
  const { t } = useTranslation('frame')
  const since = status.since ? formatTime(new Date(status.since)) : ''
  return <span className="sr" role="status">{t(`line.${status.line}`, { since })}{status.counts.attention > 0 && `. ${t('attention', { count: status.counts.attention })}`}{isShort(status.disk) && `. ${t(`disk.${status.disk}`)}`}</span>
}

const isShort = (room: DiskRoom | null): room is 'low' | 'critical' => room === 'low' || room === 'critical'

/** A fault of the machine itself stands before everything about the line. */
function Disk({ room }: { room: DiskRoom | null }): ReactNode {
  const { t } = useTranslation('frame')
  if (!isShort(room)) return null
  return <div className={room === 'critical' ? 'st-bad' : 'st-warn'} title={t('diskHelp')}><IconDatabase className="i" aria-hidden />{t(`disk.${room}`)}</div>
}

function Segments({ status, now, onSend }: { status: SyncStatus; now: Date; onSend: () => void }): ReactNode {
  const { t } = useTranslation('frame')
  const navigate = useNavigate()
  const language = currentLanguage()
  const open = (): void => void navigate({ to: '/outbox' })
  const { counts } = status
  const waiting = counts.ready + counts.sending + counts.waiting
  const [tint, Icon] = LINE[status.line]
  const since = status.since ? moment(status.since, now) : ''
  const age = status.oldestWaitingAt ? formatDuration((now.getTime() - Date.parse(status.oldestWaitingAt)) / 60_000, language) : ''
  return (
    <>
      <button type="button" className={tint} onClick={open}><Icon className="i" aria-hidden />{t(`line.${status.line}`, { since })}</button>
      <button type="button" className="opt2" onClick={open}><IconClock className="i" aria-hidden />{t('waiting')} <b className="num">{waiting}</b>{waiting > 0 && <span className="opt"> · {t('oldest')} <b className="num">{age}</b></span>}</button>
      {counts.attention > 0
        ? <button type="button" className="st-bad" onClick={open}><IconAlertTriangle className="i" aria-hidden />{t('attention', { count: counts.attention })}</button>
        : <button type="button" className="opt calm" onClick={open}><IconCheck className="i" aria-hidden />{t('noFaults')}</button>}
      <button type="button" className="opt last-received" onClick={open}>{t('lastReceived')} <b className="num">{status.lastReceivedAt ? moment(status.lastReceivedAt, now) : '–'}</b></button>
      <button type="button" className={status.numbersLeft < FEW_NUMBERS ? 'st-warn' : 'opt left-over'} onClick={open}>{t('numbersLeft')} <b className="num">{status.numbersLeft}</b></button>
      <button type="button" onClick={onSend} aria-keyshortcuts="F5"><kbd aria-hidden="true">F5</kbd> {t('sendNow')}</button>
    </>
  )
}

/** The time alone for today, with the day before it for any other: an old acknowledgement must not look fresh. */
function moment(instant: string, now: Date): string {
  const at = new Date(instant)
  const { date } = toCivil(at)
  return date === toCivil(now).date ? formatTime(at) : `${formatShortDate(date, { language: currentLanguage() })} ${formatTime(at)}`
}

function Clock({ now, offset }: { now: Date; offset: number | null }): ReactNode {
  const { t } = useTranslation('frame')
  const off = offset !== null && Math.abs(offset) > CLOCK_WARNING
  return (
    <div className={`last ${off ? 'st-warn' : ''}`} title={off ? t('clockOffHelp') : undefined}>
      {off && <><IconAlertTriangle className="i" aria-hidden />{t(offset > 0 ? 'clockSlow' : 'clockFast', { minutes: Math.round(Math.abs(offset) / 60) })}</>}
      <b className="num">{formatTime(now)}</b><span className="t2">{formatShortDate(toCivil(now).date, { language: currentLanguage() })}</span>
    </div>
  )
}

function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 5_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
