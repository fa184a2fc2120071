import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './files.mjs'
import { cacheFolder } from './sqlite-binding.mjs'

/** @typedef {ReturnType<typeof nativeBinding>} NativeBinding */

/**
 * A native part that no package ships compiled. It speaks Node-API: one file serves Node.js and Electron.
 * @param {{ packageName: string, folder: string, file: string, variable: string }} part
 *   `folder` in the cache of the set-up, `file` as the compiler names it, `variable` tells the program where it lies
 */
export function nativeBinding({ packageName, folder, file, variable }) {
  const packageFolder = join(projectRoot, 'node_modules', packageName)
  /** Where the part compiled for this kind of machine lies. */
  const compiledPath = () => join(cacheFolder(), folder, `${versionIn(packageFolder) ?? 'none'}-${process.platform}-${process.arch}`, file)
  /** The compiled part; undefined when there is none, and then the program starts without it. */
  const binding = () => (existsSync(compiledPath()) ? compiledPath() : undefined)
  return {
    packageName, packageFolder, file, compiledPath, binding,
    /** What tells the program where that part is. @returns {Record<string, string>} */
    env: () => {
      const found = binding()
      return found === undefined ? {} : { [variable]: found }
    },
  }
}

/** @param {string} packageFolder */
function versionIn(packageFolder) {
  try {
    return String(JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version)
  } catch {
    return undefined
  }
}

/** The way to the PC/SC service. */
export const pcsc = nativeBinding({ packageName: 'smartcard', folder: 'pcsc', file: 'smartcard_napi.node', variable: 'MOTCUA_PCSC_BINDING' })
/** The way to the drivers of USB tokens. */
export const pkcs11 = nativeBinding({ packageName: 'pkcs11js', folder: 'pkcs11', file: 'pkcs11.node', variable: 'MOTCUA_PKCS11_BINDING' })

/** What tells a runtime where these parts are. @returns {Record<string, string>} */
export const nativeEnv = () => ({ ...pcsc.env(), ...pkcs11.env() })
