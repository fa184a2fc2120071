import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { lastLines, run } from './children.mjs'
import { say, SetupError } from './say.mjs'

/** What Chromium's window needs. Newer releases carry some of them with the suffix t64. */
export const windowPackages = ['xvfb', 'libnss3', 'libatk1.0-0', 'libatk-bridge2.0-0', 'libcups2', 'libgtk-3-0', 'libgbm1', 'libasound2', 'libxss1']
/** What the tests of printed forms read PDF files with. */
export const paperPackages = ['poppler-utils', 'qpdf']
/** What compiling the SQLite binding needs. */
export const compilerPackages = ['python3', 'make', 'g++']
/** What compiling the way to the PC/SC service needs, and a service with virtual readers and a card of another maker for its tests. Optional. */
export const cardPackages = [
  'libpcsclite-dev', 'pcscd', 'vsmartcard-vpcd', 'vsmartcard-vpicc', 'python3-virtualsmartcard', 'python3-pycryptodome', 'libeac3', 'iproute2', 'util-linux', 'openssl',
]

/** What the tests of scanning, codes and text from paper are held against: drivers, decoders and readers of other makers. Optional. */
export const outsiders = ['sane-utils', 'sane-airscan', 'socat', 'zbar-tools', 'tesseract-ocr', 'tesseract-ocr-vie', 'fonts-ocr-b', 'libtiff-tools']

/** Who the tests of signatures ask: tokens in software, verifiers, time stamps, authorities and PDF readers of other makers. Optional. */
export const signatureJudges = [
  'softhsm2', 'opensc', 'poppler-utils', 'qpdf', 'libnss3-tools', 'openssl', 'libengine-pkcs11-openssl', 'mupdf-tools', 'default-jdk-headless', 'libpdfbox2-java', 'libbcpkix-java',
]

/** A spooler of their own for the tests of printing. Optional. */
export const printPackages = ['cups', 'cups-client', 'cups-filters', 'zbar-tools']

/** True on Debian and the systems made from it. */
export async function isDebian() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return false
  return /^(?:ID|ID_LIKE)=.*debian/m.test(await readFile('/etc/os-release', 'utf8').catch(() => ''))
}

export function windowPackagesHint() {
  return `Install the window's system packages. On Debian or Ubuntu: ${installCommand([...windowPackages, ...paperPackages])}. Then run the command again.`
}

/** @param {readonly string[]} packages */
export function installCommand(packages) {
  const sudo = process.getuid?.() === 0 ? '' : 'sudo '
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

/**
 * Which of the packages are not installed.
 * @param {readonly string[]} packages
 */
export async function missingPackages(packages) {
  const ended = await run('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\\n', ...packages.flatMap((name) => [name, `${name}t64`])])
  const installed = new Set(ended.stdout.split('\n').filter((line) => line.endsWith(' installed')).map((line) => line.split(' ')[0]))
  return packages.filter((name) => !installed.has(name) && !installed.has(`${name}t64`))
}

/**
 * Makes sure of system packages: installs them on Debian as root; elsewhere says the one command and goes on.
 * @param {readonly string[]} packages
 * @param {string} what for the progress line, for example "the window"
 */
export async function ensurePackages(packages, what) {
  if (!(await isDebian())) return
  const missing = await missingPackages(packages)
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) {
    say(`System packages for ${what} are missing: ${missing.join(' ')}. If it fails below, run: ${installCommand(missing)}`)
    return
  }
  say(`System packages for ${what}: installing ${missing.join(' ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { env, timeoutMs: 300_000 })
  const names = await Promise.all(missing.map(availableName))
  const ended = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...names], { env, timeoutMs: 900_000 })
  if (ended.code === 0) return
  throw new SetupError(`System packages for ${what} could not be installed:\n${lastLines(ended, 6)}\nRun this yourself, then the command again: ${installCommand(names)}`)
}

/** @param {string} name */
async function availableName(name) {
  const renamed = await run('apt-cache', ['show', `${name}t64`])
  return renamed.code === 0 && renamed.stdout.includes(`Package: ${name}t64`) ? `${name}t64` : name
}
