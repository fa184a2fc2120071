import { start, end } from './children.mjs'
import { windowPackagesHint } from './debian.mjs'
import { say, SetupError } from './say.mjs'

/** True when a window could be shown here. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)
}

/**
 * The display to draw on: the one there is, or a virtual one of the counter's screen size that ends with `close`.
 * @returns {Promise<{ env: Record<string, string>, close: () => Promise<void> }>}
 */
export async function display() {
  if (hasDisplay()) return { env: {}, close: () => Promise.resolve() }
  const server = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1366x768x24', '-nolisten', 'tcp', '-noreset'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const number = await displayNumber(server)
  if (number === undefined) throw new SetupError(`There is no display, and a virtual one (Xvfb) could not be started. ${windowPackagesHint()}`)
  say(`No display here: a virtual one is used (:${number}, 1366 × 768).`)
  return { env: { DISPLAY: `:${number}` }, close: () => end(server) }
}

/**
 * Xvfb picks a free number itself and writes it to the fourth pipe when it is ready.
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<string | undefined>}
 */
function displayNumber(server) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), 15_000)
    const answer = (/** @type {string | undefined} */ value) => {
      clearTimeout(timer)
      resolve(value)
    }
    server.once('error', () => answer(undefined))
    server.once('exit', () => answer(undefined))
    let text = ''
    server.stdio[3]?.on('data', (/** @type {Buffer} */ part) => {
      text += part.toString()
      if (text.includes('\n')) answer(text.trim())
    })
  })
}
