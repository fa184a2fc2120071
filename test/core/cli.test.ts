import { closeSync, cpSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@contract'
import { ChipEvent, ChipReading } from '@contract/chip'
import { DraftView } from '@contract/draft'
import { ReadersView } from '@contract/readers'
import { deriveKeys, openKeyring, openStore } from '../../src-main/storage'
import { createCounter } from '../../src-main/core/counter'
import { parseRecording, VIRTUAL_READER } from '../../src-main/readers'
import { type City, doors, startCity } from '../city'
import { CHEAP } from '../staff/support'
import { PDF } from '../intake/support'
import { noSmallDisk, smallDisk } from '../storage/small-disk'
import { temporaryFolder } from '../storage/support'
import { bundleProgram, dropProgram, type Ran, run } from './program'
import { filledContent, live, machine, RESOURCES, secretOf, settingsOf } from './support'
import { headlessHost } from '../../src-main/core/host'

let program: string
beforeAll(async () => { program = await bundleProgram('src-main/core/cli.ts') })
afterAll(() => dropProgram(program))

const cli = (folder: string, ...words: string[]): Promise<Ran> => run(program, ['--data', folder, '--practice', '--user', 'duyen', ...words], { MOTCUA_SECRET: secretOf('duyen') })
const codeIn = ({ err }: Ran): unknown => (JSON.parse(err.trim().split('\n').at(-1) ?? '{}') as { code?: unknown }).code

/** A practice ward that is set up and closed. */
async function wardFolder(folder = temporaryFolder()): Promise<string> {
  const made = machine({ folder })
  await made.counter.start()
  await made.counter.close()
  return folder
}

describe('The command line', () => {
  test('lists every call with who may make it and what it takes', async () => {
    const { code, out } = await run(program, ['--help'])
    const missing = Object.entries(contract).flatMap(([area, calls]) => Object.keys(calls).map((name) => `${area}.${name}  [`)).filter((line) => !out.includes(line))
    expect([code, missing, out.includes('"despiteDuplicates"')]).toEqual([0, [], true])
  })

  test.each([[[]], [['--data', '/tmp/x']], [['--data', '/tmp/x', '--wrong']], [['--data', '/tmp/x', 'office.about', '--sync', 'soon']], [['--data', '/tmp/x', '--upload', 'a']]])('ends with 2 when the words are off: %j', async (words) => {
    const { code, err, out } = await run(program, words)
    expect([code, err.includes('npm run core'), out]).toEqual([2, true, ''])
  })

  test('answers JSON and ends with 0', async () => {
    const { code, out } = await cli(await wardFolder(), 'office.today')
    expect([code, JSON.parse(out)]).toMatchObject([0, { receivedToday: 0, drafts: 0 }])
  })

  test.each([
    ['an unknown call', ['office.nothing'], 'TK-013'], ['a stream', ['live.events'], 'TK-013'], ['codes of readers, which never end', ['codes.scans'], 'TK-013'], ['JSON that is none', ['intake.open', '{"Bùi Nhật Khang'], 'TK-013'],
    ['input that the schema refuses', ['intake.open', '{"draftId":"x"}'], 'TK-013'], ['a file that is not there', ['procedures.import', '{"file":{"$file":"/nowhere/x.json"},"name":"x","dryRun":true}'], 'TK-013'],
    ['a draft that is not there', ['intake.open', '{"draftId":"01939b6e-0000-7000-8000-000000000001"}'], 'HS-001'], ['a call of another role', ['office.backUp'], 'TK-005'],
  ])('ends with 1 and the code for %s, quoting nothing', async (_what, words, code) => {
    const ran = await cli(await wardFolder(), ...words)
    expect([ran.code, codeIn(ran), ran.out, ran.err.includes('Khang')]).toEqual([1, code, '', false])
  })

  test('ends with 1 for a wrong secret, and without one for a call that needs it', async () => {
    const folder = await wardFolder()
    const wrong = await run(program, ['--data', folder, '--practice', '--user', 'duyen', 'office.today'], { MOTCUA_SECRET: 'sai rồi' })
    const none = await run(program, ['--data', folder, '--practice', 'office.today'])
    expect([wrong.code, codeIn(wrong), none.code, codeIn(none)]).toEqual([1, 'TK-001', 1, 'TK-003'])
  })

  test('takes bytes from a file and puts bytes into one', async () => {
    const folder = await wardFolder()
    const out = join(folder, 'catalogue.json')
    const user = ['--data', folder, '--practice', '--user', 'quantri']
    const secret = { MOTCUA_SECRET: secretOf('quantri') }
    const exported = await run(program, [...user, 'procedures.export', '{"as":"json"}', '--out', out], secret)
    const imported = await run(program, [...user, 'procedures.import', JSON.stringify({ file: { $file: out }, name: 'x.json', dryRun: true })], secret)
    expect([JSON.parse(exported.out), JSON.parse(imported.out)]).toMatchObject([{ type: 'application/json', size: readFileSync(out).length }, { problems: [], unchanged: 52, applied: false }])
  })

  test('does a walk-in from draft to the city’s acknowledgement', async () => {
    const city: City = await startCity({ doors: true })
    try {
      const folder = temporaryFolder()
      const enrol = ['--city', city.url, '--enrolment', city.enrolmentCode, '--sync', '20']
      const draft = DraftView.parse(JSON.parse((await cli(folder, 'intake.start', ...enrol)).out))
      const { office, counter } = machine({ folder })
      await counter.start()
      const content = filledContent(draft, office().catalogue.get('1.004873'))
      await counter.close()
      const paper = join(folder, 'to-khai.pdf')
      writeFileSync(paper, PDF)
      const uploaded = await cli(folder, '--upload', `${draft.id}:to-khai:${paper}`)
      const saved = DraftView.parse(JSON.parse((await cli(folder, 'intake.save', JSON.stringify({ draftId: draft.id, revision: draft.revision, content }))).out))
      const committed = await cli(folder, 'intake.commit', JSON.stringify({ draftId: draft.id, revision: saved.revision }), '--sync', '20')
      const dossier = JSON.parse(committed.out) as { id: string; code: string }
      const after = JSON.parse((await cli(folder, 'dossiers.get', JSON.stringify({ dossierId: dossier.id }))).out) as unknown
      const [stored] = await doors(city.url).submissions()
      expect([uploaded.code, after, stored]).toMatchObject([
        0, { submission: 'received', codeIsProvisional: false, documents: [{ name: 'to-khai.pdf' }], submissions: [{ receiptNumber: stored?.receiptNumber }] }, { dossierCode: dossier.code, version: 1 }])
    } finally {
      await city.close()
    }
  }, 120_000)

  test('refuses a document of 200 MB before reading it', async () => {
    const folder = await wardFolder()
    const draft = DraftView.parse(JSON.parse((await cli(folder, 'intake.start')).out))
    const paper = join(folder, 'to.pdf')
    const handle = openSync(paper, 'w')
    writeSync(handle, Buffer.from([0]), 0, 1, 200 * 1024 * 1024 - 1)
    closeSync(handle)
    const ran = await cli(folder, '--upload', `${draft.id}:to-khai:${paper}`)
    expect([ran.code, codeIn(ran)]).toEqual([1, 'TEP-004'])
  })
})

describe('A chip, from the command line', () => {
  const CARDS = join(RESOURCES, 'practice', 'cards')
  const ANH = '1-dang-thi-ngoc-anh'
  /** What opens the second card, which knows BAC alone: number, birth date and expiry date with their check digits. */
  const PHUOC = '2-tran-huu-phuoc'
  const MRZ_OF_PHUOC = '088000154888090252809023'
  const linesOf = ({ err }: Ran): unknown[] => err.trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as unknown)

  test('readers are listed without any, with what is missing and why', async () => {
    const { code, out } = await cli(await wardFolder(), 'readers.list')
    const { readers, troubles, virtualCards } = ReadersView.parse(JSON.parse(out))
    expect([code, readers.filter(({ simulated }) => simulated).length, virtualCards.length, virtualCards.some(({ onReader }) => onReader)]).toEqual([0, 1, 6, false])
    for (const { code: trouble } of troubles) expect(trouble).toMatch(/^TB-00[2-5]$/u)
    // The native part is not named to this program: that is told, not a crash.
    expect(troubles.map(({ kind }) => kind)).toContain('pcsc')
  })

  test('files of a folder are parsed and proved against the roots of another', async () => {
    const roots = temporaryFolder()
    writeFileSync(join(roots, 'root.cer'), readFileSync(join(CARDS, 'root.cer')))
    const folder = await wardFolder()
    const inspect = async (trust: string): Promise<ChipReading> => ChipReading.parse(JSON.parse((await cli(folder, 'chip.inspect', JSON.stringify({ folder: join(CARDS, ANH), trust }))).out))
    expect(await inspect(roots)).toMatchObject({
      person: { idNumber: '079192004617', fullName: 'Đặng Thị Ngọc Ánh' }, mrz: { format: 'TD1' }, face: { codec: 'jpeg2000' },
      proof: { contents: { state: 'unchanged' }, signature: { state: 'valid' }, chain: { state: 'trusted', practice: false }, copy: { state: 'not-checked' } },
    })
    expect((await inspect(temporaryFolder())).proof.chain.state).toBe('no-anchor')
    expect(codeIn(await cli(folder, 'chip.inspect', JSON.stringify({ folder: temporaryFolder() })))).toBe('TK-013')
  })

  test.each([
    ['under key', { key: { mrz: MRZ_OF_PHUOC } }], ['beside the reader', { reader: VIRTUAL_READER, mrz: MRZ_OF_PHUOC }], ['alone', { mrz: MRZ_OF_PHUOC }],
  ])('a card on the virtual reader is read with the MRZ %s: progress on standard error, the reading as the answer', async (_where, input) => {
    const ran = await cli(await wardFolder(), '--card', PHUOC, 'chip.read', JSON.stringify(input))
    const reading = ChipReading.parse(JSON.parse(ran.out))
    expect([ran.code, reading]).toMatchObject([0, { person: { fullName: 'Trần Hữu Phước' }, access: { protocol: 'BAC' }, reader: { simulated: true }, proof: { chain: { state: 'trusted', practice: true }, copy: { state: 'original', by: 'AA' } } }])
    const events = linesOf(ran)
    expect(events.length).toBeGreaterThan(5)
    for (const event of events) expect(ChipEvent.parse(event).kind).toBe('progress')
    expect(ran.err).not.toMatch(/Phước|079088000154|088000154/u)
  })

  test.each([
    ['a CAN that the card does not have', ['--card', PHUOC], { can: '123456' }, 'THE-002'], ['a CAN that is none', ['--card', PHUOC], { can: '12' }, 'THE-015'],
    ['no card', [], { mrz: MRZ_OF_PHUOC }, 'THE-004'], ['a card that is not there', ['--card', 'nobody'], { mrz: MRZ_OF_PHUOC }, 'TK-013'], ['no key', ['--card', PHUOC], {}, 'TK-013'],
    ['two keys', ['--card', PHUOC], { mrz: MRZ_OF_PHUOC, can: '123456' }, 'TK-013'], ['another reader', ['--card', PHUOC], { reader: 'nowhere', mrz: MRZ_OF_PHUOC }, 'TB-007'],
  ])('ends with 1 and the code for %s', async (_what, card, input, code) => {
    const ran = await cli(await wardFolder(), ...card, 'chip.read', JSON.stringify(input))
    expect([ran.code, codeIn(ran), ran.out]).toEqual([1, code, ''])
  })

  test('what was said to a chip is written to a file, masked, by the name that the issue gives the call', async () => {
    const folder = await wardFolder()
    const file = join(folder, 'log.json')
    const { code, out } = await cli(folder, '--card', PHUOC, 'chip.apdu-log', JSON.stringify({ mrz: MRZ_OF_PHUOC, file }))
    const recording = parseRecording(readFileSync(file, 'utf8'))
    expect([code, JSON.parse(out), recording.masked]).toEqual([0, { file, apdus: recording.exchanges.length }, true])
  })

  test('lays a card only in practice mode', async () => {
    const { code, err } = await run(program, ['--data', '/tmp/x', '--card', PHUOC, 'readers.list'])
    expect([code, err.includes('--practice')]).toEqual([2, true])
  })
})

