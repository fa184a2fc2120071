/** Pixels as a canvas gives them: red, green, blue, opacity. */
export type Pixels = Readonly<{ width: number; height: number; data: Uint8ClampedArray }>

const greyAt = ({ data }: Pixels, at: number): number => ((data[at] ?? 0) + 2 * (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 4

/** Mean grey of each tile, row by row. */
export function tilesOf(pixels: Pixels, columns: number, rows: number): number[] {
  const sums = new Float64Array(columns * rows)
  const counts = new Uint32Array(columns * rows)
  for (let y = 0; y < pixels.height; y += 1) {
    const row = Math.floor((y * rows) / pixels.height) * columns
    for (let x = 0; x < pixels.width; x += 1) {
      const tile = row + Math.floor((x * columns) / pixels.width)
      sums[tile] = (sums[tile] ?? 0) + greyAt(pixels, (y * pixels.width + x) * 4)
      counts[tile] = (counts[tile] ?? 0) + 1
    }
  }
  return Array.from(sums, (sum, tile) => sum / Math.max(1, counts[tile] ?? 1))
}

/** How sharp a picture is beside another of the same thing: variance of its Laplacian, every second pixel. */
export function sharpnessOf(pixels: Pixels): number {
  const { width, height } = pixels
  let [sum, squares, count] = [0, 0, 0]
  for (let y = 1; y < height - 1; y += 2) {
    for (let x = 1; x < width - 1; x += 2) {
      const at = (y * width + x) * 4
      const edge = 4 * greyAt(pixels, at) - greyAt(pixels, at - 4) - greyAt(pixels, at + 4) - greyAt(pixels, at - width * 4) - greyAt(pixels, at + width * 4)
      sum += edge
      squares += edge * edge
      count += 1
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2
}
