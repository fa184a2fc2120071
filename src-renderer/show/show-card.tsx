import { IconAlertTriangle, IconCash, IconClockPlus, IconDeviceTv, IconDeviceTvOff, IconEye, IconEyeOff, IconRotateRectangle, IconUserCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Confirmation, DisplayState, DisplayWish } from '@contract/display'
import { formatTime } from '@contract/format'
import { type KeyName, useShortcut } from '../app/shortcuts'
import { ariaKeys, Badge, Button, Card, FailureNote, KeyCaps } from '../parts'
import type { DisplayActs } from './use-display'
import './show.css'

type Props = Readonly<{
  display: DisplayState
  acts: DisplayActs
  /** What F8 pushes on this screen. */
  wish: DisplayWish
  /** What the citizen has confirmed; undefined on screens where nothing is to be confirmed. */
  confirmation?: Confirmation | null
  /** What the officer does when the transfer on the display has come in. */
  onPaid?: () => void
}>

/** What the citizen sees at this moment, and the two keys that change it. */
export function ShowCard({ display, acts, wish, confirmation, onPaid }: Props): ReactNode {
  const { t } = useTranslation('show')
  const { attached, shown } = display
  useShortcut('F8', t(`push.${wish.kind}`), attached ? () => acts.show(wish) : undefined)
  useShortcut('Shift+F8', t('clear'), attached && shown.kind !== 'waiting' ? acts.clear : undefined)
  return (
    <Card title={t('title')} icon={attached ? IconDeviceTv : IconDeviceTvOff}>
      <div className="col" style={{ gap: 8 }}>
        {attached ? <Shown display={display} /> : <NotThere acts={acts} wish={wish} />}
        {confirmation && <Confirmed confirmation={confirmation} />}
        <Answered display={display} wish={wish} />
        {shown.kind === 'pin' && <div><Button small icon={IconClockPlus} onPress={acts.moreTime}>{t('moreTime')}</Button></div>}
        {shown.kind === 'pay' && onPaid && <div><Button small icon={IconCash} onPress={onPaid}>{t('paid')}</Button></div>}
        <FailureNote error={acts.error} />
        {attached && (
          <div className="row wrap m t2 show-keys">
            <KeyAct keys="F8" onPress={() => acts.show(wish)}>{t(`push.${wish.kind}`)}</KeyAct><span aria-hidden="true">·</span><KeyAct keys="Shift+F8" onPress={acts.clear}>{t('clear')}</KeyAct>
          </div>
        )}
      </div>
    </Card>
  )
}

function Shown({ display: { shown } }: { display: DisplayState }): ReactNode {
  const { t } = useTranslation('show')
  const nothing = shown.kind === 'waiting'
  return (
    <div className="row wrap m" role="status" style={{ gap: '2px 8px' }}>
      <span style={{ flex: '1 0 auto', maxWidth: '100%' }}>{t('now')} <b>{t(`page.${shown.kind}`)}</b>{shown.kind === 'pin' && <> · {t(shown.typing ? 'pin.typing' : 'pin.waits', { round: shown.round })} · {t('pin.until', { time: formatTime(new Date(shown.endsAt)) })}</>}</span>
      {nothing ? <Badge tint="line" icon={IconEyeOff}>{t('nothing')}</Badge> : <Badge tint="info" icon={IconEye}>{t('shown')}</Badge>}
    </div>
  )
}

/** A key with what it does, within reach of the mouse, too. */
function KeyAct({ keys, children, onPress }: { keys: KeyName; children: string; onPress: () => void }): ReactNode {
  return <button type="button" onClick={onPress} aria-keyshortcuts={ariaKeys(keys)}><KeyCaps keys={keys} />{children}</button>
}

/** No second monitor: open it where there is one, or turn this one around. */
function NotThere({ acts, wish }: Pick<Props, 'acts' | 'wish'>): ReactNode {
  const { t } = useTranslation('show')
  return (
    <>
      <p className="m t2">{t('notThere')}</p>
      <div className="row wrap" style={{ gap: 6 }}>
        <Button small icon={IconDeviceTv} onPress={acts.open}>{t('open')}</Button>
        <Button small icon={IconRotateRectangle} waitsFor={acts.busy ? t('opening') : undefined} onPress={() => acts.turn(wish)}>{t('turn')}</Button>
      </div>
    </>
  )
}

function Confirmed({ confirmation: { at, signed, current } }: { confirmation: Confirmation }): ReactNode {
  const { t } = useTranslation('show')
  const time = formatTime(new Date(at))
  if (!current) return <p className="m w6 c-warn row" style={{ gap: 6 }}><IconAlertTriangle className="i xs" aria-hidden />{t('changedSince', { time })}</p>
  return <p className="m w6 c-ok row" style={{ gap: 6 }}><IconUserCheck className="i xs" aria-hidden />{t(signed ? 'confirmedSigned' : 'confirmed', { time })}</p>
}

/** What needs the officer: not right, walked away, unplugged. What went well stands in its own place. */
function Answered({ display: { answer }, wish }: Readonly<{ display: DisplayState; wish: DisplayWish }>): ReactNode {
  const { t } = useTranslation('show')
  // What somebody else answered about another errand is not said of this one.
  const errand = 'draftId' in wish ? wish.draftId : null
  // That somebody would not rate stands in the rating's own card.
  if (answer === null || answer.draftId !== errand || (wish.kind === 'rating' && answer.kind === 'leave') || !['wrong', 'decline', 'timeout', 'display-gone', 'pin-refused', 'leave'].includes(answer.kind)) return null
  return <p className="m w6 c-warn row" role="status" style={{ gap: 6 }}><IconAlertTriangle className="i xs" aria-hidden />{t(`answer.${answer.kind}`, { time: formatTime(new Date(answer.at)) })}</p>
}
