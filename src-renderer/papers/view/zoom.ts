import type { Box, Point } from '@contract/pages'
import type { Size } from './corners'

/** How large a page is shown: all of it, as wide as it reads well, or by a factor (pixels of the screen for one of the page). */
export type Zoom = 'whole' | 'width' | number

/** Room around the sheet, and the width beyond which a page is no better to read; CSS pixels. */
const MARGIN = 16
const READING_WIDTH = 900
const STEP = 1.25
/** A page is never smaller than this part of all of it, and a pixel of it never larger than this. */
const BOUNDS = { least: 0.5, most: 4 } as const

const bounded = (value: number, least: number, most: number): number => Math.max(least, Math.min(Math.max(least, most), value))

/** Pixels of the screen for one of the page. @param page as it is seen, turned */
export function scaleOf(zoom: Zoom, page: Size, place: Size): number {
  const room = { width: Math.max(1, place.width - 2 * MARGIN), height: Math.max(1, place.height - 2 * MARGIN) }
  const whole = Math.min(room.width / page.width, room.height / page.height)
  if (zoom === 'whole') return whole
  const wanted = zoom === 'width' ? Math.min(room.width, READING_WIDTH) / page.width : zoom
  return bounded(wanted, whole * BOUNDS.least, BOUNDS.most)
}

/** One step larger (+1) or smaller (−1) than what is shown. */
export const zoomFrom = (scale: number, steps: number): Zoom => scale * STEP ** steps

/** What stays in the middle when a page gets larger or smaller: the scroll position for it. */
export function scrollAfter(scroll: Point, place: Size, before: number, after: number): Point {
  const by = after / before
  return { x: (scroll.x + place.width / 2) * by - place.width / 2, y: (scroll.y + place.height / 2) * by - place.height / 2 }
}

/** A part of a page as it is shown in a frame: the page's upper left corner in the frame, and the scale. */
export type Crop = Readonly<{ x: number; y: number; scale: number }>

/** Part of the page's width around a field that helps to know where it stands. */
const AROUND = 0.72
/** Part of the frame that a field may fill at most. */
const FILL = 0.86

const within = (wanted: number, length: number, room: number): number => (length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, wanted)))

/** The part of a page that shows a box and what stands around it, without any room beyond the page's edges. */
export function cropAround(box: Box, page: Size, frame: Size): Crop {
  const wide = Math.min(page.width, Math.max(page.width * AROUND, box.width / FILL))
  const scale = Math.min(frame.width / wide, (frame.height * FILL) / Math.max(1, box.height), BOUNDS.most)
  const [middleX, middleY] = [(box.x + box.width / 2) * scale, (box.y + box.height / 2) * scale]
  return { x: within(frame.width / 2 - middleX, page.width * scale, frame.width), y: within(frame.height / 2 - middleY, page.height * scale, frame.height), scale }
}

/** The part of a page around a point, enlarged; beyond the edges there is nothing. */
export const cropAt = (point: Point, frame: Size, scale: number): Crop => ({ x: frame.width / 2 - point.x * scale, y: frame.height / 2 - point.y * scale, scale })
