export type { CodeSheetData } from './code-sheet'
export type { LeafletData } from './leaflet'
export { createPaperwork, type Paperwork, type PaperworkDeps } from './paperwork'
export type { RatingSlipData } from './rating-slip'
export type {
  AgreementPaper, CareLeafletPaper, DailyListPaper, DeclarationPaper, HandoverPaper, PaperCertificate, PaperDevice, PaperFrame, PaperPerson, PaperProvider, SignaturePlace, SigningPaper, SigningPaperData,
  SigningPaperKind, WaitSlipPaper,
} from './signing-paper-data'
export type { TicketData } from './ticket'

/** Codes for a screen. What draws them is large: loaded by whoever needs it first. */
export const codeParts = () => import('./codes')
