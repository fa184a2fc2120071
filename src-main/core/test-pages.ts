import { AppError, ERRORS } from '@contract/errors'
import { Instant } from '@contract/ids'
import type { PaperKind, PrintJobView } from '@contract/printing'
import type { Settings } from '@contract/settings'
import type { Actor } from '../intake'
import type { Paperwork } from '../paperwork'
import { hasTicketPrinter, type PrintDesk } from '../printing'
import type { Clock } from '../storage'

export type TestPages = Readonly<{
  /** Prints a test page on the printer of that kind, without a dialog. What the printer refuses is in the answer. @throws AppError IN-007 without a printer of tickets */
  print(actor: Actor, kind: PaperKind): Promise<PrintJobView>
}>

type Deps = Readonly<{ paperwork: Pick<Paperwork, 'testPage'>; printer: Pick<PrintDesk, 'attempt'>; clock: Clock; settings(): Settings; practice: boolean }>

const DEFAULT_PRINTER = 'Máy in mặc định của máy tính'
const USB_PRINTER = 'Máy in phiếu trên cổng USB'

const paperOf = (kind: PaperKind, { receipt, report }: Settings['printing']): 'A4' | 'A5' | 'T80' => (kind === 'ticket' ? 'T80' : kind === 'receipt' ? receipt.paper : report.paper)

export function createTestPages({ paperwork, printer, clock, settings, practice }: Deps): TestPages {
  return {
    print: async (actor, kind) => {
      const { ward, printing } = settings()
      const paper = paperOf(kind, printing)
      const name = printing[kind].printer ?? (kind === 'report' ? printing.receipt.printer : null)
      const bytes = await paperwork.testPage({
        paper, ward: ward.name, unit: ward.unitName, printer: name ?? (kind === 'ticket' && printing.ticket.way === 'usb' ? USB_PRINTER : DEFAULT_PRINTER), by: actor.name,
        at: Instant.parse(clock.now().toISOString()), practice,
      })
      // Without a roll at this counter the officer gets to see that, and no sheet with a ticket in its corner.
      if (kind === 'ticket' && !hasTicketPrinter(printing)) throw new AppError(ERRORS.paper.ticketPrinterGone)
      return printer.attempt(actor, { kind, title: 'test-page', subject: null, bytes, paper, silent: true })
    },
  }
}
