import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the kernel is kept between runs: some 580 MB. */
export const cache = process.env.MOTCUA_USBVM_CACHE ?? join(homedir(), '.cache', 'mot-cua', 'usbvm')

/** Unpacks a Debian package without installing it. */
export function debTree(name) {
  const dir = join(cache, 'deb', name)
  if (existsSync(join(dir, '.done'))) return dir
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  execFileSync('apt-get', ['download', '-q', name], { cwd: dir, stdio: ['ignore', 2, 2] })
  const deb = readdirSync(dir).find((file) => file.endsWith('.deb'))
  if (!deb) throw new Error(`The package ${name} could not be downloaded.`)
  execFileSync('dpkg', ['-x', deb, '.'], { cwd: dir, stdio: ['ignore', 2, 2] })
  rmSync(join(dir, deb))
  writeFileSync(join(dir, '.done'), '')
  return dir
}

/** An installed kernel with USB host drivers, or one unpacked before. */
function find() {
  const unpacked = join(cache, 'deb')
  const roots = ['/', ...(existsSync(unpacked) ? readdirSync(unpacked).map((name) => join(unpacked, name)) : [])]
  for (const root of roots) {
    const boot = join(root, 'boot')
    const image = existsSync(boot) && readdirSync(boot).filter((name) => /^vmlinuz-.*-amd64$/.test(name) && !name.includes('cloud')).sort().pop()
    if (!image) continue
    const version = image.slice('vmlinuz-'.length)
    const modules = join(root, 'lib/modules', version)
    if (existsSync(join(modules, 'kernel/drivers/usb/host'))) return { version, packed: join(boot, image), modules }
  }
  return null
}

/** Debian's own kernel; the one for clouds has no USB at all. Downloaded and unpacked, never installed. */
export function kernel() {
  let found = find()
  if (!found) {
    const name = /Depends: (linux-image-\S+-amd64)/.exec(execFileSync('apt-cache', ['depends', 'linux-image-amd64'], { encoding: 'utf8' }))?.[1]
    if (!name) throw new Error('The package list names no kernel. Run "apt-get update" and try again.')
    debTree(name)
    found = find()
  }
  if (!found) throw new Error('The kernel package holds no kernel.')
  return { ...found, image: unpackedImage(found) }
}

const PACKERS = new Map([[0xfd, 'xz'], [0x28, 'zstd'], [0x1f, 'gzip']])

/** The kernel as an ELF file, which starts 3 s sooner under emulation than the packed one. */
function unpackedImage({ version, packed }) {
  const image = join(cache, `vmlinux-${version}`)
  if (existsSync(image)) return image
  const bytes = readFileSync(packed)
  const at = (bytes[0x1f1] + 1) * 512 + bytes.readUInt32LE(0x248)
  const payload = bytes.subarray(at, at + bytes.readUInt32LE(0x24c) - 4)
  const packer = PACKERS.get(payload[0])
  if (!packer) return packed
  mkdirSync(cache, { recursive: true })
  const part = `${image}.${String(process.pid)}`
  writeFileSync(part, execFileSync(packer, ['-dc'], { input: payload, maxBuffer: 2 ** 30 }))
  renameSync(part, image)
  return image
}

/** Modules with all that they need, in the order in which they load; what is built in is left out. */
export function moduleOrder(root, wanted) {
  const files = new Map()
  const walk = (dir) => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (entry.name.endsWith('.ko')) files.set(entry.name.slice(0, -3).replaceAll('-', '_'), path)
    }
  }
  walk(join(root, 'kernel'))
  const order = new Map()
  const need = (name) => {
    if (order.has(name) || !files.has(name)) return
    const bytes = readFileSync(files.get(name))
    const at = bytes.indexOf('\0depends=')
    const depends = at < 0 ? '' : bytes.toString('latin1', at + 9, bytes.indexOf(0, at + 9))
    for (const other of depends.split(',').filter(Boolean)) need(other.replaceAll('-', '_'))
    order.set(name, bytes)
  }
  wanted.forEach(need)
  return order
}
