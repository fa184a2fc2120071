import type { ErrorCode, ErrorParams } from '@contract/errors'
import type { ReceiptData, ReceiptOptions, RenderedReceipt } from '@contract/receipt'
import type { CodeSheetData } from './code-sheet'
import type { LeafletData } from './leaflet'
import type { RatingSlipData } from './rating-slip'
import type { SigningPaper, SigningPaperWish } from './signing-paper-data'
import type { TicketData } from './ticket'

/** What a call asks of the paperwork thread. */
export type Question =
  | { kind: 'warm' }
  | { kind: 'receipt'; data: ReceiptData; options: ReceiptOptions }
  | { kind: 'sheet'; data: CodeSheetData }
  | { kind: 'ticket'; data: TicketData }
  | { kind: 'rating-slip'; data: RatingSlipData }
  | { kind: 'leaflet'; data: LeafletData }
  | { kind: 'signing-paper'; wish: SigningPaperWish }

/** What each question is answered with. */
export type Made = { warm: undefined; receipt: RenderedReceipt; sheet: Uint8Array<ArrayBuffer>; ticket: Uint8Array<ArrayBuffer>; 'rating-slip': Uint8Array<ArrayBuffer>; leaflet: Uint8Array<ArrayBuffer>; 'signing-paper': SigningPaper }

/** A question with the number that pairs it with its answer. */
export type Ask = { id: number } & Question

export type Answer =
  | { [Kind in keyof Made]: { id: number; kind: Kind; made: Made[Kind] } }[keyof Made]
  | { id: number; kind: 'refused'; code: ErrorCode; params: ErrorParams }
  | { id: number; kind: 'failed'; message: string }
