import { blobOf, ok } from './answers'
import type { Connection } from './connection'
import { api } from './guard'

const office = (connection: Connection) => connection.office().desks.reports()

export const reportHandlers = {
  sheet: api.reports.sheet.handler(async ({ input, context: { connection } }) => (await office(connection)).sheet(input)),
  charts: api.reports.charts.handler(async ({ input, context: { connection } }) => (await office(connection)).reports.charts(input)),
  pdf: api.reports.pdf.handler(async ({ input, context: { connection } }) => blobOf(await (await office(connection)).pdf(connection.actor(), input), 'application/pdf')),
  print: api.reports.print.handler(async ({ input, context: { connection } }) => ({ outcome: await (await office(connection)).print(connection.actor(), input) })),
  savePdf: api.reports.savePdf.handler(async ({ input, context: { connection } }) => ({ outcome: await (await office(connection)).savePdf(connection.actor(), input) })),
  saveXlsx: api.reports.saveXlsx.handler(async ({ input, context: { connection } }) => ({ outcome: await (await office(connection)).saveXlsx(connection.actor(), input) })),
  toSign: api.reports.toSign.handler(async ({ input, context: { connection } }) => ({ target: await (await office(connection)).toSign(connection.actor(), input) })),
  due: api.reports.due.handler(async ({ context: { connection } }) => (await office(connection)).reports.due()),
  putOff: api.reports.putOff.handler(async ({ input, context: { connection } }) => {
    ;(await office(connection)).reports.putOff(connection.actor().id, input.day)
    return ok
  }),
  made: api.reports.made.handler(async ({ input, context: { connection } }) => (await office(connection)).reports.made(input)),
}
