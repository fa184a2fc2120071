import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { burnFuses } from './fuses.mjs'
import { say } from './say.mjs'

/**
 * electron-builder's hook after the app folder is filled and before it is signed: sets the fuses and reads them back.
 * @param {{ appOutDir: string, electronPlatformName: string, packager: { appInfo: { productFilename: string }, executableName?: string } }} context
 */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  for (const spare of ['resources/default_app.asar', 'made-by-set-up.json']) await rm(join(appOutDir, spare), { force: true })
  const product = packager.appInfo.productFilename
  const name = { win32: `${product}.exe`, darwin: `${product}.app` }[electronPlatformName] ?? packager.executableName ?? product
  for (const line of await burnFuses(join(appOutDir, name), electronPlatformName)) say(`Fuse ${line}`)
}
