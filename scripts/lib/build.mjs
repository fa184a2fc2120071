import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { lastLines, run } from './children.mjs'
import { fileAtOnce, projectRoot, readJson } from './files.mjs'
import { withLock } from './lock.mjs'
import { say, SetupError } from './say.mjs'

/** The oldest Electron the result must run in: sets the syntax it is compiled to, the same on every machine. */
const OLDEST_ELECTRON = '33'
const inputs = ['src-main', 'src-preload', 'src-renderer', 'resources', 'electron.vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json']
const outputs = ['main/index.js', 'main/core.js', 'main/cli.js', 'main/paperwork.js', 'main/hashing.js', 'main/pages.js', 'main/reading.js', 'preload/bridge.cjs', 'renderer/index.html', 'renderer/print/index.html']
const stampPath = join(projectRoot, 'out', 'built-from.json')

/** Builds `out/`; says so and does nothing when the sources have not changed since the last build. */
export async function build() {
  await withLock(join(projectRoot, 'node_modules', '.cache', 'build.lock'), buildIfChanged, {
    onWait: (holder) => say(`Another build (${holder}) is at work; waiting for it …`),
  })
}

async function buildIfChanged() {
  const sources = await sourcesHash()
  if (await builtFrom(sources)) {
    say('Build: nothing has changed since the last one.')
    return
  }
  say('Build: main, preload and renderer …')
  await rm(stampPath, { force: true })
  const ended = await run(process.execPath, [join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: projectRoot,
    env: { ...process.env, NODE_ENV: 'production', ELECTRON_MAJOR_VER: OLDEST_ELECTRON },
  })
  const missing = outputs.filter((path) => !existsSync(join(projectRoot, 'out', path)))
  if (ended.code !== 0 || missing.length > 0) {
    throw new SetupError(`The build failed${missing.length === 0 ? '' : ` (no ${missing.join(', ')})`}:\n${lastLines(ended, 30)}\nCorrect the source named above, then run the command again.`)
  }
  await fileAtOnce(stampPath, JSON.stringify({ sources }))
  say('Build: done.')
}

/** @param {string} sources */
async function builtFrom(sources) {
  const stamp = await readJson(stampPath)
  const same = typeof stamp === 'object' && stamp !== null && 'sources' in stamp && stamp.sources === sources
  return same && outputs.every((path) => existsSync(join(projectRoot, 'out', path)))
}

async function sourcesHash() {
  const hash = createHash('sha256').update(OLDEST_ELECTRON)
  for (const input of inputs) {
    for (const file of await filesOf(input)) {
      hash.update(`\0${file}\0`).update(await readFile(join(projectRoot, file)))
    }
  }
  return hash.digest('hex')
}

/**
 * A file itself, or all files under a folder, in a fixed order.
 * @param {string} input relative to the project
 * @returns {Promise<string[]>}
 */
async function filesOf(input) {
  const path = join(projectRoot, input)
  if (!existsSync(path)) return []
  if (/\.\w+$/.test(input)) return [input]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(projectRoot.length + 1).replaceAll('\\', '/')).sort()
}
