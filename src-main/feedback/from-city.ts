import type { FeedbackState } from '@contract/feedback'
import type { Audit } from '../audit'
import type { WriteTx } from '../storage'
import { afterStatus } from './rules'

export type StatusFromCity = Readonly<{ feedbackId: string; state: FeedbackState; at: string; note: string | null; by: string; sequence: number }>

const stateOf = (tx: WriteTx, id: string): FeedbackState | undefined =>
  // The table's CHECK holds it between 0 and 8.
  tx.get('SELECT state FROM feedback WHERE id = ?', [id], (row) => row.integer('state') as FeedbackState)

function addEvent(tx: WriteTx, event: Readonly<{ id: string; kind: 'state' | 'received'; state: FeedbackState | null; at: string; by: string; note: string | null; sequence: number | null }>): void {
  tx.run("INSERT INTO feedback_event (feedback_id, kind, state, at, by_name, origin, note, city_sequence) VALUES (?, ?, ?, ?, ?, 'city', ?, ?)",
    [event.id, event.kind, event.state, event.at, event.by, event.note, event.sequence])
}

const isKnown = (tx: WriteTx, { feedbackId, state, at }: StatusFromCity): boolean =>
  tx.get("SELECT 1 AS hit FROM feedback_event WHERE feedback_id = ? AND kind = 'state' AND origin = 'city' AND state = ? AND at = ?", [feedbackId, state, at],
    (row) => row.integer('hit')) !== undefined

/** Applies one status of the city; reading it again changes nothing. True when it was new and is ours. */
export function applyFeedbackStatus(tx: WriteTx, audit: Audit, status: StatusFromCity): boolean {
  const { feedbackId, state } = status
  const from = stateOf(tx, feedbackId)
  if (from === undefined || from === 0 || isKnown(tx, status)) return false
  // A city that was restored from a back-up counts some numbers twice; the status is kept all the same.
  const taken = tx.get('SELECT 1 AS hit FROM feedback_event WHERE city_sequence = ?', [status.sequence], (row) => row.integer('hit')) !== undefined
  addEvent(tx, { id: feedbackId, kind: 'state', state, at: status.at, by: status.by, note: status.note, sequence: taken ? null : status.sequence })
  const to = afterStatus(from, state)
  if (to !== from) tx.run('UPDATE feedback SET state = ? WHERE id = ?', [to, feedbackId])
  audit.append(tx, { actor: 'system', action: 'feedback.status-from-city', subject: { type: 'feedback', id: feedbackId }, detail: { state, sequence: status.sequence, applied: to !== from } })
  return true
}

/** The city has a letter of it: the receipt stands in the timeline, and what was only taken here is received there. */
export function noteFeedbackReceived(tx: WriteTx, feedbackId: string, receipt: Readonly<{ number: string; at: string; by: string }>): void {
  addEvent(tx, { id: feedbackId, kind: 'received', state: null, at: receipt.at, by: receipt.by, note: receipt.number, sequence: null })
  if (stateOf(tx, feedbackId) === 1) tx.run('UPDATE feedback SET state = 2 WHERE id = ?', [feedbackId])
}