describe('A data folder in trouble', () => {
  test('that another program holds is refused, and free again after it', async () => {
    const folder = temporaryFolder()
    const made = machine({ folder })
    await made.counter.start()
    const held = await cli(folder, 'office.today')
    await made.counter.close()
    expect([held.code, codeIn(held), (await cli(folder, 'office.today')).code]).toEqual([1, 'LUU-017', 0])
  })

  test('that a newer program has changed is refused and left alone', async () => {
    const folder = await wardFolder()
    const { dataKey } = await keyOf(folder)
    const store = openStore({ folder, key: dataKey, migrationsFolder: withMigration(), nativeBinding: process.env['MOTCUA_SQLITE_BINDING'], clock: { now: () => new Date() }, log: () => undefined })
    store.close()
    const before = readFileSync(join(folder, 'motcua.db'))
    const ran = await cli(folder, 'office.today')
    expect([ran.code, codeIn(ran), readFileSync(join(folder, 'motcua.db')).equals(before)]).toEqual([1, 'LUU-016', true])
  })

  test('with a corrupt page is named, not taken for a wrong key, and left alone', async () => {
    const folder = await wardFolder()
    const file = join(folder, 'motcua.db')
    const handle = openSync(file, 'r+')
    for (let page = 1; page < 60; page++) writeSync(handle, Buffer.alloc(64, 0xaa), 0, 64, page * 4096 + 512)
    closeSync(handle)
    const before = readFileSync(file)
    const ran = await cli(folder, 'office.today')
    expect([ran.code, codeIn(ran), readFileSync(file).equals(before)]).toEqual([1, 'LUU-015', true])
  })

  test('whose key file is gone is named and never set up anew', async () => {
    const folder = await wardFolder()
    rmSync(join(folder, 'key.json'))
    const ran = await cli(folder, 'office.today')
    expect([ran.code, codeIn(ran)]).toEqual([1, 'LUU-019'])
  })

  const why = noSmallDisk()
  test.skipIf(why !== null)(`that is read-only is named${why === null ? '' : ` (skipped: ${why})`}`, async () => {
    const disk = smallDisk(16_384)
    await wardFolder(disk.folder)
    disk.makeReadOnly()
    const ran = await cli(disk.folder, 'office.today')
    expect([ran.code, codeIn(ran)]).toEqual([1, 'LUU-014'])
  })

  test.skipIf(why !== null)(`on a disk with little room takes no new document${why === null ? '' : ` (skipped: ${why})`}`, async () => {
    const disk = smallDisk(16_384)
    await wardFolder(disk.folder)
    const draft = DraftView.parse(JSON.parse((await cli(disk.folder, 'intake.start')).out))
    const paper = join(temporaryFolder(), 'to.pdf')
    writeFileSync(paper, PDF)
    const ran = await cli(disk.folder, '--upload', `${draft.id}:to-khai:${paper}`)
    expect([ran.code, codeIn(ran)]).toEqual([1, 'LUU-013'])
  })

  test.each([[86_400], [-86_400]])('on a machine whose clock is off by %i s is refused nothing: reception is by our clock, receipt by the city’s', async (seconds) => {
    const city: City = await startCity({ doors: true })
    try {
      const clock = { now: () => new Date(Date.now() + seconds * 1000) }
      const folder = temporaryFolder()
      const counter = createCounter({ settings: settingsOf(folder, { cityUrl: city.url, cityEnrolment: city.enrolmentCode }), host: headlessHost(), clock, log: () => undefined, live, cost: CHEAP })
      await counter.start()
      const office = counter.office() ?? expect.fail('not open')
      const [account] = office.staff.list()
      const actor = { id: account?.id ?? expect.fail('no account'), name: 'Đỗ Thị Mỹ Duyên' }
      await expect.poll(() => office.sync.status().numbersLeft, { timeout: 15_000 }).toBeGreaterThan(0)
      const draft = office.intake.start(actor)
      const { revision } = office.intake.save(draft.id, draft.revision, filledContent(draft, office.catalogue.get('1.004873')))
      const { id, receivedAt } = office.intake.commit(actor, { draftId: draft.id, revision, despiteDuplicates: false })
      office.sync.sendNow()
      await expect.poll(() => office.intake.get(id).submission, { timeout: 15_000 }).toBe('received')
      const [stored] = await doors(city.url).submissions()
      const offset = office.sync.status().clockOffsetSeconds ?? 0
      await counter.close()
      const apart = (Date.parse(receivedAt) - Date.parse(stored?.receivedAt ?? '')) / 1000
      expect([Math.round(apart / 60), Math.round(offset / 60), stored?.payload.dossier.receivedAt]).toEqual([seconds / 60, -seconds / 60, receivedAt])
    } finally {
      await city.close()
    }
  }, 60_000)
})

async function keyOf(folder: string): Promise<{ dataKey: Uint8Array }> {
  const dataKey = await openKeyring({ folder }).unlockWithOfficer('quantri', secretOf('quantri'))
  return { dataKey: deriveKeys(dataKey).database }
}

/** Our migrations and one that this program does not know. */
function withMigration(): string {
  const folder = temporaryFolder()
  cpSync(join(import.meta.dirname, '../../migrations'), folder, { recursive: true })
  writeFileSync(join(folder, '0999_later.sql'), 'CREATE TABLE later (id TEXT PRIMARY KEY) STRICT;')
  return folder
}
