import { IconArrowForwardUp, IconHourglass, IconPlayerPause, IconPlugConnectedX, IconSpeakerphone, IconUserCheck, IconUserQuestion } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueCounter, QueueTicket } from '@contract/queue'
import { Badge, type IconType, type Tint } from '../parts'

type Look = Readonly<{ tint: Tint; icon: IconType; word: string }>

const LOOKS: Readonly<Record<QueueTicket['state'], Omit<Look, 'word'>>> = {
  waiting: { tint: 'idle', icon: IconHourglass }, called: { tint: 'info', icon: IconSpeakerphone }, serving: { tint: 'ok', icon: IconUserCheck },
  held: { tint: 'line', icon: IconPlayerPause }, done: { tint: 'line', icon: IconUserCheck }, 'no-show': { tint: 'warn', icon: IconUserQuestion },
}

/** True for another counter that cannot be reached. */
export const isAway = (counter: QueueTicket['counter'], counters: readonly QueueCounter[]): boolean =>
  counter !== null && !counter.here && !counters.some(({ node, reached }) => node === counter.node && reached)

/** Where a number stands; one that cannot be reached says so before anything else. */
export function TicketBadge({ ticket, counters }: { ticket: QueueTicket; counters: readonly QueueCounter[] }): ReactNode {
  const { t } = useTranslation('queue')
  const { state, side, wanted, counter } = ticket
  const atWork = state === 'called' || state === 'serving'
  if (atWork && counter !== null && isAway(counter, counters)) return <Badge tint="warn" icon={IconPlugConnectedX} title={t('lostAtHelp', { counter: counter.name })}>{t('lostAt', { counter: counter.name })}</Badge>
  if (side === 'other-side') return <Badge tint="warn" icon={IconPlugConnectedX} title={t('otherSideHelp')}>{t('otherSide')}</Badge>
  if (state === 'waiting' && wanted !== null) return <Badge tint={wanted.here ? 'info' : 'idle'} icon={IconArrowForwardUp}>{wanted.here ? t('sentHere') : t('sentTo', { counter: wanted.name })}</Badge>
  const { tint, icon } = LOOKS[state]
  const elsewhere = counter !== null && !counter.here
  return <Badge tint={tint} icon={icon}>{atWork && elsewhere ? t(`atCounter.${state}`, { counter: counter.name }) : t(`state.${state}`)}</Badge>
}
