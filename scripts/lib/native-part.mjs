import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { lastLines, run } from './children.mjs'
import { compilerPackages, ensurePackages, installCommand, isDebian, missingPackages } from './debian.mjs'
import { fileAtOnce, folderAtOnce, readJson } from './files.mjs'
import { nodeGypEntry } from './npm.mjs'
import { say, SetupError } from './say.mjs'
import { headers, missingTools } from './sqlite.mjs'

/** @typedef {{ name: string, executable: string, electron: boolean }} Runtime */
/**
 * An optional native part. `subject` begins its sentences, `way` is what is compiled, `leftOut` what the program then goes without;
 * `exported` is the function that shows that it loads, `dependencies` the packages that its compiling reads.
 * @typedef {{
 *   binding: import('./native-binding.mjs').NativeBinding, subject: string, way: string, leftOut: string, exported: string,
 *   dependencies: readonly string[], needed: readonly string[], forTests: readonly string[],
 * }} NativePart
 */

/** After a failure neither packages nor compiling are tried again for a day, unless asked for with `npm run setup`. */
const RETRY_MS = 24 * 3600_000
/** @param {NativePart} part */
const note = ({ binding }) => join(dirname(binding.compiledPath()), 'failed.json')

/**
 * True when nothing more can be done for the part: all is there, or it failed lately.
 * @param {NativePart} part
 */
export async function partSettled(part) {
  if (await failedLately(part)) return true
  return part.binding.binding() !== undefined && (await packagesWanted(part)).length === 0
}

/**
 * Compiles the part and installs what its tests use. Optional: where that cannot be had it says so in a sentence, and the program
 * starts without. Call with the set-up lock held.
 * @param {NativePart} part
 * @param {readonly Runtime[]} runtimes
 * @param {{ insist: boolean }} options `insist` tries again although a try failed within a day
 */
export async function preparePart(part, runtimes, { insist }) {
  if (!insist && (await failedLately(part))) return
  try {
    await packages(part)
    if (part.binding.binding() === undefined) await compile(part, runtimes)
    await rm(note(part), { force: true })
  } catch (error) {
    say(`${part.subject}: ${part.leftOut}, everything else works. ${error instanceof Error ? error.message : String(error)}`)
    await fileAtOnce(note(part), JSON.stringify({ failedAt: new Date().toISOString() }))
  }
}

/** @param {NativePart} part */
async function failedLately(part) {
  const found = await readJson(note(part))
  return typeof found === 'object' && found !== null && 'failedAt' in found && Date.now() - Date.parse(String(found.failedAt)) < RETRY_MS
}

/**
 * Packages that this user could install here and that are missing.
 * @param {NativePart} part
 */
async function packagesWanted({ needed, forTests }) {
  const all = [...needed, ...forTests]
  return all.length > 0 && process.getuid?.() === 0 && (await isDebian()) ? missingPackages(all) : []
}

/**
 * What compiling needs decides; without the others only tests are skipped.
 * @param {NativePart} part
 */
async function packages({ subject, way, needed, forTests }) {
  if (needed.length + forTests.length === 0) return
  try {
    await ensurePackages([...needed, ...forTests], `${subject.toLowerCase()} and their tests`)
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\nWithout them the tests of ${subject.toLowerCase()} are skipped.`)
    await ensurePackages(needed, `compiling ${way}`)
  }
}

/**
 * @param {NativePart} part
 * @param {readonly Runtime[]} runtimes
 */
async function compile(part, runtimes) {
  const { binding, subject, way } = part
  if (!existsSync(binding.packageFolder)) throw new SetupError(`The package ${binding.packageName} is not installed.`)
  if (process.platform === 'linux') await ensurePackages(await missingTools(), `compiling ${way}`)
  say(`${subject}: compiling ${way} (once, some seconds) …`)
  const target = binding.compiledPath()
  const work = join(dirname(dirname(target)), 'compiling')
  await folderAtOnce(work, (working) => copySource(part, working))
  const nodedir = headers()
  const ended = await run(process.execPath, [nodeGypEntry(), 'rebuild', '--release', ...(nodedir === undefined ? [] : [`--nodedir=${nodedir}`])], {
    cwd: work, env: { ...process.env, JOBS: 'max' }, timeoutMs: 600_000,
  })
  const built = join(work, 'build', 'Release', binding.file)
  if (ended.code !== 0 || !existsSync(built)) throw new SetupError(`Compiling it failed:\n${lastLines(ended, 8)}\n${hint(part)}`)
  for (const runtime of runtimes) await verify(part, runtime, built)
  await mkdir(dirname(target), { recursive: true })
  await copyFile(join(binding.packageFolder, 'LICENSE'), join(dirname(target), 'LICENSE'))
  await fileAtOnce(target, await readFile(built))
  await rm(work, { recursive: true, force: true })
}

/**
 * @param {NativePart} part
 * @param {string} working
 */
async function copySource({ binding: { packageFolder }, dependencies }, working) {
  await cp(packageFolder, working, { recursive: true })
  for (const name of dependencies) {
    const from = dirname(createRequire(join(packageFolder, 'package.json')).resolve(`${name}/package.json`))
    await cp(from, join(working, 'node_modules', name), { recursive: true })
  }
}

/**
 * @param {NativePart} part
 * @param {Runtime} runtime
 * @param {string} built
 */
async function verify({ subject, way, exported }, { name, executable, electron }, built) {
  const env = { ...process.env, ...(electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) }
  const ended = await run(executable, ['-e', `if (typeof require(${JSON.stringify(built)}).${exported} !== 'function') process.exit(1)`], { env, timeoutMs: 60_000 })
  if (ended.code !== 0) throw new SetupError(`What was compiled does not load in ${name}:\n${lastLines(ended, 4)}`)
  say(`${subject}: ${way} loads in ${name}.`)
}

/** @param {NativePart} part */
function hint({ needed }) {
  if (process.platform === 'win32') return 'It needs Python 3 and the "Desktop development with C++" workload of Visual Studio Build Tools; then run: npm run setup'
  if (process.platform === 'darwin') return 'It needs Apple\'s command line tools (xcode-select --install); then run: npm run setup'
  return `It needs a compiler (on Debian or Ubuntu: ${installCommand([...compilerPackages, ...needed])}); then run: npm run setup`
}
