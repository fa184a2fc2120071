import { build } from 'esbuild'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findElectron } from '../../scripts/lib/electron.mjs'

const root = resolve(import.meta.dirname, '../..')
const vectors = join(import.meta.dirname, 'vectors')

/** The Electron that the set-up prepared. Its crypto is BoringSSL: what agrees in Node may fail there. */
async function electron(): Promise<string | undefined> {
  const given = process.env['MOTCUA_ELECTRON']
  return given !== undefined && existsSync(given) ? given : (await findElectron())?.executable
}

type Told = { name: string; error: string | null }

/** One program of all vector files that runs every check and tells of each in a line of its own. */
const programOf = (files: readonly string[]): string => `
  ${files.map((file, index) => `import { vectorChecks as checks${index} } from './${file}'`).join('\n')}
  const checks = [${files.map((file, index) => `...checks${index}.map((check) => ({ ...check, name: '${basename(file, '.ts')}: ' + check.name }))`).join(', ')}]
  void (async () => {
    for (const { name, run } of checks) {
      let error = null
      try { await run() } catch (thrown) { error = String(thrown && thrown.stack || thrown) }
      console.log(JSON.stringify({ name, error }))
    }
    console.log(JSON.stringify({ ended: checks.length, electron: process.versions.electron ?? null }))
  })()
`

const binary = await electron()

describe.skipIf(binary === undefined)(`published examples in Electron${binary === undefined ? ' (skipped: no Electron binary is here, run npm run setup)' : ''}`, () => {
  let folder = ''
  let told: Told[] = []
  let ended: { ended: number; electron: string | null } | undefined
  let files: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'motcua-vectors-'))
    files = (await readdir(vectors)).filter((file) => file.endsWith('.ts')).sort()
    const outfile = join(folder, 'vectors.cjs')
    await build({
      stdin: { contents: programOf(files), resolveDir: vectors, loader: 'ts' }, outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'silent',
      alias: { '@contract': join(root, 'src-preload/contract'), '@resources': join(root, 'resources') },
    })
    const { stdout } = await promisify(execFile)(binary ?? '', [outfile], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, maxBuffer: 16 * 1024 * 1024 })
    const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as Told & { ended?: number; electron?: string | null })
    const last = lines.pop()
    ended = last?.ended === undefined ? undefined : { ended: last.ended, electron: last.electron ?? null }
    told = lines
  }, 120_000)

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('ran there to their end, every one of them', () => {
    expect(ended?.electron).toMatch(/^\d+\./)
    expect(told).toHaveLength(ended?.ended ?? -1)
    for (const file of files) expect(told.some(({ name }) => name.startsWith(`${basename(file, '.ts')}: `)), file).toBe(true)
  })

  it('agreed', () => {
    expect(told.filter(({ error }) => error !== null)).toEqual([])
  })
})
