import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'

/** A driver whose file is on this machine. */
export type KnownDriver = Readonly<{ id: string; name: string; path: string; found: 'known' | 'setting' }>

const Platform = z.enum(['win32', 'linux', 'darwin'])
const Entry = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/), name: z.string().min(1),
  /** File names to be sought in the folders of the list, or whole paths; the newest first. */
  files: z.partialRecord(Platform, z.array(z.string().min(1))),
  /** Only where this variable is set: a driver for tests. */
  onlyWith: z.string().min(1).optional(),
  /** Whether somebody has seen it work with this program, and where the names are from. */
  confirmed: z.boolean(), source: z.string().min(1),
})
const DriverList = z.object({ folders: z.record(Platform, z.array(z.string().min(1))), drivers: z.array(Entry) })
export type DriverList = z.infer<typeof DriverList>

/** The list that is shipped; a test holds it to its form. */
export const driverList = (resourcesFolder: string): DriverList => DriverList.parse(JSON.parse(readFileSync(join(resourcesFolder, 'signing', 'drivers.json'), 'utf8')))

export type Machine = Readonly<{ platform: NodeJS.Platform; env: Readonly<Record<string, string | undefined>>; exists?: (path: string) => boolean }>

/** `%NAME%` of the environment; null where a name is not set. */
function expanded(path: string, env: Machine['env']): string | null {
  const names = [...path.matchAll(/%([^%]+)%/gu)].map(([, name = '']) => name)
  return names.every((name) => env[name] !== undefined) ? path.replace(/%([^%]+)%/gu, (_, name: string) => env[name] ?? '') : null
}

/**
 * Drivers to be started: those of the setting first, then those of the list whose file is there, one file each. SoftHSM is a token in
 * software and only for tests, so it is left out unless its own variable is set or the setting names it.
 */
export function findDrivers(list: DriverList, setting: readonly string[], { platform, env, exists = existsSync }: Machine): KnownDriver[] {
  const system = Platform.safeParse(platform).data
  const wanted = setting.filter((path) => isAbsolute(path) && exists(path))
  const named = wanted.map((path): KnownDriver => ({ id: `setting-${createHash('sha256').update(path).digest('hex').slice(0, 8)}`, name: nameOf(list, path) ?? path.split(/[/\\]/u).at(-1) ?? path, path, found: 'setting' }))
  const folders = system ? list.folders[system].flatMap((folder) => expanded(folder, env) ?? []) : []
  const known = list.drivers.flatMap((entry): KnownDriver[] => {
    if (entry.onlyWith !== undefined && env[entry.onlyWith] === undefined) return []
    const files = (system && entry.files[system]) ?? []
    const paths = files.flatMap((file) => (isWhole(file) ? (expanded(file, env) ?? []) : folders.map((folder) => `${folder}${system === 'win32' ? '\\' : '/'}${file}`)))
    const path = paths.find((candidate) => exists(candidate))
    return path === undefined ? [] : [{ id: entry.id, name: entry.name, path, found: 'known' }]
  })
  return [...named, ...known.filter(({ path }) => !wanted.includes(path))]
}

const isWhole = (file: string): boolean => /^(?:[/%]|[A-Za-z]:)/u.test(file)

/** The name of a driver of the setting, where the list knows its file. */
function nameOf(list: DriverList, path: string): string | null {
  const file = path.split(/[/\\]/u).at(-1)?.toLowerCase()
  const found = list.drivers.find(({ files }) => Object.values(files).some((names) => names.some((name) => name.split(/[/\\]/u).at(-1)?.toLowerCase() === file)))
  return found?.name ?? null
}
