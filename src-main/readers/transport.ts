import type { CardPresence, ReaderKind, ReaderTrouble, SlotKind } from '@contract/readers'

/** One card in one slot, powered and ours alone until it is closed. */
export type CardTransport = Readonly<{
  reader: string
  kind: ReaderKind
  atr: Uint8Array
  /** The longest command and the longest answer (with its status word) that this way carries, in bytes. */
  longestCommand: number
  longestAnswer: number
  /**
   * Sends one command APDU and gives the answer with its status word. One at a time.
   * @throws AppError THE-001 when the card was lifted, TB-006 … TB-010 for the reader's own trouble
   */
  transmit(command: Uint8Array): Promise<Uint8Array>
  /** Powers the card off and on: a session with it is over. */
  reset(): Promise<void>
  /** Lets the card go. Never throws. */
  close(): Promise<void>
}>

/** A slot as an adapter knows it. */
export type ReaderSlot = Readonly<{ name: string; kind: ReaderKind; slot: SlotKind; card: CardPresence; atr: Uint8Array | null; simulated: boolean }>

/** One way to readers: PC/SC, USB, virtual, recorded. */
export type ReaderSource = Readonly<{
  kind: ReaderKind
  /** Slots as known now; kept current while the source is open. */
  slots(): readonly ReaderSlot[]
  /** What keeps this way from working; null when nothing does. */
  trouble(): ReaderTrouble | null
  /** Powers the card in a slot. @throws AppError TB-006 busy, TB-007 gone, TB-010 mute, THE-004 no card */
  connect(reader: string): Promise<CardTransport>
  close(): Promise<void>
}>

/** Opens a source; `changed` is called whenever slots or trouble are others than before. Never throws: what is missing shows in `trouble()`. */
export type OpenSource = (changed: () => void) => Promise<ReaderSource>

/** The longest short and extended APDUs (ISO 7816-4): command 4 + 3 + 65535 + 2, answer 65536 + 2. */
export const SHORT_COMMAND = 261
export const SHORT_ANSWER = 258
export const EXTENDED_COMMAND = 65_544
export const EXTENDED_ANSWER = 65_538
