import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toCivil } from '@contract/civil-time'
import type { DossierState } from '@contract/dossier'
import { AppError } from '@contract/errors'
import type { Act } from '@contract/handling'
import type { DossierId, Instant } from '@contract/ids'
import { handoversOf } from '../../src-main/handling'
import { actor } from '../intake/support'
import { COMPLETED, handover, newOffice, type Office, READY, received, REFUSAL, STOP, SUPPLEMENT, UNIT } from './support'

const HOUR = 3_600_000
const BEGIN = Date.parse('2026-11-23T02:00:00.000Z')

type Step = Readonly<{ hours: number; which: number }> & (
  | Readonly<{ kind: 'act'; act: Act }>
  | Readonly<{ kind: 'extension'; days: number }>
  | Readonly<{ kind: 'manual'; to: DossierState }>
  | Readonly<{ kind: 'city'; to: DossierState }>
  | Readonly<{ kind: 'correct' }>
)

const when = { hours: fc.integer({ min: 0, max: 40 }), which: fc.nat({ max: 1 }) }
const state = fc.constantFrom<DossierState>(2, 4, 5, 6, 7, 8, 9, 10)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('act' as const), act: fc.constantFrom<Act>(SUPPLEMENT, SUPPLEMENT, COMPLETED, COMPLETED, handover('Phòng Văn hóa - Xã hội'), handover('Lãnh đạo UBND'), handover(UNIT), READY, REFUSAL, STOP), ...when }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('extension' as const), days: fc.integer({ min: -2, max: 12 }), ...when }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('manual' as const), to: state, ...when }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('city' as const), to: state, ...when }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('correct' as const), ...when }) },
)

/** What the city says is a fact, and makes no version. */
const fromCity = ({ desk }: Office, id: DossierId, to: DossierState, at: string): void => desk.store.write((tx) => {
  tx.run("INSERT INTO dossier_event (dossier_id, kind, state, at, by_name, origin, note) VALUES (?, 'state', ?, ?, 'Thành phố', 'city', NULL)", [id, to, at])
  tx.run('UPDATE dossier SET state = ? WHERE id = ?', [to, id])
})

async function take(office: Office, id: DossierId, doing: Step, now: Date): Promise<void> {
  const { intake } = office.desk
  const { version, dueAt } = intake.get(id)
  if (doing.kind === 'act') await office.act(id, doing.act)
  else if (doing.kind === 'city') fromCity(office, id, doing.to, now.toISOString())
  else if (doing.kind === 'manual') intake.changeState(actor, { dossierId: id, version, to: doing.to, note: 'x' })
  else if (doing.kind === 'correct') {
    const draft = intake.correct(actor, id)
    intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: true })
  } else {
    const day = toCivil(new Date((dueAt === null ? now.getTime() : Date.parse(dueAt)) + doing.days * 24 * HOUR)).date
    await office.act(id, { kind: 'extension', dueDate: day, reason: 'Chờ xác minh', signer: 'head' })
  }
}

type Facts = Readonly<{ submissions: number; audits: number; forms: number; version: number }>
function factsOf({ desk }: Office, id: DossierId): Facts {
  const count = (sql: string): number => desk.store.read.get(sql, [id], (row) => row.integer('n')) ?? 0
  return {
    submissions: count('SELECT count(*) AS n FROM submission WHERE dossier_id = ?'),
    // The draft of a correction is an act of its own.
    audits: count("SELECT count(*) AS n FROM audit_entry WHERE subject_id = ? AND action NOT IN ('dossier.reopened', 'dossier.despite-duplicates')"),
    forms: count('SELECT count(*) AS n FROM issued_form WHERE dossier_id = ?'), version: desk.intake.get(id).version,
  }
}

