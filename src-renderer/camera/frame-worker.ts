import type { FrameAnswer, FrameAsk } from './messages'
import { sharpnessOf, tilesOf } from './pixels'

// Frames have up to 20 million pixels: drawing and encoding them is not for the window's own thread.

/** JPEG quality of a page's picture, and of the small frames that are only looked at. */
const QUALITY = { whole: 0.94, small: 0.8 }
/** Tiles across a frame, for seeing that something in it changed. */
const TILES = { width: 16, height: 12 }
/** Part of a frame by which its sharpness is compared, in pixels: its middle, where the paper lies. */
const MIDDLE = 1024

type Area = Readonly<{ x: number; y: number; width: number; height: number }>

/** Canvases by what they are for: a new one for each frame would cost more than drawing it. */
const canvases = new Map<string, OffscreenCanvas>()

function drawn(use: string, frame: CanvasImageSource, width: number, height: number, from?: Area): { canvas: OffscreenCanvas; drawing: OffscreenCanvasRenderingContext2D } {
  const canvas = canvases.get(use) ?? new OffscreenCanvas(width, height)
  canvases.set(use, canvas)
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  const drawing = canvas.getContext('2d', { alpha: false, willReadFrequently: use !== 'whole' })
  if (!drawing) throw new Error('no canvas')
  drawing.imageSmoothingQuality = 'medium'
  if (from) drawing.drawImage(frame, from.x, from.y, from.width, from.height, 0, 0, width, height)
  else drawing.drawImage(frame, 0, 0, width, height)
  return { canvas, drawing }
}

/** A frame's size with its longer side at most `side` pixels. */
function within({ displayWidth, displayHeight }: VideoFrame, side: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(displayWidth, displayHeight))
  return { width: Math.max(1, Math.round(displayWidth * scale)), height: Math.max(1, Math.round(displayHeight * scale)) }
}

async function small(frame: VideoFrame, side: number): Promise<FrameAnswer & { kind: 'small' }> {
  const { width, height } = within(frame, side)
  const { canvas } = drawn('small', frame, width, height)
  const { drawing } = drawn('tiles', canvas, TILES.width * 4, TILES.height * 4)
  const tiles = tilesOf(drawing.getImageData(0, 0, TILES.width * 4, TILES.height * 4), TILES.width, TILES.height)
  return { id: 0, kind: 'small', jpeg: await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY.small }), width, height, tiles }
}

function sharpness(frame: VideoFrame): number {
  const [width, height] = [Math.min(MIDDLE, frame.displayWidth), Math.min(MIDDLE, frame.displayHeight)]
  const from = { x: Math.floor((frame.displayWidth - width) / 2), y: Math.floor((frame.displayHeight - height) / 2), width, height }
  return sharpnessOf(drawn('middle', frame, width, height, from).drawing.getImageData(0, 0, width, height))
}

async function whole(frames: readonly VideoFrame[]): Promise<FrameAnswer & { kind: 'whole' }> {
  const [first] = frames
  if (!first) throw new Error('no frame')
  const best = frames.length === 1 ? first : frames.map((frame) => ({ frame, sharp: sharpness(frame) })).reduce((one, other) => (other.sharp > one.sharp ? other : one)).frame
  const { displayWidth: width, displayHeight: height } = best
  const { canvas } = drawn('whole', best, width, height)
  return { id: 0, kind: 'whole', jpeg: await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY.whole }), width, height }
}

async function bitmap(frame: VideoFrame, side: number): Promise<FrameAnswer & { kind: 'bitmap' }> {
  const { width, height } = within(frame, side)
  return { id: 0, kind: 'bitmap', bitmap: await createImageBitmap(frame, { resizeWidth: width, resizeHeight: height, resizeQuality: 'medium' }) }
}

async function answer(ask: FrameAsk): Promise<FrameAnswer> {
  const frames = ask.kind === 'whole' ? ask.frames : [ask.frame]
  try {
    const made = await (ask.kind === 'whole' ? whole(ask.frames) : ask.kind === 'small' ? small(ask.frame, ask.side) : bitmap(ask.frame, ask.side))
    return { ...made, id: ask.id }
  } catch {
    return { id: ask.id, kind: 'failed' }
  } finally {
    // A camera has few frames to give: the next one comes when these are given back.
    for (const frame of frames) frame.close()
  }
}

self.onmessage = (event: MessageEvent<FrameAsk>): void => {
  void answer(event.data).then((told) => self.postMessage(told, { transfer: told.kind === 'bitmap' ? [told.bitmap] : [] }))
}
