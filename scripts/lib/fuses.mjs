import { SetupError } from './say.mjs'

/**
 * The fuses in the order of the wire, each decided; `undefined` leaves Electron's default on purpose.
 * Integrity of the archive is checked by Electron on Windows and macOS only.
 * @param {string} platform
 * @returns {readonly { name: string, on: boolean | undefined }[]}
 */
export function decidedFuses(platform) {
  return [
    { name: 'RunAsNode', on: false },
    { name: 'EnableCookieEncryption', on: true },
    { name: 'EnableNodeOptionsEnvironmentVariable', on: false },
    { name: 'EnableNodeCliInspectArguments', on: false },
    { name: 'EnableEmbeddedAsarIntegrityValidation', on: platform === 'win32' || platform === 'darwin' },
    { name: 'OnlyLoadAppFromAsar', on: true },
    { name: 'LoadBrowserProcessSpecificV8Snapshot', on: false },
    { name: 'GrantFileProtocolExtraPrivileges', on: false },
    { name: 'WasmTrapHandlers', on: undefined },
  ]
}

const OFF = 0x30
const ON = 0x31
const REMOVED = 0x72

/**
 * Sets the fuses of a packed executable and reads them back.
 * @param {string} executable
 * @param {string} platform
 * @returns {Promise<string[]>} one line a fuse, as read back
 */
export async function burnFuses(executable, platform) {
  const { flipFuses, FuseVersion } = await import('@electron/fuses')
  const decided = decidedFuses(platform)
  const before = await wireOf(executable)
  if (before.length > decided.length) {
    throw new SetupError(`This Electron has ${String(before.length)} fuses, but only ${String(decided.length)} are decided. Decide the new ones in scripts/lib/fuses.mjs, then run the command again.`)
  }
  const known = decided.slice(0, before.length).map(({ on }, index) => [index, on]).filter(([, on]) => on !== undefined)
  await flipFuses(executable, { version: FuseVersion.V1, ...Object.fromEntries(known), resetAdHocDarwinSignature: platform === 'darwin' })
  const after = await wireOf(executable)
  return after.map((state, index) => readBack(state, decided[index]))
}

/**
 * The states of all fuses in an executable, as bytes.
 * @param {string} executable
 * @returns {Promise<number[]>}
 */
export async function wireOf(executable) {
  const { getCurrentFuseWire } = await import('@electron/fuses')
  const { version: _version, ...states } = await getCurrentFuseWire(executable)
  return Object.values(states).map(Number)
}

/**
 * @param {number} state
 * @param {{ name: string, on: boolean | undefined } | undefined} fuse
 */
function readBack(state, fuse) {
  if (fuse === undefined) throw new SetupError('A fuse was read back that nobody decided. Decide it in scripts/lib/fuses.mjs.')
  const word = state === ON ? 'on' : state === OFF ? 'off' : state === REMOVED ? 'removed' : 'unknown'
  if (fuse.on !== undefined && state !== REMOVED && state !== (fuse.on ? ON : OFF)) {
    throw new SetupError(`Fuse ${fuse.name} reads back as ${word}, not as decided. Delete dist/ and run the command again.`)
  }
  return `${fuse.name}: ${word}${fuse.on === undefined ? ' (left as Electron sets it)' : ''}`
}
