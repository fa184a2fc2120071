const HEADER = 54

/** Pixels as a decoder gives them: rows from the top, components side by side, 8 bits each; 1 (grey), 3 (RGB) or 4 (RGB and one that is left out). */
export type Pixels = Readonly<{ width: number; height: number; components: number; data: Uint8Array }>

/** A BMP of 24 bits a pixel: no compression to wait for, and every window shows it. */
export function writeBmp({ width, height, components, data }: Pixels): Uint8Array {
  const stride = (width * 3 + 3) & ~3
  const bytes = new Uint8Array(HEADER + stride * height)
  const view = new DataView(bytes.buffer)
  bytes.set([0x42, 0x4d])
  view.setUint32(2, bytes.length, true)
  view.setUint32(10, HEADER, true)
  view.setUint32(14, 40, true)
  view.setInt32(18, width, true)
  view.setInt32(22, height, true)
  view.setUint16(26, 1, true)
  view.setUint16(28, 24, true)
  view.setUint32(34, stride * height, true)
  const green = components >= 3 ? 1 : 0
  const blue = components >= 3 ? 2 : 0
  for (let row = 0; row < height; row += 1) {
    let to = HEADER + (height - 1 - row) * stride
    let from = row * width * components
    for (let column = 0; column < width; column += 1) {
      bytes[to] = data[from + blue] ?? 0
      bytes[to + 1] = data[from + green] ?? 0
      bytes[to + 2] = data[from] ?? 0
      to += 3
      from += components
    }
  }
  return bytes
}
