import { toCivil } from '@contract/civil-time'
import type { VisibleMark } from '../ports'

/** Points. Three beside each other on A4, above the page number. */
const BOX = { width: 168, height: 46, gap: 8, left: 36, bottom: 30 }

const two = (value: number): string => String(value).padStart(2, '0')

/** A moment as people here write it. */
export function momentText(at: Date): string {
  const { date, msOfDay } = toCivil(at)
  const [year, month, day] = date.split('-')
  const minutes = Math.floor(msOfDay / 60_000)
  return `${day}/${month}/${year} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

export type MarkWish = Readonly<{
  page: number
  /** Size of that page, in points. */
  size: Readonly<{ width: number; height: number }>
  /** Signatures that are there already. */
  before: number
  name: string
  reason: string | null
  at: Date
}>

/**
 * Where a signature is seen, and what stands there: who and when, as text. Nothing in it claims to be valid, for that is what a reader checks; the
 * time is the counter's. Later signatures stand beside earlier ones, then above them.
 */
export function markFor({ page, size, before, name, reason, at }: MarkWish): VisibleMark {
  const width = Math.min(BOX.width, size.width - 2 * BOX.gap)
  const inRow = Math.max(1, Math.floor((size.width - 2 * BOX.left + BOX.gap) / (width + BOX.gap)))
  const left = Math.max(BOX.gap, Math.min(BOX.left, (size.width - width) / 2))
  const row = Math.floor(before / inRow)
  const bottom = Math.max(0, Math.min(BOX.bottom + row * (BOX.height + BOX.gap), size.height - BOX.height))
  return {
    page, box: [left + (before % inRow) * (width + BOX.gap), bottom, width, Math.min(BOX.height, size.height)],
    lines: [`Ký số bởi: ${name}`, `Lúc: ${momentText(at)} (giờ máy quầy)`, ...(reason === null ? [] : [reason])],
  }
}
