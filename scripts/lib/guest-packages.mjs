import { existsSync } from 'node:fs'
import { cp, readFile, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { projectRoot } from './files.mjs'

const RUNS = new Set(['.js', '.cjs', '.mjs', '.json'])

/** @param {string} from @param {string} name */
function folderOf(from, name) {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name)
    if (existsSync(join(folder, 'package.json'))) return folder
    if (at === projectRoot || at === dirname(at)) return null
  }
}

/**
 * Copies packages with all that they need, as far as it runs in the guest.
 * @param {readonly string[]} names
 * @param {string} modules the folder `node_modules` there
 */
export async function copyPackages(names, modules) {
  /** @type {Set<string>} */
  const done = new Set()
  /** @param {string} from @param {string} name */
  const take = async (from, name) => {
    const folder = folderOf(from, name)
    if (folder === null || done.has(folder)) return
    done.add(folder)
    // A package inside another goes along with it.
    const inside = folder.slice(join(projectRoot, 'node_modules').length + 1)
    if (!inside.includes('node_modules')) await cp(folder, join(modules, inside), { recursive: true, filter: runs })
    /** @type {{ dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} */
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    for (const other of Object.keys({ ...dependencies, ...optionalDependencies })) await take(folder, other)
  }
  for (const name of names) await take(projectRoot, name)
}

/** Native parts are taken for Linux on x86-64 with glibc. @param {string} path */
async function runs(path) {
  if ((await stat(path)).isDirectory()) return true
  const inside = path.slice(path.lastIndexOf('node_modules'))
  return extname(path) === '.node' ? inside.includes('linux-x64') && !inside.includes('musl') : RUNS.has(extname(path))
}
