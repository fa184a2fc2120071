import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './files.mjs'
import { cacheFolder } from './sqlite-binding.mjs'

/** Folder of the npm package whose native part talks to the PC/SC service. */
export const pcscPackage = join(projectRoot, 'node_modules', 'smartcard')

/** Version of the package; undefined when it is not installed. */
function version() {
  try {
    return String(JSON.parse(readFileSync(join(pcscPackage, 'package.json'), 'utf8')).version)
  } catch {
    return undefined
  }
}

/** Where the native part compiled for this kind of machine lies. It speaks Node-API 8: one file serves Node.js and Electron. */
export function compiledPcscPath() {
  return join(cacheFolder(), 'pcsc', `${version() ?? 'none'}-${process.platform}-${process.arch}`, 'smartcard_napi.node')
}

/** The compiled native part; undefined when there is none, and then the program starts without PC/SC. */
export function pcscBinding() {
  const compiled = compiledPcscPath()
  return existsSync(compiled) ? compiled : undefined
}

/** What tells the program where that part is. @returns {Record<string, string>} */
export function pcscEnv() {
  const binding = pcscBinding()
  return binding === undefined ? {} : { MOTCUA_PCSC_BINDING: binding }
}
