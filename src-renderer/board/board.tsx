import { IconClock, IconInfoCircle, IconVolumeOff } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTime, formatShortDate } from '@contract/format'
import { toCivil } from '@contract/civil-time'
import type { BoardState } from '@contract/queue'
import { type Away, currentLanguage, hallBridge, HallFoot, HallHead, HallPage } from '../hall'
import { CounterList } from './counter-list'
import { Next } from './next'
import { counterLines, newestOf } from './newest'
import { Newest } from './newest-call'
import { type Board as Shown, useBoard } from './use-board'

/** A notice stands so long before the next one, ms. */
const NOTICE_MS = 12_000

function Clock({ now }: { now: number }): ReactNode {
  const at = new Date(now)
  return <div className="board-clock"><p className="date">{formatShortDate(toCivil(at).date, { year: true, language: currentLanguage() })}</p><p className="time num">{formatTime(at)}</p></div>
}

/** What a line of the queue must know, in neutral words. */
function Standing({ state }: { state: BoardState }): ReactNode {
  const { t } = useTranslation('board')
  if (state.standing === 'together') return null
  const { standing, prefix } = state
  const words = standing === 'alone' && prefix === '' ? t('standing.aloneBare') : t(`standing.${standing}`, { prefix })
  return <p className="note"><IconInfoCircle className="i lg" aria-hidden />{words}</p>
}

function Notices({ notices }: { notices: readonly string[] }): ReactNode {
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (notices.length < 2) return undefined
    const timer = setInterval(() => setTurn((before) => before + 1), NOTICE_MS)
    return () => clearInterval(timer)
  }, [notices.length])
  return notices[turn % Math.max(1, notices.length)] ?? null
}

function SoundTrouble({ sound }: { sound: Shown['sound'] }): ReactNode {
  const { t } = useTranslation('board')
  if (sound !== 'blocked' && sound !== 'broken') return null
  return <p className="note warn"><IconVolumeOff className="i lg" aria-hidden />{t(`sound.${sound}`)}</p>
}

function Open({ state, heard, at, sound, calling }: Shown & { state: BoardState }): ReactNode {
  const { t } = useTranslation('board')
  return (
    <HallPage
      practice={state.practice}
      head={<HallHead ward={state.ward} unit={state.unit}><Clock now={at} /></HallHead>}
      foot={<HallFoot icon={<IconClock className="i lg" aria-hidden />} words={<div className="board-foot">{state.notices.length > 0 && <p className="notice"><Notices notices={state.notices} /></p>}<p>{t('hours', { hours: state.hours })}</p></div>} />}
    >
      <main className="board" data-calling={calling ?? ''}>
        <h1 className="sr">{t('title')}</h1>
        <div className="notes"><Standing state={state} /><SoundTrouble sound={sound} /></div>
        <div className="left"><Newest newest={newestOf(state.now, heard, at)} /><Next state={state} /></div>
        <CounterList lines={counterLines(state.now, heard, at)} />
      </main>
    </HallPage>
  )
}

function Closed({ away, at }: { away: Away | null; at: number }): ReactNode {
  const { t } = useTranslation('board')
  const why = away === 'closed' ? 'closed' : 'lost'
  return (
    <HallPage practice={hallBridge?.practice ?? false} head={<HallHead ward="Một Cửa" unit={t('title')}><Clock now={at} /></HallHead>} foot={null}>
      <main className="board-closed" role="status" aria-live="polite">{away === null ? <h1>{t('hall:starting')}</h1> : <><h1>{t(why)}</h1><p className="t2">{t(`${why}Help`)}</p></>}</main>
    </HallPage>
  )
}

/** The board of the waiting room. */
export function Board(): ReactNode {
  const board = useBoard()
  return board.state === null ? <Closed away={board.away} at={board.at} /> : <Open {...board} state={board.state} />
}
