import { api } from './guard'

export const printingHandlers = {
  log: api.printing.log.handler(({ input, context: { connection } }) => connection.office().printer.log(input.limit)),
  job: api.printing.job.handler(({ input, context: { connection } }) => connection.office().printer.job(input.id)),
  retry: api.printing.retry.handler(({ input, context: { connection } }) => connection.office().printer.retry(connection.actor(), input.id, input.printer)),
  usbPrinters: api.printing.usbPrinters.handler(async ({ context: { connection } }) => [...(await connection.office().printer.usbPrinters())]),
  testPage: api.printing.testPage.handler(({ input, context: { connection } }) => connection.office().testPages.print(connection.actor(), input.kind)),
}
