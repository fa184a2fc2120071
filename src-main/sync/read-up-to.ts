/** The whole of a stream, or null where it is longer than `most` bytes: it is then given up, so that no stranger fills the memory. */
export async function readUpTo(stream: ReadableStream<Uint8Array> | null, most: number): Promise<Buffer | null> {
  if (stream === null) return Buffer.alloc(0)
  const parts: Uint8Array[] = []
  let size = 0
  const reader = stream.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength
    if (size > most) {
      await reader.cancel()
      return null
    }
    parts.push(part.value)
  }
  return Buffer.concat(parts)
}
