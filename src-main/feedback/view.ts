import { AppError, ERRORS } from '@contract/errors'
import type { FeedbackId, FeedbackRow, FeedbackState, FeedbackView } from '@contract/feedback'
import type { Params, Reader } from '../storage'
import type { Officer } from './ports'
import { OVERDUE, photosOf, readFeedback, selectFeedback, type Stored, timelineOf, toShownPhoto } from './rows'
import { gapsOf, maySupplement, mayWithdraw } from './rules'

/** Reads one that this officer may see. One of somebody else does not exist for them. @throws AppError PA-001 */
export function readFor(reader: Reader, officer: Officer, id: FeedbackId, now: Date): Stored {
  const stored = readFeedback(reader, id, now)
  if (!officer.seesAll && stored.officerId !== officer.id) throw new AppError(ERRORS.feedback.notFound)
  return stored
}

/** The whole of one. @throws AppError PA-001 */
export function viewFor(reader: Reader, officer: Officer, id: FeedbackId, now: Date): FeedbackView {
  const { row, revision, content, dossierCode, procedureName, refuseBy, supplementBy } = readFor(reader, officer, id, now)
  return {
    ...row, revision, content, about: { dossierCode, procedureName },
    photoList: photosOf(reader, id).map(toShownPhoto),
    missing: row.state === 0 ? gapsOf(content, row.photos) : [],
    due: { refuseBy, supplementBy, answerBy: row.answerBy },
    timeline: timelineOf(reader, id),
    acts: { supplement: maySupplement(row.state), withdraw: mayWithdraw(row.state), retry: row.sending?.state === 'attention' },
  }
}

export type FeedbackQuery = Readonly<{
  states?: readonly FeedbackState[] | undefined
  sending?: 'waiting' | 'attention' | undefined
  overdue?: boolean | undefined
  /** `next` of the page before. */
  before?: string | undefined
  limit: number
}>

const SENDING = { waiting: "('ready', 'sending', 'waiting')", attention: "('attention')" } as const

/** Newest first, by when it was begun. */
export function listFor(reader: Reader, officer: Officer, query: FeedbackQuery, now: Date): { items: FeedbackRow[]; next: string | null } {
  const { states, sending, overdue, before, limit } = query
  const params: (string | number)[] = []
  const where = (condition: string, ...values: readonly (string | number)[]): string => {
    params.push(...values)
    return condition
  }
  const conditions = [
    officer.seesAll ? '1' : where('f.officer_id = ?', officer.id),
    ...(states === undefined ? [] : [where(`f.state IN (${states.map(() => '?').join(', ') || 'NULL'})`, ...states)]),
    ...(sending === undefined ? [] : [`l.state IN ${SENDING[sending]}`]),
    ...(overdue === true ? [where(OVERDUE, now.toISOString())] : []),
    ...(before === undefined ? [] : [where('(f.started_at, f.id) < (?, ?)', ...cursorOf(before))]),
  ]
  const rows = selectFeedback(reader, `${conditions.join(' AND ')} ORDER BY f.started_at DESC, f.id DESC LIMIT ?`, [...params, limit + 1] satisfies Params, now)
  const last = rows[limit - 1]
  return {
    items: rows.slice(0, limit).map(({ row }) => row),
    next: rows.length > limit && last !== undefined ? `${last.row.startedAt} ${last.row.id}` : null,
  }
}

function cursorOf(before: string): readonly [string, string] {
  const [at = '', id = ''] = before.split(' ')
  return [at, id]
}
