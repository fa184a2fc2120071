import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle } from './lib/bundle.mjs'
import { ensurePackages } from './lib/debian.mjs'
import { projectRoot } from './lib/files.mjs'
import { copyPackages } from './lib/guest-packages.mjs'
import { runMain, say, SetupError } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'
import { add, none, oneCheck, summary } from './lib/tally.mjs'

// What talks to readers, on a real kernel: the USB adapter and the CCID layer in a guest with an emulated card reader, whose card this
// process plays; the barcode readers in a guest whose own kernel plays them.

/** Tool and the Debian package that brings it. @type {readonly (readonly [string, string])[]} */
const NEEDED = [
  ['/usr/bin/qemu-system-x86_64', 'qemu-system-x86'],
  ['/bin/busybox', 'busybox-static'],
  ['/usr/bin/xz', 'xz-utils'],
  ['/usr/bin/udevadm', 'udev'],
]

function checkTools() {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new SetupError('This test needs Linux on x86-64: the guest runs the machine\'s own Node.js. Run it on such a machine.')
  const missing = NEEDED.filter(([path]) => !existsSync(path)).map(([, name]) => name)
  if (missing.length > 0) throw new SetupError(`The USB test needs: ${missing.join(', ')}.\nInstall them with "apt-get install --no-install-recommends ${missing.join(' ')}" and run the command again.`)
}

/** The packages that the guest's programs do not bundle, as the app does not. */
const PACKAGES = ['usb', 'node-hid', 'serialport']

/** The drivers by which the guest's kernel is both ends of four barcode readers. @type {readonly (readonly [string, string])[]} */
const BARCODE_DRIVERS = [['usbhid', ''], ['hid_generic', ''], ['cdc_acm', ''], ['dummy_hcd', 'num=4'], ['libcomposite', ''], ['usb_f_hid', ''], ['usb_f_acm', '']]

/** The programs of the guest with their packages. */
async function appFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-usb-app-'))
  const { build } = await import('esbuild')
  await build({
    entryPoints: ['main', 'barcode'].map((name) => join(projectRoot, 'test', 'usb', 'guest', `${name}.ts`)), outdir: folder, outExtension: { '.js': '.mjs' },
    bundle: true, platform: 'node', format: 'esm', target: 'node20', external: PACKAGES,
    tsconfig: join(projectRoot, 'tsconfig.json'), logLevel: 'silent', alias: { '@contract': join(projectRoot, 'src-preload', 'contract') },
  })
  await copyPackages(PACKAGES, join(folder, 'node_modules'))
  return folder
}

/**
 * One start of the guest.
 * @param {string} host the bundled program of this side
 * @param {string} about
 * @param {{ cardReader: boolean } & Record<string, unknown>} wishes
 */
async function guest(host, about, { cardReader, ...options }) {
  const { runUsbVm, card, handlers } = await import(host)
  say(about)
  /** @type {{ counts: { passed: number, failed: number } | null }} */
  const told = { counts: null }
  const { code, accel, times, log, complaint } = await runUsbVm({
    ...(cardReader ? { card } : {}), ...options, handlers, guestDir: join(projectRoot, 'test', 'usb', 'guest'), timeLimit: 240,
    onLine: (/** @type {string} */ line) => {
      if (line.startsWith('COUNTS ')) told.counts = JSON.parse(line.slice('COUNTS '.length))
      else say(line)
    },
    onError: (/** @type {string} */ text) => process.stderr.write(text),
  })
  const { counts } = told
  say(`The guest (${accel}) ended with code ${String(code)}: image ${String(times.image)} s, program from ${String(times.program)} s to ${String(times.exit)} s, off at ${String(times.total)} s.`)
  if (complaint) process.stderr.write(complaint)
  if (code > 1 || counts === null) process.stderr.write(`${log.slice(-4000)}\n`)
  // A guest that did not end by itself hung on something left open.
  const checked = counts ? { ...none, passed: counts.passed, failed: counts.failed } : none
  return add(checked, oneCheck(counts !== null && code === (checked.failed > 0 ? 1 : 0)))
}

await runMain(async () => {
  await setUp()
  await ensurePackages(NEEDED.map(([, name]) => name), 'the guest')
  checkTools()
  const appDir = await appFolder()
  let counts = none
  try {
    const host = await bundle('test/usb/host.ts')
    counts = add(counts, await guest(host, 'A guest whose program may open every device', { appDir, cardReader: true }))
    // Together, as the first is over by the time the second has started.
    const [user, barcode] = await Promise.all([
      guest(host, 'A guest whose program is an ordinary user', { appDir, cardReader: true, uid: 1000 }),
      guest(host, 'A guest with barcode readers', { appDir, cardReader: false, main: 'barcode.mjs', drivers: BARCODE_DRIVERS }),
    ])
    counts = add(add(counts, user), barcode)
  } finally {
    await rm(appDir, { recursive: true, force: true })
  }
  process.stdout.write(`${summary(counts)}\n`)
  return counts.failed > 0 ? 1 : 0
})
