import { IconArrowForwardUp, IconCheck, IconPlayerPause, IconUserCheck, IconUserQuestion } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueState, QueueTicket } from '@contract/queue'
import { Button, FailureNote } from '../parts'
import { TransferDialog } from './transfer-dialog'
import { useQueueActs } from './use-queue'

/** The number in hand and what can become of it: it came, did not come, is held, goes on to another counter, is done. */
export function MineBar({ ticket, queue }: { ticket: QueueTicket; queue: QueueState }): ReactNode {
  const { t } = useTranslation('queue')
  const acts = useQueueActs()
  const [sending, setSending] = useState(false)
  const { id, label, kind, state } = ticket
  const called = state === 'called'
  return (
    <div className="mine" role="group" aria-label={t(called ? 'inHand.called' : 'inHand.serving', { label })}>
      <div className="row wrap">
        <p className="ell grow"><span className="s t2">{t(called ? 'inHand.calledCaption' : 'inHand.servingCaption')}</span> <b className="l num">{label}</b> <span className="m t2">{kind}</span></p>
        {called && <Button small icon={IconUserCheck} onPress={() => acts.act('start', id)}>{t('start')}</Button>}
        {called && <Button small icon={IconUserQuestion} onPress={() => acts.act('miss', id)}>{t('miss')}</Button>}
        {!called && <Button small icon={IconCheck} onPress={() => acts.act('finish', id)}>{t('finish')}</Button>}
        <Button small icon={IconPlayerPause} onPress={() => acts.act('hold', id)}>{t('hold')}</Button>
        <Button small icon={IconArrowForwardUp} onPress={() => setSending(true)}>{t('transfer')}</Button>
      </div>
      <FailureNote error={acts.error} />
      <TransferDialog ticket={sending ? ticket : null} counters={queue.counters} kinds={queue.kinds} onSend={acts.transfer} onClose={() => setSending(false)} />
    </div>
  )
}
