/** Chromium's own traffic and reporting, off. [switch, value] */
export const QUIET_SWITCHES: readonly (readonly [string, string])[] = [
  ['disable-background-networking', ''],
  ['disable-breakpad', ''],
  ['disable-client-side-phishing-detection', ''],
  ['disable-component-update', ''],
  ['disable-default-apps', ''],
  ['disable-domain-reliability', ''],
  ['disable-sync', ''],
  ['metrics-recording-only', ''],
  ['no-first-run', ''],
  ['no-pings', ''],
  ['no-proxy-server', ''],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['disable-features', 'AutofillServerCommunication,CertificateTransparencyComponentUpdater,DialMediaRouteProvider,MediaRouter,OptimizationHints,Translate,WebBluetooth'],
]

/** No name is ever looked up for a page: the window has nothing to fetch. The core's own connections are not Chromium's. */
export const NO_NAMES: readonly [string, string] = ['host-resolver-rules', 'MAP * ~NOTFOUND']

/** Switches that would open an installed app to a debugger, take its walls down or play it a camera; removed before Chromium reads them. */
export const REFUSED_WHEN_PACKAGED: readonly string[] = [
  'allow-file-access-from-files', 'allow-running-insecure-content', 'auto-open-devtools-for-tabs', 'disable-site-isolation-trials', 'disable-web-security',
  'gpu-launcher', 'host-rules', 'ignore-certificate-errors', 'inspect', 'inspect-brk', 'js-flags', 'load-extension', 'log-net-log', 'ppapi-plugin-launcher', 'proxy-pac-url',
  'proxy-server', 'remote-allow-origins', 'remote-debugging-address', 'remote-debugging-pipe', 'remote-debugging-port', 'renderer-cmd-prefix', 'ssl-key-log-file',
  'unsafely-treat-insecure-origin-as-secure', 'use-fake-device-for-media-stream', 'use-fake-ui-for-media-stream', 'use-file-for-fake-video-capture', 'user-data-dir',
  'utility-cmd-prefix',
]
