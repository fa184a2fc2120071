import type { DueSoon } from '@contract/handling'

export type DueShow = 'all' | 'extendable' | 'overdue'
export const DUE_SHOWS: readonly DueShow[] = ['all', 'extendable', 'overdue']

/** A new date may still be promised: not yet done, and today is not past the last day for it (Nghị định 61/2018 art. 19(9)). */
export const mayExtend = ({ apology }: Pick<DueSoon, 'apology'>): boolean => apology === 'later' || apology === 'today'

const isLate = ({ minutesLeft }: DueSoon): boolean => minutesLeft !== null && minutesLeft < 0

const matches = (row: DueSoon, show: DueShow): boolean => show === 'all' || (show === 'overdue' ? isLate(row) : mayExtend(row))

/** Soonest first: what is latest stands on top. */
export const shownOf = (rows: readonly DueSoon[], show: DueShow): readonly DueSoon[] => rows.filter((row) => matches(row, show)).toSorted((one, other) => one.dueAt.localeCompare(other.dueAt))

export const howMany = (rows: readonly DueSoon[], show: DueShow): number => rows.filter((row) => matches(row, show)).length
