import { z } from 'zod'
import { Instant } from '@contract/ids'
import { ISSUANCE_STEPS, type IssuanceRow, type IssuanceState, type IssuanceStep, type IssuanceView, TokenId } from '@contract/signing'
import { fold } from '@contract/fold'
import type { Reader } from '../../storage'
import { certificateOf } from './papers'
import { eventsOf, type Issuance, standOf, toIssuance } from './records'
import { type Now, stepOf, waitsFor } from './rules'

/** What each step left that is behind it: the newest event that ended it. */
function leftBy(reader: Reader, { id, done }: Issuance): IssuanceView['left'] {
  const newest = new Map(eventsOf(reader, id).flatMap(({ step, at, how, by }) => (step === null ? [] : [[step, { step: step as IssuanceStep, at, how: how ?? '', by }] as const])))
  return ISSUANCE_STEPS.slice(0, done).flatMap((step) => newest.get(step) ?? [])
}

export function viewOf(reader: Reader, issuance: Issuance, now: Now, at: Date): IssuanceView {
  const stand = standOf(issuance)
  const { id, subject, provider, state, renewalOf, dossierId, draftId, phone, keyKind, tokenId, tokenLabel, agreement, handover, startedAt, endedAt, officerName, trouble, troubleText } = issuance
  return {
    id, subject, provider, state, step: stepOf(stand), renewalOf, dossierId, draftId, left: leftBy(reader, issuance), waits: waitsFor(stand, now),
    phone, key: keyKind, token: tokenId === null ? null : TokenId.parse(tokenId), tokenLabel, certificate: certificateOf(issuance, at),
    trouble: trouble === null ? null : { code: trouble, text: troubleText }, agreement, handover, startedAt, endedAt, officer: officerName,
  }
}

export type IssuanceQuery = Readonly<{ states?: readonly IssuanceState[] | undefined; query?: string | undefined; before?: string | undefined; limit: number }>
const Cursor = z.tuple([Instant, z.uuid()])

/** Newest first; `next` goes on after the last one. A query is a name without marks, or digits of a number. */
export function listIssuances(reader: Reader, { states, query, before, limit }: IssuanceQuery, nowOf: (issuance: Issuance) => Now): Readonly<{ items: IssuanceRow[]; next: string | null }> {
  const [startedAt = null, id = null] = before === undefined ? [] : Cursor.parse(before.split(' '))
  const words = fold(query ?? '').trim()
  const digits = words.replace(/\D/gu, '')
  const found = reader.all(
    `SELECT * FROM issuance WHERE (:states IS NULL OR state IN (SELECT value FROM json_each(:states))) AND (:at IS NULL OR (started_at, id) < (:at, :id))
       AND (:words = '' OR instr(name_folded, :words) > 0 OR (:digits <> '' AND instr(id_number, :digits) > 0)) ORDER BY started_at DESC, id DESC LIMIT :limit`,
    { states: states === undefined ? null : JSON.stringify(states), at: startedAt, id, words, digits, limit: limit + 1 }, toIssuance)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items: items.map((one) => rowOf(one, nowOf(one))), next: found.length > limit && last ? `${last.startedAt} ${last.id}` : null }
}

function rowOf(issuance: Issuance, now: Now): IssuanceRow {
  const stand = standOf(issuance)
  const { id, subject, state, startedAt, endedAt, officerName, provider, notAfter } = issuance
  return { id, subject, state, step: stepOf(stand), waits: waitsFor(stand, now), startedAt, endedAt, officer: officerName, provider: provider.name, expires: notAfter }
}
