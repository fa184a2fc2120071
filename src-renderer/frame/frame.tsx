import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../app/api'
import { bridge } from '../app/bridge'
import { queryClient } from '../app/queries'
import { useGate, useMay, useSession } from '../app/session'
import { useShortcut } from '../app/shortcuts'
import { CounterProvider, useCounterState } from '../chip/use-counter'
import { CodeRouter } from '../codes/router'
import { useStartDraft } from '../intake/use-start-draft'
import { ConfirmDialog, KeyCaps } from '../parts'
import { SlipRating } from '../show/slip-rating'
import { useFocusKept } from './keep-focus'
import { KeySheet } from './key-sheet'
import { PrintNotice } from './print-notice'
import { Rail } from './rail'
import { Strip } from './strip'
import { Top } from './top'
import { useIdleTouch } from './idle'
import { IdleNotice } from './idle-notice'

/** The window around every screen: rail, top, work area, strip. F6 goes round its regions. */
export function Frame(): ReactNode {
  return <CounterProvider><CodeRouter><Window /></CodeRouter></CounterProvider>
}

function Window(): ReactNode {
  const { t } = useTranslation('frame')
  const navigate = useNavigate()
  const { data: session } = useSession()
  const { data: gate } = useGate()
  const mayReceive = useMay('receive')
  const [sheet, setSheet] = useState(false)
  const [leaving, setLeaving] = useState(false)
  useIdleTouch()
  useFocusKept()
  const lock = (): void => void api.staff.lock().then(() => queryClient.invalidateQueries({ queryKey: ['session'] }))
  useShortcut('F1', t('keySheet'), () => setSheet(true))
  useShortcut('F2', t('newIntake'), mayReceive ? () => void navigate({ to: '/intake' }) : undefined)
  useShortcut('F6', t('nextRegion'), () => goRound(1))
  useShortcut('Shift+F6', t('previousRegion'), () => goRound(-1))
  useShortcut('Ctrl+F12', t('practice'), bridge ? () => setLeaving(true) : undefined)
  return (
    <div className="app">
      <div className="band" role="note">
        {t('band')}
        <span className="row" style={{ gap: 6, marginLeft: 16 }}>{t('leave')} <kbd>Ctrl</kbd><kbd>F12</kbd></span>
      </div>
      <Rail onKeys={() => setSheet(true)} />
      <Top session={session ?? null} counterName={gate?.counter?.name ?? ''} onLock={lock} />
      <ChipKey />
      <Outlet />
      <IdleNotice />
      <SlipRating />
      <PrintNotice />
      <button type="button" className="drawer" onClick={() => enter('.work .aside')}><KeyCaps keys="F6" />{t('panel')}</button>
      <Strip />
      <KeySheet open={sheet} onClose={() => setSheet(false)} />
      <ConfirmDialog
        open={leaving} title={bridge?.practice === true ? t('leavePractice') : t('enterPractice')} act={bridge?.practice === true ? t('leaveAct') : t('enterAct')}
        onAct={() => bridge?.togglePractice()} onClose={() => setLeaving(false)}
      >{bridge?.practice === true ? t('leavePracticeWords') : t('enterPracticeWords')}</ConfirmDialog>
    </div>
  )
}

/** With F7 the card on the reader opens an intake from any screen; the intake itself has the key for its own. */
function ChipKey(): ReactNode {
  const { t } = useTranslation('frame')
  const { pathname } = useLocation()
  const { data: session } = useSession()
  const mayReceive = useMay('receive')
  const present = useCounterState((state) => state.card) === 'present'
  const { start } = useStartDraft()
  const listens = mayReceive && session?.locked === false && !pathname.startsWith('/intake')
  useShortcut('F7', t('chipIntake'), listens && present ? start : undefined)
  return null
}

const REGIONS = ['.work .main', '.work .aside', '.strip', '.rail', '.top']
const FOCUSABLE = 'a[href], button:not([tabindex="-1"]), input, select, textarea, [tabindex="0"]'

/** Puts the focus on the first thing of a region that can be used and seen, or on the region itself. */
function enter(selector: string): boolean {
  const region = document.querySelector<HTMLElement>(selector)
  if (!region?.checkVisibility()) return false
  const target = [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find((element) => element.checkVisibility())
  if (!target) region.tabIndex = -1
  ;(target ?? region).focus()
  return true
}

/** Work → panel → strip → rail → top, and round again. */
function goRound(step: number): void {
  const current = REGIONS.findIndex((selector) => document.querySelector(selector)?.contains(document.activeElement))
  const from = current === -1 && step < 0 ? 0 : current
  for (let turn = 1; turn <= REGIONS.length; turn += 1) {
    const selector = REGIONS[(from + step * turn + REGIONS.length * 2) % REGIONS.length]
    if (selector !== undefined && enter(selector)) return
  }
}
