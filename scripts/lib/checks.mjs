import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { exitOf, start } from './children.mjs'
import { projectRoot } from './files.mjs'
import { say } from './say.mjs'

const modules = join(projectRoot, 'node_modules')
const sources = ['src-main', 'src-preload', 'src-renderer']

/**
 * Runs a tool of the project with its output shown as it comes.
 * @param {string} name for the progress line
 * @param {readonly string[]} args the tool's script and its arguments
 */
export async function tool(name, args, env = {}) {
  say(`${name} …`)
  const code = await exitOf(start(process.execPath, args, { cwd: projectRoot, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } }))
  say(`${name}: ${code === 0 ? 'passed' : `failed (code ${String(code)})`}`)
  return code === 0
}

/** ESLint with its walls, then dependency-cruiser for circles. Both always run, so that all findings are seen. */
export async function lint(/** @type {readonly string[]} */ more = []) {
  const cache = join(modules, '.cache', 'eslint')
  const style = await tool('Lint (eslint)', [join(modules, 'eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '--cache', '--cache-strategy', 'content', '--cache-location', cache, ...more, '.'])
  const folders = sources.filter((folder) => existsSync(join(projectRoot, folder)))
  const walls = await tool('Lint (dependencies)', [join(modules, 'dependency-cruiser', 'bin', 'dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...folders])
  return style && walls
}

/** TypeScript over the program, then over the scripts. */
export async function typecheck() {
  const compiler = join(modules, 'typescript', 'bin', 'tsc')
  const program = await tool('Type check (program)', [compiler, '--noEmit', '-p', 'tsconfig.json'])
  const scripts = await tool('Type check (scripts)', [compiler, '--noEmit', '-p', 'scripts/tsconfig.json'])
  return program && scripts
}
