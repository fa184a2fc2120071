import { flag, type Reader, type RowView, type WriteTx } from '../storage'
import { type Event, type Progress, step } from './state-machine'

/** Frozen bytes on their way to the city, without the bytes: a version of a dossier, or of a letter about feedback. */
export type Mail = Readonly<{ id: string; version: number; payloadSha256: string; simulated: boolean; progress: Progress }>

/** Where a kind of mail is kept. What it is about is its owner: versions of one owner take each other's place. */
export type MailKind<Item extends Mail> = Readonly<
  (
    | { table: 'submission'; owner: 'dossier_id'; attempts: 'submission_attempt'; attemptOf: 'submission_id' }
    | { table: 'feedback_letter'; owner: 'feedback_id'; attempts: 'letter_attempt'; attemptOf: 'letter_id' }
  ) & { toMail(row: RowView, mail: Mail): Item; ownerOf(item: Item): string }
>

export type NewMail = Readonly<{ id: string; owner: string; version: number; payload: Uint8Array; sha256: string; simulated: boolean; now: Date }>

/** The city's own words of having it, and when it had it. */
export type Receipt = Readonly<{ text: string; receivedAt: string }>

export type MailRows<Item extends Mail> = Readonly<{
  kind: MailKind<Item>
  /** The one of that id. */
  read(reader: Reader, id: string): Item | undefined
  /** Those that a condition of this folder's own fits, oldest first; a negative limit means all. */
  select(reader: Reader, where: string, params: readonly (string | number)[], limit: number, order?: 'created_at' | 'next_try_at'): Item[]
  /** The frozen bytes. */
  payload(reader: Reader, id: string): Uint8Array
  /** The newest version of an owner that is in line; 0 when there is none. */
  newest(reader: Reader, owner: string): number
  /**
   * Applies an event in this transaction. Returns the new progress, or null when the event means nothing in its state; then nothing is
   * written. `receipt` is written with the `acknowledged` event only.
   */
  advance(tx: WriteTx, id: string, event: Event, now: Date, receipt?: Receipt): Progress | null
  /** Puts frozen bytes in line, in the transaction that makes them. Earlier versions that are not on their way give way. */
  add(tx: WriteTx, mail: NewMail): void
}>

const toProgress = (row: RowView): Progress => ({
  state: row.text<Progress['state']>('state'),
  attempts: row.integer('attempts'),
  troubles: row.integer('troubles'),
  inDoubt: row.flag('in_doubt'),
  nextTryAt: row.textOrNull('next_try_at'),
  errorCode: row.textOrNull<NonNullable<Progress['errorCode']>>('error_code'),
  cityWords: row.textOrNull('city_words'),
  supersededBy: row.integerOrNull('superseded_by'),
})

export function mailRows<Item extends Mail>(kind: MailKind<Item>): MailRows<Item> {
  const { table, owner } = kind
  const columns = `id, ${owner}, version, payload_sha256, simulated, created_at, state, attempts, troubles, in_doubt, next_try_at,
    error_code, city_words, superseded_by`
  const toItem = (row: RowView): Item => kind.toMail(row, {
    id: row.text('id'), version: row.integer('version'), payloadSha256: row.text('payload_sha256'), simulated: row.flag('simulated'), progress: toProgress(row),
  })
  const read: MailRows<Item>['read'] = (reader, id) => reader.get(`SELECT ${columns} FROM ${table} WHERE id = ?`, [id], toItem)
  const advance: MailRows<Item>['advance'] = (tx, id, event, now, receipt) => {
    const current = read(tx, id)
    const next = current ? step(current.progress, event) : null
    if (next === null) return null
    tx.run(
      `UPDATE ${table} SET state = ?, attempts = ?, troubles = ?, in_doubt = ?, next_try_at = ?, error_code = ?, city_words = ?,
         superseded_by = ?, changed_at = ?, acknowledgement = coalesce(?, acknowledgement), received_at = coalesce(?, received_at) WHERE id = ?`,
      [
        next.state, next.attempts, next.troubles, flag(next.inDoubt), next.nextTryAt, next.errorCode, next.cityWords, next.supersededBy,
        now.toISOString(), receipt?.text ?? null, receipt?.receivedAt ?? null, id,
      ],
    )
    return next
  }
  return {
    kind, read, advance,
    select: (reader, where, params, limit, order = 'created_at') =>
      reader.all(`SELECT ${columns} FROM ${table} WHERE ${where} ORDER BY ${order} LIMIT ?`, [...params, limit], toItem),
    payload: (reader, id) => {
      const payload = reader.get(`SELECT payload FROM ${table} WHERE id = ?`, [id], (row) => row.bytes('payload'))
      if (payload === undefined) throw new Error('mail that is not there')
      return payload
    },
    newest: (reader, ownerId) => reader.get(`SELECT max(version) AS newest FROM ${table} WHERE ${owner} = ?`, [ownerId], (row) => row.integerOrNull('newest')) ?? 0,
    add: (tx, { id, owner: ownerId, version, payload, sha256, simulated, now }) => {
      const earlier = tx.all(`SELECT id FROM ${table} WHERE ${owner} = ? AND version < ?`, [ownerId, version], (row) => row.text('id'))
      for (const before of earlier) advance(tx, before, { kind: 'newer-version', version }, now)
      const at = now.toISOString()
      tx.run(
        `INSERT INTO ${table} (id, ${owner}, version, payload, payload_sha256, simulated, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        [id, ownerId, version, payload, sha256, flag(simulated), at, at],
      )
    },
  }
}
