import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import type { CoreSettings } from '@contract/host'
import type { KeyStore } from './key-store'
import type { Environment, Places } from './places'

/** Where and how the core runs. */
export function coreSettings({ places, environment, practice, keys }: { places: Places; environment: Environment; practice: boolean; keys: KeyStore }): CoreSettings {
  return {
    dataFolder: practice ? places.practiceData : places.data,
    resourcesFolder: places.resources,
    migrationsFolder: places.migrations,
    practice,
    ...(environment.MOTCUA_CITY_URL !== undefined && { cityUrl: environment.MOTCUA_CITY_URL }),
    ...(environment.MOTCUA_CITY_ENROLMENT !== undefined && { cityEnrolment: environment.MOTCUA_CITY_ENROLMENT }),
    ...nativeParts(environment),
    appVersion: app.getVersion(),
    electronVersion: process.versions.electron,
    keyStore: keys.name,
  }
}

/**
 * Native parts that are named by the launcher or packed beside the program: the SQLite binding for old runtimes, which cannot load
 * the shipped one, and the ways to the PC/SC service and to the drivers of USB tokens.
 */
function nativeParts(environment: Environment): Pick<CoreSettings, 'nativeBinding' | 'pcscBinding' | 'pkcs11Binding'> {
  const packed = (...place: string[]): string | undefined => {
    const file = join(process.resourcesPath, ...place)
    return app.isPackaged && existsSync(file) ? file : undefined
  }
  const nativeBinding = environment.MOTCUA_SQLITE_BINDING ?? packed('sqlite', 'better_sqlite3.node')
  const pcscBinding = environment.MOTCUA_PCSC_BINDING ?? packed('pcsc', 'smartcard_napi.node')
  const pkcs11Binding = environment.MOTCUA_PKCS11_BINDING ?? packed('pkcs11', 'pkcs11.node')
  return { ...(nativeBinding !== undefined && { nativeBinding }), ...(pcscBinding !== undefined && { pcscBinding }), ...(pkcs11Binding !== undefined && { pkcs11Binding }) }
}
