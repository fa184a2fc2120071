type Next = () => number
type Change = (bytes: Buffer, below: (limit: number) => number, seeds: readonly Uint8Array[]) => Buffer

/** Bytes that parsers stumble over: lengths at their limits, tags, ends. */
const EDGES = [0x00, 0x01, 0x02, 0x1f, 0x20, 0x30, 0x31, 0x3c, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0xa0, 0xfe, 0xff]
/** The last: some number below the length. */
const NUMBERS: readonly (string | undefined)[] = ['0', '1', '2', '3', '4', '5', '6', '7', '255', '65536', '2147483648', '99999999999999999999', undefined, undefined, undefined, undefined]
const LONGEST = 300_000

const spliced = (bytes: Buffer, at: number, removed: number, ...added: readonly Uint8Array[]): Buffer => Buffer.concat([bytes.subarray(0, at), ...added, bytes.subarray(Math.min(bytes.length, at + removed))])

const CHANGES: readonly Change[] = [
  (bytes, below) => { bytes[below(bytes.length)] = below(256); return bytes },
  (bytes, below) => { bytes[below(bytes.length)] = EDGES[below(EDGES.length)] ?? 0; return bytes },
  (bytes, below) => { const at = below(bytes.length); bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8)); return bytes },
  (bytes, below) => { const at = below(Math.min(bytes.length, 24)); bytes[at] = EDGES[below(EDGES.length)] ?? 0; return bytes },
  (bytes, below) => { const at = below(bytes.length); bytes[at] = ((bytes[at] ?? 0) + (below(2) === 0 ? 1 : 255)) & 0xff; return bytes },
  (bytes, below) => bytes.subarray(0, below(bytes.length)),
  (bytes, below) => bytes.subarray(below(Math.min(bytes.length, 40))),
  (bytes, below) => spliced(bytes, below(bytes.length), 1 + below(16)),
  (bytes, below) => spliced(bytes, below(bytes.length), 0, Buffer.from(Array.from({ length: 1 + below(16) }, () => below(256)))),
  (bytes, below) => { const from = below(bytes.length); return spliced(bytes, below(bytes.length), 0, bytes.subarray(from, from + 1 + below(200))) },
  (bytes, below) => { const from = below(bytes.length); return spliced(bytes, below(bytes.length), 40, bytes.subarray(from, from + 1 + below(40))) },
  (bytes, below) => spliced(bytes, below(bytes.length), 4, Buffer.from([0x80 + 1 + below(4), ...Array.from({ length: 4 }, () => EDGES[below(EDGES.length)] ?? 0)])),
  (bytes, below, seeds) => { const other = seeds[below(seeds.length)] ?? bytes; const at = below(other.length); return spliced(bytes, below(bytes.length), below(200), other.subarray(at, at + below(400))) },
  (bytes, below) => { const at = below(bytes.length); return spliced(bytes, at, 0, Buffer.alloc(1 + below(3000), EDGES[below(EDGES.length)])) },
  // A number in text becomes another: an offset, a count, a reference.
  (bytes, below) => {
    const found = [...bytes.toString('latin1').matchAll(/\d+/gu)]
    const one = found[below(Math.max(1, found.length))]
    return one ? spliced(bytes, one.index, one[0].length, Buffer.from(NUMBERS[below(NUMBERS.length)] ?? String(below(bytes.length)))) : bytes
  },
]

/** One seed with one to six things wrong (mostly one or two), or now and then just noise. */
export function broken(seeds: readonly Uint8Array[], next: Next): Uint8Array {
  const below = (limit: number): number => Math.floor(next() * limit)
  if (below(20) === 0) return Uint8Array.from({ length: below(400) }, () => below(256))
  let bytes: Buffer = Buffer.from(seeds[below(seeds.length)] ?? [])
  for (let count = 1 + Math.floor(next() ** 2 * 6); count > 0 && bytes.length > 0; count -= 1) bytes = (CHANGES[below(CHANGES.length)] ?? ((same) => same))(bytes, below, seeds)
  return new Uint8Array(bytes.subarray(0, LONGEST))
}
