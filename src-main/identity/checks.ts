import { z } from 'zod'
import type { ChipReading, IdentityCheckView, KeepCheck } from '@contract/chip'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import type { DossierId, DraftId, Instant } from '@contract/ids'
import { v7 as uuidv7 } from 'uuid'
import type { Audit } from '../audit'
import type { Reader, RowView, WriteTx } from '../storage'
import type { Actor } from './actor'

const Differences = z.array(z.string())

const toCheck = (row: RowView): IdentityCheckView => ({
  who: row.text<IdentityCheckView['who']>('who'),
  at: row.text<Instant>('at'),
  by: row.text('officer_name'),
  purpose: row.text<IdentityCheckView['purpose']>('purpose'),
  method: row.text<IdentityCheckView['method']>('method'),
  outcome: row.text<IdentityCheckView['outcome']>('outcome'),
  protocol: row.text<IdentityCheckView['protocol']>('protocol'),
  downgraded: row.integer('downgraded') === 1,
  contents: row.text<IdentityCheckView['contents']>('contents'),
  signature: row.text<IdentityCheckView['signature']>('signature'),
  chain: row.text<IdentityCheckView['chain']>('chain'),
  copy: row.text<IdentityCheckView['copy']>('copy'),
  signer: row.textOrNull('signer'),
  differences: row.json('differences', Differences),
  reader: row.text('reader'),
  simulated: row.integer('simulated') === 1,
})

/**
 * Puts with an open draft what a reading proved and what the officer found. Of the chip's contents nothing is kept.
 * @throws AppError HS-001 no such open draft, THE-014 the reading came from no live chip
 */
export function keepCheck(tx: WriteTx, audit: Audit, actor: Actor, now: Instant, reading: ChipReading, { draftId, who, outcome, differences }: KeepCheck): IdentityCheckView {
  const open = tx.get("SELECT id FROM draft WHERE id = ? AND state = 'open'", [draftId], (row) => row.text('id'))
  if (open === undefined) throw new AppError('HS-001')
  const { access, proof, purpose, reader } = reading
  if (!access || purpose === 'inspect') throw new AppError(chipErrors.noReading)
  const id = uuidv7()
  tx.run(
    `INSERT INTO identity_check (id, draft_id, who, at, officer_id, officer_name, purpose, method, outcome, protocol, downgraded, contents, signature, chain, copy, signer, differences, reader, simulated)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'chip', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id, draftId, who, now, actor.id, actor.name, purpose, outcome, access.protocol, access.downgraded ? 1 : 0, proof.contents.state, proof.signature.state, proof.chain.state,
      proof.copy.state, proof.signature.signer?.subject ?? null, JSON.stringify(differences), reader.name, reader.simulated ? 1 : 0,
    ])
  audit.append(tx, {
    actor: actor.id, action: 'identity.checked', subject: { type: 'draft', id: draftId },
    detail: {
      check: id, who, outcome, purpose, protocol: access.protocol, downgraded: access.downgraded, contents: proof.contents.state, signature: proof.signature.state,
      chain: proof.chain.state, copy: proof.copy.state, simulated: reader.simulated,
    },
  })
  return tx.get('SELECT * FROM identity_check WHERE id = ?', [id], toCheck) ?? (() => { throw new Error('a check that was just written is gone') })()
}

/** Checks of a draft, or of every draft that a dossier was made from and corrected by; oldest first. */
export function checksOf(reader: Reader, of: { draftId: DraftId } | { dossierId: DossierId }): IdentityCheckView[] {
  if ('draftId' in of) return reader.all('SELECT * FROM identity_check WHERE draft_id = ? ORDER BY at, id', [of.draftId], toCheck)
  return reader.all(
    `SELECT * FROM identity_check WHERE draft_id IN (
       SELECT draft_id FROM dossier WHERE id = ? UNION SELECT id FROM draft WHERE corrects = ? AND state = 'committed') ORDER BY at, id`,
    [of.dossierId, of.dossierId], toCheck)
}
