import { z } from 'zod'
import { AppError } from '@contract/errors'
import type { DossierState, DossierSummary, SearchHit, SubmissionState } from '@contract/dossier'
import type { DossierId, Instant } from '@contract/ids'
import { maskIdNumber, maskPhone } from '@contract/format'
import type { Params, Reader, RowView, Value } from '../storage'
import { stateOf } from './dossier-rows'
import { matchesFor, paperMatchesFor } from './search'

/** A hit as SQL: its columns (`toHit` reads them), and what `dossier d` is joined with. */
export const HIT_COLUMNS = `d.id, d.code, d.code_is_provisional, d.applicant_name, d.applicant_id_number, d.applicant_phone, d.procedure_code,
  p.name AS procedure_name, d.received_at, d.due_at, d.state, s.state AS submission`
export const HIT_JOINS = `JOIN procedure_version p ON p.code = d.procedure_code AND p.version = d.procedure_version
  JOIN submission s ON s.dossier_id = d.id AND s.version = d.version`

/** One row of any list of dossiers, numbers masked. */
export function toHit(row: RowView): SearchHit {
  const idNumber = row.textOrNull('applicant_id_number')
  const phone = row.textOrNull('applicant_phone')
  return { ...toSummary(row), maskedId: idNumber && maskIdNumber(idNumber), maskedPhone: phone && maskPhone(phone), onPaper: false }
}

function toSummary(row: RowView): DossierSummary {
  return {
    id: row.text<DossierId>('id'),
    code: row.text('code'),
    codeIsProvisional: row.flag('code_is_provisional'),
    applicantName: row.text('applicant_name'),
    procedureCode: row.text('procedure_code'),
    procedureName: row.text('procedure_name'),
    receivedAt: row.text<Instant>('received_at'),
    dueAt: row.textOrNull<Instant>('due_at'),
    state: stateOf(row.integer('state')),
    submission: row.text<SubmissionState>('submission'),
  }
}

/** Dossiers among which words that stand together on a paper are looked for. */
const NEWEST = 10_000

const found = (index: 'dossier_search' | 'paper_search', among = ''): string =>
  `SELECT ${HIT_COLUMNS} FROM (SELECT rowid FROM ${index} WHERE ${index} MATCH ? ${among} ORDER BY rowid DESC LIMIT ?) f
   JOIN dossier d ON d.rowid = f.rowid ${HIT_JOINS} ORDER BY d.rowid DESC`
const BY_NAME = found('dossier_search')
const ON_PAPER = { all: found('paper_search'), newest: found('paper_search', `AND rowid > (SELECT max(rowid) FROM dossier) - ${NEWEST}`) } as const

/** Dossiers that match what was typed: exact marks first, then without marks, newest first in each. Those that only their papers tell of come last. */
export function searchDossiers(reader: Reader, query: string, limit: number): SearchHit[] {
  const hits = new Map<string, SearchHit>()
  const take = (sql: string, match: string, onPaper: boolean): void => {
    if (hits.size >= limit) return
    for (const hit of reader.all(sql, [match, limit], toHit)) if (!hits.has(hit.id) && hits.size < limit) hits.set(hit.id, { ...hit, onPaper })
  }
  for (const match of matchesFor(query)) take(BY_NAME, match, false)
  for (const { match, among } of paperMatchesFor(query)) take(ON_PAPER[among], match, true)
  return [...hits.values()]
}

export type ListFilter = Readonly<{
  states?: readonly DossierState[] | undefined
  dueBefore?: Instant | undefined
  dueFrom?: Instant | undefined
  /** Not ended, and not waiting for the citizen. */
  openOnly?: boolean | undefined
  from?: Instant | undefined
  to?: Instant | undefined
  before?: string | undefined
  order: 'received' | 'due'
  limit: number
}>

/** States in which the matter lies with the citizen, and the office's time does not run (`domain.md` §8, "Tạm dừng"). */
export const PAUSED = 'd.state IN (5, 6)'

/** Where a page ended: the row, and in a list by due date the date that it is sorted by. */
const Cursor = z.string().regex(/^\d{1,15}(@[\dT:.Z-]{24})?$/)

function afterCursor(before: string, order: ListFilter['order']): readonly [string, ...Value[]] {
  const cursor = Cursor.safeParse(before)
  const [rowid = '', dueAt] = cursor.success ? cursor.data.split('@') : []
  if (rowid === '' || (order === 'due') !== (dueAt !== undefined)) throw new AppError('TK-013', { field: 'before' })
  return dueAt === undefined ? ['d.rowid < ?', Number(rowid)] : ['(d.due_at, d.rowid) > (?, ?)', dueAt, Number(rowid)]
}

/** A page of dossiers; `before` is the `next` of the page before it. @throws AppError TK-013 when it is none */
export function listDossiers(reader: Reader, filter: ListFilter): { items: SearchHit[]; next: string | null } {
  const conditions: string[] = []
  const values: Value[] = []
  const add = (condition: string, ...params: Value[]): void => {
    conditions.push(condition)
    values.push(...params)
  }
  if (filter.states) add(`d.state IN (${filter.states.map(() => '?').join(',')})`, ...filter.states)
  if (filter.openOnly === true) add(`d.finished_at IS NULL AND NOT ${PAUSED}`)
  if (filter.dueFrom !== undefined) add('d.due_at >= ?', filter.dueFrom)
  if (filter.dueBefore !== undefined) add('d.due_at < ?', filter.dueBefore)
  if (filter.from !== undefined) add('d.received_at >= ?', filter.from)
  if (filter.to !== undefined) add('d.received_at < ?', filter.to)
  if (filter.before !== undefined) add(...afterCursor(filter.before, filter.order))
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
  const order = filter.order === 'due' ? 'd.due_at, d.rowid' : 'd.rowid DESC'
  const params: Params = [...values, filter.limit + 1]
  // The reports' index of ends would be taken, and every open dossier sorted for one page.
  const index = filter.openOnly === true && filter.order === 'due' ? 'INDEXED BY dossier_due' : ''
  const rows = reader.all(`SELECT d.rowid AS n, ${HIT_COLUMNS} FROM dossier d ${index} ${HIT_JOINS} ${where} ORDER BY ${order} LIMIT ?`, params, (row) => ({ n: row.integer('n'), hit: toHit(row) }))
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return { items: page.map(({ hit }) => hit), next: rows.length > filter.limit && last ? cursorOf(last, filter.order) : null }
}

const cursorOf = ({ n, hit }: { n: number; hit: SearchHit }, order: ListFilter['order']): string => (order === 'due' ? `${n}@${hit.dueAt ?? ''}` : String(n))
