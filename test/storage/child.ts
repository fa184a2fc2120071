import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { onTestFinished } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Bundles a program of `children/` for plain Node, the way the core itself is bundled. */
export async function bundleChild(name: string): Promise<string> {
  const outfile = join(root, 'node_modules/.cache/test-children', `${name}-${process.pid}.mjs`)
  await build({
    entryPoints: [join(import.meta.dirname, 'children', `${name}.ts`)],
    outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', external: ['better-sqlite3'],
    tsconfig: join(root, 'tsconfig.json'), logLevel: 'error',
  })
  onTestFinished(() => rmSync(outfile, { force: true }))
  return outfile
}

export function startChild(file: string, parameters: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [file, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Lines as the child prints them, until it ends. */
export async function* linesOf(child: ChildProcess): AsyncGenerator<string> {
  if (child.stdout) yield* createInterface({ input: child.stdout })
}

export const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((done) => child.once('exit', () => done()))
