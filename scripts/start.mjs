import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from './lib/build.mjs'
import { bundle } from './lib/bundle.mjs'
import { endAll, exitOf, start } from './lib/children.mjs'
import { startCity } from './lib/city.mjs'
import { display, hasDisplay } from './lib/display.mjs'
import { rootSwitches } from './lib/electron.mjs'
import { projectRoot } from './lib/files.mjs'
import { runMain, say, SetupError, shown } from './lib/say.mjs'
import { appEnv, setUp } from './lib/setup.mjs'

const given = process.argv.slice(2)
const tourAsked = given.includes('--tour')

/**
 * Opens the app in practice mode on the sample ward and waits until it is closed.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} executable
 */
async function open(env, executable) {
  const switches = rootSwitches()
  if (switches.length > 0) say('Running as root: Chromium cannot use its sandbox here (--no-sandbox). Use an ordinary account for anything but a trial.')
  say('Opening the window. Close it to end the city as well.')
  return exitOf(start(executable, [...switches, projectRoot, ...given], { cwd: projectRoot, stdio: 'inherit', env }))
}

/**
 * Drives the main job through the real window and leaves pictures, the receipt and the city's view.
 * @param {NodeJS.ProcessEnv} env
 */
async function tour(env) {
  const folder = join(projectRoot, 'tour')
  await mkdir(folder, { recursive: true })
  const program = await bundle('test/e2e/tour.ts')
  say('Tour: driving the main job through the real window …')
  const screen = await display()
  const child = start(process.execPath, [program], { cwd: projectRoot, stdio: 'inherit', env: { ...env, ...screen.env, MOTCUA_TOUR_DIR: folder } })
  const code = await exitOf(child)
  await screen.close()
  if (code !== 0) throw new SetupError(`The tour did not get to its end (code ${String(code)}); what it left is in ${shown(folder)}. Look at the lines above, or run npm test for the step that fails.`)
  const files = (await readdir(folder)).sort()
  if (files.length === 0) throw new SetupError('The tour ended without leaving a picture. Run npm test for the step that fails.')
  say(`Tour: done. It left ${String(files.length)} files:`)
  for (const file of files) process.stdout.write(`${join(folder, file)}\n`)
}

await runMain(async () => {
  const { electron } = await setUp()
  await build()
  const city = await startCity()
  const env = {
    ...process.env, ...appEnv(electron),
    MOTCUA_PRACTICE: '1', MOTCUA_CITY_URL: city.url, MOTCUA_CITY_ENROLMENT: city.enrolmentCode,
  }
  try {
    if (!tourAsked && hasDisplay()) return await open(env, electron.executable)
    await tour(env)
    return 0
  } finally {
    await endAll()
  }
})
