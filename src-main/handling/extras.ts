import type { DossierId, Instant } from '@contract/ids'
import { Ground } from '@contract/office-forms'
import { z } from 'zod'
import type { PayloadExtras } from '../intake'
import type { Reader, RowView } from '../storage'
import { formsOf, handoversOf, supplementsOf } from './rows'

const Grounds = z.array(Ground)

function refusalOf(reader: Reader, id: DossierId): unknown {
  return reader.get(
    "SELECT r.detail, r.at, f.data -> '$.grounds' AS grounds FROM refusal r JOIN issued_form f ON f.id = r.form_id WHERE r.dossier_id = ?", [id],
    (row) => ({ at: row.text('at'), grounds: row.json('grounds', Grounds), detail: row.text('detail') }))
}

const extensionOf = (reader: Reader, id: DossierId): unknown =>
  reader.get('SELECT previous_due_at, due_at, reason, at FROM extension WHERE dossier_id = ?', [id],
    (row: RowView) => ({ at: row.text('at'), previousDueAt: row.text<Instant>('previous_due_at'), dueAt: row.text<Instant>('due_at'), reason: row.text('reason') }))

function stopOf(reader: Reader, id: DossierId): unknown {
  return reader.get(
    "SELECT s.requested_by, s.detail, s.money, s.stage, s.at, f.data -> '$.ground' AS ground FROM stop_notice s JOIN issued_form f ON f.id = s.form_id WHERE s.dossier_id = ?", [id],
    (row) => ({ at: row.text('at'), requestedBy: row.text('requested_by'), ground: row.json('ground', Ground), stage: row.integer('stage'), money: row.text('money'), detail: row.text('detail') }))
}

const withoutNulls = (row: Readonly<Record<string, unknown>>): Record<string, unknown> => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))

/** Forms, supplements, refusal, extension, stop and hand-overs, as the city is told of them (`docs/city-protocol.md`); what there is none of is left out. */
export function handlingExtras(reader: Reader, dossierId: DossierId): PayloadExtras {
  const forms = formsOf(reader, dossierId).map(({ form, number, at, officerName, signer, signerName }) => ({ form, number, at, officer: officerName, signer, ...(signerName !== '' && { signerName }) }))
  const supplements = supplementsOf(reader, dossierId).map(withoutNulls)
  const handovers = handoversOf(reader, dossierId).map(withoutNulls)
  const refusal = refusalOf(reader, dossierId)
  const extension = extensionOf(reader, dossierId)
  const stop = stopOf(reader, dossierId)
  return {
    ...(forms.length > 0 && { forms }), ...(supplements.length > 0 && { supplements }), ...(refusal !== undefined && { refusal }), ...(extension !== undefined && { extension }),
    ...(stop !== undefined && { stop }), ...(handovers.length > 0 && { handovers }),
  }
}
