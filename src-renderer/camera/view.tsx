import { IconAlertTriangle, IconCamera, IconCheck, IconFocus2, IconFocusCentered } from '@tabler/icons-react'
import type { ReactNode, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { IconType } from '../parts'
import type { EyeState } from './eye'
import { hasPage } from './sight'

/** What is said about the picture: the gravest thing, or how far it is. */
type Word = 'waiting' | 'unsaved' | 'no-page' | 'frozen' | 'blind' | 'black' | 'dark' | 'no-corners' | 'blurred' | 'taking' | 'holding' | 'taken' | 'ready'

/** One word for how it stands. `unsaved`: a picture was taken that could not be stored. */
export function wordOf({ sight, phase, lack, frozen, blind, taking }: EyeState, unsaved: boolean): Word {
  if (taking) return 'taking'
  if (frozen) return 'frozen'
  if (blind) return 'blind'
  if (!sight) return 'waiting'
  if (phase === 'taken') return unsaved ? 'unsaved' : 'taken'
  if (lack !== null) return lack
  if (phase === 'holding') return 'holding'
  return hasPage(sight) ? 'ready' : 'no-page'
}

const SHOWN: Readonly<Record<Word, readonly [tint: string, icon: IconType]>> = {
  waiting: ['idle', IconCamera], 'no-page': ['idle', IconFocus2], unsaved: ['warn', IconAlertTriangle], ready: ['idle', IconFocus2], holding: ['info', IconFocusCentered], taking: ['info', IconCamera], taken: ['ok', IconCheck],
  'no-corners': ['idle', IconFocus2], blurred: ['warn', IconAlertTriangle], dark: ['warn', IconAlertTriangle], black: ['warn', IconAlertTriangle], frozen: ['warn', IconAlertTriangle], blind: ['warn', IconAlertTriangle],
}

const RING = { radius: 9, around: 2 * Math.PI * 9 }

/** How much of the time to lie still is over. */
function Ring({ part }: { part: number }): ReactNode {
  return (
    <svg className="cam-ring" viewBox="0 0 24 24" aria-hidden="true">
      <circle className="rest" cx={12} cy={12} r={RING.radius} />
      <circle className="done" cx={12} cy={12} r={RING.radius} strokeDasharray={RING.around} strokeDashoffset={RING.around * (1 - part)} />
    </svg>
  )
}

/** The outline of the page as it was seen last, over the picture: both are fitted into the place in the same way. */
function Outline({ state }: { state: EyeState }): ReactNode {
  const { sight, phase, taking } = state
  if (!sight?.corners || !hasPage(sight)) return null
  const { corners, width, height } = sight
  const points = corners.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
  return (
    <svg className={`cam-outline ${taking ? 'taking' : phase}`} viewBox={`0 0 ${String(width)} ${String(height)}`} preserveAspectRatio="xMidYMid meet" aria-hidden="true" data-testid="page-outline">
      <polygon className="edge" points={points} vectorEffect="non-scaling-stroke" />
      <polygon className="line" points={points} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

/** The live picture with the page's outline. */
export function CameraView({ video, state }: { video: RefObject<HTMLVideoElement | null>; state: EyeState }): ReactNode {
  const { t } = useTranslation('camera')
  return (
    <div className="cam-view">
      <video ref={video} muted playsInline aria-label={t('picture')} />
      <Outline state={state} />
    </div>
  )
}

/** One line about how it stands; beside the picture, so that it covers no paper. */
export function CameraWord({ state, auto, unsaved }: { state: EyeState; auto: boolean; unsaved: boolean }): ReactNode {
  const { t } = useTranslation('camera')
  const word = wordOf(state, unsaved)
  const [tint, Icon] = SHOWN[word]
  const words: Readonly<Record<Word, string>> = {
    waiting: t('word.waiting'), unsaved: t('word.unsaved'), 'no-page': t('word.noPage'), ready: auto ? t('word.ready') : t('word.byHand'), holding: t('word.holding'), taking: t('word.taking'), taken: t('word.taken'), 'no-corners': t('word.noCorners'),
    blurred: t('word.blurred'), dark: t('word.dark'), black: t('word.black'), frozen: t('word.frozen'), blind: t('word.blind'),
  }
  return (
    <p className={`cam-word ${tint}`} role="status" data-testid="camera-word">
      {word === 'holding' ? <Ring part={state.held} /> : <Icon className="i" aria-hidden />}
      {words[word]}
    </p>
  )
}
