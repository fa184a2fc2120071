import type { WriteTx, Reader } from '../storage'
import { flag } from '../storage'
import { burnLeases } from './leases'
import { forgetAllPhotos, restartFeedback } from './letters'
import { PrivateJwk } from './token'

/** Who this counter is to the city, and how far it has read. */
export type Link = Readonly<{
  url: string
  clientId: string
  cityName: string
  agency: string
  counter: string
  privateJwk: PrivateJwk
  /** A city of practice mode. Simulated facts may go to such a one only. */
  simulated: boolean
  /** Since when this counter has sent to this city. */
  enrolledAt: string
  statusCursor: number
  receiptCursor: number
  /** City time minus this machine's time; null until the city has answered. */
  clockOffsetMs: number | null
  lastReceivedAt: string | null
}>

/** The link, or undefined before the first enrolment. */
export function readLink(reader: Reader): Link | undefined {
  return reader.get('SELECT * FROM city_link WHERE one = 1', [], (row) => ({
    url: row.text('url'),
    clientId: row.text('client_id'),
    cityName: row.text('city_name'),
    agency: row.text('agency'),
    counter: row.text('counter'),
    privateJwk: row.json('private_jwk', PrivateJwk),
    simulated: row.flag('simulated'),
    enrolledAt: row.text('enrolled_at'),
    statusCursor: row.integer('status_cursor'),
    receiptCursor: row.integer('receipt_cursor'),
    clockOffsetMs: row.integerOrNull('clock_offset_ms'),
    lastReceivedAt: row.textOrNull('last_received_at'),
  }))
}

export type NewLink = Pick<Link, 'url' | 'clientId' | 'cityName' | 'agency' | 'counter' | 'privateJwk' | 'simulated'>

/** Keeps a new enrolment. Cursors stay when it is the same city, and begin anew at another. */
export function saveLink(tx: WriteTx, link: NewLink, now: Date): void {
  const before = readLink(tx)
  const same = before?.url === link.url
  tx.run('DELETE FROM city_link WHERE one = 1')
  tx.run(
    `INSERT INTO city_link (one, url, client_id, city_name, agency, counter, private_jwk, simulated, enrolled_at, status_cursor, receipt_cursor, last_received_at)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      link.url, link.clientId, link.cityName, link.agency, link.counter, JSON.stringify(link.privateJwk), flag(link.simulated),
      same ? before.enrolledAt : now.toISOString(), same ? before.statusCursor : 0, same ? before.receiptCursor : 0, before?.lastReceivedAt ?? null,
    ],
  )
  if (same) return
  // What another city has confirmed or leased is nothing to this one.
  tx.run('UPDATE document_upload SET confirmed_at = NULL, upload_url = NULL, accepted = 0')
  burnLeases(tx)
  forgetAllPhotos(tx)
  restartFeedback(tx)
}

/**
 * Keeps the secret by which the counters of an agency know each other on the local network, in place of an own or an older one.
 * @param ward `secret`: 32 bytes, base64url
 */
export function saveWardSecret(tx: WriteTx, ward: Readonly<{ agency: string; secret: string; counterNumber: number }>, now: Date): void {
  tx.run('INSERT OR REPLACE INTO ward_secret (one, agency, secret, origin, counter_number, since) VALUES (1, ?, ?, \'city\', ?, ?)',
    [ward.agency, new Uint8Array(Buffer.from(ward.secret, 'base64url')), ward.counterNumber, now.toISOString()])
}

export function noteClockOffset(tx: WriteTx, offsetMs: number, now: Date): void {
  tx.run('UPDATE city_link SET clock_offset_ms = ?, last_contact_at = ? WHERE one = 1', [Math.round(offsetMs), now.toISOString()])
}

export function noteStatusCursor(tx: WriteTx, cursor: number): void {
  tx.run('UPDATE city_link SET status_cursor = max(status_cursor, ?) WHERE one = 1', [cursor])
}

export function noteReceiptCursor(tx: WriteTx, cursor: number): void {
  tx.run('UPDATE city_link SET receipt_cursor = max(receipt_cursor, ?) WHERE one = 1', [cursor])
}

/** The city was restored and counts from an earlier number: its statuses are read from the start; known ones change nothing. */
export function restartCursors(tx: WriteTx, receipt: number): void {
  tx.run('UPDATE city_link SET receipt_cursor = ?, status_cursor = 0 WHERE one = 1', [receipt])
}
