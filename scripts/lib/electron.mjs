import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { lastLines, run } from './children.mjs'
import { windowPackagesHint } from './debian.mjs'
import { fallbackExecutable, fallbackFits, installFallback } from './electron-fallback.mjs'
import { installOfficial, officialExecutable } from './electron-official.mjs'
import { SetupError } from './say.mjs'

/**
 * @typedef {object} FoundElectron
 * @property {string} executable
 * @property {string} dist folder of the unpacked binary
 * @property {string} version
 * @property {string} node version of the Node.js inside
 * @property {string} napi highest Node-API version it speaks
 * @property {'override' | 'official' | 'fallback'} source
 */

/** The binary that is there already, without fetching anything. */
export async function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return { executable: overrideExecutable(override), source: /** @type {const} */ ('override') }
  const official = await officialExecutable()
  if (official !== undefined) return { executable: official, source: /** @type {const} */ ('official') }
  const spare = fallbackFits ? await fallbackExecutable() : undefined
  return spare === undefined ? undefined : { executable: spare, source: /** @type {const} */ ('fallback') }
}

/**
 * Gets a binary: the official one, else the fallback. Call with the set-up lock held.
 * @param {{ insist: boolean }} options `insist` tries the official download again although it failed within a day
 */
export async function installElectron({ insist }) {
  const found = await findElectron()
  if (found !== undefined && (found.source !== 'fallback' || !insist)) return found
  const official = await installOfficial({ insist })
  if (official !== undefined) return { executable: official, source: /** @type {const} */ ('official') }
  if (found !== undefined) return found
  if (fallbackFits) return { executable: await installFallback(), source: /** @type {const} */ ('fallback') }
  throw new SetupError('No Electron binary: its release page is out of reach. Connect to the network and run the command again, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron of this platform.')
}

/**
 * Runs the binary as plain Node to learn what is inside.
 * @param {{ executable: string, source: FoundElectron['source'] }} found
 * @returns {Promise<FoundElectron>}
 */
export async function probeElectron({ executable, source }) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const ended = await run(executable, ['-p', 'JSON.stringify(process.versions)'], { env, timeoutMs: 60_000 })
  if (ended.stderr.includes('shared libraries')) throw new SetupError(`Electron cannot start: ${ended.stderr.trim()}\n${windowPackagesHint()}`)
  try {
    const { electron, node, napi } = JSON.parse(ended.stdout)
    return { executable, dist: distFolder(executable), version: String(electron), node: String(node), napi: String(napi), source }
  } catch {
    throw new SetupError(`The Electron binary ${executable} does not run:\n${lastLines(ended, 6)}\n${source === 'override' ? 'Correct ELECTRON_OVERRIDE_DIST_PATH' : `Delete the folder ${dirname(executable)}`}, then run the command again.`)
  }
}

/** @param {string} folder */
function overrideExecutable(folder) {
  const names = process.platform === 'win32' ? ['electron.exe'] : process.platform === 'darwin' ? ['Electron.app/Contents/MacOS/Electron'] : ['electron']
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path))
  if (found !== undefined) return found
  throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, but there is no ${names.join(' or ')} in it. Correct it or unset it, then run the command again.`)
}

/** @param {string} executable */
function distFolder(executable) {
  const folder = dirname(executable)
  return basename(folder) === 'MacOS' ? join(folder, '..', '..', '..') : folder
}

/** Switches without which the window cannot open here. Chromium's sandbox refuses to run for root. */
export function rootSwitches() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
