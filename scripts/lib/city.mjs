import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { bundle } from './bundle.mjs'
import { end, start } from './children.mjs'
import { projectRoot } from './files.mjs'
import { say, SetupError } from './say.mjs'

/** @typedef {{ url: string, enrolmentCode: string, close: () => Promise<void> }} RunningCity */

const READY_MS = 60_000

/** A loopback port that is free now. */
async function freePort() {
  const probe = createServer()
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new SetupError('No free loopback port was found. Close some programs, then run the command again.')
  return address.port
}

/**
 * Starts the embedded reference city on a free loopback port, with its test doors, and waits until it answers.
 * @returns {Promise<RunningCity>}
 */
export async function startCity() {
  say('City: starting the embedded reference city …')
  const program = await bundle('test/city/main.ts')
  const child = start(process.execPath, [program, '--port', String(await freePort()), '--doors'], { cwd: projectRoot, stdio: ['ignore', 'pipe', 2] })
  const { url, enrolmentCode } = await firstLine(child)
  await untilHealthy(url)
  say(`City: listening at ${url}`)
  return { url, enrolmentCode, close: () => end(child) }
}

/**
 * The city's first JSON line: `{"url","enrolmentCode"}`.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ url: string, enrolmentCode: string }>}
 */
function firstLine(child) {
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) => reject(new SetupError(`The embedded city did not start (${why}). Run npm run city to see why.`))
    const timer = setTimeout(() => fail('no answer within a minute'), READY_MS)
    let text = ''
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code, signal) => fail(`it ended with ${String(code ?? signal)}`))
    child.stdout?.setEncoding('utf8').on('data', (part) => {
      text += part
      for (const line of text.split('\n').slice(0, -1)) {
        const found = announced(line)
        if (found === undefined) continue
        clearTimeout(timer)
        resolve(found)
      }
    })
  })
}

/** @param {string} line */
function announced(line) {
  try {
    const { url, enrolmentCode } = JSON.parse(line)
    return typeof url === 'string' && typeof enrolmentCode === 'string' ? { url, enrolmentCode } : undefined
  } catch {
    return undefined
  }
}

/** @param {string} url */
async function untilHealthy(url) {
  const deadline = Date.now() + READY_MS
  while (Date.now() < deadline) {
    try {
      const answer = await fetch(new URL('/v1/health', url), { signal: AbortSignal.timeout(2000) })
      if (answer.ok) return
    } catch {
      // not listening yet
    }
    await sleep(100)
  }
  throw new SetupError(`The embedded city at ${url} does not answer. Run npm run city to see why.`)
}
