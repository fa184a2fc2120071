import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'

const dist = join(import.meta.dirname, '..', '..', 'dist')
const executable = findPackaged()

/** The program in electron-builder's `dir` output, if it was made. */
function findPackaged(): string | undefined {
  const folder = existsSync(dist) ? readdirSync(dist).find((name) => name.endsWith('unpacked')) : undefined
  if (folder === undefined) return undefined
  const name = readdirSync(join(dist, folder)).find((file) => file === 'mot-cua' || file === 'mot-cua.exe')
  return name === undefined ? undefined : join(dist, folder, name)
}

test.skip(executable === undefined, 'needs the packaged build: run `npm run package` first')

/** The character of a fuse that is on, in the program's fuse wire. */
const ENABLED = '1'.charCodeAt(0)
const program = executable ?? ''
const switches = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu']

test('every fuse is decided as the design says', async () => {
  const wire = await getCurrentFuseWire(program)
  const states = Object.fromEntries(
    ([
      'RunAsNode', 'EnableCookieEncryption', 'EnableNodeOptionsEnvironmentVariable', 'EnableNodeCliInspectArguments', 'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar', 'LoadBrowserProcessSpecificV8Snapshot', 'GrantFileProtocolExtraPrivileges',
    ] as const).map((name) => [name, Number(wire[FuseV1Options[name]]) === ENABLED]),
  )
  expect(states).toEqual({
    RunAsNode: false, EnableCookieEncryption: true, EnableNodeOptionsEnvironmentVariable: false, EnableNodeCliInspectArguments: false,
    // The check exists on Windows and macOS only.
    EnableEmbeddedAsarIntegrityValidation: process.platform !== 'linux', OnlyLoadAppFromAsar: true, LoadBrowserProcessSpecificV8Snapshot: false, GrantFileProtocolExtraPrivileges: false,
  })
})

test('it cannot be used as Node', async () => {
  const { output } = await runFor(['-e', 'console.log("as" + "-node")'], { ELECTRON_RUN_AS_NODE: '1' }, 4000)
  expect(output).not.toContain('as-node')
})

test('no debugger gets in: not Node’s, not Chromium’s', async () => {
  const port = await freePort()
  const { output, reached } = await runFor([`--remote-debugging-port=${String(port)}`, '--inspect=0'], { NODE_OPTIONS: '--inspect=0' }, 6000, port)
  expect([output.includes('"event":"shell.start"'), /listening on ws:/.test(output), reached]).toEqual([true, false, false])
})

/** Runs the program for a while on an empty data folder; tells what it wrote and whether the port could be reached. */
async function runFor(args: readonly string[], env: Record<string, string>, ms: number, port?: number): Promise<{ output: string; reached: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'packaged-'))
  const child = spawn(program, [...switches, ...args], { env: { ...process.env, ...env, MOTCUA_DATA: join(folder, 'data') } })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise((resolve) => child.on('exit', resolve))
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, ms))])
  const reached = port !== undefined && (await canReach(port))
  child.kill()
  await ended
  rmSync(folder, { recursive: true, force: true })
  return { output, reached }
}

function canReach(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
