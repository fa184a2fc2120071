import { randomBytes, randomUUID } from 'node:crypto'
import type { Settings } from '@contract/settings'
import type { WardSecret } from '../queue'
import type { Reader, Store } from '../storage'

/** Who this counter is among the counters of the ward. */
export type QueuePlace = Readonly<{
  node: string
  secret: WardSecret
  /** `own`: no city gave a secret yet; nobody else can know it, so nobody is called or let in. */
  origin: 'city' | 'own'
  /** What the numbers of this counter begin with when it gives its own. */
  prefix: string
}>

const SECRET_BYTES = 32

/**
 * What the numbers of the so-maniest counter of an agency begin with: nothing for the first, then `K2`, `K3` … ("ca hai"): it says which
 * counter gave the number, `K` is no kind of matter and looks like no digit, and the digit keeps it apart from the kind that follows.
 */
export const prefixOfCounter = (number: number): string => (number === 1 ? '' : `K${String(number)}`)

const storedSecret = (read: Reader) => read.get('SELECT agency, secret, origin, counter_number FROM ward_secret WHERE one = 1', [], (row) => ({
  secret: { agency: row.text('agency'), bytes: row.bytes('secret') }, origin: row.text<'city' | 'own'>('origin'), number: row.integerOrNull('counter_number'),
}))

/** True when other counters may be waiting for this one: a city gave the secret, or the queue ran here today. @param day civil date */
export function isQueueWanted(read: Reader, day: string): boolean {
  const lines = read.get('SELECT count(*) AS lines FROM queue_line WHERE day = ?', [day], (row) => row.integer('lines')) ?? 0
  return lines > 0 || storedSecret(read)?.origin === 'city'
}

/**
 * The place of this counter, made where there is none. The node's name stays for good: a new enrolment gives another secret and another
 * prefix, and the numbers of the morning stay this counter's own.
 */
export function takePlace(store: Store, settings: Settings, now: Date): QueuePlace {
  const node = store.read.get('SELECT node FROM queue_node WHERE one = 1', [], (row) => row.text('node')) ?? makeNode(store, now)
  const found = storedSecret(store.read) ?? makeSecret(store, settings.ward.agencyCode, now)
  return { node, secret: found.secret, origin: found.origin, prefix: settings.queue.prefix ?? (found.number === null ? '' : prefixOfCounter(found.number)) }
}

function makeNode(store: Store, now: Date): string {
  const node = randomUUID()
  store.write((tx) => tx.run('INSERT INTO queue_node (one, node, since) VALUES (1, ?, ?)', [node, now.toISOString()]))
  return node
}

function makeSecret(store: Store, agency: string, now: Date): NonNullable<ReturnType<typeof storedSecret>> {
  const bytes = new Uint8Array(randomBytes(SECRET_BYTES))
  store.write((tx) => tx.run('INSERT INTO ward_secret (one, agency, secret, origin, counter_number, since) VALUES (1, ?, ?, \'own\', NULL, ?)', [agency, bytes, now.toISOString()]))
  return { secret: { agency, bytes }, origin: 'own', number: null }
}

export const samePlace = (one: QueuePlace, other: QueuePlace): boolean =>
  one.node === other.node && one.origin === other.origin && one.prefix === other.prefix && one.secret.agency === other.secret.agency
  && Buffer.compare(one.secret.bytes, other.secret.bytes) === 0

/** What people call the counters of the ward, kept so that a report can name those that are off. */
export type Roster = Readonly<{
  /** The name, or the head of the node's id for one that never said it. */
  nameOf(node: string): string
  /** Counters heard since `since`, an instant. */
  seenSince(since: string): readonly string[]
  heard(node: string, name: string): void
}>

export function createRoster(store: Store, now: () => Date): Roster {
  const names = new Map(store.read.all('SELECT node, name FROM queue_counter', [], (row) => [row.text('node'), row.text('name')] as const))
  return {
    nameOf: (node) => names.get(node) ?? node.slice(0, 8),
    seenSince: (since) => store.read.all('SELECT node FROM queue_counter WHERE seen_at >= ? ORDER BY name, node', [since], (row) => row.text('node')),
    heard(node, name) {
      names.set(node, name)
      store.write((tx) => tx.run(
        'INSERT INTO queue_counter (node, name, seen_at) VALUES (?, ?, ?) ON CONFLICT (node) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at',
        [node, name, now().toISOString()]))
    },
  }
}
