import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ReportKind, ReportSheet } from '@contract/reports'
import { registerCaptions } from '../../src-main/paperwork'
import { createReports, type Reports, type ReportsDeps } from '../../src-main/reports'
import { actor, type Desk, newDesk, OTHER, readCatalogue, SIMPLE } from '../intake/support'

const officialRegister = registerCaptions(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/forms/mau-07.v1.json'), 'utf8')))
const wanted = [SIMPLE, OTHER, '2.000815', '1.001612', '1.001776']
export const procedureRows = readCatalogue().procedures.filter(({ code }) => wanted.includes(code)).map(({ code, version, field }) => ({ code, version, field }))

export const SECOND = '01939b6e-0000-7000-8000-000000000002'
export const THIRD = '01939b6e-0000-7000-8000-000000000003'
export const OFFICERS = [actor.id, SECOND, THIRD]

export type ReportDesk = Desk & Readonly<{ reports: Reports; told: string[]; figure(sheet: ReportSheet, column: string, row?: number): number }>

const NO_RATINGS = { asked: 0, rated: 0, refused: 0, mean: null, satisfied: null, byStars: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 } }
const NO_STEP = { done: 0, onTime: 0, share: null }

/** A practice office with its reports, three officers, at 23/11/2026 09:00. */
export function reportDesk(changed: Partial<ReportsDeps> = {}): ReportDesk {
  const desk = newDesk()
  for (const [id, name] of [[SECOND, 'Trần Quốc Bảo'], [THIRD, 'Âu Thị Ánh']] as const) {
    desk.store.write((tx) => tx.run(
      `INSERT INTO account (id, login_name, login_folded, full_name, title, role, secret_hash, secret_id, created_at, created_by)
       VALUES (?, ?, ?, ?, 'Cán bộ', 'officer', '{}', ?, '2026-11-20T00:00:00.000Z', 'system')`, [id, id, id, name, '0'.repeat(32)]))
  }
  const told: string[] = []
  const reports = createReports({
    store: desk.store, audit: desk.audit, clock: desk.deps.clock, calendar: desk.deps.calendar, office: () => ({ name: 'Ủy ban nhân dân phường Tân Mỹ Hưng', recipient: 'Ủy ban nhân dân Thành phố' }),
    waiting: () => null, satisfaction: () => ({ ...NO_RATINGS, byReason: {}, byChannel: {} }) as unknown as ReturnType<ReportsDeps['satisfaction']>,
    feedback: () => ({ taken: 0, praise: 0, withdrawn: 0, refusedStep: NO_STEP, supplementStep: NO_STEP, answerStep: NO_STEP, open: 0, overdue: 0, onTime: null }),
    changed: ({ kind }) => told.push(kind), preparesDaily: () => true, registerWords: () => officialRegister, ...changed,
  })
  onTestFinished(() => { told.length = 0 })
  return { ...desk, reports, told, figure }
}

/** What the column of that name says; the last row when none is named. */
export function figure({ columns, rows }: ReportSheet, column: string, row = rows.length - 1): number {
  const cell = rows[row]?.cells[columns.findIndex(({ key }) => key === column)]
  if (typeof cell !== 'number') throw new Error(`${column} of row ${row} is ${String(cell)}`)
  return cell
}

export const cell = ({ columns, rows }: ReportSheet, column: string, row = 0): unknown => rows[row]?.cells[columns.findIndex(({ key }) => key === column)]
export const DAY = (kind: ReportKind, date = '2026-11-23') => ({ kind, from: date, to: date })
