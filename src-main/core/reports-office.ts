import { toCivil } from '@contract/civil-time'
import type { ReportSheet, ReportWish } from '@contract/reports'
import type { SignTarget } from '@contract/signing'
import type { PrintOutcome } from '../printing'
import { reportOf, storedDay } from '../queue'
import { type RegisterCaptions, registerCaptions } from '../paperwork'
import { createReports, type DayWait, type Reports, SCREEN_ROWS } from '../reports'
import { asAppError, type Reader } from '../storage'
import type { FormsOffice } from './forms-office'
import type { OfficeParts } from './office-parts'
import { reportFrame } from './report-frame'

/** How often it is looked whether a sheet is to be prepared. */
export const LOOK_EVERY_MS = 60_000

type By = Readonly<{ id: string; name: string }>

/** Reports of this counter and the ways on which they leave it. */
export type ReportsOffice = Readonly<{
  reports: Reports
  /** For the screen, which shows the first rows of a long one. */
  sheet(wish: ReportWish): Promise<ReportSheet>
  pdf(by: By, wish: ReportWish): Promise<Uint8Array>
  print(by: By, wish: ReportWish): Promise<PrintOutcome>
  savePdf(by: By, wish: ReportWish): Promise<'saved' | 'cancelled'>
  saveXlsx(by: By, wish: ReportWish): Promise<'saved' | 'cancelled'>
  /** Keeps the PDF among the papers to be signed. */
  toSign(by: By, wish: ReportWish): Promise<SignTarget>
  close(): void
}>

/** Waiting on a day as this counter's node knows it; null where it knows of no number. */
function waitingOn(reader: Reader, day: string): DayWait | null {
  const { given, whole, byHour } = reportOf(storedDay(reader, day), (ms) => toCivil(new Date(ms)).hour)
  if (given === 0) return null
  return {
    given, served: whole.count, meanWaitMs: whole.count === 0 ? null : whole.meanWaitMs,
    hours: [...byHour].map(([hour, of]) => ({ hour, given: of.given, meanWaitMs: whole.count === 0 ? null : of.meanWaitMs })),
  }
}

const fileName = ({ kind, from, to }: Pick<ReportSheet, 'kind' | 'from' | 'to'>, ending: string): string => `bao-cao-${kind}-${from === to ? from : `${from}-${to}`}.${ending}`

export async function openReportsOffice(parts: OfficeParts, forms: () => Promise<FormsOffice>): Promise<ReportsOffice> {
  const { place, host, store, audit, clock, log, live, paperwork, settings, calendar, printer } = parts
  const { satisfaction, figures } = await parts.feedback()
  const registerWording = async (): Promise<RegisterCaptions> => registerCaptions((await (await forms()).wordings.inForce('mau-07', clock.now().toISOString())).template)
  let words = await registerWording()
  const inWords = async (wish: ReportWish): Promise<ReportWish> => {
    if (wish.kind === 'register') words = await registerWording()
    return wish
  }
  const reports = createReports({
    store, audit, clock, calendar, satisfaction, feedback: figures, changed: live.emit, waiting: (day) => waitingOn(store.read, day),
    office: () => ({ name: settings().ward.name, recipient: settings().reports.recipient }), preparesDaily: () => settings().reports.daily, registerWords: () => words,
  })

  const look = (): void => {
    try {
      reports.prepare()
    } catch (error) {
      log('reports.not-prepared', { code: asAppError(error).code })
    }
  }
  const timer = setInterval(look, LOOK_EVERY_MS).unref()
  look()

  const made = async (by: By, wish: ReportWish): Promise<Readonly<{ sheet: ReportSheet; pdf: Uint8Array }>> => {
    const sheet = reports.forPaper(await inWords(wish))
    const { pdf } = await paperwork.report(sheet, reportFrame(settings(), by.name, place.practice))
    return { sheet, pdf }
  }
  return {
    reports,
    sheet: async (wish) => reports.sheet(await inWords(wish), SCREEN_ROWS),
    pdf: async (by, wish) => (await made(by, wish)).pdf,
    print: async (by, wish) => {
      const { sheet, pdf } = await made(by, wish)
      const { outcome } = await printer.print(by, { kind: 'report', title: `report.${wish.kind}`, subject: null, bytes: pdf, paper: 'A4' })
      if (outcome !== 'cancelled') reports.left(by.id, sheet, 'printed')
      return outcome
    },
    savePdf: async (by, wish) => {
      const { sheet, pdf } = await made(by, wish)
      const outcome = await host.saveFile({ suggestedName: fileName(sheet, 'pdf'), bytes: pdf })
      if (outcome === 'saved') reports.left(by.id, sheet, 'pdf')
      return outcome
    },
    saveXlsx: async (by, wish) => {
      const { bytes, digest } = await reports.workbook(await inWords(wish))
      const outcome = await host.saveFile({ suggestedName: fileName(wish, 'xlsx'), bytes })
      if (outcome === 'saved') reports.left(by.id, { ...wish, digest }, 'xlsx')
      return outcome
    },
    toSign: async (by, wish) => {
      const { sheet, pdf } = await made(by, wish)
      const { files } = await parts.signing()
      const id = await files.keep({ kind: 'report', title: `${sheet.title} – ${sheet.subtitle}`.slice(0, 300), bytes: pdf, issuance: null, dossierId: null, draftId: null, level: null, replaces: null }, by.id)
      reports.left(by.id, sheet, 'signed')
      return { kind: 'file', id }
    },
    close: () => { clearInterval(timer) },
  }
}
