import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createAudit, recordStart, recordStop, verifyAudit } from '../../src-main/audit'
import { openStore, type Store, type WriteTx } from '../../src-main/storage'
import { openEncrypted } from '../../src-main/storage/connection'
import { databaseFile } from '../../src-main/storage/side-files'
import { codeOf, fixedClock, nativeBinding, KEY, storeOptions, temporaryFolder, temporaryStore } from '../storage/support'

const key = Buffer.alloc(32, 3)
const audit = createAudit({ key, clock: fixedClock() })

function storeWithEntries(count: number): Store {
  const store = temporaryStore()
  for (let entry = 1; entry <= count; entry++) {
    store.write((tx) => audit.append(tx, { actor: 'system', action: `test.act-${entry}`, subject: { type: 'dossier', id: `d${entry % 2}` }, detail: { entry } }))
  }
  return store
}

const actions = (store: Store): readonly string[] => [...audit.list(store.read, { limit: 100 })].reverse().map((entry) => entry.action)

describe('the audit chain in the database', () => {
  test('is sound while it is empty', () => {
    expect(audit.verify(temporaryStore().read)).toEqual({ ok: true, count: 0, head: null, sealChecked: true })
  })

  test('is sound and counted after some acts', () => {
    expect(audit.verify(storeWithEntries(5).read)).toMatchObject({ ok: true, count: 5 })
  })

  test('is read in pages when it is long', () => {
    const store = temporaryStore()
    store.write((tx) => {
      for (let entry = 0; entry < 2500; entry++) audit.append(tx, { actor: 'system', action: 'test.act' })
    })
    expect(audit.verify(store.read)).toMatchObject({ ok: true, count: 2500 })
  })

  test('carries the hash of the entry before in each entry', () => {
    const [second, first] = audit.list(storeWithEntries(2).read, { limit: 2 })
    expect(second?.previousHash).toBe(first?.hash)
  })

  test('goes with its act: when the act is undone so is the entry', () => {
    const store = storeWithEntries(1)
    codeOf(() => store.write((tx) => {
      audit.append(tx, { actor: 'system', action: 'test.undone' })
      throw new Error('no')
    }))
    expect([actions(store), audit.verify(store.read).ok]).toEqual([['test.act-1'], true])
  })

  test('lists what happened to one subject, newest first', () => {
    const list = audit.list(storeWithEntries(5).read, { subject: { type: 'dossier', id: 'd1' }, before: 5, limit: 10 })
    expect(list.map((entry) => entry.sequence)).toEqual([3, 1])
  })

  test.each<[string, (tx: WriteTx) => unknown, string]>([
    ['UPDATE', (tx) => tx.run("UPDATE audit_entry SET action = 'x.y' WHERE sequence = 1"), 'audit entries are not changed'],
    ['DELETE', (tx) => tx.run('DELETE FROM audit_entry WHERE sequence = 3'), 'audit entries are not deleted'],
    ['REPLACE', (tx) => tx.run('REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE sequence = 1'), 'follows the one before'],
    ['an INSERT that leaves a gap', (tx) => tx.run("INSERT INTO audit_entry SELECT 9, at, actor, action, subject_type, subject_id, detail, previous_hash, printf('%064d', 9) FROM audit_entry WHERE sequence = 1"), 'follows the one before'],
    ['an INSERT with a wrong previous hash', (tx) => tx.run("INSERT INTO audit_entry SELECT 4, at, actor, action, subject_type, subject_id, detail, previous_hash, printf('%064d', 9) FROM audit_entry WHERE sequence = 1"), 'follows the one before'],
    ['turning back the head', (tx) => tx.run('UPDATE audit_head SET sequence = 2'), 'only advances'],
    ['deleting the head', (tx) => tx.run('DELETE FROM audit_head'), 'is not deleted'],
    ['replacing the head', (tx) => tx.run("REPLACE INTO audit_head SELECT 1, 1, hash, mac FROM audit_head"), 'is not deleted'],
  ])('refuses %s', (_what, act, message) => {
    const store = storeWithEntries(3)
    expect(codeOf(() => store.write(act))).toContain(message)
  })

  test('refuses times that are not instants', () => {
    const wrongClock = { now: () => new Date(8.64e15) }
    expect(codeOf(() => temporaryStore().write((tx) => createAudit({ key, clock: wrongClock }).append(tx, { actor: 'system', action: 'a.b' })))).toContain('CHECK')
  })

  test.each([
    ['a changed entry', "UPDATE audit_entry SET actor = 'system', action = 'x.y' WHERE sequence = 2", { ok: false, at: 2, why: 'hash' }],
    ['a removed middle', 'DELETE FROM audit_entry WHERE sequence = 2', { ok: false, at: 3, why: 'gap' }],
    ['a cut end', 'DELETE FROM audit_entry WHERE sequence = 3', { ok: false, at: 2, why: 'head' }],
    ['a cut end with the head turned back', "DELETE FROM audit_entry WHERE sequence = 3; UPDATE audit_head SET sequence = 2, hash = (SELECT hash FROM audit_entry WHERE sequence = 2)", { ok: false, at: 2, why: 'mac' }],
    ['everything gone', 'DELETE FROM audit_entry', { ok: false, at: 0, why: 'head' }],
  ])('shows %s even when the triggers were taken away first', (_what, sql, verdict) => {
    const store = storeWithEntries(3)
    store.close()
    const db = openEncrypted({ file: databaseFile(store.folder), key: KEY, nativeBinding })
    const triggers = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()
    for (const trigger of triggers) db.exec(`DROP TRIGGER ${trigger}`)
    db.exec(sql)
    db.close()
    const again = openStore(storeOptions(store.folder))
    expect(verifyAudit(again.read, key)).toEqual(verdict)
    again.close()
  })
})

describe('the program', () => {
  test('notes each start and each stop', () => {
    const store = temporaryStore()
    recordStart(store, audit, { version: '0.1.0' })
    recordStop(store, audit)
    expect(actions(store)).toEqual(['program.start', 'program.stop'])
  })

  test('notes that it had not stopped cleanly', () => {
    const folder = temporaryFolder()
    openStore(storeOptions(folder)).close()
    writeFileSync(join(folder, 'motcua.running'), '')
    const store = openStore(storeOptions(folder))
    recordStart(store, audit, { version: '0.1.0' })
    expect(actions(store)).toEqual(['program.unclean-stop', 'program.start'])
    store.close()
  })
})
