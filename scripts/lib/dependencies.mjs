import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lastLines } from './children.mjs'
import { fileAtOnce, projectRoot, readJson } from './files.mjs'
import { npm } from './npm.mjs'
import { say, SetupError } from './say.mjs'

const stampPath = join(projectRoot, 'node_modules', '.mot-cua-installed.json')

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, inBundle?: boolean, link?: boolean }} LockedPackage */

/** True when node_modules is what package-lock.json asks for. */
export async function dependenciesCurrent() {
  const wanted = await stamp()
  if (JSON.stringify(await readJson(stampPath)) === JSON.stringify(wanted)) return true
  const [locked, installed] = await Promise.all([readJson(join(projectRoot, 'package-lock.json')), readJson(join(projectRoot, 'node_modules', '.package-lock.json'))])
  if (!sameTree(packagesOf(locked), packagesOf(installed))) return false
  await fileAtOnce(stampPath, JSON.stringify(wanted))
  return true
}

/** Installs the locked dependencies, without running any package's install script. */
export async function installDependencies() {
  say('Dependencies: installing from package-lock.json (about a minute, more on a slow line) …')
  const ended = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { env: { ...process.env, NODE_ENV: 'development' } })
  if (ended.code !== 0) {
    throw new SetupError(`npm could not install the dependencies:\n${lastLines(ended)}\nCheck the line to the package registry (npm ping), then run the command again; what was fetched is kept.`)
  }
  await fileAtOnce(stampPath, JSON.stringify(await stamp()))
  say('Dependencies: installed.')
}

async function stamp() {
  const lock = await readFile(join(projectRoot, 'package-lock.json'))
  return { lock: createHash('sha256').update(lock).digest('hex'), platform: process.platform, arch: process.arch }
}

/**
 * @param {unknown} lock
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(lock) {
  if (typeof lock !== 'object' || lock === null || !('packages' in lock)) return {}
  const { '': _root, ...packages } = /** @type {Record<string, LockedPackage>} */ (lock.packages)
  return packages
}

/**
 * Whether npm's record of what it installed matches the lockfile. Packages for other platforms may be absent.
 * @param {Record<string, LockedPackage>} locked
 * @param {Record<string, LockedPackage>} installed
 */
export function sameTree(locked, installed) {
  if (Object.keys(installed).length === 0) return false
  const extra = Object.keys(installed).some((path) => locked[path] === undefined)
  return !extra && Object.entries(locked).every(([path, entry]) => {
    const there = installed[path]
    if (there === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true || entry.inBundle === true
    return there.version === entry.version && there.integrity === entry.integrity
  })
}
