import type { ErrorCode, ErrorParams } from '@contract/errors'
import type { OfficeForm } from '@contract/office-forms'
import type { ReceiptData, ReceiptOptions, RenderedReceipt } from '@contract/receipt'
import type { ReportSheet } from '@contract/reports'
import type { CodeSheetData } from './code-sheet'
import type { FeeSlipData } from './fee-slip'
import type { LeafletData } from './leaflet'
import type { OfficeFormOptions, OfficePaper } from './office-form'
import type { RatingSlipData } from './rating-slip'
import type { ReportFrame, ReportPaper } from './report-paper-data'
import type { SigningPaper, SigningPaperWish } from './signing-paper-data'
import type { TestPageData } from './test-page'
import type { TicketData } from './ticket'

/** What a call asks of the paperwork thread. */
export type Question =
  | { kind: 'warm' }
  | { kind: 'receipt'; data: ReceiptData; options: ReceiptOptions; template?: unknown }
  | { kind: 'sheet'; data: CodeSheetData }
  | { kind: 'ticket'; data: TicketData }
  | { kind: 'test-page'; data: TestPageData }
  | { kind: 'rating-slip'; data: RatingSlipData }
  | { kind: 'fee-slip'; data: FeeSlipData }
  | { kind: 'leaflet'; data: LeafletData }
  | { kind: 'signing-paper'; wish: SigningPaperWish }
  | { kind: 'register-page'; template: unknown }
  | { kind: 'office-form'; form: OfficeForm; options: OfficeFormOptions }
  | { kind: 'report'; sheet: ReportSheet; frame: ReportFrame }

/** What each question is answered with. */
export type Made = { warm: undefined; receipt: RenderedReceipt; sheet: Uint8Array<ArrayBuffer>; ticket: Uint8Array<ArrayBuffer>; 'test-page': Uint8Array<ArrayBuffer>; 'rating-slip': Uint8Array<ArrayBuffer>; 'fee-slip': Uint8Array<ArrayBuffer>; leaflet: Uint8Array<ArrayBuffer>; 'signing-paper': SigningPaper; 'register-page': Uint8Array<ArrayBuffer>; 'office-form': OfficePaper; report: ReportPaper }

/** A question with the number that pairs it with its answer. */
export type Ask = { id: number } & Question

export type Answer =
  | { [Kind in keyof Made]: { id: number; kind: Kind; made: Made[Kind] } }[keyof Made]
  | { id: number; kind: 'refused'; code: ErrorCode; params: ErrorParams }
  | { id: number; kind: 'failed'; message: string }
