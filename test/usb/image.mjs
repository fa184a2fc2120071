import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { createCpio } from './cpio.mjs'
import { cache, debTree, moduleOrder } from './kernel.mjs'

const MODULES = ['virtio_pci', 'virtio_console', 'xhci_pci']
/** Rules that name devices and give them their groups, as an ordinary system has them. */
const RULES = ['50-udev-default.rules', '60-serial.rules']
const APPLETS = ['sh', 'mount', 'mkdir', 'insmod', 'cat', 'ls', 'sleep', 'stty', 'dmesg', 'echo', 'ip', 'poweroff', 'chmod', 'grep']
const GROUPS = { root: 0, tty: 5, disk: 6, lp: 7, kmem: 15, dialout: 20, cdrom: 24, tape: 26, audio: 29, video: 44, plugdev: 46, input: 105, kvm: 106, render: 107, sgx: 108, user: 1000 }

/** The first process of the guest: mounts, drivers, udevd, then the program, whose exit code it reports. */
const INIT = `#!/bin/sh
export PATH=/usr/bin:/usr/sbin HOME=/root TERM=dumb
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev
mkdir -p /dev/shm /dev/pts; mount -t tmpfs -o mode=1777 tmp /dev/shm; mount -t devpts pts /dev/pts
mount -t tmpfs run /run; mount -t tmpfs -o mode=1777 tmp /tmp
ip link set lo up
. /usbvm/drivers.sh
# Plugging is heard from udev's netlink group only.
udevd=/usr/lib/systemd/systemd-udevd
$udevd --daemon; udevadm trigger --action=add --subsystem-match=usb --subsystem-match=virtio-ports; udevadm settle --timeout=20
. /usbvm/conf
i=0; while [ $i -lt 100 ] && [ $(ls /sys/bus/usb/devices | grep -cE '^[0-9]+-[0-9.]+$') -lt $expect ]; do sleep 0.05; i=$((i+1)); done
udevadm settle --timeout=20
out=/dev/null err=/dev/null
for p in /sys/class/virtio-ports/*; do
  [ -f $p/name ] && case "$(cat $p/name)" in usbvm.out) out=/dev/\${p##*/};; usbvm.err) err=/dev/\${p##*/};; esac
done
exec 9<>/dev/hvc0; stty raw -echo <&9; chmod 666 /dev/hvc0
echo '{"event":"start"}' >&9
. /usbvm/run.sh >$out 2>$err </dev/null
echo "{\\"event\\":\\"exit\\",\\"code\\":$?}" >&9
sleep 0.05
poweroff -f
`

/** Shared libraries of a program: [path in the guest, path here]. */
export function librariesOf(file) {
  let text = ''
  try {
    text = execFileSync('ldd', [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return []
  }
  return [...text.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path]) => [posix.join(realpathSync(dirname(path)), basename(path)), realpathSync(path)])
}

/** Node, busybox and udev: made once, kept until one of them is another. */
export function baseImage() {
  const node = realpathSync(process.execPath)
  const udevadm = existsSync('/usr/bin/udevadm') ? '/usr/bin/udevadm' : join(debTree('udev'), 'bin/udevadm')
  const rules = [join(dirname(udevadm), '../lib/udev/rules.d'), '/usr/lib/udev/rules.d'].find((dir) => existsSync(join(dir, RULES[0])))
  const { size, mtimeMs } = statSync(node)
  const key = createHash('sha256').update(JSON.stringify([node, size, mtimeMs, udevadm, RULES, APPLETS, INIT, baseImage.toString()])).digest('hex').slice(0, 12)
  const file = join(cache, `base-${key}.cpio`)
  const libraries = new Map([...librariesOf(node), ...librariesOf(udevadm)])
  if (existsSync(file)) return { file, libraries }

  const archive = createCpio()
  for (const dir of ['bin', 'sbin', 'lib', 'lib64']) archive.link(dir, `usr/${dir}`)
  for (const dir of ['proc', 'sys', 'dev', 'run', 'tmp', 'root', 'usr/sbin', 'usr/lib64', 'etc/udev/rules.d']) archive.dir(dir)
  archive.node('dev/console', 0o600, 5, 1)
  archive.node('dev/null', 0o666, 1, 3)
  archive.copy('usr/bin/busybox', realpathSync('/bin/busybox'))
  for (const applet of APPLETS) archive.link(`usr/bin/${applet}`, 'busybox')
  archive.copy('usr/bin/node', node)
  archive.copy('usr/bin/udevadm', udevadm)
  archive.link('usr/lib/systemd/systemd-udevd', '/usr/bin/udevadm')
  if (rules) for (const name of RULES) archive.copy(`usr/lib/udev/rules.d/${name}`, join(rules, name))
  for (const [to, from] of libraries) archive.copy(to, from)
  archive.file('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000::/tmp:/bin/sh\n')
  archive.file('etc/group', Object.entries(GROUPS).map(([name, id]) => `${name}:x:${String(id)}:${name === 'plugdev' ? 'user' : ''}\n`).join(''))
  archive.file('init', INIT, 0o755)
  mkdirSync(cache, { recursive: true })
  const part = `${file}.${String(process.pid)}`
  writeFileSync(part, archive.end())
  renameSync(part, file)
  for (const name of readdirSync(cache)) if (/^base-.*\.cpio$/.test(name) && join(cache, name) !== file) rmSync(join(cache, name), { force: true })
  return { file, libraries }
}

const quoted = (text) => `'${String(text).replaceAll("'", "'\\''")}'`

/** What comes on top for one run: its drivers (by name, with parameters), the program, its native parts' libraries, and how it starts. */
export function appImage({ appDir, main, env, uid, rules, expect, guestDir, modules, drivers }, { libraries }) {
  const archive = createCpio()
  const settings = new Map(drivers)
  const load = []
  for (const [name, data] of moduleOrder(modules, [...MODULES, ...settings.keys()])) {
    archive.file(`usbvm/ko/${name}.ko`, data)
    load.push(`insmod /usbvm/ko/${name}.ko ${settings.get(name) ?? ''} || echo "insmod ${name} failed"`)
  }
  archive.file('usbvm/drivers.sh', `${load.join('\n')}\n`)
  archive.tree('app', appDir)
  const walk = (dir) => readdirSync(dir, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? walk(join(dir, entry.name)) : [join(dir, entry.name)]))
  for (const native of walk(appDir).filter((path) => path.endsWith('.node'))) {
    for (const [to, from] of librariesOf(native)) if (!libraries.has(to)) archive.copy(to, from)
  }
  archive.copy('usbvm/ctl.cjs', join(guestDir, 'ctl.cjs'))
  for (const [name, text] of Object.entries(rules)) archive.file(`etc/udev/rules.d/${name}`, text)
  archive.file('usbvm/conf', `expect=${String(expect)}\n`)
  if (uid) archive.file('usbvm/uid.cjs', `process.initgroups('user', 1000); process.setgid(${String(uid)}); process.setuid(${String(uid)})\n`)
  const start = ['node', ...(uid ? ['-r', '/usbvm/uid.cjs'] : []), `/app/${main}`].map(quoted).join(' ')
  archive.file('usbvm/run.sh', [...Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}`), 'cd /app', start, ''].join('\n'))
  return archive.end()
}
