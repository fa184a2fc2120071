/**
 * An ICC profile (version 2.1, display, RGB to XYZ) of the sRGB colour space, 1 kB. Made here from the numbers of IEC 61966-2-1 with the primaries
 * adapted to D50 by Bradford's method, as PDF/A wants one and no file of somebody else's has to be shipped.
 */
export function srgbProfile(): Uint8Array {
  const tags = [
    ['desc', textDescription('sRGB IEC61966-2.1')], ['cprt', text('No copyright, use freely')], ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.43607, 0.22249, 0.01392)], ['gXYZ', xyz(0.38515, 0.71687, 0.09708)], ['bXYZ', xyz(0.14307, 0.06061, 0.7141)],
    ['rTRC', curve()], ['gTRC', null], ['bTRC', null],
  ] as const
  const start = 128 + 4 + tags.length * 12
  const bodies = tags.flatMap(([, body]) => (body ? [body] : []))
  const profile = new Uint8Array(start + bodies.reduce((sum, body) => sum + body.length, 0))
  const view = new DataView(profile.buffer)
  head(profile, view)
  view.setUint32(128, tags.length)
  let at = start
  let last = { offset: 0, length: 0 }
  tags.forEach(([name, body], index) => {
    // The three curves are one.
    if (body) {
      last = { offset: at, length: body.length }
      profile.set(body, at)
      at += body.length
    }
    const entry = 132 + index * 12
    profile.set(latin(name), entry)
    view.setUint32(entry + 4, last.offset)
    view.setUint32(entry + 8, last.length)
  })
  return profile
}

const latin = (words: string): Uint8Array => Uint8Array.from(words, (char) => char.charCodeAt(0))

function head(profile: Uint8Array, view: DataView): void {
  view.setUint32(0, profile.length)
  view.setUint32(8, 0x02100000)
  profile.set(latin('mntrRGB XYZ '), 12)
  // The day of the standard; the profile must be the same bytes on each machine and day.
  for (const [index, value] of [1999, 10, 18, 0, 0, 0].entries()) view.setUint16(24 + index * 2, value)
  profile.set(latin('acsp'), 36)
  view.setInt32(68, fixed(0.9642))
  view.setInt32(72, fixed(1))
  view.setInt32(76, fixed(0.8249))
}

const fixed = (value: number): number => Math.round(value * 65_536)
const padded = (length: number): number => Math.ceil(length / 4) * 4

function body(kind: string, length: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(padded(length))
  bytes.set(latin(kind), 0)
  return { bytes, view: new DataView(bytes.buffer) }
}

function xyz(x: number, y: number, z: number): Uint8Array {
  const { bytes, view } = body('XYZ ', 20)
  for (const [index, value] of [x, y, z].entries()) view.setInt32(8 + index * 4, fixed(value))
  return bytes
}

function text(words: string): Uint8Array {
  const { bytes } = body('text', 8 + words.length + 1)
  bytes.set(latin(words), 8)
  return bytes
}

function textDescription(words: string): Uint8Array {
  // ASCII, then empty Unicode (8) and ScriptCode (70) parts.
  const { bytes, view } = body('desc', 12 + words.length + 1 + 8 + 3 + 67)
  view.setUint32(8, words.length + 1)
  bytes.set(latin(words), 12)
  return bytes
}

/** The transfer curve in 256 steps: between them nothing differs by more than a two-thousandth. */
function curve(): Uint8Array {
  const { bytes, view } = body('curv', 12 + 512)
  view.setUint32(8, 256)
  for (let i = 0; i < 256; i += 1) {
    const value = i / 255
    const light = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    view.setUint16(12 + i * 2, Math.round(light * 65_535))
  }
  return bytes
}
