import { app, type Session, type WebContents } from 'electron'
import { mayHave, mayLoad } from './permissions'
import { isOwnAddress } from './protocol-filter'
import { schemeOf, type ShellLog } from './shell-log'
import { NO_NAMES, QUIET_SWITCHES, REFUSED_WHEN_PACKAGED } from './switches'

/** What a developer's machine may do beyond an installed one. */
export interface Leniency {
  readonly packaged: boolean
  /** Origins of the development server (http and ws); empty otherwise. */
  readonly developmentOrigins: ReadonlySet<string>
}

/** Sets Chromium's switches. Must run before the app is ready. */
export function setSwitches(leniency: Leniency): void {
  for (const [name, value] of QUIET_SWITCHES) app.commandLine.appendSwitch(name, value)
  if (leniency.developmentOrigins.size === 0) app.commandLine.appendSwitch(...NO_NAMES)
  if (!leniency.packaged) return
  for (const name of REFUSED_WHEN_PACKAGED) app.commandLine.removeSwitch(name)
}

/** Refusals that hold for the whole app: certificates, log-ins, devices, and every page that will ever be made. */
export function hardenApp(leniency: Leniency, log: ShellLog): void {
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault()
    callback(false)
  })
  app.on('select-client-certificate', (event) => event.preventDefault())
  app.on('login', (event) => event.preventDefault())
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, leniency, log))
}

/** A page stays where the shell put it, opens nothing and embeds nothing. */
function hardenContents(contents: WebContents, leniency: Leniency, log: ShellLog): void {
  const refuse = (what: string) => (event: { preventDefault(): void; url?: string }) => {
    event.preventDefault()
    log('refused', { what, scheme: schemeOf(event.url ?? '') })
  }
  contents.on('will-navigate', refuse('navigate'))
  contents.on('will-frame-navigate', refuse('frame-navigate'))
  contents.on('will-redirect', refuse('redirect'))
  contents.on('will-attach-webview', refuse('webview'))
  contents.on('select-bluetooth-device', (event, _devices, callback) => {
    event.preventDefault()
    callback('')
  })
  contents.setWindowOpenHandler(({ url }) => {
    log('refused', { what: 'window', scheme: schemeOf(url) })
    return { action: 'deny' }
  })
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  if (leniency.packaged) contents.on('devtools-opened', () => contents.closeDevTools())
}

/**
 * Refusals of a session: permissions, devices, downloads, and every load that is not the app's own.
 * @param isCounter tells the counter's window, which alone may use the camera; none of the session's when left out
 */
export function hardenSession(session: Session, leniency: Leniency, log: ShellLog, isCounter: (contents: WebContents) => boolean = () => false): void {
  refusePermissions(session, leniency, log, isCounter)
  const extra = new Set([...leniency.developmentOrigins, ...(leniency.packaged ? [] : ['devtools:'])])
  session.webRequest.onBeforeRequest((details, callback) => {
    const cancel = !mayLoad(details.url, extra)
    if (cancel) log('refused', { what: 'load', scheme: schemeOf(details.url) })
    callback({ cancel })
  })
  session.on('will-download', (event) => {
    event.preventDefault()
    log('refused', { what: 'download' })
  })
  session.setCertificateVerifyProc((_request, callback) => callback(-2))
  session.setSpellCheckerEnabled(false)
  void session.setProxy({ mode: 'direct' })
}

function refusePermissions(session: Session, leniency: Leniency, log: ShellLog, isCounter: (contents: WebContents) => boolean): void {
  const isOurs = (address: string): boolean => isOwnAddress(address) || leniency.developmentOrigins.has(originOf(address))
  // Handlers are taken off first, so that no earlier grant outlives this one.
  session.setPermissionRequestHandler(null)
  session.setPermissionCheckHandler(null)
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const granted = mayHave(permission, { address: details.requestingUrl, isMainFrame: details.isMainFrame, isCounter: isCounter(contents), media }, isOurs)
    log('permission', { permission, granted })
    callback(granted)
  })
  session.setPermissionCheckHandler((contents, permission, origin, details) => {
    const media = details.mediaType === undefined ? [] : [details.mediaType]
    return mayHave(permission, { address: details.requestingUrl ?? origin, isMainFrame: details.isMainFrame, isCounter: contents !== null && isCounter(contents), media }, isOurs)
  })
  session.setDevicePermissionHandler(() => false)
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }))
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}))
  session.setUSBProtectedClassesHandler((details) => details.protectedClasses)
  session.on('select-hid-device', (event, _details, callback) => {
    event.preventDefault()
    callback(null)
  })
  session.on('select-serial-port', (event, _ports, _contents, callback) => {
    event.preventDefault()
    callback('')
  })
  session.on('select-usb-device', (event, _details, callback) => {
    event.preventDefault()
    callback()
  })
}

function originOf(address: string): string {
  try {
    const url = new URL(address)
    return `${url.protocol}//${url.host}`
  } catch {
    return ''
  }
}
