import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lastLines, run } from './children.mjs'
import { fileAtOnce, projectRoot, readJson } from './files.mjs'
import { megabytes, say } from './say.mjs'
import { cacheFolder } from './sqlite-binding.mjs'

/** No first byte for this long: taken for out of reach. */
const FIRST_BYTE_MS = 12_000
const STALL_MS = 30_000
/** After a failure the download is not tried again for a day, unless asked for with `npm run setup`. */
const RETRY_MS = 24 * 3600_000

const packageFolder = join(projectRoot, 'node_modules', 'electron')

/** Executable of the official binary; undefined when it is not installed. */
export async function officialExecutable() {
  try {
    const [inner, version, wanted] = await Promise.all([
      readFile(join(packageFolder, 'path.txt'), 'utf8'),
      readFile(join(packageFolder, 'dist', 'version'), 'utf8'),
      officialVersion(),
    ])
    const executable = join(packageFolder, 'dist', inner)
    return version.trim().replace(/^v/, '') === wanted && existsSync(executable) ? executable : undefined
  } catch {
    return undefined
  }
}

async function officialVersion() {
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'))
  return String(version)
}

/**
 * Fetches the official binary of the locked Electron version (checked against the SHA-256 list inside the npm package).
 * @param {{ insist: boolean }} options `insist` tries again although a try failed within a day
 * @returns {Promise<string | undefined>} the executable; undefined when its release page is out of reach
 */
export async function installOfficial({ insist }) {
  const version = await officialVersion()
  const note = join(cacheFolder(), 'electron', `official-${version}-out-of-reach.json`)
  if (!insist && failedLately(await readJson(note))) return undefined
  say(`Electron: fetching the official ${version} …`)
  try {
    await download(version)
  } catch (error) {
    say(`Electron: the official download is out of reach (${reason(error)}).`)
    await fileAtOnce(note, JSON.stringify({ failedAt: new Date().toISOString() }))
    return undefined
  }
  const ended = await run(process.execPath, [join(packageFolder, 'install.js')], { timeoutMs: 180_000 })
  const executable = await officialExecutable()
  if (executable === undefined) say(`Electron: the official binary did not unpack.\n${lastLines(ended, 6)}`)
  return executable
}

/** @param {unknown} note */
function failedLately(note) {
  if (typeof note !== 'object' || note === null || !('failedAt' in note)) return false
  return Date.now() - Date.parse(String(note.failedAt)) < RETRY_MS
}

/** @param {unknown} error */
function reason(error) {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

/**
 * Brings the archive into Electron's own download cache, where its install script finds it.
 * @param {string} version
 */
async function download(version) {
  const fromElectron = createRequire(join(packageFolder, 'package.json'))
  const { downloadArtifact } = await import(pathToFileURL(fromElectron.resolve('@electron/get')).href)
  const stop = new AbortController()
  const giveUp = () => stop.abort(new Error('no answer in time'))
  let timer = setTimeout(giveUp, FIRST_BYTE_MS)
  let told = 0
  /** @param {{ transferred: number, total: number | null }} progress */
  const getProgressCallback = async ({ transferred, total }) => {
    clearTimeout(timer)
    timer = setTimeout(giveUp, STALL_MS)
    if (transferred - told < 20e6) return
    told = transferred
    say(`Electron: ${megabytes(transferred)}${total === null ? '' : ` of ${megabytes(total)}`}`)
  }
  try {
    await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: JSON.parse(await readFile(join(dirname(fromElectron.resolve('electron/package.json')), 'checksums.json'), 'utf8')),
      downloadOptions: { quiet: true, signal: stop.signal, getProgressCallback },
    })
  } finally {
    clearTimeout(timer)
  }
}
