import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSettings, setUp } from '../../src-main/staff'
import { deriveKeys, openDocuments, openKeyring, openStore, silent } from '../../src-main/storage'
import { codeOfAsync, MIGRATIONS, nativeBinding, storeOptions, temporaryFolder } from '../storage/support'
import { administrator, CHEAP, counter, movingClock, newColleague, newWard, setUpDeps, ward as wardSettings } from './support'

const input = { ward: wardSettings, counter, administrator }

test('the first run keeps what it was told', async () => {
  const ward = await newWard()
  expect(createSettings({ ...ward, changed: () => undefined }).read()).toMatchObject({ ward: wardSettings, counter, idleMinutes: 10 })
})

test("the first run's recovery key opens the data after everything else is lost", async () => {
  const ward = await newWard()
  ward.store.close()
  const dataKey = await openKeyring({ folder: ward.folder, cost: CHEAP }).unlockWithRecovery(ward.recoveryKey)
  const store = openStore(storeOptions(ward.folder, { key: deriveKeys(dataKey).database }))
  expect(store.read.get('SELECT count(*) AS n FROM account', [], (row) => row.integer('n'))).toBe(1)
  store.close()
})

test('a first run over a ward that is set up is refused', async () => {
  const ward = await newWard()
  expect(await codeOfAsync(() => setUp(setUpDeps(ward.folder, ward.clock), input))).toBe('TK-011')
})

test('a first run over a database whose key file is gone is refused', async () => {
  const ward = await newWard()
  ward.store.close()
  rmSync(join(ward.folder, 'key.json'))
  expect(await codeOfAsync(() => setUp(setUpDeps(ward.folder, ward.clock), input))).toBe('LUU-019')
})

test('a first run with a weak secret leaves the folder as it was', async () => {
  const folder = temporaryFolder()
  const code = await codeOfAsync(() => setUp(setUpDeps(folder, movingClock()), { ...input, administrator: { ...administrator, secret: '12345678' } }))
  expect([code, readdirSync(folder)]).toEqual(['TK-006', []])
})

test('a first run that broke off can be done again', async () => {
  const folder = temporaryFolder()
  const deps = setUpDeps(folder, movingClock())
  const broken = { ...deps, clock: { now: () => new Date(Number.NaN) } }
  const first = await codeOfAsync(() => setUp(broken, input))
  const begun = existsSync(join(folder, 'key.json.pending'))
  const done = await setUp(deps, input)
  done.store.close()
  expect([first, begun, existsSync(join(folder, 'key.json'))]).toEqual(['RangeError: Invalid time value', true, true])
})

test('settings are kept, and the chain says which changed', async () => {
  const ward = await newWard()
  const settings = createSettings({ ...ward, changed: () => undefined })
  settings.saveSection(ward.administrator.id, 'idleMinutes', 5)
  const [entry] = ward.audit.list(ward.store.read, { limit: 1 })
  expect([createSettings({ ...ward, changed: () => undefined }).read()?.idleMinutes, entry?.detailText]).toEqual([5, '{"sections":["idleMinutes"]}'])
})

test('nothing in the data folder can be read without the key', async () => {
  const ward = await newWard()
  await newColleague(ward, 'dang.thi.lan', 'officer')
  const documents = openDocuments({ folder: ward.folder, key: deriveKeys(ward.dataKey).documents, log: silent })
  const { sha256 } = await documents.put(Buffer.from('%PDF-1.7 giay khai sinh cua Tran Thi Bi Mat'.repeat(3000)))
  await ward.store.backup('manual')
  const files = (): string[] => readdirSync(ward.folder, { recursive: true, encoding: 'utf8' }).map((name) => join(ward.folder, name)).filter((path) => statSync(path).isFile())
  const words = ['dang.thi.lan', 'quan.tri', 'Phạm', 'Nguyễn', 'Quầy', 'H29.900', 'CREATE TABLE', 'SQLite format', 'staff.sign-in', '%PDF', 'Bi Mat', sha256, administrator.secret, ward.recoveryKey]
  const readable = (): string[] => files().flatMap((file) => {
    const bytes = readFileSync(file)
    const told = execFileSync('strings', ['-n', '6', file], { encoding: 'latin1', maxBuffer: 1e8 })
    return words.filter((word) => bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')) || told.includes(word) || file.includes(word))
  })
  const whileOpen = readable()
  const [documentName = ''] = files().filter((file) => file.includes('documents'))
  ward.store.close()
  expect([files().length > 5, documentName !== '', whileOpen, readable()]).toEqual([true, true, [], []])
})

test('the first run works with the program at its full cost', async () => {
  const folder = temporaryFolder()
  const { cost: _cheap, ...deps } = setUpDeps(folder, movingClock())
  const first = await setUp({ ...deps, migrationsFolder: MIGRATIONS, nativeBinding }, input)
  first.store.close()
  expect(JSON.parse(readFileSync(join(folder, 'key.json'), 'utf8'))).toMatchObject({ recovery: { kdf: { name: 'argon2id', memoryKiB: 65_536, iterations: 3, parallelism: 1 } } })
})
