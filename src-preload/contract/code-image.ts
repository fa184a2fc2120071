/** A picture in greys, row by row, one byte a pixel. */
export type GreyImage = Readonly<{ width: number; height: number; data: Uint8Array }>

/** Pixels of the largest picture that gets a second, enlarged try: above, codes are large enough or hopeless, and it would take too long. */
export const SECOND_TRY_PIXELS = 2_200_000
/** How much of the difference to its surroundings a pixel gains. */
const SHARPNESS = 1.5

/** The picture at twice its size, bilinear, then sharpened (unsharp mask, 3 × 3 box): gets codes of 2 to 3 pixels a module read. */
export function enlargeAndSharpen(image: GreyImage): GreyImage {
  return sharpen(enlarge(image))
}

function enlarge({ width, height, data }: GreyImage): GreyImage {
  const [wide, high] = [width * 2, height * 2]
  const rows = new Uint16Array(wide * height)
  for (let y = 0; y < height; y += 1) {
    const from = y * width
    for (let x = 0; x < width; x += 1) {
      const here = data[from + x] ?? 0
      const left = x > 0 ? (data[from + x - 1] ?? 0) : here
      const right = x < width - 1 ? (data[from + x + 1] ?? 0) : here
      rows[y * wide + 2 * x] = 3 * here + left
      rows[y * wide + 2 * x + 1] = 3 * here + right
    }
  }
  const out = new Uint8Array(wide * high)
  for (let y = 0; y < height; y += 1) {
    const above = Math.max(0, y - 1) * wide
    const here = y * wide
    const below = Math.min(height - 1, y + 1) * wide
    for (let x = 0; x < wide; x += 1) {
      const middle = 3 * (rows[here + x] ?? 0)
      out[2 * y * wide + x] = (middle + (rows[above + x] ?? 0) + 8) >> 4
      out[(2 * y + 1) * wide + x] = (middle + (rows[below + x] ?? 0) + 8) >> 4
    }
  }
  return { width: wide, height: high, data: out }
}

function sharpen({ width, height, data }: GreyImage): GreyImage {
  const sums = new Uint16Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const from = y * width
    for (let x = 0; x < width; x += 1) {
      const here = data[from + x] ?? 0
      sums[from + x] = here + (x > 0 ? (data[from + x - 1] ?? 0) : here) + (x < width - 1 ? (data[from + x + 1] ?? 0) : here)
    }
  }
  const out = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const above = Math.max(0, y - 1) * width
    const here = y * width
    const below = Math.min(height - 1, y + 1) * width
    for (let x = 0; x < width; x += 1) {
      const value = data[here + x] ?? 0
      const mean = ((sums[above + x] ?? 0) + (sums[here + x] ?? 0) + (sums[below + x] ?? 0)) / 9
      const sharp = value + SHARPNESS * (value - mean)
      out[here + x] = sharp < 0 ? 0 : sharp > 255 ? 255 : sharp
    }
  }
  return { width, height, data: out }
}

/** The picture as a file that the decoder takes without being told its colours (PGM, binary). */
export function toPgm({ width, height, data }: GreyImage): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`)
  const file = new Uint8Array(head.length + data.length)
  file.set(head)
  file.set(data, head.length)
  return file
}

/** Greys of a colour picture (ITU-R BT.601), without its transparency. */
export function toGrey(width: number, height: number, rgba: Uint8ClampedArray | Uint8Array): GreyImage {
  const data = new Uint8Array(width * height)
  for (let index = 0, from = 0; index < data.length; index += 1, from += 4) {
    data[index] = (306 * (rgba[from] ?? 0) + 601 * (rgba[from + 1] ?? 0) + 117 * (rgba[from + 2] ?? 0) + 512) >> 10
  }
  return { width, height, data }
}
