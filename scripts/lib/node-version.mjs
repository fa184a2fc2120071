import { SetupError } from './say.mjs'

/**
 * Refuses a Node that is too old (20.19 is the first whose module loader we rely on).
 * @param {string} version for example `20.20.2`
 */
export function assertNodeVersion(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new SetupError(`This is Node.js ${version}; Một Cửa needs 20.19 or newer. Install a newer Node.js (version 24 is a good choice), then run the command again.`)
}
