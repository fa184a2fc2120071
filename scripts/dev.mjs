import { join } from 'node:path'
import { startCity } from './lib/city.mjs'
import { exitOf, start } from './lib/children.mjs'
import { display } from './lib/display.mjs'
import { rootSwitches } from './lib/electron.mjs'
import { projectRoot } from './lib/files.mjs'
import { runMain } from './lib/say.mjs'
import { appEnv, setUp } from './lib/setup.mjs'

// Watches and reloads: electron-vite's development server with the Electron that was found, against an embedded city.
await runMain(async () => {
  const { electron } = await setUp()
  const city = await startCity()
  const screen = await display()
  const switches = rootSwitches()
  const child = start(process.execPath, [join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'dev', '--watch', ...process.argv.slice(2)], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: {
      ...process.env, ...screen.env, ...appEnv(electron), ELECTRON_EXEC_PATH: electron.executable, ELECTRON_MAJOR_VER: electron.version.split('.')[0],
      ...(switches.length > 0 ? { NO_SANDBOX: '1' } : {}),
      MOTCUA_PRACTICE: '1', MOTCUA_CITY_URL: city.url, MOTCUA_CITY_ENROLMENT: city.enrolmentCode,
    },
  })
  const code = await exitOf(child)
  await Promise.all([screen.close(), city.close()])
  return code
})
