export type { CodeSheetData } from './code-sheet'
export { ASK, type Asked, dotsOf, faultOf, ROLL_DOTS, ticketBytes } from './escpos'
export type { FeeSlipData } from './fee-slip'
export type { LeafletData } from './leaflet'
export type { OfficeFormOptions, OfficePaper } from './office-form'
export { createPaperwork, type Paperwork, type PaperworkDeps } from './paperwork'
export type { RatingSlipData } from './rating-slip'
export type { ReportFrame, ReportPaper } from './report-paper-data'
export type {
  AgreementPaper, CareLeafletPaper, DailyListPaper, DeclarationPaper, HandoverPaper, PaperCertificate, PaperDevice, PaperFrame, PaperPerson, PaperProvider, SignaturePlace, SigningPaper, SigningPaperData,
  SigningPaperKind, WaitSlipPaper,
} from './signing-paper-data'
export type { TestPageData } from './test-page'
export type { TicketData } from './ticket'

/** Codes for a screen. What draws them is large: loaded by whoever needs it first. */
export const codeParts = () => import('./codes')

export { registerCaptions, type RegisterCaptions, type RegisterColumn } from './register-form'
export type { WordingMark, Wordings, WordingsDeps } from './wordings'

/** The wordings of the official forms. Loaded by whoever needs them first. */
export const wordingParts = () => import('./wordings')
