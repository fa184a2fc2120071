import type { ErrorCode, ErrorParams } from '@contract/errors'
import type { ReceiptData, ReceiptOptions, RenderedReceipt } from '@contract/receipt'

/** What the core asks its paperwork thread. `warm` has no answer but `done`. */
export type Ask = { id: number; kind: 'warm' } | { id: number; kind: 'receipt'; data: ReceiptData; options: ReceiptOptions }

export type Answer =
  | { id: number; kind: 'done' }
  | { id: number; kind: 'receipt'; receipt: RenderedReceipt }
  | { id: number; kind: 'refused'; code: ErrorCode; params: ErrorParams }
  | { id: number; kind: 'failed'; message: string }

/** What a call asks, without the number that pairs it with its answer. */
export type Question = { kind: 'warm' } | { kind: 'receipt'; data: ReceiptData; options: ReceiptOptions }
