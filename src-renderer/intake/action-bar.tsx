import { IconAlertTriangle, IconCircleCheck, IconClipboardCheck, IconDeviceTv } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { toCivil } from '@contract/civil-time'
import { formatTime } from '@contract/format'
import { makingOf } from '../papers/pages'
import { useScanning } from '../papers/scan'
import { Button } from '../parts'
import { nextAct } from '../show/next-act'
import { useConfirmation, useDisplay } from '../show/use-display'
import { TurnAway } from './turn-away'
import { useDraft } from './use-draft'

const withSeconds = (instant: string): string => `${formatTime(new Date(instant))}:${String(Math.floor(toCivil(new Date(instant)).msOfDay / 1000) % 60).padStart(2, '0')}`

/** What is still missing, when the draft was saved, and the way on. */
export function ActionBar({ onReceive, onUnseen, onPark, onDiscard, receiving }: { onReceive: () => void; onUnseen: () => void; onPark: () => void; onDiscard: () => void; receiving: boolean }): ReactNode {
  const { t } = useTranslation('intake')
  const { store, state, taken, gaps, uploads } = useDraft()
  const scanning = useScanning(store.id).state !== 'idle'
  const coming = uploads.filter((upload) => upload.state !== 'refused').length
  const making = makingOf(taken.pages)
  const waitsFor = receiving ? (making > 0 ? t('making', { ns: 'papers', count: making }) : t('bar.receiving')) : scanning ? t('scanningNow', { ns: 'papers' }) : coming > 0 ? t('bar.taking', { count: coming }) : undefined
  const display = useDisplay()
  const confirmation = useConfirmation(store.id, state.view.revision)
  const next = nextAct({ draftId: store.id, display, confirmation, gaps: gaps.length })
  return (
    <div className="bar">
      <div className="col grow" style={{ lineHeight: 1.45 }}>
        {gaps.length > 0
          ? <span className="m w6 c-warn num"><IconAlertTriangle className="i xs" aria-hidden /> {t('bar.missing', { count: gaps.length })}</span>
          : <span className="m w6 c-ok"><IconCircleCheck className="i xs" aria-hidden /> {t('bar.ready')}</span>}
        <span className="s t2 num" role="status">{state.saved === 'failed' ? '' : t('bar.saved', { time: withSeconds(state.view.savedAt) })}</span>
      </div>
      <Button onPress={onDiscard}>{t('bar.discard')}</Button>
      <TurnAway crowded={next !== 'receive'} />
      <Button caps={next === 'receive' ? 'Ctrl+G' : null} onPress={onPark}>{t('bar.park')}</Button>
      {next !== 'receive' && <Button onPress={onUnseen} waitsFor={waitsFor}>{t('bar.anyway', { ns: 'show' })}</Button>}
      {next === 'receive'
        ? <Button kind="primary" icon={IconClipboardCheck} keys="Ctrl+Enter" onPress={onReceive} waitsFor={waitsFor}>{t('bar.receive')}</Button>
        : <Button kind="primary" icon={IconDeviceTv} keys="Ctrl+Enter" onPress={onReceive} waitsFor={waitsFor ?? (next === 'wait' ? t('bar.waits', { ns: 'show' }) : undefined)}>{t('bar.show', { ns: 'show' })}</Button>}
    </div>
  )
}
