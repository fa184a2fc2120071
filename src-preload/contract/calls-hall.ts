import { z } from 'zod'
import { call } from './call'
import { Confirmation, DisplayState, DisplayWish } from './display'
import { HallOpening, HallState, HallWindow } from './hall'
import { DraftId } from './ids'
import { KindLetter, QueueGroup, QueueNode, QueueReport, QueueState, QueueTicket, TicketId } from './queue'

const ok = z.object({ ok: z.literal(true) })
const ticket = z.object({ ticket: TicketId })

/** Windows of the hall and the monitors they stand on. */
export const hallCalls = {
  state: call.meta({ access: 'signed-in', about: 'Monitors and windows of the hall' }).output(HallState),
  open: call.meta({ access: 'signed-in', about: 'Opens a window of the hall; `turned` locks the session first (MH-001 no free monitor)' }).input(HallOpening).output(HallState),
  close: call.meta({ access: 'signed-in', about: 'Closes a window of the hall' }).input(z.object({ window: HallWindow })).output(HallState),
  plan: call.meta({ access: 'signed-in', about: 'Which windows open by themselves' })
    .input(z.object({ display: z.enum(['auto', 'off']), atStart: z.array(HallWindow).max(4) })).output(HallState),
}

/** The officer's side of the citizen's display. */
export const displayCalls = {
  state: call.meta({ access: 'receive', about: 'What stands on the citizen\'s display and what was answered' }).output(DisplayState),
  show: call.meta({ access: 'receive', about: 'Pushes something; the core makes the page from its own data (MH-002 no display, MH-003 not ready for it)' }).input(DisplayWish).output(DisplayState),
  turn: call.meta({ access: 'receive', about: 'One monitor only: opens the display with this page over the officer\'s window and locks the session until the officer takes the screen back' })
    .input(DisplayWish).output(DisplayState),
  paid: call.meta({ access: 'receive', about: 'The transfer that is shown has come in: thanks (MH-004 when none is shown)' }).output(DisplayState),
  clear: call.meta({ access: 'receive', about: 'Back to the waiting page; what was asked is void' }).output(DisplayState),
  moreTime: call.meta({ access: 'receive', about: 'Two more minutes for a PIN' }).output(DisplayState),
  confirmation: call.meta({ access: 'receive', about: 'What the citizen confirmed of a draft; null before' }).input(z.object({ draftId: DraftId })).output(Confirmation.nullable()),
}

/** The officer's side of the queue. An order that cannot be carried out is an error HC-…, never a silent nothing. */
export const queueCalls = {
  state: call.meta({ access: 'signed-in', about: 'The queue as this counter sees it' }).output(QueueState),
  next: call.meta({ access: 'receive', about: 'Calls whoever is next (HC-001 nobody waits)' }).output(QueueTicket),
  call: call.meta({ access: 'receive', about: 'Calls this number out of turn' }).input(ticket).output(QueueTicket),
  recall: call.meta({ access: 'receive', about: 'Calls it once more' }).input(ticket).output(QueueTicket),
  start: call.meta({ access: 'receive', about: 'The person is at the counter' }).input(ticket).output(QueueTicket),
  finish: call.meta({ access: 'receive', about: 'Served to the end' }).input(ticket).output(QueueTicket),
  hold: call.meta({ access: 'receive', about: 'Parked: fetches a paper, keeps the number' }).input(ticket).output(QueueTicket),
  miss: call.meta({ access: 'receive', about: 'Did not come' }).input(ticket).output(QueueTicket),
  return: call.meta({ access: 'receive', about: 'Back in line with the same number' }).input(ticket).output(QueueTicket),
  transfer: call.meta({ access: 'receive', about: 'On to another counter, ahead of its others' })
    .input(z.object({ ticket: TicketId, to: QueueNode, letter: KindLetter.nullable() })).output(QueueTicket),
  claim: call.meta({ access: 'receive', about: 'Takes over a number of counters that are off (audited)' }).input(ticket).output(QueueTicket),
  take: call.meta({ access: 'receive', about: 'Gives a number at the counter, for whoever cannot use the kiosk' })
    .input(z.object({ letter: KindLetter, group: QueueGroup })).output(QueueTicket),
  report: call.meta({ access: 'signed-in', about: 'Waiting and serving times of a day (today when left out)' }).input(z.object({ day: z.iso.date().nullable().default(null) })).output(QueueReport),
  look: call.meta({ access: 'receive', about: 'A number by the code on its paper; null when it is not of today' }).input(ticket).output(QueueTicket.nullable()),
  /** The errand keeps its ticket. */
  ofDraft: call.meta({ access: 'receive', about: 'The number that belongs to a draft' }).input(z.object({ draftId: DraftId })).output(QueueTicket.nullable()),
  bindTo: call.meta({ access: 'receive', about: 'Binds the number served here to a draft' }).input(z.object({ draftId: DraftId, ticket: TicketId })).output(ok),
}
