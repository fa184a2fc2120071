import { z } from 'zod'
import { call } from './call'
import { ReportCharts, ReportDue, ReportMade, ReportPeriod, ReportSheet, ReportWish } from './reports'
import { SignTarget } from './signing'

const outcome = z.object({ outcome: z.enum(['saved', 'cancelled']) })

export const reportCalls = {
  sheet: call.meta({ access: 'supervise', about: 'A report for the screen, at most 500 rows (BC-001 ends before it begins, BC-002 too long, BC-003 not begun)' }).input(ReportWish).output(ReportSheet),
  charts: call.meta({ access: 'supervise', about: 'What the charts of a period draw' }).input(ReportPeriod).output(ReportCharts),
  pdf: call.meta({ access: 'supervise', about: 'A report as PDF, all rows (BC-005 has too many for paper)' }).input(ReportWish).output(z.instanceof(Blob)),
  print: call.meta({ access: 'supervise', about: 'Prints a report on the printer of reports' }).input(ReportWish).output(z.object({ outcome: z.enum(['printed', 'waiting', 'cancelled']) })),
  savePdf: call.meta({ access: 'supervise', about: 'Asks where to save a report and writes the PDF' }).input(ReportWish).output(outcome),
  saveXlsx: call.meta({ access: 'supervise', about: 'Asks where to save a report and writes the workbook' }).input(ReportWish).output(outcome),
  toSign: call.meta({ access: 'supervise', about: 'Keeps a report as a PDF to be signed' }).input(ReportWish).output(z.object({ target: SignTarget })),
  due: call.meta({ access: 'supervise', about: 'Daily sheets that ask to be printed, oldest first' }).output(z.array(ReportDue)),
  putOff: call.meta({ access: 'supervise', about: 'A daily sheet that shall not be asked for any more' }).input(z.object({ day: z.iso.date() })).output(z.object({ ok: z.literal(true) })),
  made: call.meta({ access: 'supervise', about: 'Reports that left the screen, newest first; or the one that a print\'s digest names' })
    .input(z.object({ digest: z.string().max(80).nullable().default(null), limit: z.number().int().min(1).max(200).default(50) })).output(z.array(ReportMade)),
}
