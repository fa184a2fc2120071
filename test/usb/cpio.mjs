import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'

const MODE = { dir: 0o040000, file: 0o100000, link: 0o120777, device: 0o020000 }

/** An archive in the form that the kernel unpacks at its start (cpio, "newc"), written without root. */
export function createCpio() {
  const out = []
  const seen = new Set()
  let inode = 1

  function put(path, mode, data, device = [0, 0]) {
    const name = path.replace(/^\/+/, '')
    if (seen.has(name)) return
    seen.add(name)
    const parent = posix.dirname(name)
    if (parent !== '.') dir(parent)
    const numbers = [inode++, mode, 0, 0, 1, 0, data.length, 0, 0, ...device, Buffer.byteLength(name) + 1, 0]
    const head = Buffer.from(`070701${numbers.map((n) => (n >>> 0).toString(16).padStart(8, '0')).join('')}${name}\0`)
    out.push(head, padding(head.length), data, padding(data.length))
  }
  const padding = (length, to = 4) => Buffer.alloc((to - (length % to)) % to)
  const dir = (name, mode = 0o755) => put(name, MODE.dir | mode, Buffer.alloc(0))
  const file = (name, data, mode = 0o644) => put(name, MODE.file | mode, Buffer.from(data))
  const link = (name, target) => put(name, MODE.link, Buffer.from(target))
  const node = (name, mode, major, minor) => put(name, MODE.device | mode, Buffer.alloc(0), [major, minor])
  const copy = (name, from) => file(name, readFileSync(from), statSync(from).mode & 0o777)

  function tree(name, from) {
    dir(name)
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      const [inside, outside] = [`${name}/${entry.name}`, join(from, entry.name)]
      if (entry.isSymbolicLink()) link(inside, readlinkSync(outside))
      else if (entry.isDirectory()) tree(inside, outside)
      else if (entry.isFile()) copy(inside, outside)
    }
  }

  function end() {
    put('TRAILER!!!', 0, Buffer.alloc(0))
    const whole = Buffer.concat(out)
    return Buffer.concat([whole, padding(whole.length, 512)])
  }
  return { dir, file, link, node, copy, tree, end }
}
