import type { DossierState } from '@contract/dossier'
import { AppError } from '@contract/errors'
import { type DossierId, Instant } from '@contract/ids'
import type { Reader, WriteTx } from '../storage'
import { appointmentOf } from './assessment'
import { documentsOfDossier } from './documents'
import { addEvent, changeAppointment, type DossierRow, readDossier, setState } from './dossier-rows'
import type { Actor, IntakeDeps } from './ports'
import { mayMove, restartsClock, STAYS } from './states'
import { submitVersion } from './submit'

export type Move = Readonly<{
  dossierId: DossierId
  /** As the screen showed it. */
  version: number
  /** `stays`: an act that leaves the dossier in its state; it is told of as a note. */
  to: DossierState | typeof STAYS
  /** What the timeline tells, and the city. Cut at what the city takes. */
  note: string
  /** The moment of the act, where rows of it carry one already. */
  at?: Instant
  /** A new appointment that the act promises. A move that restarts the clock makes its own. */
  dueAt?: Instant
  /** Writes rows that tell of the new appointment, before the submission is made of them. */
  keep?(appointment: Readonly<{ previous: Instant | null; dueAt: Instant | null }>): void
  /** Its audit entry; left out: `dossier.moved`. */
  audit?: Readonly<{ action: string; detail: Readonly<Record<string, string | number>> }>
}>

/** Longest note that the city takes (`docs/city-protocol.md`), in characters. */
const LONGEST_NOTE = 2000

const clipped = (note: string): string => (note.length <= LONGEST_NOTE ? note : `${note.slice(0, LONGEST_NOTE - 1)}…`)

/** True when the counter itself stopped the dossier: no result follows (Thông tư 03/2025, Mẫu 05), whatever state the city tells later. */
function wasStoppedHere(reader: Reader, id: DossierId): boolean {
  return reader.get("SELECT 1 FROM dossier_event WHERE dossier_id = ? AND state = 8 AND origin = 'counter' LIMIT 1", [id], () => true) === true
}

/**
 * Moves a dossier on in the caller's transaction: state, appointment, event, audit entry, and the next version to the city. Rows of the act
 * must be there before: the submission tells of them.
 * @throws AppError HS-004, HS-005 not allowed from here, HS-002 somebody else changed it
 */
export function moveDossier(tx: WriteTx, deps: Pick<IntakeDeps, 'audit' | 'calendar' | 'catalogue' | 'clock' | 'extras' | 'fees' | 'outbox'>, actor: Actor, move: Move): DossierRow {
  const row = readDossier(tx, move.dossierId)
  if (row.version !== move.version) throw new AppError('HS-002')
  const to = move.to === STAYS ? row.state : move.to
  const allowed = move.to === STAYS || mayMove(row.state, to)
  if (!allowed || ((to === 9 || to === 10) && wasStoppedHere(tx, row.id))) throw new AppError('HS-005', { from: row.state, to })
  const moment = move.at === undefined ? deps.clock.now() : new Date(move.at)
  const now = Instant.parse(moment.toISOString())
  const restarts = restartsClock(row.state, to)
  const dueAt = restarts ? (appointmentOf(deps.catalogue.version(tx, row.procedureCode, row.procedureVersion), moment, deps)?.dueAt ?? null) : (move.dueAt ?? row.dueAt)
  setState(tx, row.id, to, now, dueAt)
  if (dueAt !== row.dueAt) changeAppointment(tx, { dossierId: row.id, at: now, previous: row.dueAt, dueAt, cause: restarts ? 'supplement' : 'extension' })
  move.keep?.({ previous: row.dueAt, dueAt })
  const kind = move.to === STAYS ? 'note' : 'state'
  addEvent(tx, { dossierId: row.id, kind, state: move.to === STAYS ? null : to, at: now, by: actor.name, origin: 'counter', note: clipped(move.note) })
  const { action, detail } = move.audit ?? { action: 'dossier.moved', detail: { from: row.state, to } }
  deps.audit.append(tx, { actor: actor.id, action, subject: { type: 'dossier', id: row.id }, detail })
  submitVersion(tx, readDossier(tx, row.id), documentsOfDossier(tx, row.id), deps, actor)
  return readDossier(tx, row.id)
}
