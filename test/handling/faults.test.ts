import { describe, expect, test } from 'vitest'
import type { Act, TurnAwayAct } from '@contract/handling'
import { createHandling } from '../../src-main/handling'
import type { Store } from '../../src-main/storage'
import { actor, faulty, readyDraft } from '../intake/support'
import { COMPLETED, EXTENSION, handover, newOffice, type Office, READY, received, REFUSAL, STOP, SUPPLEMENT } from './support'

const TABLES = [
  'dossier', 'dossier_event', 'dossier_search', 'dossier_document', 'submission', 'audit_entry', 'issued_form', 'supplement_request', 'refusal', 'extension', 'stop_notice', 'handover', 'appointment_change', 'register_entry',
] as const

const everything = ({ desk }: Office): string => JSON.stringify([
  TABLES.map((table) => desk.count(table)), desk.store.read.all('SELECT state, version, due_at, finished_at FROM dossier', [], (row) => [row.integer('state'), row.integer('version'), row.textOrNull('due_at'), row.textOrNull('finished_at')]),
  desk.store.read.all('SELECT completed_at FROM supplement_request', [], (row) => row.textOrNull('completed_at')), desk.store.read.all('SELECT state FROM draft ORDER BY id', [], (row) => row.text('state')),
  desk.store.read.all('SELECT next FROM number_lease', [], (row) => row.integer('next')),
])

type Attempt = (office: Office, store: Store) => Promise<unknown>

/** Fails at the first, second … changing statement until it passes. */
async function failingEverywhere(office: Office, attempt: Attempt): Promise<{ statements: number; leftovers: number[] }> {
  let at = 0
  const store = faulty(office.desk.store, () => at)
  const before = everything(office)
  const leftovers: number[] = []
  for (at = 1; at < 60; at++) {
    const passed = await attempt(office, store).then(() => true, (error: unknown) => (error instanceof Error && error.message === 'seeded' ? false : Promise.reject(error as Error)))
    if (passed) break
    if (everything(office) !== before) leftovers.push(at)
  }
  return { statements: at - 1, leftovers }
}

describe('An act that fails at any of its statements leaves nothing behind', () => {
  test.each<[string, readonly Act[], Act]>([
    ['supplement', [handover('Lãnh đạo UBND')], SUPPLEMENT], ['refusal', [], REFUSAL], ['extension', [], EXTENSION], ['stop', [], STOP], ['handover', [], handover('Lãnh đạo UBND')],
    ['completed', [SUPPLEMENT], COMPLETED], ['result ready', [handover('Lãnh đạo UBND')], READY],
  ])('%s', async (_name, before, act) => {
    const office = newOffice()
    const dossierId = received(office)
    for (const earlier of before) await office.act(dossierId, earlier)
    const { version } = office.desk.intake.get(dossierId)
    const found = await failingEverywhere(office, async (_office, store) => createHandling({ ...office.deps, store }).act(actor, { dossierId, version, act, second: null }, () => undefined))
    expect([found.statements > 5, found.leftovers, office.desk.intake.get(dossierId).version]).toEqual([true, [], version + 1])
  })

  test('turning a draft away', async () => {
    const office = newOffice()
    office.desk.lease('2026-11-23')
    const { id, revision } = readyDraft(office.desk)
    const found = await failingEverywhere(office, async (_office, store) => createHandling({ ...office.deps, store }).turnAway(actor, { draftId: id, revision, act: SUPPLEMENT as TurnAwayAct }))
    expect([found.statements > 12, found.leftovers, office.desk.count('dossier')]).toEqual([true, [], 1])
  })
})
