import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build } from './lib/build.mjs'
import { projectRoot } from './lib/files.mjs'
import { thirdPartyLicences } from './lib/licences.mjs'
import { pcsc, pkcs11 } from './lib/native-binding.mjs'
import { runMain, say } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'
import { sqliteBinding } from './lib/sqlite-binding.mjs'

/**
 * The packed folder, made with the Electron that was found. `npm run package -- --installer` makes the platform's
 * installers as well, which needs tools from their projects' release pages.
 */
await runMain(async () => {
  const { electron } = await setUp()
  await build()
  const builder = await import('electron-builder')
  const compiled = sqliteBinding({ napi: electron.napi })
  const cards = pcsc.binding()
  const tokens = pkcs11.binding()
  const installer = process.argv.includes('--installer')
  if (cards === undefined) say('Package: the way to PC/SC readers could not be compiled here. The result reads no cards through PC/SC.')
  if (tokens === undefined) say('Package: the way to the drivers of USB tokens could not be compiled here. The result signs with no USB token.')
  if (electron.source === 'fallback') say('Package: this Electron is the fallback for development and tests. The result is for trying out, not for a counter.')
  say(`Package: ${installer ? 'folder and installers' : 'folder'} with Electron ${electron.version} …`)
  const licences = join(projectRoot, 'node_modules', '.cache', 'third-party-licences.txt')
  await mkdir(dirname(licences), { recursive: true })
  await writeFile(licences, await thirdPartyLicences())
  const made = await builder.build({
    projectDir: projectRoot,
    ...(installer ? {} : { dir: true }),
    publish: 'never',
    config: {
      extends: 'electron-builder.yml',
      electronDist: electron.dist,
      electronVersion: electron.version,
      extraFiles: [{ from: 'LICENSE', to: 'LICENSE.mot-cua.txt' }, { from: licences, to: 'LICENSES.libraries.txt' }],
      extraResources: [
        { from: 'resources', to: 'resources' },
        { from: 'migrations', to: 'migrations' },
        ...(compiled === undefined ? [] : [{ from: compiled, to: 'sqlite/better_sqlite3.node' }]),
        ...(cards === undefined ? [] : [{ from: cards, to: 'pcsc/smartcard_napi.node' }]),
        ...(tokens === undefined ? [] : [{ from: tokens, to: 'pkcs11/pkcs11.node' }]),
      ],
    },
  })
  const folders = ['linux-unpacked', 'win-unpacked', 'mac', 'mac-arm64'].map((name) => join(projectRoot, 'dist', name)).filter((path) => existsSync(path))
  for (const path of new Set([...folders, ...made])) process.stdout.write(`${path}\n`)
})
