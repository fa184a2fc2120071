import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { run } from './children.mjs'
import { projectRoot } from './files.mjs'
import { SetupError } from './say.mjs'

/** npm's own entry file: the npm that runs us, else the one beside Node, else the first in PATH. */
export function npmEntry() {
  const beside = dirname(realpathSync(process.execPath))
  const inPath = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = [
    process.env.npm_execpath ?? '',
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...inPath.flatMap((folder) => [join(folder, 'npm'), join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js')]),
  ]
  for (const candidate of candidates) {
    if (!existsSync(candidate)) continue
    const real = realpathSync(candidate)
    if (real.endsWith('npm-cli.js')) return real
  }
  throw new SetupError('npm was not found. Install Node.js 20.19 or newer together with npm, then run the command again.')
}

/**
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function npm(args, options = {}) {
  return run(process.execPath, [npmEntry(), ...args], { cwd: projectRoot, ...options })
}

/** node-gyp comes inside npm; the project's own copy is the second choice. */
export function nodeGypEntry() {
  for (const from of [npmEntry(), join(projectRoot, 'package.json')]) {
    try {
      return createRequire(from).resolve('node-gyp/bin/node-gyp.js')
    } catch {
      // the next place
    }
  }
  throw new SetupError('node-gyp, which npm carries, was not found. Install npm 10 or newer (npm install -g npm), then run the command again.')
}
