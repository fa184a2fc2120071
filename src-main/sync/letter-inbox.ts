import { applyFeedbackStatus } from '../feedback'
import { CityFailure } from './failures'
import { feedbackCursor, noteFeedbackCursor, restartFeedback } from './letters'
import { sendLetterAgain } from './letter-sender'
import type { SendDeps } from './sender'

const PAGE = 200

/** Reads the city's feed of feedback statuses to its end. Statuses and cursor are kept in one transaction a page. */
export async function pullFeedbackStatuses(deps: SendDeps): Promise<void> {
  let at = feedbackCursor(deps.store.read)
  for (;;) {
    const { items, next } = await deps.destination.feedbackStatuses(at, PAGE)
    if (items.length === 0) return
    const fresh = deps.store.write((tx) => {
      const applied = items.map(({ feedbackId, state, sequence, ...item }) => applyFeedbackStatus(tx, deps.audit, {
        feedbackId, state, sequence, at: new Date(item.at).toISOString(), note: item.note ?? null, by: item.by ?? deps.cityName,
      }))
      noteFeedbackCursor(tx, next)
      return applied.some((isNew) => isNew)
    })
    if (fresh) deps.changed({ kind: 'feedback' })
    if (items.length < PAGE || next <= at) return
    at = next
  }
}

/**
 * Asks for the newest letter that the city has acknowledged. When it does not know it any more (restored from a back-up), all of this
 * enrolment are asked for, oldest first, and those that are lost are sent again.
 */
export async function compareLetters(deps: SendDeps, enrolledAt: string): Promise<void> {
  const held = deps.store.read.all(
    "SELECT id FROM feedback_letter WHERE state = 'received' AND changed_at >= ? ORDER BY created_at", [enrolledAt], (row) => row.text('id'))
  const newest = held.at(-1)
  if (newest === undefined || (await deps.destination.findLetter(newest)) !== null) return
  let again = 0
  for (const id of held) {
    try {
      if (await sendLetterAgain(deps, id)) again += 1
    } catch (error) {
      if (!(error instanceof CityFailure) || error.class !== 'refused') throw error
      deps.log('sync.send-again-refused', { letter: id, code: error.code })
    }
  }
  deps.store.write((tx) => {
    restartFeedback(tx)
    deps.audit.append(tx, { actor: 'system', action: 'city.lost-letters', detail: { sentAgain: again } })
  })
}
