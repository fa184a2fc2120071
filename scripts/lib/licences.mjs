import { createRequire } from 'node:module'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot, readJson } from './files.mjs'

/** Used at build time, but their bytes are in the program: the typeface of the forms and the list of weak secrets. */
const BUNDLED = ['@expo-google-fonts/tinos', '@zxcvbn-ts/core']

/** @typedef {{ name: string, version: string, license?: unknown, dependencies?: Record<string, string> }} Manifest */

/** @param {string} folder @returns {Promise<Manifest>} */
const manifestOf = async (folder) => /** @type {Manifest} */ (await readJson(join(folder, 'package.json')))

/** @param {string} name @param {string} from a folder */
function folderOf(name, from) {
  for (const paths of createRequire(join(from, 'package.json')).resolve.paths(name) ?? []) {
    const folder = join(paths, name)
    if (existsSync(join(folder, 'package.json'))) return folder
  }
  return undefined
}

/** @param {string} folder */
async function wordsOf(folder) {
  const files = readdirSync(folder).filter((name) => /^(?:licen[cs]e|copying|notice|ofl)/iu.test(name)).sort()
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')))
  return texts.map((text) => text.trim()).filter((text) => text !== '')
}

/**
 * The licences of everything that is inside the program, as one text: name, version, licence, then its own words.
 * Electron's and Chromium's are in the files that Electron brings itself.
 * @returns {Promise<string>}
 */
export async function thirdPartyLicences() {
  const own = await manifestOf(projectRoot)
  /** @type {Map<string, string>} */
  const found = new Map()
  const open = [...Object.keys(own.dependencies ?? {}), ...BUNDLED].map((name) => ({ name, from: projectRoot }))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const folder = folderOf(next.name, next.from)
    if (folder === undefined || found.has(folder)) continue
    const manifest = await manifestOf(folder)
    const licence = typeof manifest.license === 'string' ? manifest.license : 'see below'
    found.set(folder, [`${manifest.name} ${manifest.version} – ${licence}`, ...(await wordsOf(folder))].join('\n\n'))
    for (const name of Object.keys(manifest.dependencies ?? {})) open.push({ name, from: folder })
  }
  return `${[...found.values()].sort().join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}
