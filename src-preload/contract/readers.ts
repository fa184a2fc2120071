import { z } from 'zod'
import { type ErrorCode, isErrorCode } from './errors'

/** The way to a card: the PC/SC service, USB by our own CCID layer, a recording, or an emulated card. */
export const ReaderKind = z.enum(['pcsc', 'usb', 'recorded', 'virtual'])
export type ReaderKind = z.infer<typeof ReaderKind>

/** What a slot is for, told from its name and answer (`eid.md` B): chips of identity cards are read without contact. */
export const SlotKind = z.enum(['contactless', 'contact', 'sam', 'other'])
export type SlotKind = z.infer<typeof SlotKind>

/** `busy`: another program holds the card. `mute`: something lies there that does not answer. */
export const CardPresence = z.enum(['absent', 'present', 'busy', 'mute'])
export type CardPresence = z.infer<typeof CardPresence>

/** One slot of a reader, under a name that stays the same when it is plugged in again. */
export const ReaderView = z.object({
  name: z.string(),
  kind: ReaderKind,
  slot: SlotKind,
  card: CardPresence,
  /** Answer to reset, hexadecimal; null without a card. */
  atr: z.string().nullable(),
  /** Nothing real is behind it: its facts are marked wherever they are shown. */
  simulated: z.boolean(),
  /** The reader that cards are read from. */
  chosen: z.boolean(),
})
export type ReaderView = z.infer<typeof ReaderView>

const Code = z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value))

/** What keeps one way from working; the sentence of the code tells how to mend it. */
export const ReaderTrouble = z.object({ kind: ReaderKind, code: Code, params: z.record(z.string(), z.union([z.string(), z.number()])) })
export type ReaderTrouble = z.infer<typeof ReaderTrouble>

/** An invented card of practice mode. */
export const VirtualCardView = z.object({
  id: z.string(), name: z.string(), about: z.string(), onReader: z.boolean(),
  /** The text of its QR, as a barcode reader would send it. */
  qr: z.string(),
})
export type VirtualCardView = z.infer<typeof VirtualCardView>

export const ReadersView = z.object({ readers: z.array(ReaderView), troubles: z.array(ReaderTrouble), virtualCards: z.array(VirtualCardView) })
export type ReadersView = z.infer<typeof ReadersView>
