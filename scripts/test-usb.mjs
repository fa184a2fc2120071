import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle } from './lib/bundle.mjs'
import { ensurePackages } from './lib/debian.mjs'
import { projectRoot } from './lib/files.mjs'
import { runMain, say, SetupError } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'
import { add, none, oneCheck, summary } from './lib/tally.mjs'

// The USB adapter and the CCID layer on a real kernel: in a guest with an emulated reader, whose card this process plays.

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

/** The program of the guest with the one package that it does not bundle. */
async function appFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-usb-app-'))
  const modules = join(folder, 'node_modules')
  const { build } = await import('esbuild')
  await build({
    entryPoints: [join(projectRoot, 'test', 'usb', 'guest', 'main.ts')], outfile: join(folder, 'main.mjs'), bundle: true, platform: 'node', format: 'esm', target: 'node20',
    external: ['usb'], tsconfig: join(projectRoot, 'tsconfig.json'), logLevel: 'silent', alias: { '@contract': join(projectRoot, 'src-preload', 'contract') },
  })
  await mkdir(join(modules, '@node-usb'), { recursive: true })
  await cp(join(projectRoot, 'node_modules', 'usb'), join(modules, 'usb'), { recursive: true })
  await cp(join(projectRoot, 'node_modules', '@node-usb', 'usb-linux-x64-gnu'), join(modules, '@node-usb', 'usb-linux-x64-gnu'), { recursive: true })
  return folder
}

/**
 * One start of the guest.
 * @param {string} about
 * @param {object} options
 */
async function guest(about, options) {
  const { runUsbVm, card, handlers } = await import(await bundle('test/usb/host.ts'))
  say(about)
  /** @type {{ counts: { passed: number, failed: number } | null }} */
  const told = { counts: null }
  const { code, accel, times, log, complaint } = await runUsbVm({
    ...options, card, handlers, guestDir: join(projectRoot, 'test', 'usb', 'guest'), timeLimit: 240,
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
    counts = add(counts, await guest('A guest whose program may open every device', { appDir }))
    counts = add(counts, await guest('A guest whose program is an ordinary user', { appDir, uid: 1000 }))
  } finally {
    await rm(appDir, { recursive: true, force: true })
  }
  process.stdout.write(`${summary(counts)}\n`)
  return counts.failed > 0 ? 1 : 0
})
