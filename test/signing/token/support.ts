import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { AppError } from '../../../src-preload/contract/errors'
import { createTokens, forkedDrivers, type TokenService, type TokensDeps } from '../../../src-main/signing/token'

export const root = resolve(import.meta.dirname, '..', '..', '..')
export const BINDING = process.env['MOTCUA_PKCS11_BINDING']

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined

/** Why these tests cannot run here; null when they can. */
export function missing(...programs: readonly string[]): string | null {
  if (BINDING === undefined) return 'the native part could not be compiled'
  const absent = programs.filter((program) => !has(program))
  return absent.length === 0 ? null : `not installed: ${absent.join(', ')}`
}

/** The entry of a driver's process as the build makes it, in a folder that is the caller's to remove. */
export async function builtEntry(folder: string): Promise<string> {
  const file = join(folder, 'token.mjs')
  await build({
    entryPoints: [join(root, 'src-main', 'signing', 'token', 'driver-entry.ts')], outfile: file, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error',
    alias: { '@contract': join(root, 'src-preload', 'contract') },
  })
  return file
}

export const SOFTHSM = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so', '/usr/lib64/softhsm/libsofthsm.so']

/** A folder of software tokens of its own. */
export type SoftTokens = Readonly<{ folder: string; env: NodeJS.ProcessEnv; add(label: string, pin: string): void; remove(): void }>

export function softTokens(): SoftTokens {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-token-'))
  const tokens = join(folder, 'tokens')
  mkdirSync(tokens)
  const config = join(folder, 'softhsm2.conf')
  writeFileSync(config, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n`)
  const env = { ...process.env, SOFTHSM2_CONF: config }
  return {
    folder, env,
    add: (label, pin) => void execFileSync('softhsm2-util', ['--init-token', '--free', '--label', label, '--so-pin', '12345678', '--pin', pin], { env, stdio: 'ignore' }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Tokens behind these drivers only. */
export function tokensWith(entry: string, env: NodeJS.ProcessEnv, libraries: readonly string[], rest: Partial<TokensDeps> = {}): TokenService {
  return createTokens({
    resourcesFolder: join(root, 'resources'), pkcs11Binding: BINDING, start: forkedDrivers(entry, env), setting: () => libraries, simulated: null, now: () => Date.now(),
    machine: { platform: 'aix', env: {} }, ...rest,
  })
}

export const codeOfToken = async (work: Promise<unknown>): Promise<string> =>
  work.then(() => 'nothing was refused', (error: unknown) => (error instanceof AppError ? error.code : String(error)))
