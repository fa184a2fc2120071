import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { MIGRATIONS, nativeBinding } from '../storage/support'
import { RESOURCES } from './support'

const ROOT = resolve(import.meta.dirname, '../..')

/** Bundles a program for plain Node, the way the core itself is bundled. Remove it with `dropProgram`. */
export async function bundleProgram(entry: string): Promise<string> {
  const folder = join(ROOT, 'node_modules/.cache', `test-core-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  const outfile = join(folder, 'program.mjs')
  await build({
    entryPoints: [join(ROOT, entry)], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', tsconfig: join(ROOT, 'tsconfig.json'),
    alias: { '@contract': join(ROOT, 'src-preload/contract') }, define: { 'import.meta.dirname': JSON.stringify(join(ROOT, 'test/core')) }, logLevel: 'error',
  })
  return outfile
}

export const dropProgram = (file: string): void => rmSync(resolve(file, '..'), { recursive: true, force: true })

export interface Ran { readonly code: number | null; readonly out: string; readonly err: string }

export const environment = (changed: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'] ?? '', TZ: 'UTC', MOTCUA_RESOURCES: RESOURCES, MOTCUA_MIGRATIONS: MIGRATIONS, ...(nativeBinding !== undefined && { MOTCUA_SQLITE_BINDING: nativeBinding }), ...changed,
})

/** Runs a program to its end. */
export function run(file: string, parameters: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child: ChildProcess = spawn(process.execPath, [file, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'], env: environment(env) })
  let [out, err] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (part: string) => { out += part })
  child.stderr?.setEncoding('utf8').on('data', (part: string) => { err += part })
  return new Promise((done) => child.once('close', (code) => done({ code, out, err })))
}
