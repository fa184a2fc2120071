import { spawn } from 'node:child_process'

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ code: number | null, signal: NodeJS.Signals | null, stdout: string, stderr: string, timedOut: boolean }} Ended */

/** @type {Set<ChildProcess>} */
const alive = new Set()
let guarded = false

/** Ends what is left when this process ends, by the ids it started and nothing else. */
function guard() {
  if (guarded) return
  guarded = true
  process.on('exit', () => {
    for (const child of alive) child.kill('SIGKILL')
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      void endAll().then(() => process.exit(signal === 'SIGINT' ? 130 : 143))
    })
  }
}

/**
 * Starts a child that lives no longer than this process.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {ChildProcess}
 */
export function start(command, args, options = {}) {
  guard()
  const child = spawn(command, args, { windowsHide: true, ...options })
  alive.add(child)
  const forget = () => alive.delete(child)
  child.once('exit', forget)
  child.once('error', forget)
  return child
}

/**
 * Asks a child to end, and makes it after `graceMs`.
 * @param {ChildProcess} child
 */
export async function end(child, graceMs = 4000) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await gone
  clearTimeout(force)
}

/** Ends every child that still runs. */
export async function endAll() {
  await Promise.all([...alive].map((child) => end(child)))
}

/**
 * Runs a command to its end. Never throws for a failing command: look at `code`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, show?: boolean, shell?: boolean, onOutput?: (text: string) => void }} [options]
 *   `show` sends the child's output to this process's stderr instead of collecting it.
 * @returns {Promise<Ended>}
 */
export function run(command, args, options = {}) {
  const { cwd, env, timeoutMs, show = false, shell = false, onOutput } = options
  const child = start(command, args, { cwd, env: env ?? process.env, shell, stdio: show ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'] })
  return new Promise((resolve) => {
    const ended = { code: /** @type {number | null} */ (null), signal: /** @type {NodeJS.Signals | null} */ (null), stdout: '', stderr: '', timedOut: false }
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => {
      ended.timedOut = true
      void end(child)
    }, timeoutMs)
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      ended.stdout += text
      onOutput?.(text)
    })
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      ended.stderr += text
      onOutput?.(text)
    })
    child.once('error', (error) => {
      clearTimeout(timer)
      resolve({ ...ended, stderr: `${ended.stderr}${error.message}` })
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ ...ended, code, signal })
    })
  })
}

/**
 * The last lines of a child's output, for an error message.
 * @param {Ended} ended
 */
export function lastLines(ended, count = 12) {
  return `${ended.stdout}\n${ended.stderr}`.split('\n').filter((line) => line.trim() !== '').slice(-count).join('\n')
}

/**
 * Waits for a child that shares this process's terminal.
 * @param {ChildProcess} child
 * @returns {Promise<number>} its exit code, 1 when it was ended by a signal or did not start
 */
export function exitOf(child) {
  return new Promise((resolve) => {
    child.once('error', () => resolve(1))
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
