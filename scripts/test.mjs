import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from './lib/build.mjs'
import { lint, tool, typecheck } from './lib/checks.mjs'
import { ensurePackages, outsiders, printPackages, signatureJudges } from './lib/debian.mjs'
import { display } from './lib/display.mjs'
import { projectRoot, readJson } from './lib/files.mjs'
import { runMain, say } from './lib/say.mjs'
import { appEnv, bindingEnv, setUp } from './lib/setup.mjs'
import { add, none, oneCheck, playwrightCounts, summary, vitestCounts } from './lib/tally.mjs'

const reports = join(projectRoot, 'node_modules', '.cache', 'test-reports')
const modules = join(projectRoot, 'node_modules')

async function unitTests() {
  const report = join(reports, 'vitest.json')
  const ok = await tool('Unit, property and integration tests', [
    join(modules, 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`,
  ], bindingEnv(process.versions))
  return vitestCounts(await readJson(report), ok)
}

/** @param {import('./lib/setup.mjs').FoundElectron} electron */
async function windowTests(electron) {
  const report = join(reports, 'playwright.json')
  const screen = await display()
  const ok = await tool(`Window tests in Electron ${electron.version}`, [join(modules, '@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'], {
    ...appEnv(electron), ...screen.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  })
  await screen.close()
  return playwrightCounts(await readJson(report), ok)
}

/** @param {import('./lib/setup.mjs').FoundElectron} electron */
async function buildAndWindowTests(electron) {
  try {
    await build()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    say('Without a build the window tests cannot run; they count as failed.')
    return oneCheck(false)
  }
  // The packed program is attacked, too. Elsewhere packing may want signing identities, and those tests skip by name.
  const packed = process.platform === 'linux' ? oneCheck(await tool('Packing the program', [join(projectRoot, 'scripts', 'package.mjs')])) : none
  return add(packed, await windowTests(electron))
}

/**
 * @param {readonly string[]} packages
 * @param {string} what
 */
async function ensureOthers(packages, what) {
  await ensurePackages(packages, what).catch((error) => say(`${error instanceof Error ? error.message : String(error)}\nThe tests that compare with them are skipped by name.`))
}

await runMain(async () => {
  let counts = none
  try {
    const { electron } = await setUp()
    await ensureOthers(outsiders, 'programs of others that the tests compare with')
    await ensureOthers(printPackages, 'a spooler for the tests of printing')
    await ensureOthers(signatureJudges, 'programs of others that judge signatures')
    await rm(reports, { recursive: true, force: true })
    await mkdir(reports, { recursive: true })
    counts = add(counts, oneCheck(await lint()))
    counts = add(counts, oneCheck(await typecheck()))
    counts = add(counts, await unitTests())
    counts = add(counts, await buildAndWindowTests(electron))
    say(`Tested on Node.js ${process.versions.node} and Electron ${electron.version} (${electron.source}, Node.js ${electron.node} inside).`)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    counts = add(counts, oneCheck(false))
  }
  process.stdout.write(`${summary(counts)}\n`)
  return counts.failed > 0 ? 1 : 0
})
