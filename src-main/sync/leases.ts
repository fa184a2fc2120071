import { randomUUID } from 'node:crypto'
import { addDays, toCivil } from '@contract/civil-time'
import type { Audit } from '../audit'
import type { Clock, Log, Reader, Store, WriteTx } from '../storage'
import type { Destination } from './destination'
import { CityFailure } from './failures'
import type { LeaseAnswer } from './wire'

/** At least so many numbers lie ready for each day. */
export const LEAST_NUMBERS = 50
const BLOCK = 100
/** Blocks asked for at once, where the first bring nothing new. */
const MOST_BLOCKS = 5
/** Today and a week ahead: longer than any line is down, with every weekend and holiday shift in it. */
export const DAYS_AHEAD = 7

/**
 * The next dossier number of that agency and civil day, or null when no leased one is left. Inside the commit's transaction: a
 * number is taken exactly when the dossier that carries it is saved.
 */
export function takeNumber(tx: WriteTx, agency: string, day: string): number | null {
  const lease = tx.get(
    'SELECT id, next FROM number_lease WHERE agency = ? AND day = ? AND next <= last ORDER BY first LIMIT 1', [agency, day],
    (row) => ({ id: row.text('id'), next: row.integer('next') }),
  )
  if (lease === undefined) return null
  tx.run('UPDATE number_lease SET next = next + 1 WHERE id = ?', [lease.id])
  return lease.next
}

/** How many leased numbers are left for that agency and day. */
export function numbersLeft(reader: Reader, agency: string, day: string): number {
  return reader.get(
    'SELECT coalesce(sum(last - next + 1), 0) AS n FROM number_lease WHERE agency = ? AND day = ?', [agency, day], (row) => row.integer('n'),
  ) ?? 0
}

/**
 * Gives up every leased number. After this database was restored from a back-up nobody knows which were printed since;
 * new ones are leased at the next contact. Call in the restore.
 */
export function burnLeases(tx: WriteTx): void {
  tx.run('UPDATE number_lease SET next = last + 1')
}

export type LeaseDeps = Readonly<{ store: Store; audit: Audit; clock: Clock; log: Log }>

export type Leases = Readonly<{
  /** Leases what is missing for today and the days ahead. Throws CityFailure when the city is not there. */
  topUp(destination: Pick<Destination, 'leaseNumbers'>, agency: string): Promise<void>
}>

/**
 * Keeps a block. A city counts upwards, so numbers below those we have had may be printed already: another city, or one that was
 * restored, has given them out again. They are passed over.
 */
function keepLease(deps: LeaseDeps, lease: LeaseAnswer): void {
  const { store, audit, clock } = deps
  store.write((tx) => {
    const { agency, day, last } = lease
    const had = tx.get('SELECT coalesce(max(last), 0) AS n FROM number_lease WHERE agency = ? AND day = ?', [agency, day], (row) => row.integer('n')) ?? 0
    const first = Math.max(lease.first, had + 1)
    if (first > last) return
    tx.run(
      'INSERT INTO number_lease (id, agency, day, first, last, next, leased_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [lease.leaseId, agency, day, first, last, first, clock.now().toISOString()],
    )
    audit.append(tx, { actor: 'system', action: 'numbers.leased', detail: { agency, day, first, last } })
  })
}

/** Keeps numbers in stock. A request whose answer was lost is asked again under the same id and finds its block. */
export function createLeases(deps: LeaseDeps): Leases {
  const asked = new Map<string, string>()
  const lease = async (destination: Pick<Destination, 'leaseNumbers'>, agency: string, day: string, size: number): Promise<boolean> => {
    const key = `${agency} ${day} ${size}`
    const requestId = asked.get(key) ?? randomUUID()
    asked.set(key, requestId)
    try {
      const answer = await destination.leaseNumbers({ requestId, agency, day, size })
      if (answer.agency !== agency || answer.day !== day) throw new CityFailure('malformed')
      keepLease(deps, answer)
      asked.delete(key)
      return true
    } catch (error) {
      // A day that the city will not lease is left without; the others are not.
      if (!(error instanceof CityFailure) || error.class !== 'refused') throw error
      asked.delete(key)
      deps.log('sync.lease-refused', { day, code: error.code })
      return false
    }
  }
  return {
    topUp: async (destination, agency) => {
      const today = toCivil(deps.clock.now()).date
      for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
        const day = addDays(today, ahead)
        for (let blocks = 0; blocks < MOST_BLOCKS && numbersLeft(deps.store.read, agency, day) < LEAST_NUMBERS; blocks++) {
          if (!(await lease(destination, agency, day, BLOCK))) break
        }
      }
    },
  }
}
