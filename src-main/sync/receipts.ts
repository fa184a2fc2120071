import { z } from 'zod'
import type { Reader, WriteTx } from '../storage'
import { CityFailure } from './failures'
import { noteReceiptCursor, type Link, restartCursors } from './link'
import { type Submission, submissions } from './outbox'
import { documentUploads } from './upload-rows'
import { recordAcknowledgement } from './received'
import { bringDocuments, receivedDeps, type SendDeps, submitWithDocuments } from './sender'
import type { Acknowledgement, ReceiptsAnswer } from './wire'

const PAGE = 500
/** So many of our newest acknowledgements must still be known to the city; one that is not means that it lost some. */
const WINDOW = 100

const Stored = z.looseObject({ sequence: z.number().int(), receiptNumber: z.string() })
type Held = Readonly<{ id: string; sequence: number }>

/** What this counter holds acknowledgements for, newest first. Those of a city that it was enrolled at before do not count. */
function held(reader: Reader, enrolledAt: string, limit: number): Held[] {
  return reader.all(
    "SELECT id, acknowledgement FROM submission WHERE state = 'received' AND changed_at >= ? ORDER BY created_at DESC LIMIT ?", [enrolledAt, limit],
    (row) => ({ id: row.text('id'), sequence: row.json('acknowledgement', Stored).sequence }),
  )
}

/** Takes in acknowledgements that were given but never heard. Ids of this page are added to `seen`. */
function takeIn(deps: SendDeps, items: readonly Acknowledgement[], seen: Set<string>): void {
  const unheard = items.filter(({ submissionId, payloadSha256 }) => {
    seen.add(submissionId)
    const submission = submissions.read(deps.store.read, submissionId)
    return submission !== undefined && submission.progress.state !== 'received' && submission.payloadSha256 === payloadSha256
  })
  if (unheard.length === 0) return
  deps.store.write((tx) => unheard.forEach((item) => recordAcknowledgement(tx, item, receivedDeps(deps))))
  deps.changed({ kind: 'sync' })
}

async function readFeed(deps: SendDeps, since: number, seen: Set<string>): Promise<number> {
  let at = since
  for (;;) {
    const page: ReceiptsAnswer = await deps.destination.receiptsSince(at, PAGE)
    takeIn(deps, page.items, seen)
    if (page.items.length < PAGE || page.next <= at) return Math.max(at, page.next)
    at = page.next
  }
}

function keepNewAcknowledgement(tx: WriteTx, deps: SendDeps, submission: Submission, acknowledgement: Acknowledgement): void {
  const now = deps.clock.now().toISOString()
  tx.run('UPDATE submission SET acknowledgement = ?, changed_at = ? WHERE id = ?', [JSON.stringify(acknowledgement), now, submission.id])
  tx.run("INSERT INTO submission_attempt (submission_id, at, outcome, words) VALUES (?, ?, 'sent-again', ?)", [submission.id, now, acknowledgement.receiptNumber])
  deps.audit.append(tx, {
    actor: 'system', action: 'submission.sent-again', subject: { type: 'dossier', id: submission.dossierId },
    detail: { submission: submission.id, receipt: acknowledgement.receiptNumber, sequence: acknowledgement.sequence },
  })
}

/** Sends the same bytes under the same id again. The submission stays received throughout; the newer receipt is kept. */
async function sendAgain(deps: SendDeps, id: string): Promise<boolean> {
  const submission = submissions.read(deps.store.read, id)
  if (submission === undefined || (await deps.destination.findSubmission(id)) !== null) return false
  await bringDocuments(deps, documentUploads.of(deps.store.read, id), true)
  const acknowledgement = await submitWithDocuments(deps, submission)
  deps.store.write((tx) => keepNewAcknowledgement(tx, deps, submission, acknowledgement))
  return true
}

/** The city lost acknowledgements that it had given: reads its whole feed and sends what is not in it, oldest first. */
async function makeUpForLoss(deps: SendDeps, link: Link): Promise<void> {
  const seen = new Set<string>()
  const end = await readFeed(deps, 0, seen)
  const lost = held(deps.store.read, link.enrolledAt, -1).filter(({ id }) => !seen.has(id)).reverse()
  deps.log('sync.city-lost-receipts', { lost: lost.length })
  let again = 0
  for (const { id } of lost) {
    try {
      if (await sendAgain(deps, id)) again += 1
    } catch (error) {
      if (!(error instanceof CityFailure) || error.class !== 'refused') throw error
      deps.log('sync.send-again-refused', { submission: id, code: error.code })
    }
  }
  deps.store.write((tx) => {
    restartCursors(tx, end)
    deps.audit.append(tx, { actor: 'system', action: 'city.lost-receipts', detail: { lost: lost.length, sentAgain: again } })
  })
}

/**
 * Compares our newest acknowledgements with the city's feed. Records those that the city gave and we never heard, and, when the
 * city does not know some of ours any more (restored from a back-up), sends those again.
 */
export async function compareReceipts(deps: SendDeps, link: Link): Promise<void> {
  const window = held(deps.store.read, link.enrolledAt, WINDOW)
  const since = window.reduce((least, { sequence }) => Math.min(least, sequence - 1), link.receiptCursor)
  const seen = new Set<string>()
  const end = await readFeed(deps, Math.max(0, since), seen)
  if (window.some(({ id }) => !seen.has(id))) return makeUpForLoss(deps, link)
  if (end > link.receiptCursor) deps.store.write((tx) => noteReceiptCursor(tx, end))
}
