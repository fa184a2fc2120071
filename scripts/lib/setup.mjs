import { join } from 'node:path'
import { dependenciesCurrent, installDependencies } from './dependencies.mjs'
import { ensurePackages, isDebian, missingPackages, paperPackages, windowPackages } from './debian.mjs'
import { findElectron, installElectron, probeElectron } from './electron.mjs'
import { projectRoot } from './files.mjs'
import { withLock } from './lock.mjs'
import { assertNodeVersion } from './node-version.mjs'
import { nativeEnv } from './native-binding.mjs'
import { partSettled, preparePart } from './native-part.mjs'
import { pcscPart } from './pcsc.mjs'
import { pkcs11Part } from './pkcs11.mjs'
import { say } from './say.mjs'
import { prepareSqlite, sqliteReady } from './sqlite.mjs'
import { cacheFolder, sqliteBinding } from './sqlite-binding.mjs'

/** @typedef {import('./electron.mjs').FoundElectron} FoundElectron */

/** The program starts without them. */
const optionalParts = [pcscPart, pkcs11Part]

/**
 * Makes everything ready that the other commands stand on. Does nothing in a few hundred milliseconds when all is there;
 * two at once wait for each other; an interrupted one is taken up again by the next.
 * @param {{ insist?: boolean }} [options] `insist` looks again for the official Electron although it was out of reach lately
 * @returns {Promise<{ electron: FoundElectron }>}
 */
export async function setUp({ insist = false } = {}) {
  assertNodeVersion(process.versions.node)
  const ready = insist ? undefined : await readyAlready()
  const electron = ready ?? (await withLock(join(cacheFolder(), 'set-up.lock'), () => prepare(insist), {
    onWait: (holder) => say(`Another set-up (${holder}) is at work; waiting for it …`),
  }))
  tell(electron)
  return { electron }
}

/** @param {boolean} insist */
async function prepare(insist) {
  await ensurePackages([...windowPackages, ...paperPackages], 'the window and the tests')
  if (!(await dependenciesCurrent())) await installDependencies()
  const electron = await probeElectron(await installElectron({ insist }))
  await prepareSqlite(runtimes(electron))
  for (const part of optionalParts) await preparePart(part, runtimes(electron), { insist })
  return electron
}

/** @returns {Promise<FoundElectron | undefined>} */
async function readyAlready() {
  if (!(await dependenciesCurrent())) return undefined
  const found = await findElectron()
  if (found === undefined) return undefined
  const root = process.getuid?.() === 0
  if (root && (await isDebian()) && (await missingPackages([...windowPackages, ...paperPackages])).length > 0) return undefined
  const electron = await probeElectron(found)
  const settled = await Promise.all(optionalParts.map(partSettled))
  return (await sqliteReady(runtimes(electron))) && settled.every(Boolean) ? electron : undefined
}

/** @param {FoundElectron} electron */
function runtimes(electron) {
  return [
    { name: `Node.js ${process.versions.node}`, executable: process.execPath, napi: process.versions.napi ?? '0', electron: false },
    { name: `Electron ${electron.version}`, executable: electron.executable, napi: electron.napi, electron: true },
  ]
}

/** @param {FoundElectron} electron */
function tell(electron) {
  const kinds = { override: 'from ELECTRON_OVERRIDE_DIST_PATH', official: 'official', fallback: 'the fallback for development and tests, not the version that ships' }
  say(`Ready: Node.js ${process.versions.node}, Electron ${electron.version} (${kinds[electron.source]}, Node.js ${electron.node} inside).`)
}

/**
 * Environment that tells a runtime which native parts to load: the SQLite binding unless the shipped one, and
 * those to card readers and USB tokens where they could be had.
 * @param {{ readonly [name: string]: string | undefined }} versions
 * @returns {Record<string, string>}
 */
export function bindingEnv(versions) {
  const binding = sqliteBinding(versions)
  return { ...(binding === undefined ? {} : { MOTCUA_SQLITE_BINDING: binding }), ...nativeEnv() }
}

/**
 * Environment for programs that drive the window: which Electron, where the app lies, and the binding it loads.
 * @param {FoundElectron} electron
 * @returns {Record<string, string>}
 */
export function appEnv(electron) {
  const binding = sqliteBinding({ napi: electron.napi })
  return {
    MOTCUA_ELECTRON: electron.executable,
    MOTCUA_ELECTRON_VERSION: electron.version,
    MOTCUA_APP: projectRoot,
    ...(binding === undefined ? {} : { MOTCUA_SQLITE_BINDING: binding }),
    ...nativeEnv(),
  }
}
