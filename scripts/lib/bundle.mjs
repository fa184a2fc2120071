import { mkdir, readFile, rename } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from './files.mjs'
import { SetupError } from './say.mjs'

/**
 * Bundles a TypeScript program of the project (packages stay outside) so that plain Node runs it.
 * `import.meta.dirname`, `.filename` and `.url` keep meaning the source file's place.
 * @param {string} entry relative to the project, for example `test/city/main.ts`
 * @returns {Promise<string>} the program's file
 */
export async function bundle(entry) {
  const source = join(projectRoot, entry)
  if (!existsSync(source)) throw new SetupError(`${entry} is not there. Run the command in a complete copy of the project.`)
  const { build } = await import('esbuild')
  const name = entry.slice(0, -extname(entry).length).replaceAll(/[\\/]/g, '-')
  const folder = join(projectRoot, 'node_modules', '.cache', 'mot-cua')
  const target = join(folder, `${name}.mjs`)
  const working = join(folder, `${name}.${String(process.pid)}.mjs`)
  await mkdir(folder, { recursive: true })
  try {
    await build({
      entryPoints: [source], outfile: working, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external',
      tsconfig: join(projectRoot, 'tsconfig.json'), sourcemap: 'inline', logLevel: 'silent', plugins: [ownPlace],
      alias: { '@contract': join(projectRoot, 'src-preload', 'contract'), '@resources': join(projectRoot, 'resources') },
    })
  } catch (error) {
    throw new SetupError(`${basename(entry)} could not be bundled: ${error instanceof Error ? error.message : String(error)}\nCorrect the source named above, then run the command again.`)
  }
  await rename(working, target)
  return target
}

/** @type {import('esbuild').Plugin} */
const ownPlace = {
  name: 'own-place',
  setup(builder) {
    builder.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const contents = text
        .replaceAll(/\bimport\.meta\.dirname\b/g, JSON.stringify(dirname(path)))
        .replaceAll(/\bimport\.meta\.filename\b/g, JSON.stringify(path))
        .replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(path).href))
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' }
    })
  },
}
