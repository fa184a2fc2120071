import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createAudit } from '../../src-main/audit'
import { createDuties, lastBackupAt } from '../../src-main/core/duties'
import { type Store, listBackups } from '../../src-main/storage'
import { KEY, temporaryStore } from '../storage/support'

function desk(changed: { store?: (store: Store) => Store } = {}) {
  let now = Date.parse('2026-11-23T02:00:00.000Z')
  let quiet = 60_000
  const clock = { now: () => new Date(now) }
  const real = temporaryStore({ clock })
  const store = changed.store?.(real) ?? real
  const audit = createAudit({ key: KEY, clock })
  const logged: string[] = []
  const duties = createDuties({
    store, audit, clock, log: (event, fields) => logged.push([event, fields?.['duty'], fields?.['code']].filter(Boolean).join(' ')),
    checkAudit: () => audit.verify(store.read), quietForMs: () => quiet,
  })
  const actions = () => audit.list(real.read, { limit: 50 }).map(({ action }) => action).reverse()
  return { duties, store: real, logged, actions, hours: (count: number) => { now += count * 3_600_000 }, busy: (yes: boolean) => { quiet = yes ? 0 : 60_000 } }
}

const all = async (duties: ReturnType<typeof createDuties>): Promise<string[]> => {
  const done: string[] = []
  for (let duty = await duties.tick(); duty !== null; duty = await duties.tick()) done.push(duty)
  return done
}

describe('What the program does by itself', () => {
  test('at a quiet start is one thing at a time: chain, back-up, integrity, and then nothing more', async () => {
    const { duties, actions, store } = desk()
    expect([await all(duties), actions(), listBackups(store.folder).length]).toEqual([['audit', 'backup', 'integrity'], ['program.backed-up', 'program.integrity-checked'], 1])
  })

  test('waits while somebody works', async () => {
    const { duties, busy, hours } = desk()
    await all(duties)
    busy(true)
    hours(22)
    const during = await all(duties)
    busy(false)
    expect([during, await all(duties)]).toEqual([[], ['backup']])
  })

  test('backs up a counter that is never quiet all the same', async () => {
    const { duties, busy, hours } = desk()
    await all(duties)
    busy(true)
    hours(29)
    expect(await all(duties)).toEqual(['backup'])
  })

  test('comes again: the back-up each day, the integrity check each week', async () => {
    const { duties, hours } = desk()
    await all(duties)
    const days: string[][] = []
    for (let day = 1; day <= 7; day++) {
      hours(24)
      days.push(await all(duties))
    }
    expect(days).toEqual([...Array.from({ length: 6 }, () => ['backup']), ['backup', 'integrity']])
  })

  test('that fails is logged by its code and left for an hour', async () => {
    const { duties, logged } = desk({ store: (store) => ({ ...store, backup: () => Promise.reject(Object.assign(new Error('disk'), { code: 'x' })) }) })
    expect([await all(duties), logged]).toEqual([['audit', ], ['duty.done audit', 'duty.failed backup LOI-000']])
    expect(await all(duties)).toEqual(['integrity'])
  })

  test('takes no back-up for new that a wrong clock has dated ahead, and does not repeat itself for it', async () => {
    const { duties, store } = desk()
    await all(duties)
    const [made = ''] = listBackups(store.folder)
    writeFileSync(join(store.folder, 'backups', 'motcua-20360101T000000000Z-manual.db'), '')
    expect([lastBackupAt(store.folder, new Date('2026-11-23T02:00:00.000Z'))?.toISOString(), basename(made).slice(7, 26), await all(duties)]).toEqual(['2026-11-23T02:00:00.000Z', '20261123T020000000Z', []])
  })
})
