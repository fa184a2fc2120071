import { formatDate, formatDateTime, formatDuration } from './format'
import type { ReportCell, ReportColumn } from './reports'

/** 12345 → "12.345": whole numbers as Vietnamese papers write them. */
export function formatCount(count: number): string {
  return `${count < 0 ? '−' : ''}${String(Math.trunc(Math.abs(count))).replace(/\B(?=(\d{3})+$)/g, '.')}`
}

/** 0.8532 → "85,3 %"; whole percents without a decimal. */
export function formatShare(share: number): string {
  const percent = (Math.round(share * 1000) / 10).toFixed(1)
  return `${percent.replace(/\.0$/, '').replace('.', ',')} %`
}

type Kind = ReportColumn['kind']

const NUMBERS: Readonly<Record<'count' | 'money' | 'share' | 'minutes', (value: number) => string>> = { count: formatCount, money: formatCount, share: formatShare, minutes: (value) => formatDuration(value) }

/** What a cell says, on screen and paper alike; empty where nothing is known. A word in a column of numbers or dates stays as it is. */
export function cellWords(cell: ReportCell, kind: Kind): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return kind in NUMBERS ? NUMBERS[kind as keyof typeof NUMBERS](cell) : formatCount(cell)
  if (kind === 'date') return formatDate(cell)
  return kind === 'moment' && /^\d{4}-\d{2}-\d{2}T/.test(cell) ? formatDateTime(new Date(cell)) : cell
}

/** Columns whose figures stand one below the other. */
export const isNumeric = (kind: Kind): boolean => kind in NUMBERS

/** The first 16 hex digits of a digest in fours: what a foot of a page has room for, and what is typed to check a print. */
export function sealOf(digest: string): string {
  return (digest.slice(0, 16).match(/.{4}/g) ?? []).join(' ')
}
