import { spawn } from 'node:child_process'
import { appendFileSync, closeSync, constants, copyFileSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appImage, baseImage } from './image.mjs'
import { kernel } from './kernel.mjs'
import { serveCard } from './vscard-bridge.mjs'

/** Hardware virtualisation that helps: a device alone is not enough, some only emulate. */
function kvmWorks() {
  try {
    closeSync(openSync('/dev/kvm', 'r+'))
    return /\b(vmx|svm)\b/.test(readFileSync('/proc/cpuinfo', 'utf8'))
  } catch {
    return false
  }
}

/** Calls for each whole line of what comes in. */
function lines(heard) {
  let rest = ''
  return (text) => {
    const parts = `${rest}${text}`.split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) if (part.trim() !== '') heard(part)
  }
}

/** The emulator's control socket, to which it connects. */
function createQmp() {
  const pending = new Map()
  let count = 0
  let up
  const ready = new Promise((resolve) => (up = resolve))
  const serve = (socket) => {
    socket.setEncoding('utf8')
    socket.on('error', () => undefined)
    socket.on('data', lines((line) => {
      const message = JSON.parse(line)
      if (message.QMP) socket.write('{"execute":"qmp_capabilities","id":0}\n')
      else if (message.id === 0) up(socket)
      else {
        const waiter = pending.get(message.id)
        pending.delete(message.id)
        if (message.error) waiter?.reject(new Error(`${message.error.class}: ${message.error.desc}`))
        else waiter?.resolve(message.return)
      }
    }))
  }
  const qmp = async (execute, args) => {
    const socket = await ready
    return new Promise((resolve, reject) => {
      pending.set(++count, { resolve, reject })
      socket.write(`${JSON.stringify({ execute, arguments: args, id: count })}\n`)
    })
  }
  return { serve, qmp }
}

/**
 * Runs a Node program in a guest with a real USB stack. Code 124: time limit; 125: the guest never reported one.
 * @param {{ appDir: string, main?: string, guestDir: string, card?: object, handlers?: (context: object) => Record<string, Function>,
 *   env?: Record<string, string>, uid?: number, rules?: Record<string, string>, drivers?: readonly (readonly [name: string, parameters: string])[], timeLimit?: number, onLine?: (line: string) => void, onError?: (text: string) => void }} options
 */
export async function runUsbVm(options) {
  const { appDir, main = 'main.mjs', guestDir, card, handlers = () => ({}), env = {}, uid, rules = {}, drivers = [], timeLimit = 180, onLine = () => undefined, onError = () => undefined } = options
  const started = Date.now()
  const times = {}
  const mark = (name) => (times[name] = (Date.now() - started) / 1000)
  const system = kernel()
  const base = baseImage()
  const folder = mkdtempSync(join(tmpdir(), 'motcua-usb-'))
  const at = (name) => join(folder, name)
  copyFileSync(base.file, at('initrd'), constants.COPYFILE_FICLONE)
  appendFileSync(at('initrd'), appImage({ appDir, main, env, uid, rules, expect: card ? 1 : 0, guestDir, modules: system.modules, drivers }, base))
  mark('image')

  const servers = []
  const drained = []
  const ends = []
  let exitCode
  const listen = (name, serve) => new Promise((resolve, reject) => {
    const server = createServer(serve)
    server.on('error', reject)
    server.listen(at(name), resolve)
    servers.push(server)
  })
  const collect = (heard) => (socket) => {
    socket.setEncoding('utf8')
    drained.push(new Promise((resolve) => socket.on('close', resolve)))
    socket.on('data', heard)
    socket.on('error', () => undefined)
  }
  const { serve, qmp } = createQmp()
  await listen('qmp', serve)
  await listen('out', collect(lines(onLine)))
  await listen('err', collect(onError))
  const bridge = card ? await serveCard({ path: at('card'), card }) : undefined
  const table = handlers({ qmp, bridge, socketPath: at, atEnd: (act) => ends.push(act) })
  await listen('ctl', (socket) => {
    socket.setEncoding('utf8')
    socket.on('error', () => undefined)
    socket.on('data', lines((line) => void control(socket, line)))
  })
  async function control(socket, line) {
    let message
    try {
      message = JSON.parse(line)
    } catch {
      return
    }
    if (message.event === 'start') return void mark('program')
    if (message.event === 'exit') {
      mark('exit')
      exitCode = message.code
      return
    }
    let reply
    try {
      const result = message.qmp ? await qmp(message.qmp, message.args) : await table[message.call](...(message.args ?? []))
      reply = { result: result ?? null }
    } catch (error) {
      reply = { error: error.message }
    }
    if (!socket.destroyed) socket.write(`${JSON.stringify({ ...reply, id: message.id })}\n`)
  }

  const accel = kvmWorks() ? 'kvm' : 'tcg'
  const emulator = spawn('qemu-system-x86_64', argumentsFor({ accel, system, at, card: card !== undefined }), { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  emulator.stderr.on('data', (data) => (complaint += data))
  const kill = () => emulator.kill('SIGKILL')
  process.on('exit', kill)
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    kill()
  }, timeLimit * 1000)
  await new Promise((resolve) => {
    emulator.on('close', resolve)
    emulator.on('error', (error) => {
      complaint += error.message
      resolve()
    })
  })
  clearTimeout(timer)
  process.off('exit', kill)
  await Promise.race([Promise.all(drained), new Promise((resolve) => setTimeout(resolve, 1000))])
  mark('total')
  const log = existsSync(at('console')) ? readFileSync(at('console'), 'latin1') : ''
  bridge?.close()
  for (const server of servers) server.close()
  for (const act of ends) act()
  rmSync(folder, { recursive: true, force: true })
  return { code: timedOut ? 124 : (exitCode ?? 125), accel, times, log, complaint }
}

function argumentsFor({ accel, system, at, card }) {
  const channel = (name) => ['-chardev', `socket,id=${name},path=${at(name)}`]
  const port = (name) => [...channel(name), '-device', `virtserialport,chardev=${name},name=usbvm.${name}`]
  return [
    '-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-M', 'q35,vmport=off', '-accel', accel === 'tcg' ? 'tcg,thread=multi,tb-size=256' : accel,
    '-cpu', accel === 'kvm' ? 'host' : 'max', '-smp', '2', '-m', '1024',
    '-kernel', system.image, '-initrd', at('initrd'),
    '-append', 'console=ttyS0 panic=-1 quiet loglevel=5 mitigations=off nokaslr random.trust_cpu=on audit=0',
    '-chardev', `file,id=con,path=${at('console')}`, '-serial', 'chardev:con',
    '-device', 'virtio-serial-pci', ...channel('ctl'), '-device', 'virtconsole,chardev=ctl', ...port('out'), ...port('err'),
    ...channel('qmp'), '-mon', 'chardev=qmp,mode=control', '-device', 'qemu-xhci,id=xhci,p2=8,p3=8',
    ...(card ? ['-device', 'usb-ccid,id=ccid,bus=xhci.0,port=1', ...channel('card'), '-device', 'ccid-card-passthru,chardev=card,id=card0'] : []),
  ]
}
