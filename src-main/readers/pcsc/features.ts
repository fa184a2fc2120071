import type { NativeCard } from './binding'

/** Control codes differ between Windows and pcsc-lite (`SCARD_CTL_CODE`). */
const controlCode = (code: number, platform: NodeJS.Platform): number => (platform === 'win32' ? (0x31 << 16) | (code << 2) : 0x42000000 + code)

const GET_FEATURES = 3400
const FEATURE_PROPERTIES = 0x12
const PROPERTY_LONGEST = 0x0a

/**
 * How many bytes of data the reader carries in one APDU, as its driver says (PC/SC part 10 §2.6.14, `dwMaxAPDUDataSize`:
 * 0 means short APDUs only); null when it does not say.
 */
export async function longestData(card: NativeCard, platform: NodeJS.Platform): Promise<number | null> {
  try {
    const features = await card.control(controlCode(GET_FEATURES, platform), Buffer.alloc(0))
    const code = valueOf(features, FEATURE_PROPERTIES)
    if (code?.length !== 4) return null
    const properties = await card.control(code.readUInt32BE(), Buffer.alloc(0))
    const longest = valueOf(properties, PROPERTY_LONGEST)
    return longest?.length === 4 ? longest.readUInt32LE() : null
  } catch {
    return null
  }
}

/** Value of a one-byte tag in a list of tag, length, value; undefined when it is not there. */
function valueOf(list: Buffer, tag: number): Buffer | undefined {
  for (let at = 0; at + 2 <= list.length;) {
    const length = list[at + 1] ?? 0
    if (list[at] === tag) return list.subarray(at + 2, at + 2 + length)
    at += 2 + length
  }
  return undefined
}
