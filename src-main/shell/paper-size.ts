import type { Paper } from '@contract/host'

/** Width of the roll in ticket printers (mm). */
const ROLL_MM = 80
/** Length of a ticket whose PDF does not say (mm). */
const USUAL_MM = 150
/** PDF points in a millimetre. */
const POINT = 72 / 25.4

/** The size of the first page as its PDF says, in whole millimetres, rounded up: a roll is cut where the page ends. */
export function rollLength(pdf: Uint8Array): number {
  const box = /\/MediaBox\s*\[\s*([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s*\]/.exec(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1'))
  const points = box === null ? Number.NaN : Number(box[4]) - Number(box[2])
  return points > 0 ? Math.ceil(points / POINT - 0.01) : USUAL_MM
}

/** What CUPS calls a paper. Always named: queues default to Letter. */
export const cupsMedia = (paper: Paper, pdf: Uint8Array): string => (paper === 'T80' ? `Custom.${String(ROLL_MM)}x${String(rollLength(pdf))}mm` : paper)

/** What Chromium's printing calls it; a size of one's own is in thousandths of a millimetre. */
export const chromiumPageSize = (paper: Paper, pdf: Uint8Array) => (paper === 'T80' ? { width: ROLL_MM * 1000, height: rollLength(pdf) * 1000 } : paper)
