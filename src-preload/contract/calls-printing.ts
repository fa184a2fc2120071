import { z } from 'zod'
import { call } from './call'
import { PaperKind, PrintJobId, PrintJobView } from './printing'

export const printingCalls = {
  log: call.meta({ access: 'signed-in', about: 'Print jobs, newest first' }).input(z.object({ limit: z.number().int().min(1).max(500).default(100) })).output(z.array(PrintJobView)),
  job: call.meta({ access: 'signed-in', about: 'One print job as it stands now' }).input(z.object({ id: PrintJobId })).output(PrintJobView),
  retry: call.meta({ access: 'signed-in', about: 'Sends the same bytes again, to another printer where one is named (IN-006 the bytes are gone; what the printer refuses shows in the answer)' })
    .input(z.object({ id: PrintJobId, printer: z.string().max(200).nullable().default(null) })).output(PrintJobView),
  usbPrinters: call.meta({ access: 'signed-in', about: 'Names of the ticket printers on the USB' }).input(z.void()).output(z.array(z.string())),
  testPage: call.meta({ access: 'signed-in', about: 'Prints a test page on the printer of that kind of paper (IN-007 no printer of tickets); what the printer refuses shows in the answer' }).input(z.object({ kind: PaperKind })).output(PrintJobView),
}
