import type { ErrorCode } from '@contract/errors'
import type { Reader, WriteTx } from '../storage'
import { RETRY_AFTER_CEILING_MS } from './backoff'
import type { Failing, Outcome } from './failing'
import type { Mail, MailRows } from './mail-rows'

/** No limit. */
const EVERY = -1

/** A try that has begun: the row says `sending` and the log says `started`, on the disk, before a byte goes out. */
export type Attempt<Item extends Mail> = Readonly<{ sequence: number; mail: Item }>

export type MailAttempts<Item extends Mail> = Readonly<{
  /** Whether there is anything to claim: asked before a transaction is opened for it. */
  isDue(reader: Reader, now: Date): boolean
  /** Takes the oldest that may be tried now and begins an attempt; undefined when there is none. */
  claim(tx: WriteTx, now: Date): Attempt<Item> | undefined
  /** Writes how an attempt ended. */
  close(tx: WriteTx, attempt: Attempt<Item>, outcome: Outcome, code?: ErrorCode | null, words?: string | null): void
  /** Ends an attempt that failed. When a newer version was made meanwhile, this one gives way to it. */
  endFailed(tx: WriteTx, attempt: Attempt<Item>, failing: Failing, nextTryAt: Date, now: Date): Outcome
  /** Ends an attempt before anything was submitted, because a newer version wins. */
  yieldToNewer(tx: WriteTx, attempt: Attempt<Item>, now: Date): void
  /**
   * After a stop in the middle of sending: nobody sends these any more, and nobody knows whether the city has them. They go back in line
   * in doubt, or give way to a newer version. Returns how many there were.
   */
  recover(tx: WriteTx, now: Date): number
  /** A wait that lies further ahead than any wait can: the clock was put back meanwhile. */
  hurryStranded(tx: WriteTx, now: Date): void
  /** Puts everything that waits back in line at once; with `givenUp` also what was given up for reasons that may have passed. Returns how many. */
  hurry(tx: WriteTx, now: Date, codes: readonly ErrorCode[] | 'all', givenUp?: readonly ErrorCode[]): number
}>

export function mailAttempts<Item extends Mail>(rows: MailRows<Item>): MailAttempts<Item> {
  const { advance, newest, read, select } = rows
  const { table, owner, attempts, attemptOf, ownerOf } = rows.kind
  /** Versions of one owner never go side by side. */
  const alone = `NOT EXISTS (SELECT 1 FROM ${table} other WHERE other.${owner} = ${table}.${owner} AND other.state = 'sending')`

  /** The next that may be tried now: a wait that is over, or the oldest in line. */
  const due = (reader: Reader, now: Date): Item | undefined =>
    select(reader, `state = 'waiting' AND next_try_at <= ? AND ${alone}`, [now.toISOString()], 1, 'next_try_at')[0] ?? select(reader, `state = 'ready' AND ${alone}`, [], 1)[0]
  const close: MailAttempts<Item>['close'] = (tx, { sequence }, outcome, code = null, words = null) => {
    tx.run(`UPDATE ${attempts} SET outcome = ?, error_code = ?, words = ? WHERE sequence = ?`, [outcome, code, words, sequence])
  }
  const giveWay = (tx: WriteTx, mail: Item, now: Date): void => {
    const version = newest(tx, ownerOf(mail))
    if (version > mail.version) advance(tx, mail.id, { kind: 'newer-version', version }, now)
  }
  return {
    close,
    isDue: (reader, now) => due(reader, now) !== undefined,
    claim: (tx, now) => {
      const next = due(tx, now)
      if (next === undefined || advance(tx, next.id, { kind: 'begin' }, now) === null) return undefined
      const { lastRowId } = tx.run(`INSERT INTO ${attempts} (${attemptOf}, at, outcome) VALUES (?, ?, 'started')`, [next.id, now.toISOString()])
      const begun = read(tx, next.id)
      return begun && { sequence: lastRowId, mail: begun }
    },
    endFailed: (tx, attempt, failing, nextTryAt, now) => {
      const { mail } = attempt
      const { code, words, inDoubt } = failing
      advance(tx, mail.id, { kind: 'failed', class: failing.class, code, words, inDoubt, nextTryAt: nextTryAt.toISOString() }, now)
      giveWay(tx, mail, now)
      const state = read(tx, mail.id)?.progress.state
      const outcome: Outcome = state === 'attention' || state === 'superseded' ? state : 'waiting'
      close(tx, attempt, outcome, code, words)
      return outcome
    },
    yieldToNewer: (tx, attempt, now) => {
      advance(tx, attempt.mail.id, { kind: 'yielded', version: newest(tx, ownerOf(attempt.mail)) }, now)
      close(tx, attempt, 'superseded')
    },
    recover: (tx, now) => {
      const sending = select(tx, "state = 'sending'", [], EVERY)
      for (const mail of sending) {
        advance(tx, mail.id, { kind: 'interrupted' }, now)
        giveWay(tx, mail, now)
      }
      tx.run(`UPDATE ${attempts} SET outcome = 'interrupted' WHERE outcome = 'started'`)
      return sending.length
    },
    hurryStranded: (tx, now) => {
      const latest = new Date(now.getTime() + 2 * RETRY_AFTER_CEILING_MS).toISOString()
      for (const { id } of select(tx, "state = 'waiting' AND next_try_at > ?", [latest], EVERY)) advance(tx, id, { kind: 'hurry' }, now)
    },
    hurry: (tx, now, codes, givenUp = []) => {
      const chosen = select(tx, "state = 'waiting'", [], EVERY).filter(({ progress: { errorCode } }) => codes === 'all' || (errorCode !== null && codes.includes(errorCode)))
      for (const { id } of chosen) advance(tx, id, { kind: 'hurry' }, now)
      const left = givenUp.length === 0 ? [] : select(tx, "state = 'attention'", [], EVERY)
      const again = left.filter(({ progress: { errorCode } }) => errorCode !== null && givenUp.includes(errorCode))
      for (const { id } of again) advance(tx, id, { kind: 'retry' }, now)
      return chosen.length + again.length
    },
  }
}
