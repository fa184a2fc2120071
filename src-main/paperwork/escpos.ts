/** A page in shades of grey, 0 black, row by row. */
export type Grey = Readonly<{ width: number; height: number; grey: Uint8Array }>
/** Black or white dots: eight to a byte from the left, the highest bit first, 1 black; rows begin on a byte. */
export type Dots = Readonly<{ width: number; height: number; rows: Uint8Array }>

/** The head of printers for rolls of 80 mm: 72 mm of 8 dots (203 dpi). */
export const HEAD_DOTS = 576
/** The whole roll in the same dots; what lies beside the head is not printed. */
export const ROLL_DOTS = 640
/** So many rows at a time: what small printers can hold. */
const BAND = 256
/** Darker than this prints. Edges of letters are drawn in greys; half of each belongs to the letter. */
const BLACK_BELOW = 144
/** Dots of paper between the last line and the knife. */
const FEED_DOTS = 24

const ESC = 0x1b
const GS = 0x1d

const low = (count: number): number => count & 0xff
const high = (count: number): number => (count >> 8) & 0xff

/** The page as dots for the head: its middle, without the white rows below the last black one. */
export function dotsOf({ width, height, grey }: Grey, head = HEAD_DOTS): Dots {
  const left = Math.floor((width - head) / 2)
  const stride = head / 8
  const rows = new Uint8Array(stride * height)
  let last = 0
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < head; x += 1) {
      const from = x + left
      if (from < 0 || from >= width || (grey[y * width + from] ?? 255) >= BLACK_BELOW) continue
      const at = y * stride + (x >> 3)
      rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7))
      last = y + 1
    }
  }
  return { width: head, height: last, rows: rows.slice(0, last * stride) }
}

/** GS v 0: one band of dots (ESC/POS, "print raster bit image", normal size). */
function band(stride: number, rows: Uint8Array): number[] {
  const height = rows.length / stride
  return [GS, 0x76, 0x30, 0, low(stride), high(stride), low(height), high(height)]
}

/**
 * What a ticket printer gets: started anew, the picture in bands, paper up to the knife, a cut that leaves a strip (GS V 66).
 * A picture needs no code page, so every Vietnamese letter comes out as drawn.
 */
export function ticketBytes({ width, height, rows }: Dots, copies = 1): Uint8Array<ArrayBuffer> {
  const stride = width / 8
  const parts: Uint8Array[] = []
  for (let copy = 0; copy < copies; copy += 1) {
    parts.push(Uint8Array.of(ESC, 0x40, ESC, 0x61, 0))
    for (let from = 0; from < height; from += BAND) {
      const part = rows.subarray(from * stride, Math.min(height, from + BAND) * stride)
      parts.push(Uint8Array.from(band(stride, part)), part)
    }
    parts.push(Uint8Array.of(ESC, 0x4a, FEED_DOTS, GS, 0x56, 66, 0))
  }
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** What a ticket printer says of itself. */
export type TicketFault = 'paper-out' | 'cover-open' | 'offline' | 'stopped'

/** DLE EOT n: the printer answers at once with one byte, even while it stands still. */
export const ASK = { state: Uint8Array.of(0x10, 0x04, 1), offline: Uint8Array.of(0x10, 0x04, 2), error: Uint8Array.of(0x10, 0x04, 3), paper: Uint8Array.of(0x10, 0x04, 4) } as const
export type Asked = keyof typeof ASK

/** Bits 1 and 4 of every answer are set, 0 and 7 are not: anything else is no answer to DLE EOT. */
const isAnswer = (byte: number): boolean => (byte & 0x93) === 0x12

/** What keeps the printer from printing, by its answers; null: nothing, or it does not answer. The first that helps the officer counts. */
export function faultOf(answers: Readonly<Partial<Record<Asked, number>>>): TicketFault | null {
  const bits = (asked: Asked): number => {
    const byte = answers[asked]
    return byte !== undefined && isAnswer(byte) ? byte : 0
  }
  if ((bits('offline') & 0x04) !== 0) return 'cover-open'
  if ((bits('paper') & 0x60) !== 0 || (bits('offline') & 0x20) !== 0) return 'paper-out'
  // Knife, overheated head, or worse.
  if ((bits('error') & 0x6c) !== 0) return 'stopped'
  return (bits('state') & 0x08) !== 0 ? 'offline' : null
}
