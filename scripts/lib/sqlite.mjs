import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { lastLines, run } from './children.mjs'
import { compilerPackages, ensurePackages, installCommand } from './debian.mjs'
import { fileAtOnce, folderAtOnce, projectRoot } from './files.mjs'
import { nodeGypEntry } from './npm.mjs'
import { say, SetupError } from './say.mjs'
import { cacheFolder, compiledBindingPath } from './sqlite-binding.mjs'

/** @typedef {{ name: string, executable: string, napi: string, electron: boolean }} Runtime */

/** The shipped binding speaks Node-API 10; an older runtime crashes on loading it. */
const SHIPPED_NAPI = 10

/**
 * Which binding a runtime loads: the shipped one, or the one compiled here.
 * @param {{ readonly [name: string]: string | undefined }} versions `process.versions` of the runtime
 * @returns {'shipped' | 'compiled'}
 */
export function bindingKind(versions) {
  return Number(versions.napi ?? 0) >= SHIPPED_NAPI ? 'shipped' : 'compiled'
}

/**
 * Whether every runtime's binding is there and was seen to work.
 * @param {readonly Runtime[]} runtimes
 */
export async function sqliteReady(runtimes) {
  for (const runtime of runtimes) {
    if (bindingKind({ napi: runtime.napi }) === 'compiled' && !existsSync(compiledBindingPath())) return false
    if (!existsSync(await seenPath(runtime))) return false
  }
  return true
}

/**
 * Compiles the binding where a runtime needs it, and opens an encrypted database with each runtime. Call with the set-up lock held.
 * @param {readonly Runtime[]} runtimes
 */
export async function prepareSqlite(runtimes) {
  const compiled = runtimes.some((runtime) => bindingKind({ napi: runtime.napi }) === 'compiled')
  const fresh = compiled && !existsSync(compiledBindingPath())
  if (fresh) await compile()
  try {
    await verifyAll(runtimes)
  } catch (error) {
    if (!compiled || fresh) throw error
    say('SQLite: the compiled binding does not work (any more); compiling it anew.')
    await compile()
    await verifyAll(runtimes)
  }
}

/** @param {readonly Runtime[]} runtimes */
async function verifyAll(runtimes) {
  for (const runtime of runtimes) await verify(runtime)
}

/** @param {Runtime} runtime */
async function verify(runtime) {
  const seen = await seenPath(runtime)
  if (existsSync(seen)) return
  const binding = bindingKind({ napi: runtime.napi }) === 'compiled' ? compiledBindingPath() : ''
  const env = { ...process.env, ...(runtime.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) }
  const ended = await run(runtime.executable, [join(import.meta.dirname, 'sqlite-check.cjs'), projectRoot, binding], { env, timeoutMs: 60_000 })
  if (ended.code !== 0) {
    throw new SetupError(`The SQLite binding does not work in ${runtime.name}${ended.signal === null ? '' : ` (${ended.signal})`}:\n${lastLines(ended, 6)}\nDelete the folder ${dirname(compiledBindingPath())} and node_modules, then run the command again.`)
  }
  say(`SQLite: ${ended.stdout.trim()} in ${runtime.name}, ${binding === '' ? 'shipped' : 'compiled'} binding.`)
  await fileAtOnce(seen, '')
}

/**
 * Marks that this very binding was seen to work in this very runtime.
 * @param {Runtime} runtime
 */
async function seenPath(runtime) {
  const binding = bindingKind({ napi: runtime.napi }) === 'compiled' ? compiledBindingPath() : join(packageFolder(), 'package.json')
  const facts = await Promise.all([binding, runtime.executable].map(async (path) => {
    const { size, mtimeMs } = await stat(path)
    return [path, size, mtimeMs]
  }))
  return join(cacheFolder(), 'sqlite', 'seen', createHash('sha256').update(JSON.stringify(facts)).digest('hex'))
}

function packageFolder() {
  return dirname(createRequire(join(projectRoot, 'package.json')).resolve('better-sqlite3/package.json'))
}

/** Compiles the package's own source for the older Node-API, on a copy, about a minute. */
async function compile() {
  if (process.platform === 'linux') await ensurePackages(await missingTools(), 'compiling SQLite')
  say('SQLite: compiling the binding for this Node-API (once, about a minute) …')
  const work = join(cacheFolder(), 'sqlite', 'compiling')
  await folderAtOnce(work, copySource)
  const nodedir = headers()
  const ended = await run(process.execPath, [nodeGypEntry(), 'rebuild', '--release', '--force_build=1', ...(nodedir === undefined ? [] : [`--nodedir=${nodedir}`])], {
    cwd: work, env: { ...process.env, JOBS: 'max' }, timeoutMs: 900_000,
  })
  const built = join(work, 'build', 'Release', 'better_sqlite3.node')
  if (ended.code !== 0 || !existsSync(built)) {
    throw new SetupError(`The SQLite binding could not be compiled:\n${lastLines(ended, 10)}\n${compilerHint()}`)
  }
  const target = compiledBindingPath()
  await mkdir(dirname(target), { recursive: true })
  await copyFile(join(packageFolder(), 'LICENSE'), join(dirname(target), 'LICENSE'))
  await fileAtOnce(target, await readFile(built))
  await rm(work, { recursive: true, force: true })
}

/** @param {string} working */
async function copySource(working) {
  const source = packageFolder()
  await cp(source, working, { recursive: true, filter: (path) => !path.startsWith(join(source, 'prebuilds')) })
  const addonApi = dirname(createRequire(join(source, 'package.json')).resolve('node-addon-api/package.json'))
  await cp(addonApi, join(working, 'node_modules', 'node-addon-api'), { recursive: true })
  const gyp = join(working, 'binding.gyp')
  const recipe = await readFile(gyp, 'utf8')
  const patched = recipe.replace(`'NAPI_VERSION=${String(SHIPPED_NAPI)}'`, "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'")
  if (patched === recipe) throw new SetupError('The SQLite package changed how it is compiled. Use Node.js 22.14 or newer, which needs no compiling, or report this.')
  await writeFile(gyp, patched)
}

/** Folder whose `include/node` holds this Node's headers; undefined lets node-gyp fetch them. */
export function headers() {
  const beside = resolve(process.execPath, '..', '..')
  return [beside, process.env.npm_config_nodedir].find((folder) => folder !== undefined && existsSync(join(folder, 'include', 'node', 'node_api.h')))
}

/** Which of the compiler's packages are not to be had as commands. */
export async function missingTools() {
  const checks = await Promise.all(compilerPackages.map(async (name) => ({ name, ended: await run(name, ['--version']) })))
  return checks.filter(({ ended }) => ended.code !== 0).map(({ name }) => name)
}

function compilerHint() {
  const other = 'Or use Node.js 22.14 or newer and the current Electron, which need no compiling.'
  if (process.platform === 'win32') return `Install Python 3 and the "Desktop development with C++" workload of Visual Studio Build Tools, then run the command again. ${other}`
  if (process.platform === 'darwin') return `Install Apple's command line tools (xcode-select --install), then run the command again. ${other}`
  return `Install a compiler (on Debian or Ubuntu: ${installCommand(compilerPackages)}), then run the command again. ${other}`
}
