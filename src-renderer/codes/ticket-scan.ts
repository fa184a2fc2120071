import type { QueueTicket } from '@contract/queue'

/** What is said of a scanned number (`codes:ticket.<say>`), and whether it is chosen in the list. It is never called by a scan. */
export type TicketScan = Readonly<{ say: 'gone' | 'done' | 'mine' | 'there' | 'otherSide' | 'moving' | 'sentOn' | 'call'; choose: boolean; label: string; counter: string }>

/** @param ticket null: no number of today has this code */
export function ticketScan(ticket: QueueTicket | null): TicketScan {
  if (ticket === null) return { say: 'gone', choose: false, label: '', counter: '' }
  const { label, state, side, wanted } = ticket
  const of = (say: TicketScan['say'], choose: boolean, counter = ticket.counter?.name ?? ''): TicketScan => ({ say, choose, label, counter })
  if (state === 'done') return of('done', false)
  if (side === 'other-side') return of('otherSide', true)
  if (side === 'moving') return of('moving', false)
  if (state === 'called' || state === 'serving') return ticket.counter?.here === true ? of('mine', false) : of('there', true)
  return wanted?.here === false ? of('sentOn', true, wanted.name) : of('call', true)
}
