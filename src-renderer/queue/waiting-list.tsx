import { IconArrowForwardUp, IconRotate, IconSpeakerphone, IconTicket, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '@contract/format'
import type { QueueCounter, QueueState, QueueTicket } from '@contract/queue'
import { currentLanguage } from '../app/i18n'
import { usePointedTicket } from '../codes/router'
import { useClock } from '../dossiers/clock'
import { Button, type Column, FailureNote, Table } from '../parts'
import { MineBar } from './mine-bar'
import { isClaimable, Standing } from './standing'
import { TakeDialog } from './take-dialog'
import { isAway, TicketBadge } from './ticket-badge'
import { TransferDialog } from './transfer-dialog'
import { useFocusKeptOn } from './use-focus-kept'
import { type QueueActs, useQueueActs } from './use-queue'
import { waitedOf } from './waited'
import '../dossiers/dossiers.css'
import './queue.css'

/** Who waits at this counter, in the order of the calls; Enter calls the chosen one. */
export function WaitingList({ queue }: { queue: QueueState }): ReactNode {
  const { t } = useTranslation('queue')
  const acts = useQueueActs()
  const [chosen, setChosen] = useState<string | null>(null)
  const [taking, setTaking] = useState(false)
  const [sending, setSending] = useState<QueueTicket | null>(null)
  const rows = queue.tickets.filter(({ state, counter }) => state !== 'done' && !((state === 'serving' || state === 'called') && counter?.here === true))
  const { next } = queue
  const box = useScannedRow(rows, setChosen)
  const ticket = rows.find(({ id }) => id === chosen) ?? rows.find(({ id }) => id === next?.id) ?? null
  const heading = useFocusKeptOn([queue.mine?.id, queue.mine?.state, ticket?.id, ticket?.state].join(' '))
  return (
    <section className="card queue" aria-label={t('title')} ref={box}>
      <div className="hd">
        <IconUsers className="i" aria-hidden />
        <h2 ref={heading} tabIndex={-1}>{t('title')}</h2>
        {rows.length > 0 && <span className="s t2 ell">↑ ↓ {t('choose')} · <kbd>Enter</kbd> {t('callChosen')}</span>}
        <span className="end row">
          <Button small icon={IconTicket} onPress={() => setTaking(true)}>{t('take')}</Button>
          {queue.mine?.state === 'called' && <Recall ticket={queue.mine} acts={acts} />}
          {next && <Button kind="primary" small icon={IconSpeakerphone} keys="Ctrl+Enter" caps="F4" waitsFor={acts.busy ? t('calling') : undefined} onPress={acts.next}>{t('callNumber', { label: next.label })}</Button>}
        </span>
      </div>
      <Standing queue={queue} acts={acts} />
      {acts.error !== null && <div className="said"><FailureNote error={acts.error} /></div>}
      {queue.mine && <MineBar ticket={queue.mine} queue={queue} />}
      {rows.length === 0
        ? <p className="t2 none">{queue.done > 0 ? t('noneNow', { count: queue.done }) : t('noneYet')}</p>
        : <div className="fixed-table rows"><Rows rows={rows} counters={queue.counters} chosen={ticket?.id ?? null} onChoose={setChosen} onCall={(one) => acts.act('call', one.id)} /></div>}
      {ticket && ticket.id !== next?.id && <ChosenActs ticket={ticket} counters={queue.counters} acts={acts} onSend={() => setSending(ticket)} />}
      <TakeDialog open={taking} kinds={queue.kinds} onClose={() => setTaking(false)} />
      <TransferDialog ticket={sending} counters={queue.counters} kinds={queue.kinds} onSend={acts.transfer} onClose={() => setSending(null)} />
    </section>
  )
}

/** A number whose paper was scanned is chosen and gets the focus: Enter calls it, the scan does not. */
function useScannedRow(rows: readonly QueueTicket[], choose: (id: string) => void) {
  const box = useRef<HTMLElement>(null)
  const pointed = usePointedTicket()
  const at = rows.findIndex(({ id }) => id === pointed?.ticket)
  useEffect(() => {
    if (pointed === null || at < 0) return undefined
    choose(pointed.ticket)
    // The list is drawn with it first; a far row may need to be scrolled to.
    const frame = requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>(`[data-index="${String(at)}"]`)?.focus()
      pointed.take()
    })
    return () => cancelAnimationFrame(frame)
  }, [pointed, at, choose])
  return box
}

function Recall({ ticket, acts }: { ticket: QueueTicket; acts: QueueActs }): ReactNode {
  const { t } = useTranslation('queue')
  return <Button small caps="Shift+F4" onPress={() => acts.act('recall', ticket.id)}>{t('recall')}</Button>
}

type RowsProps = Readonly<{ rows: readonly QueueTicket[]; counters: readonly QueueCounter[]; chosen: string | null; onChoose: (id: string) => void; onCall: (ticket: QueueTicket) => void }>

function Rows({ rows, counters, chosen, onChoose, onCall }: RowsProps): ReactNode {
  const { t } = useTranslation('queue')
  const now = useClock()
  const columns: readonly Column<QueueTicket>[] = [
    { key: 'label', title: t('column.label'), width: 96, cell: ({ label }) => <b className="l num">{label}</b> },
    { key: 'kind', title: t('column.kind'), cell: ({ kind, group, priority }) => <div className="ell">{priority && <><b>{t('priority')}</b> · </>}{kind}{priority && <span className="t2"> · {t(`group.${group}`)}</span>}</div> },
    { key: 'waited', title: t('column.waited'), width: 132, cell: (ticket) => <span className="num">{formatDuration(Math.floor(waitedOf(ticket, now) / 60_000), currentLanguage())}</span> },
    { key: 'state', title: t('column.state'), width: 200, cell: (ticket) => <TicketBadge ticket={ticket} counters={counters} /> },
  ]
  return <Table label={t('title')} rows={rows} columns={columns} idOf={({ id }) => id} selected={chosen} onSelect={({ id }) => onChoose(id)} onOpen={onCall} />
}

/** What can be done with a chosen number that is not the next one; single keys act while the list has the focus. */
function ChosenActs({ ticket, counters, acts, onSend }: { ticket: QueueTicket; counters: readonly QueueCounter[]; acts: QueueActs; onSend: () => void }): ReactNode {
  const { t } = useTranslation('queue')
  const { id, state, side, label, counter } = ticket
  const atWork = state === 'called' || state === 'serving'
  const away = atWork && isAway(counter, counters)
  const stays = state === 'held' || state === 'no-show' || away
  return (
    <div className="chosen row wrap">
      <b className="num">{label}</b>
      {isClaimable(ticket) && <Button small icon={IconRotate} onPress={() => acts.act('claim', id)}>{t('claim')}</Button>}
      {atWork && (side === 'other-side' || !away) && <span className="m t2">{t(side === 'other-side' ? 'stuckHelp' : 'elsewhereHelp', { counter: counter?.name ?? '' })}</span>}
      {side !== 'other-side' && (!atWork || away)
        && (
          <>
            <Button small icon={IconSpeakerphone} caps="Enter" onPress={() => acts.act('call', id)}>{t('call')}</Button>
            {stays && <Button small icon={IconRotate} keys="R" onPress={() => acts.act('return', id)}>{t('return')}</Button>}
            {state === 'held' && <Button small icon={IconArrowForwardUp} keys="C" onPress={onSend}>{t('transfer')}</Button>}
          </>
        )}
    </div>
  )
}
