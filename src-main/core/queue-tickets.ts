import { formatDateTime } from '@contract/format'
import { ticketText } from '@contract/codes'
import type { GivenTicket, QueueTicket } from '@contract/queue'
import type { CoreSettings } from '@contract/host'
import type { Settings } from '@contract/settings'
import { codeParts, type Paperwork } from '../paperwork'
import { hasTicketPrinter, type Printer } from '../printing'
import { GROUPS } from '../queue'
import { asAppError } from '../storage'
import type { Log } from './log'

export type TicketsDeps = Readonly<{ place: CoreSettings; printer: Printer; paperwork: Pick<Paperwork, 'ticket'>; log: Log; settings(): Settings }>

/** Numbers are taken at the kiosk, where nobody is signed in. */
const PROGRAM = { id: 'system', name: 'Một Cửa' }
/** A printer that says nothing for so long has no paper; whoever stands at the kiosk gets the number on the screen. */
const PRINT_MS = 12_000

/** What a number is to whoever holds it: the paper, and the mark by which it is known again. Nothing on it says whose it is. */
export function createTickets({ place, printer, paperwork, log, settings }: TicketsDeps): Readonly<{
  given(ticket: QueueTicket, ahead: number): Promise<GivenTicket>
  print(ticket: QueueTicket, ahead: number): Promise<GivenTicket['printed']>
}> {
  const textOf = ({ id, label, givenAt }: QueueTicket): string =>
    ticketText(id, `Số ${label} · ${formatDateTime(new Date(givenAt))} · ${settings().ward.name}`)

  async function printed(ticket: QueueTicket, ahead: number): Promise<GivenTicket['printed']> {
    const { ward } = settings()
    const group = ticket.priority ? GROUPS.find(({ code }) => code === ticket.group)?.name : undefined
    const bytes = await paperwork.ticket({
      ward: ward.name, unit: ward.unitName, label: ticket.label, kind: ticket.kind, group: group ?? null,
      givenAt: ticket.givenAt, ahead, qr: textOf(ticket), practice: place.practice,
    })
    const { outcome } = await printer.print(PROGRAM, { kind: 'ticket', title: 'ticket', subject: { type: 'ticket', id: ticket.id }, bytes, paper: 'T80' })
    // What waits for paper comes out when the person is gone.
    return outcome === 'printed' ? 'printed' : 'failed'
  }
  async function print(ticket: QueueTicket, ahead: number): Promise<GivenTicket['printed']> {
    if (!hasTicketPrinter(settings().printing)) return 'no-printer'
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'failed'>((done) => { timer = setTimeout(done, PRINT_MS, 'failed') })
    const done = printed(ticket, ahead).catch((error: unknown) => {
      log('queue.ticket-not-printed', { code: asAppError(error).code })
      return 'failed' as const
    })
    return Promise.race([done, late]).finally(() => clearTimeout(timer))
  }

  return {
    print,
    given: async (ticket, ahead) => ({
      ticket: ticket.id, label: ticket.label, kind: ticket.kind, group: ticket.group, ahead, givenAt: ticket.givenAt, qr: (await codeParts()).qrPicture(textOf(ticket)),
      printed: await print(ticket, ahead),
    }),
  }
}
