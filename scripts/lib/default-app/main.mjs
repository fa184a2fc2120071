// Stands in for Electron's own default app in the fallback binary: `electron [switches] [-r file] <folder or file> [arguments]`.
// An ES module with top-level await, because Electron holds back `ready` until it is through, as it does for a packaged app.
import * as electron from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The two setters are Electron's own, kept for its default app. */
const app = /** @type {electron.App & { setVersion: (version: string) => void, setAppPath: (path: string) => void }} */ (electron.app)

/** @param {readonly string[]} given arguments after the executable */
function parse(given) {
  const required = []
  for (let index = 0; index < given.length; index += 1) {
    const argument = given[index] ?? ''
    if (argument === '-r' || argument === '--require') required.push(given[(index += 1)] ?? '')
    else if (!argument.startsWith('-')) return { required, target: argument }
  }
  return { required, target: undefined }
}

/**
 * The file to run, after taking name and version over from the app's package.json.
 * @param {string} path
 */
function prepare(path) {
  const manifest = join(path, 'package.json')
  if (!existsSync(manifest)) {
    app.setAppPath(dirname(path))
    return path
  }
  const about = JSON.parse(readFileSync(manifest, 'utf8'))
  if (about.version) app.setVersion(about.version)
  if (about.productName ?? about.name) app.setName(about.productName ?? about.name)
  app.setAppPath(path)
  return join(path, about.main ?? 'index.js')
}

const { required, target } = parse(process.argv.slice(1))
const load = createRequire(join(process.cwd(), 'any.js'))
for (const file of required) load(resolve(file))

if (process.argv.includes('--version') || process.argv.includes('-v')) {
  process.stdout.write(`v${process.versions.electron}\n`)
  process.exit(0)
}
if (target === undefined) {
  process.stderr.write('Say which app to run: electron <folder>\n')
  process.exit(1)
}
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
try {
  await import(pathToFileURL(prepare(resolve(target))).href)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}
