import { app } from 'electron'
import { declareScheme } from './app-protocol'
import { hardenApp, setSwitches, type Leniency } from './hardening'
import { mark } from './marks'
import { coreEnvironment, driverEnvironment, Environment, placesOf } from './places'
import { run } from './run'
import { logToStderr as log } from './shell-log'

/** Starts the shell: everything that must be decided before Chromium is ready, then the rest. */
function start(): void {
  mark('main-script')
  log('start', { electron: process.versions.electron, chrome: process.versions.chrome, app: app.getVersion(), packaged: app.isPackaged })
  const environment = Environment.safeParse(process.env)
  if (!environment.success) {
    log('environment-refused', { names: environment.error.issues.map((issue) => issue.path.join('.')).join(' ') })
    return app.exit(2)
  }
  const places = placesOf({ main: import.meta.dirname, appData: app.getPath('appData'), resources: process.resourcesPath, packaged: app.isPackaged }, environment.data.MOTCUA_DATA)
  const leniency: Leniency = { packaged: app.isPackaged, developmentOrigins: developmentOrigins(environment.data) }
  app.setPath('userData', places.profile)
  app.setPath('sessionData', places.profile)
  if (!app.requestSingleInstanceLock()) {
    log('second-instance')
    return app.exit(0)
  }
  setSwitches(leniency)
  declareScheme()
  // As root on Linux Chromium has no sandbox to enable; the launcher then passes this switch (build machines).
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  hardenApp(leniency, log)
  void app.whenReady().then(() => {
    mark('app-ready')
    run({ places, leniency, environment: environment.data, coreEnvironment: coreEnvironment(process.env, app.isPackaged), driverEnvironment: driverEnvironment(process.env, app.isPackaged), practice: practiceAsked(environment.data), log })
  })
}

function practiceAsked(environment: Environment): boolean {
  return environment.MOTCUA_PRACTICE === '1' || app.commandLine.hasSwitch('practice')
}

/** The development server of the pages, over http and over its web socket; none when installed. */
function developmentOrigins({ ELECTRON_RENDERER_URL: server }: Environment): ReadonlySet<string> {
  if (server === undefined || app.isPackaged) return new Set()
  const { host } = new URL(server)
  return new Set([`http://${host}`, `ws://${host}`])
}

// Electron's crash reporter is never started: dumps hold memory, and memory holds citizens' data.
start()
