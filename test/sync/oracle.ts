import { z } from 'zod'
import type { Doors } from '../city'
import { sha256, type Desk } from './support'

const Ack = z.looseObject({ submissionId: z.string(), payloadSha256: z.string() })

type Row = Readonly<{ id: string; dossierId: string; version: number; sha: string; state: string; ack: z.infer<typeof Ack> | null; frozen: string }>

const rowsOf = (desk: Desk): Row[] =>
  desk.store.read.all('SELECT id, dossier_id, version, payload_sha256, state, acknowledgement, payload FROM submission', [], (row) => ({
    id: row.text('id'), dossierId: row.text('dossier_id'), version: row.integer('version'), sha: row.text('payload_sha256'),
    state: row.text('state'), ack: row.jsonOrNull('acknowledgement', Ack), frozen: sha256(row.bytes('payload')),
  }))

/**
 * Everything that must hold between a counter and the city once both have come to rest, as a list of what does not.
 * The city is asked through its doors, not through the code under test.
 */
export async function flaws(desk: Desk, doors: Doors): Promise<string[]> {
  const rows = rowsOf(desk)
  const ours = new Set(rows.map(({ dossierId }) => dossierId))
  const stored = (await doors.submissions()).filter(({ payload }) => ours.has(payload.dossier.id))
  const documents = new Set((await doors.documents()).map((document) => document.sha256))
  const found: string[] = []
  const count = (id: string): number => stored.filter(({ submissionId }) => submissionId === id).length
  for (const row of rows) {
    const copies = count(row.id)
    const newest = rows.every((other) => other.dossierId !== row.dossierId || other.version <= row.version)
    if (copies > 1) found.push(`${row.id} is at the city ${copies} times`)
    if (newest && row.state !== 'received') found.push(`${row.id} is the newest of its dossier and ${row.state}`)
    if (row.state === 'received' && copies !== 1) found.push(`${row.id} is called received and is not at the city`)
    if (row.state !== 'received' && copies !== 0) found.push(`${row.id} is at the city and called ${row.state}`)
    if (row.state === 'received' && (row.ack?.submissionId !== row.id || row.ack.payloadSha256 !== row.sha)) found.push(`${row.id} has no acknowledgement of its own`)
    if (row.frozen !== row.sha) found.push(`${row.id} changed after it was frozen`)
  }
  for (const { submissionId, payloadSha256, payload } of stored) {
    if (rows.find(({ id }) => id === submissionId)?.sha !== payloadSha256) found.push(`${submissionId} differs at the city`)
    const missing = payload.dossier.components.flatMap((component) => component.documents).filter((document) => !documents.has(document.sha256))
    if (missing.length > 0) found.push(`${submissionId} lacks ${missing.length} documents at the city`)
  }
  if (!desk.audit.verify(desk.store.read).ok) found.push('the audit chain is broken')
  return found
}
