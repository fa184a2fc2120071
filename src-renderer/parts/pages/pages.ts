export type Turn = 0 | 90 | 180 | 270

/** How a page is to be drawn: turned clockwise, so many device pixels wide after the turn. */
export type Drawing = Readonly<{ page: number; turn: Turn; width: number; signal: AbortSignal }>

/** A document opened for looking at. Pages count from 1. */
export type Pages = Readonly<{
  count: number
  /** A fresh canvas with the page on it. @throws when the page cannot be read or the signal fires */
  draw(drawing: Drawing): Promise<HTMLCanvasElement>
  close(): void
}>

/** The most device pixels that one drawing may have; a larger page is drawn coarser. */
const MAX_PIXELS = 24_000_000

export type Size = Readonly<{ width: number; height: number }>

/** Width and height after a turn. */
export const turned = ({ width, height }: Size, turn: Turn): Size => (turn === 90 || turn === 270 ? { width: height, height: width } : { width, height })

/** The factor that brings a page (already turned) to the wanted width, lowered where the drawing would get too large. */
export function scaleFor(size: Size, width: number): number {
  const wanted = Math.max(1, width) / Math.max(1, size.width)
  const most = Math.sqrt(MAX_PIXELS / Math.max(1, size.width * size.height))
  return Math.min(wanted, most)
}

/** A canvas with a picture on it, scaled and turned about its middle. */
export function drawPicture(picture: CanvasImageSource, natural: Size, { turn, width }: Pick<Drawing, 'turn' | 'width'>): HTMLCanvasElement {
  const scale = scaleFor(turned(natural, turn), width)
  const canvas = document.createElement('canvas')
  const shown = turned(natural, turn)
  canvas.width = Math.max(1, Math.round(shown.width * scale))
  canvas.height = Math.max(1, Math.round(shown.height * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  context.translate(canvas.width / 2, canvas.height / 2)
  context.rotate((turn * Math.PI) / 180)
  context.drawImage(picture, (-natural.width * scale) / 2, (-natural.height * scale) / 2, natural.width * scale, natural.height * scale)
  return canvas
}
