import type { HandlingOffice } from './handling-office'
import type { FeesOffice } from './fees-office'
import type { ResultsOffice } from './results-office'
import type { ReportsOffice } from './reports-office'
import type { FormsOffice } from './forms-office'
import type { OfficeParts } from './office-parts'
import { onFirstAsk } from './on-first-ask'
import { GO_ON_AFTER_MS } from './unfinished-pages'
import { asAppError } from '../storage'

export type PaperOffices = Readonly<{
  handling(): Promise<HandlingOffice>
  fees(): Promise<FeesOffice>
  results(): Promise<ResultsOffice>
  reports(): Promise<ReportsOffice>
  forms(): Promise<FormsOffice>
  close(): Promise<void>
}>

/** The desks of papers, money, results and reports: each is opened by the first who asks. */
export function createPaperOffices(parts: OfficeParts): PaperOffices {
  const handling = onFirstAsk(async () => (await import('./handling-office')).openHandlingOffice(parts, forms.ask))
  const fees = onFirstAsk(async () => (await import('./fees-office')).openFeesOffice(parts))
  const results = onFirstAsk(async () => (await import('./results-office')).openResultsOffice(parts))
  const reports = onFirstAsk(async () => (await import('./reports-office')).openReportsOffice(parts, forms.ask))
  const forms = onFirstAsk(async () => (await import('./forms-office')).openFormsOffice(parts))
  // Daily sheets prepare themselves: somebody must look, also when nobody asks for reports.
  const look = setTimeout(() => {
    reports.ask().catch((error: unknown) => parts.log('reports.not-opened', { code: asAppError(error).code }))
  }, GO_ON_AFTER_MS).unref()
  const close = async (): Promise<void> => {
    clearTimeout(look)
    await reports.opened()?.then((office) => office.close(), () => undefined)
  }
  return { handling: handling.ask, fees: fees.ask, results: results.ask, reports: reports.ask, forms: forms.ask, close }
}
