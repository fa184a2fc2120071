/** The longest code, in bytes: the largest QR holds 2,953; with room for prefix and suffix. */
export const MAX_FRAME = 4096
const STX = 0x02
const ETX = 0x03
const LF = 0x0a
const CR = 0x0d

export type Framer = Readonly<{
  /** Takes bytes as they come, cut anywhere; gives the frames that they end. `tooLong` frames are dropped whole. */
  push: (bytes: Uint8Array) => Readonly<{ frames: readonly Uint8Array[]; tooLong: number }>
  /** Nothing came for a while: what there is, is a frame. Null when there is nothing. */
  silence: () => Uint8Array | 'tooLong' | null
  /** True while bytes wait for their end. */
  open: () => boolean
}>

/**
 * Cuts the bytes of a serial reader into codes: from STX to ETX, else up to CR or LF, else up to a silence. Between STX and ETX line
 * ends belong to the code. None of these bytes occurs inside a letter of UTF-8.
 */
export function createFramer(): Framer {
  const kept = new Uint8Array(MAX_FRAME)
  let length = 0
  let overflown = false
  let fenced = false
  const take = (): Uint8Array | null => {
    const frame = length > 0 && !overflown ? kept.slice(0, length) : null
    length = 0
    overflown = false
    fenced = false
    return frame
  }
  return {
    push: (bytes) => {
      const frames: Uint8Array[] = []
      let tooLong = 0
      const cut = (): void => {
        tooLong += overflown ? 1 : 0
        const frame = take()
        if (frame) frames.push(frame)
      }
      for (const byte of bytes) {
        const ends = byte === ETX || (!fenced && (byte === CR || byte === LF))
        if (ends || byte === STX) cut()
        if (byte === STX) fenced = true
        else if (!ends && length < MAX_FRAME) kept[length++] = byte
        else if (!ends) overflown = true
      }
      return { frames, tooLong }
    },
    silence: () => {
      const long = overflown
      return take() ?? (long ? 'tooLong' : null)
    },
    open: () => length > 0 || fenced,
  }
}
