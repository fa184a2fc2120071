import './door.css'
import { IconClock, IconCloudCheck, IconCloudOff, IconHash, IconDatabase, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gate } from '@contract/calls-staff'
import { toCivil } from '@contract/civil-time'
import { formatFullMoment, formatShortDate, formatTime } from '@contract/format'
import { api } from '../app/api'
import { bridge } from '../app/bridge'
import { currentLanguage } from '../app/i18n'
import { keys } from '../app/queries'
import { useShortcut } from '../app/shortcuts'
import { HouseMark } from '../frame/house-mark'
import type { IconType } from '../parts'

const KeySheet = lazy(() => import('../frame/key-sheet').then((module) => ({ default: module.KeySheet })))
const ConfirmDialog = lazy(() => import('../parts/dialog').then((module) => ({ default: module.ConfirmDialog })))

/** What stands around sign-in, lock, new secret and first run: who and where on the left, the errand on the right, the strip below. */
export function DoorFrame({ gate, remark, children, wide = false }: { gate: Gate | undefined; remark?: ReactNode; children: ReactNode; wide?: boolean }): ReactNode {
  const { t } = useTranslation('sign-in')
  return (
    <div className={wide ? 'door wide' : 'door'}>
      <div className="band" role="note">{t('band', { ns: 'frame' })}</div>
      <main>
        <section className="panel" aria-label={t('where')}>
          <div className="row" style={{ gap: 16 }}>
            <span className="mark"><HouseMark size={38} /></span>
            <div>
              <div style={{ fontSize: 28, fontWeight: 700, lineHeight: 1.35 }}>Một Cửa</div>
              <div className="dim">{t('what')}</div>
            </div>
          </div>
          {gate?.ward && (
            <>
              <div className="dim" style={{ marginTop: 44 }}>{gate.ward.name}</div>
              <div style={{ fontSize: 30, lineHeight: 1.4, fontWeight: 650, maxWidth: 560 }}>{gate.ward.unitName}</div>
              <div className="l">{[gate.counter?.name, gate.counter?.fields.join(' – ')].filter((part) => part !== undefined && part !== '').join(' · ')}</div>
            </>
          )}
          {remark}
          <div className="dim m later" style={{ marginTop: 'auto' }}>{formatFullMoment(new Date(), currentLanguage()).split(',')[0]}</div>
        </section>
        <section className="errand" aria-label={t('errand')}>{children}</section>
      </main>
      <DoorStrip gate={gate} />
    </div>
  )
}

/** Health of the data, line by line; what is not known is left out. */
export function GateFacts({ gate: { facts, state } }: { gate: Gate }): ReactNode {
  const { t } = useTranslation('sign-in')
  const { data: sync } = useLine(state === 'open')
  if (!facts) return null
  const { auditCheckedAt, auditIntact, backedUpAt } = facts
  const numbersLeft = sync?.numbersLeft ?? facts.numbersLeft
  const lines: readonly (readonly [IconType, string] | null)[] = [
    auditCheckedAt === null ? null : auditIntact === false ? [IconShieldX, t('auditBroken')] : [IconShieldCheck, t('auditIntact', { time: moment(auditCheckedAt, t('today')) })],
    backedUpAt === null ? null : [IconDatabase, t('backedUp', { time: moment(backedUpAt, t('today')) })],
    numbersLeft === null ? null : [IconHash, t('numbersLeft', { count: numbersLeft })],
  ]
  const shown = lines.filter((line) => line !== null)
  if (shown.length === 0) return null
  return (
    <div className="framed" style={{ marginTop: 28 }}>
      {shown.map(([Icon, words]) => <div key={words} style={{ display: 'contents' }}><Icon className="i" aria-hidden /><span>{words}</span></div>)}
    </div>
  )
}

/** "hôm nay 06:45", or the day and the time. */
function moment(instant: string, today: string): string {
  const at = new Date(instant)
  const { date } = toCivil(at)
  const day = date === toCivil(new Date()).date ? today : formatShortDate(date, { year: true, language: currentLanguage() })
  return `${day} ${formatTime(at)}`
}

function DoorStrip({ gate }: { gate: Gate | undefined }): ReactNode {
  const { t } = useTranslation('sign-in')
  const [sheet, setSheet] = useState(false)
  const [leaving, setLeaving] = useState(false)
  useShortcut('F1', t('keySheet', { ns: 'frame' }), () => setSheet(true))
  useShortcut('Ctrl+F12', t('practice', { ns: 'frame' }), bridge ? () => setLeaving(true) : undefined)
  const practice = bridge?.practice === true
  return (
    <footer className="strip">
      {gate && <Line open={gate.state === 'open'} />}
      {gate?.counter && gate.ward && <div className="last">{t('counter')} <b className="num">{gate.ward.agencyCode}/{gate.counter.code}</b></div>}
      <div className={gate?.counter ? 'opt' : 'last'}>{gate && gate.version !== '' && t('version', { version: gate.version })}</div>
      {bridge && <button type="button" className="opt" onClick={() => setLeaving(true)} aria-keyshortcuts="Control+F12"><span className="kc" aria-hidden="true"><kbd>Ctrl</kbd><kbd>F12</kbd></span> {t(practice ? 'leavePractice' : 'enterPractice')}</button>}
      <button type="button" onClick={() => setSheet(true)} aria-keyshortcuts="F1"><kbd aria-hidden="true">F1</kbd> {t('keySheet', { ns: 'frame' })}</button>
      <Suspense>
        {sheet && <KeySheet open onClose={() => setSheet(false)} />}
        {leaving && (
          <ConfirmDialog
            open title={t(practice ? 'leavePractice' : 'enterPractice', { ns: 'frame' })} act={t(practice ? 'leaveAct' : 'enterAct', { ns: 'frame' })}
            onAct={() => bridge?.togglePractice()} onClose={() => setLeaving(false)}
          >{t(practice ? 'leavePracticeWords' : 'enterPracticeWords', { ns: 'frame' })}</ConfirmDialog>
        )}
      </Suspense>
    </footer>
  )
}

/** The strip's facts; they can be had before anybody signs in, but not before the data are open. */
const useLine = (open: boolean) => useQuery({ queryKey: keys.syncStatus, queryFn: () => api.sync.status(), refetchInterval: 10_000, enabled: open })

function Line({ open }: { open: boolean }): ReactNode {
  const { t } = useTranslation('frame')
  const { data } = useLine(open)
  if (!data) return null
  const online = data.line === 'online'
  const Icon = online ? IconCloudCheck : IconCloudOff
  const { ready, sending, waiting, attention } = data.counts
  return (
    <>
      <div className={online ? 'st-ok' : ''}><Icon className="i" aria-hidden />{t(`line.${data.line}`, { since: data.since ? formatTime(new Date(data.since)) : '' })}</div>
      <div className="opt"><IconClock className="i" aria-hidden />{t('waiting')} <b className="num">{ready + sending + waiting}</b></div>
      {attention > 0 && <div className="st-bad">{t('attention', { count: attention })}</div>}
      {data.lastReceivedAt !== null && <div className="opt">{t('lastReceived')} <b className="num">{formatTime(new Date(data.lastReceivedAt))}</b></div>}
    </>
  )
}
