import { relative } from 'node:path'

/** An expected failure. Its message is whole sentences: what happened and what to do next. */
export class SetupError extends Error {}

const started = Date.now()

/**
 * One progress line. Goes to stderr, so that results on stdout stay clean for other programs.
 * @param {string} text
 */
export function say(text) {
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6)
  process.stderr.write(`${seconds} s  ${text}\n`)
}

/**
 * A path as a person at the project root would write it.
 * @param {string} path
 */
export function shown(path) {
  const near = relative(process.cwd(), path)
  return near !== '' && !near.startsWith('..') ? near : path
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${String(Math.round(bytes / 1e6))} MB`
}

/**
 * Runs a script's main function: ends the process with its exit code, and with 1 and a sentence when it fails.
 * @param {() => Promise<number | undefined | void>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    process.exitCode = 1
    if (error instanceof SetupError) process.stderr.write(`\n✗ ${error.message}\n`)
    else {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
      process.stderr.write(`\n${detail}\n✗ This is a fault of the scripts. Run the command again; if it fails the same way, report the lines above.\n`)
    }
  }
}