/** What must hold of a dossier whatever was done with it; the names of what does not. */
function broken({ desk }: Office, id: DossierId): string[] {
  const { read } = desk.store
  const number = (sql: string): number => read.get(sql, [id], (row) => row.integer('n')) ?? 0
  const { dueAt, version } = desk.intake.get(id)
  const change = read.get('SELECT due_at FROM appointment_change WHERE dossier_id = ? ORDER BY sequence DESC LIMIT 1', [id], (row) => row.textOrNull('due_at'))
  const chain = handoversOf(read, id)
  const extension = read.get('SELECT at, previous_due_at FROM extension WHERE dossier_id = ?', [id], (row) => [row.text<Instant>('at'), row.text<Instant>('previous_due_at')] as const)
  const checks: Readonly<Record<string, boolean>> = {
    'one open request at most': number('SELECT count(*) AS n FROM supplement_request WHERE dossier_id = ? AND completed_at IS NULL') <= 1,
    'extended in time': extension === undefined || toCivil(new Date(extension[0])).date < toCivil(new Date(extension[1])).date,
    'no result of the counter after its stop': number(`SELECT count(*) AS n FROM dossier_event e WHERE dossier_id = ? AND state IN (9, 10) AND origin = 'counter'
      AND sequence > (SELECT min(sequence) FROM dossier_event s WHERE s.dossier_id = e.dossier_id AND s.state = 8 AND s.origin = 'counter')`) === 0,
    'due as the last change says': change === undefined || change === dueAt,
    'one version a submission': number('SELECT count(*) AS n FROM submission WHERE dossier_id = ?') === version && number('SELECT max(version) AS n FROM submission WHERE dossier_id = ?') === version,
    'papers go from hand to hand': chain.every(({ from }, index) => from === (chain[index - 1]?.to ?? UNIT)),
    'one row a form': number(`SELECT count(*) AS n FROM issued_form f WHERE dossier_id = ? AND form <> 'mau-06' AND 1 <> (SELECT count(*) FROM supplement_request WHERE form_id = f.id)
      + (SELECT count(*) FROM refusal WHERE form_id = f.id) + (SELECT count(*) FROM extension WHERE form_id = f.id) + (SELECT count(*) FROM stop_notice WHERE form_id = f.id)`) === 0,
    'one control slip at most': number("SELECT count(*) AS n FROM issued_form WHERE dossier_id = ? AND form = 'mau-06'") <= 1,
  }
  return Object.entries(checks).filter(([, holds]) => !holds).map(([name]) => name)
}

const gaps = ({ desk }: Office): string[] => [
  ...desk.store.read.all('SELECT form || year || counter AS name FROM issued_form GROUP BY form, year, counter HAVING count(*) <> max(number)', [], (row) => row.text('name')),
  ...desk.store.read.all("SELECT 'register' || year AS name FROM register_entry GROUP BY year HAVING count(*) <> max(number)", [], (row) => row.text('name')),
]

const minus = (after: Facts, before: Facts): string => `${after.submissions - before.submissions}/${after.audits - before.audits}/${after.version - before.version}`

describe('Any history of acts', () => {
  test('keeps what must hold, whatever is tried and in whatever order', async () => {
    const office = newOffice()
    const seen = new Map<string, number>()
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      let now = BEGIN
      office.desk.at(new Date(now).toISOString())
      const dossiers = [received(office), received(office)]
      for (const doing of steps) {
        now += doing.hours * HOUR
        office.desk.at(new Date(now).toISOString())
        const id = dossiers[doing.which] ?? expect.fail('no dossier')
        const before = factsOf(office, id)
        const outcome = await take(office, id, doing, new Date(now)).then(() => 'done', (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error as Error)))
        const name = doing.kind === 'act' ? doing.act.kind : doing.kind
        if (outcome === 'done') seen.set(name, (seen.get(name) ?? 0) + 1)
        const change = minus(factsOf(office, id), before)
        expect([name, outcome, change, broken(office, id)]).toEqual([name, outcome, outcome === 'done' && doing.kind !== 'city' ? '1/1/1' : '0/0/0', []])
      }
      expect(gaps(office)).toEqual([])
    }), { numRuns: 150 })
    expect([office.desk.audit.verify(office.desk.store.read).ok, [...seen.keys()].sort()]).toEqual(
      [true, ['city', 'completed', 'correct', 'extension', 'handover', 'manual', 'refusal', 'result-ready', 'stop', 'supplement']])
  }, 120_000)
})
