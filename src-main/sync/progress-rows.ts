import { flag, type RowView, type WriteTx } from '../storage'
import type { Progress } from './state-machine'

/** What is on its way to the city and goes by the same rules: dossiers, and letters about feedback. */
type Table = 'submission' | 'feedback_letter'

/** The columns of both that `step` changes. */
export const PROGRESS = 'state, attempts, troubles, in_doubt, next_try_at, error_code, city_words, superseded_by'

export const toProgress = (row: RowView): Progress => ({
  state: row.text<Progress['state']>('state'),
  attempts: row.integer('attempts'),
  troubles: row.integer('troubles'),
  inDoubt: row.flag('in_doubt'),
  nextTryAt: row.textOrNull('next_try_at'),
  errorCode: row.textOrNull<NonNullable<Progress['errorCode']>>('error_code'),
  cityWords: row.textOrNull('city_words'),
  supersededBy: row.integerOrNull('superseded_by'),
})

/** The city's own words of having it, and when it had it. */
export type Receipt = Readonly<{ text: string; receivedAt: string }>

export function writeProgress(tx: WriteTx, table: Table, id: string, next: Progress, now: Date, receipt?: Receipt): void {
  tx.run(
    `UPDATE ${table} SET state = ?, attempts = ?, troubles = ?, in_doubt = ?, next_try_at = ?, error_code = ?, city_words = ?,
       superseded_by = ?, changed_at = ?, acknowledgement = coalesce(?, acknowledgement), received_at = coalesce(?, received_at) WHERE id = ?`,
    [
      next.state, next.attempts, next.troubles, flag(next.inDoubt), next.nextTryAt, next.errorCode, next.cityWords, next.supersededBy,
      now.toISOString(), receipt?.text ?? null, receipt?.receivedAt ?? null, id,
    ],
  )
}
