import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Sha256 } from '@contract/ids'
import { createBinding } from '../../../src-main/capture/desk/bind'
import { createAudit } from '../../../src-main/audit'
import { openDocuments, openStore, silent, systemClock } from '../../../src-main/storage'
import { actor, newDesk } from '../../intake/support'
import { ended, linesOf, startChild } from '../../storage/child'
import { noSmallDisk, smallDisk } from '../../storage/small-disk'
import { codeOfAsync, KEY, MIGRATIONS, nativeBinding, storeOptions } from '../../storage/support'
import { addPage, boundIn, newBinding, seedsIn } from './piles'

/** Under load, too. */
const until = (check: () => unknown): Promise<unknown> => vi.waitFor(check, 10_000)

const root = resolve(import.meta.dirname, '../../..')

async function bundled(): Promise<string> {
  const outfile = join(root, 'node_modules/.cache/test-children', `bind-loop-${String(process.pid)}.mjs`)
  await build({
    entryPoints: [join(import.meta.dirname, 'children/bind-loop.ts')], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20',
    external: ['better-sqlite3', '@cornerstonejs/*', 'usb', 'smartcard'], tsconfig: join(root, 'tsconfig.json'), logLevel: 'error',
  })
  onTestFinished(() => rmSync(outfile, { force: true }))
  return outfile
}

const filesIn = (folder: string): number => readdirSync(join(folder, 'documents'), { recursive: true, encoding: 'utf8' })
  .filter((name) => statSync(join(folder, 'documents', name)).isFile()).length

test('a program that is killed while it binds has one whole PDF a paper in force, and goes on from there', async () => {
  const desk = newDesk()
  const draftId = desk.intake.start(actor).id
  for (const seed of [1, 2, 3]) await addPage(desk, draftId, seed)
  for (const seed of [4, 5]) await addPage(desk, draftId, seed, { component: 'giay-2' })
  const files = filesIn(desk.folder)
  desk.store.close()
  const program = await bundled()
  const rounds = 5
  for (let round = 0; round < rounds; round += 1) {
    const child = startChild(program, [desk.folder, MIGRATIONS, nativeBinding ?? '', draftId])
    let seen = 0
    for await (const _line of linesOf(child)) if (++seen === 3) setTimeout(() => child.kill('SIGKILL'), round * 7)
    await ended(child)
    const store = openStore(storeOptions(desk.folder, { clock: systemClock }))
    onTestFinished(() => store.close())
    const documents = openDocuments({ folder: desk.folder, key: KEY, log: silent })
    const live = store.read.all(
      `SELECT d.component, d.sha256, d.pages, (SELECT count(*) FROM bound_page b WHERE b.document_id = d.id) AS bound FROM document d WHERE d.draft_id = ? AND d.removed = 0 ORDER BY d.component`, [draftId],
      (row) => ({ component: row.text('component'), sha256: row.text<Sha256>('sha256'), pages: row.integer('pages'), bound: row.integer('bound') }))
    expect(live.map(({ component, pages, bound }) => [component, pages, bound])).toEqual([['giay-2', 2, 2], ['to-khai', 3, 3]])
    for (const { sha256 } of live) await documents.verify(sha256)
    const binding = createBinding({ store, documents, audit: createAudit({ key: KEY, clock: systemClock }), clock: systemClock, log: silent, changed: () => undefined, componentName: (_draft, code) => code })
    await binding.bind(draftId)
    await binding.close()
    expect(store.read.get('SELECT count(*) AS n FROM page p JOIN bound_page b ON b.page_id = p.id AND b.turns = p.turns JOIN document d ON d.id = b.document_id WHERE d.removed = 0', [], (row) => row.integer('n'))).toBe(5)
    store.close()
  }
  // Each kill may leave one PDF that was whole and had no row yet; two papers have their PDF and the former one.
  expect(filesIn(desk.folder)).toBeLessThanOrEqual(files + 4 + rounds)
}, 60_000)

const noDisk = noSmallDisk()
describe.skipIf(noDisk !== null)('a disk that is full', () => {
  test('leaves the former PDF in force, says so, and the next binding has all once there is room', async () => {
    const disk = smallDisk(8192)
    const desk = newDesk({ folder: disk.folder })
    const draftId = desk.intake.start(actor).id
    await addPage(desk, draftId, 1)
    const log = vi.fn()
    const binding = newBinding(desk, { log })
    await binding.bind(draftId)
    await addPage(desk, draftId, 2)
    const filler = join(disk.folder, 'filler')
    for (let size = 8_388_608; size >= 4096; size = Math.floor(size / 2)) {
      try {
        writeFileSync(filler, Buffer.alloc(size), { flag: 'a' })
      } catch {
        // Fuller by what went in.
      }
    }
    expect(await codeOfAsync(() => binding.bind(draftId))).toBe('LUU-013')
    binding.soon(draftId)
    await until(() => expect(log).toHaveBeenCalledWith('pages.bind-failed', { draftId, code: 'LUU-013' }))
    expect(await seedsIn(desk, draftId)).toEqual([1])
    await desk.documents.verify(boundIn(desk, draftId)?.sha256 ?? expect.fail())
    rmSync(filler)
    await binding.bind(draftId)
    expect(await seedsIn(desk, draftId)).toEqual([1, 2])
  })
})
