import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { lastLines, run } from './children.mjs'
import { cardPackages, ensurePackages, installCommand, isDebian, missingPackages } from './debian.mjs'
import { fileAtOnce, folderAtOnce, readJson } from './files.mjs'
import { nodeGypEntry } from './npm.mjs'
import { compiledPcscPath, pcscBinding, pcscPackage } from './pcsc-binding.mjs'
import { say, SetupError } from './say.mjs'
import { headers, missingTools } from './sqlite.mjs'

/** After a failure neither packages nor compiling are tried again for a day, unless asked for with `npm run setup`. */
const RETRY_MS = 24 * 3600_000
const note = () => join(dirname(compiledPcscPath()), 'failed.json')

/** True when nothing more can be done for PC/SC: all is there, or it failed lately. */
export async function pcscSettled() {
  if (await failedLately()) return true
  return pcscBinding() !== undefined && (await packagesWanted()).length === 0
}

/**
 * Compiles the native part that talks to the PC/SC service and installs what its tests use. Optional: where that cannot be had
 * it says so in a sentence, and the program starts without PC/SC readers. Call with the set-up lock held.
 * @param {readonly { name: string, executable: string, electron: boolean }[]} runtimes
 * @param {{ insist: boolean }} options `insist` tries again although a try failed within a day
 */
export async function preparePcsc(runtimes, { insist }) {
  if (!insist && (await failedLately())) return
  try {
    await packages()
    if (pcscBinding() === undefined) await compile(runtimes)
    await rm(note(), { force: true })
  } catch (error) {
    say(`Card readers: PC/SC is left out, everything else works. ${error instanceof Error ? error.message : String(error)}`)
    await fileAtOnce(note(), JSON.stringify({ failedAt: new Date().toISOString() }))
  }
}

async function failedLately() {
  const found = await readJson(note())
  return typeof found === 'object' && found !== null && 'failedAt' in found && Date.now() - Date.parse(String(found.failedAt)) < RETRY_MS
}

/** Packages that this user could install here and that are missing. */
async function packagesWanted() {
  return process.getuid?.() === 0 && (await isDebian()) ? missingPackages(cardPackages) : []
}

/** The one package that compiling needs decides; without the others only tests are skipped. */
async function packages() {
  try {
    await ensurePackages(cardPackages, 'card readers and their tests')
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\nWithout them the tests with a card service are skipped.`)
    await ensurePackages(['libpcsclite-dev'], 'compiling the way to card readers')
  }
}

/** @param {readonly { name: string, executable: string, electron: boolean }[]} runtimes */
async function compile(runtimes) {
  if (!existsSync(pcscPackage)) throw new SetupError('The package smartcard is not installed.')
  if (process.platform === 'linux') await ensurePackages(await missingTools(), 'compiling the way to card readers')
  say('Card readers: compiling the way to the PC/SC service (once, some seconds) …')
  const work = join(dirname(dirname(compiledPcscPath())), 'compiling')
  await folderAtOnce(work, copySource)
  const nodedir = headers()
  const ended = await run(process.execPath, [nodeGypEntry(), 'rebuild', '--release', ...(nodedir === undefined ? [] : [`--nodedir=${nodedir}`])], {
    cwd: work, env: { ...process.env, JOBS: 'max' }, timeoutMs: 600_000,
  })
  const built = join(work, 'build', 'Release', 'smartcard_napi.node')
  if (ended.code !== 0 || !existsSync(built)) throw new SetupError(`Compiling it failed:\n${lastLines(ended, 8)}\n${hint()}`)
  for (const runtime of runtimes) await verify(runtime, built)
  const target = compiledPcscPath()
  await mkdir(dirname(target), { recursive: true })
  await copyFile(join(pcscPackage, 'LICENSE'), join(dirname(target), 'LICENSE'))
  await fileAtOnce(target, await readFile(built))
  await rm(work, { recursive: true, force: true })
}

/** @param {string} working */
async function copySource(working) {
  await cp(pcscPackage, working, { recursive: true })
  const addonApi = dirname(createRequire(join(pcscPackage, 'package.json')).resolve('node-addon-api/package.json'))
  await cp(addonApi, join(working, 'node_modules', 'node-addon-api'), { recursive: true })
}

/**
 * @param {{ name: string, executable: string, electron: boolean }} runtime
 * @param {string} built
 */
async function verify({ name, executable, electron }, built) {
  const env = { ...process.env, ...(electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) }
  const ended = await run(executable, ['-e', `if (typeof require(${JSON.stringify(built)}).Context !== 'function') process.exit(1)`], { env, timeoutMs: 60_000 })
  if (ended.code !== 0) throw new SetupError(`What was compiled does not load in ${name}:\n${lastLines(ended, 4)}`)
  say(`Card readers: the way to the PC/SC service loads in ${name}.`)
}

function hint() {
  if (process.platform === 'win32') return 'It needs Python 3 and the "Desktop development with C++" workload of Visual Studio Build Tools; then run: npm run setup'
  if (process.platform === 'darwin') return 'It needs Apple\'s command line tools (xcode-select --install); then run: npm run setup'
  return `It needs a compiler and the headers of PC/SC (on Debian or Ubuntu: ${installCommand(['g++', 'make', 'python3', 'libpcsclite-dev'])}); then run: npm run setup`
}
