import { IconSpeakerphone, IconTicket } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueTicket } from '@contract/queue'
import { useShortcut } from '../app/shortcuts'
import { Button, useAnnounce } from '../parts'
import { problemOf } from '../app/api'
import { useQueue, useQueueActs } from './use-queue'
import { clockSince } from './waited'
import './queue.css'

/** In the head of every screen: the number in hand with its time, and the key that calls the next one. */
export function NumberInHand(): ReactNode {
  const { t } = useTranslation('queue')
  const { t: errors } = useTranslation('errors')
  const { queue } = useQueue()
  const { toast } = useAnnounce()
  const acts = useQueueActs()
  const mine = queue?.mine ?? null
  const someone = queue !== undefined && queue.next !== null
  useShortcut('F4', t('callNext'), queue === undefined ? undefined : acts.next)
  useShortcut('Shift+F4', t('recall'), mine?.state === 'called' ? () => acts.act('recall', mine.id) : undefined)
  useEffect(() => {
    if (acts.error === null) return
    const { code, params } = problemOf(acts.error)
    toast(errors(`${code}.what`, { reference: '–', ...params }))
  }, [acts.error, toast, errors])
  if (queue === undefined || (mine === null && !someone && queue.done === 0)) return null
  return (
    <>
      {mine && <InHand ticket={mine} />}
      <Button icon={IconSpeakerphone} caps="F4" onPress={acts.next}>{t('callNext')}</Button>
    </>
  )
}

function InHand({ ticket }: { ticket: QueueTicket }): ReactNode {
  const { t } = useTranslation('queue')
  const now = useSeconds()
  return (
    <div className="in-hand" role="status" aria-label={t(`inHand.${ticket.state === 'called' ? 'called' : 'serving'}`, { label: ticket.label })}>
      <IconTicket className="i" aria-hidden />
      <span className="s t2 opt">{t(`inHand.${ticket.state === 'called' ? 'calledCaption' : 'servingCaption'}`)}</span>
      <b className="num">{ticket.label}</b>
      <span className="s t2 num" aria-hidden="true">{clockSince(ticket.stateSince, now)}</span>
    </div>
  )
}

function useSeconds(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
