import type { SupplementsAccess } from '../intake'

/** Closes the open request of a dossier; where none is open nothing happens. */
const completed: SupplementsAccess['completed'] = (tx, { dossierId, at, by, note, previousDueAt, newDueAt }) => {
  tx.run(
    `UPDATE supplement_request SET completed_at = ?, completed_by = ?, received_note = ?, previous_due_at = ?, new_due_at = ?
     WHERE dossier_id = ? AND completed_at IS NULL`,
    [at, by.name, note, previousDueAt, newDueAt, dossierId])
}

/** What intake asks of handling. */
export const supplements: SupplementsAccess = { completed }
