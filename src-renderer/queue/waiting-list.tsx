import { IconArrowForwardUp, IconPlayerPause, IconRotate, IconSpeakerphone, IconTicket, IconUserQuestion, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '@contract/format'
import type { QueueState, QueueTicket } from '@contract/queue'
import { currentLanguage } from '../app/i18n'
import { useShortcut } from '../app/shortcuts'
import { useClock } from '../dossiers/clock'
import { Button, type Column, FailureNote, Table } from '../parts'
import { TakeDialog } from './take-dialog'
import { TicketBadge } from './ticket-badge'
import { TransferDialog } from './transfer-dialog'
import { type QueueActs, useQueueActs } from './use-queue'
import { waitedOf } from './waited'
import './queue.css'

/** Who waits at this counter, in the order of the calls; Enter calls the chosen one. */
export function WaitingList({ queue }: { queue: QueueState }): ReactNode {
  const { t } = useTranslation('queue')
  const acts = useQueueActs()
  const [chosen, setChosen] = useState<string | null>(null)
  const [taking, setTaking] = useState(false)
  const [sending, setSending] = useState<QueueTicket | null>(null)
  const rows = queue.tickets.filter(({ state, counter }) => state !== 'done' && !((state === 'serving' || state === 'called') && counter?.here === true))
  const ticket = rows.find(({ id }) => id === chosen) ?? null
  const { next } = queue
  return (
    <section className="card queue" aria-label={t('title')}>
      <div className="hd">
        <IconUsers className="i" aria-hidden />
        <h2>{t('title')}</h2>
        <span className="s t2 ell">↑ ↓ {t('choose')} · <kbd>Enter</kbd> {t('callChosen')}</span>
        <span className="end row">
          <Button small icon={IconTicket} onPress={() => setTaking(true)}>{t('take')}</Button>
          {queue.mine?.state === 'called' && <Recall ticket={queue.mine} acts={acts} />}
          {next && <Button kind="primary" small icon={IconSpeakerphone} keys="Ctrl+Enter" caps="F4" waitsFor={acts.busy ? t('calling') : undefined} onPress={acts.next}>{t('callNumber', { label: next.label })}</Button>}
        </span>
      </div>
      <Standing queue={queue} />
      <FailureNote error={acts.error} />
      {rows.length === 0
        ? <p className="t2" style={{ padding: '12px 14px' }}>{queue.done > 0 ? t('noneNow', { count: queue.done }) : t('noneYet')}</p>
        : <div className="fixed-table rows"><Rows rows={rows} chosen={chosen} onChoose={setChosen} onCall={(one) => acts.act('call', one.id)} /></div>}
      {ticket && <ChosenActs ticket={ticket} acts={acts} onSend={() => setSending(ticket)} />}
      <TakeDialog open={taking} kinds={queue.kinds} onClose={() => setTaking(false)} />
      <TransferDialog ticket={sending} counters={queue.counters} kinds={queue.kinds} onSend={acts.transfer} onClose={() => setSending(null)} />
    </section>
  )
}

function Recall({ ticket, acts }: { ticket: QueueTicket; acts: QueueActs }): ReactNode {
  const { t } = useTranslation('queue')
  return <Button small caps="Shift+F4" onPress={() => acts.act('recall', ticket.id)}>{t('recall')}</Button>
}

/** Cut off or in trouble: said once, with what it means for the people who wait. */
function Standing({ queue: { standing, trouble, prefix } }: { queue: QueueState }): ReactNode {
  const { t } = useTranslation('queue')
  if (trouble !== null) return <p className="m c-warn w6" role="status" style={{ padding: '6px 14px' }}>{t(`trouble.${trouble}`)}</p>
  if (standing !== 'alone' || prefix === '') return null
  return <p className="m t2" role="status" style={{ padding: '6px 14px' }}>{t('alone', { prefix })}</p>
}

type RowsProps = Readonly<{ rows: readonly QueueTicket[]; chosen: string | null; onChoose: (id: string) => void; onCall: (ticket: QueueTicket) => void }>

function Rows({ rows, chosen, onChoose, onCall }: RowsProps): ReactNode {
  const { t } = useTranslation('queue')
  const now = useClock()
  const columns: readonly Column<QueueTicket>[] = [
    { key: 'label', title: t('column.label'), width: 104, cell: ({ label }) => <b className="l num">{label}</b> },
    { key: 'kind', title: t('column.kind'), cell: ({ kind, group, priority }) => <div className="ell">{priority && <b>{t('priority')} · </b>}{kind}{priority && <span className="t2"> · {t(`group.${group}`)}</span>}</div> },
    { key: 'waited', title: t('column.waited'), width: 128, cell: (ticket) => <span className="num">{formatDuration(Math.floor(waitedOf(ticket, now) / 60_000), currentLanguage())}</span> },
    { key: 'state', title: t('column.state'), width: 190, cell: (ticket) => <TicketBadge ticket={ticket} /> },
  ]
  return <Table label={t('title')} rows={rows} columns={columns} idOf={({ id }) => id} selected={chosen} onSelect={({ id }) => onChoose(id)} onOpen={onCall} />
}

/** What can be done with the chosen number; single keys act while the list has the focus. */
function ChosenActs({ ticket, acts, onSend }: { ticket: QueueTicket; acts: QueueActs; onSend: () => void }): ReactNode {
  const { t } = useTranslation('queue')
  const { id, state, side, label } = ticket
  const stays = state === 'held' || state === 'no-show'
  return (
    <div className="chosen row">
      <span className="m w6 num">{label}</span>
      {side === 'other-side'
        ? <Button small icon={IconRotate} onPress={() => acts.act('claim', id)}>{t('claim')}</Button>
        : (
          <>
            <Button small icon={IconSpeakerphone} caps="Enter" onPress={() => acts.act('call', id)}>{t('call')}</Button>
            {stays && <Button small icon={IconRotate} keys="R" onPress={() => acts.act('return', id)}>{t('return')}</Button>}
            {state === 'held' && <Button small icon={IconArrowForwardUp} keys="C" onPress={onSend}>{t('transfer')}</Button>}
          </>
        )}
    </div>
  )
}

/** For the number in hand, in the head of the window and on Hôm nay: hold, did not come, on to another counter. */
export function MineActs({ ticket, queue }: { ticket: QueueTicket; queue: QueueState }): ReactNode {
  const { t } = useTranslation('queue')
  const acts = useQueueActs()
  const [sending, setSending] = useState(false)
  useShortcut('Shift+F4', t('recall'), ticket.state === 'called' ? () => acts.act('recall', ticket.id) : undefined)
  return (
    <>
      <FailureNote error={acts.error} />
      <div className="row wrap" style={{ gap: 6 }}>
        {ticket.state === 'called' && <Button small onPress={() => acts.act('start', ticket.id)}>{t('start')}</Button>}
        {ticket.state === 'called' && <Button small icon={IconUserQuestion} onPress={() => acts.act('miss', ticket.id)}>{t('miss')}</Button>}
        {ticket.state === 'serving' && <Button small onPress={() => acts.act('finish', ticket.id)}>{t('finish')}</Button>}
        <Button small icon={IconPlayerPause} onPress={() => acts.act('hold', ticket.id)}>{t('hold')}</Button>
        <Button small icon={IconArrowForwardUp} onPress={() => setSending(true)}>{t('transfer')}</Button>
      </div>
      <TransferDialog ticket={sending ? ticket : null} counters={queue.counters} kinds={queue.kinds} onSend={acts.transfer} onClose={() => setSending(false)} />
    </>
  )
}

