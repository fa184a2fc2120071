import { formatDateTime } from '@contract/format'
import { ticketText } from '@contract/codes'
import type { GivenTicket, QueueTicket } from '@contract/queue'
import type { CoreSettings } from '@contract/host'
import type { Settings } from '@contract/settings'
import { codeParts, type Paperwork } from '../paperwork'
import { GROUPS } from '../queue'
import { asAppError } from '../storage'
import type { Host } from './host'
import type { Log } from './log'

export type TicketsDeps = Readonly<{ place: CoreSettings; host: Pick<Host, 'printPdf'>; paperwork: Pick<Paperwork, 'ticket'>; log: Log; settings(): Settings }>

/** A printer that says nothing for so long has no paper; whoever stands at the kiosk gets the number on the screen. */
const PRINT_MS = 12_000

/** What a number is to whoever holds it: the paper, and the mark by which it is known again. Nothing on it says whose it is. */
export function createTickets({ place, host, paperwork, log, settings }: TicketsDeps): Readonly<{
  given(ticket: QueueTicket, ahead: number): Promise<GivenTicket>
  print(ticket: QueueTicket, ahead: number): Promise<GivenTicket['printed']>
}> {
  const textOf = ({ id, label, givenAt }: QueueTicket): string =>
    ticketText(id, `Số ${label} · ${formatDateTime(new Date(givenAt))} · ${settings().ward.name}`)

  async function printed(ticket: QueueTicket, ahead: number, printer: string): Promise<void> {
    const { ward } = settings()
    const group = ticket.priority ? GROUPS.find(({ code }) => code === ticket.group)?.name : undefined
    const bytes = await paperwork.ticket({
      ward: ward.name, unit: ward.unitName, label: ticket.label, kind: ticket.kind, group: group ?? null,
      givenAt: ticket.givenAt, ahead, qr: textOf(ticket), practice: place.practice,
    })
    await host.printPdf({ bytes, printer, silent: true, paper: 'T80' })
  }
  async function print(ticket: QueueTicket, ahead: number): Promise<GivenTicket['printed']> {
    const { printer } = settings().printing.ticket
    if (printer === null) return 'no-printer'
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'failed'>((done) => { timer = setTimeout(done, PRINT_MS, 'failed') })
    const done = printed(ticket, ahead, printer).then(() => 'printed' as const, (error: unknown) => {
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
