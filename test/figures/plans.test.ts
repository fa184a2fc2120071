import { expect, test } from 'vitest'
import { dayFigures, hoursOf, lateDossiers, nextDossiers } from '../../src-main/figures'
import type { Reader } from '../../src-main/storage'
import { newDesk } from '../intake/support'

/** What SQLite says of how it would find the rows, for everything that is asked. */
function plansOf(read: Reader, ask: (reader: Reader) => void): string[] {
  const plans: string[] = []
  const explained: Reader = {
    ...read,
    get: (sql, params, map) => {
      plans.push(...read.all(`EXPLAIN QUERY PLAN ${sql}`, params, (row) => row.text('detail')))
      return read.get(sql, params, map)
    },
    all: (sql, params, map) => {
      plans.push(...read.all(`EXPLAIN QUERY PLAN ${sql}`, params, (row) => row.text('detail')))
      return read.all(sql, params, map)
    },
  }
  ask(explained)
  return plans
}

test('The wall, which counts every half minute, reads no dossiers but the open ones and those of the day', () => {
  const desk = newDesk()
  const now = desk.deps.clock.now()
  const plans = plansOf(desk.store.read, (reader) => [dayFigures, hoursOf, lateDossiers, nextDossiers].forEach((figure) => figure(reader, now)))
  expect([plans.length >= 10, plans.filter((plan) => plan.startsWith('SCAN') && !plan.includes('USING INDEX dossier_due'))]).toEqual([true, []])
})
