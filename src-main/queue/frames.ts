/** A frame is four bytes of length, big endian, and so many bytes of UTF-8 JSON. */
export const MOST_FRAME = 256 * 1024

export function frameOf(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message))
  if (body.length > MOST_FRAME) throw new RangeError('queue: a frame too long')
  const frame = Buffer.allocUnsafe(4 + body.length)
  frame.writeUInt32BE(body.length)
  body.copy(frame, 4)
  return frame
}

/** Puts frames together from whatever pieces arrive. `take` throws for one that is too long, before a byte of it is kept, and for one that is not JSON. */
export function createUnframer(): Readonly<{ take(piece: Buffer): readonly unknown[] }> {
  let pieces: Buffer[] = []
  let held = 0
  return {
    take(piece) {
      pieces.push(piece)
      held += piece.length
      if (held < 4) return []
      let bytes = pieces.length === 1 ? piece : Buffer.concat(pieces)
      const messages: unknown[] = []
      while (bytes.length >= 4) {
        const length = bytes.readUInt32BE()
        if (length === 0 || length > MOST_FRAME) throw new RangeError('queue: a frame too long')
        if (bytes.length < 4 + length) break
        messages.push(JSON.parse(bytes.toString('utf8', 4, 4 + length)))
        bytes = bytes.subarray(4 + length)
      }
      pieces = bytes.length === 0 ? [] : [bytes]
      held = bytes.length
      return messages
    },
  }
}
