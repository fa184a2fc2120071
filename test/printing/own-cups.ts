import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** Where distributions keep the parts of CUPS. */
const SERVER_BIN = '/usr/lib/cups'
const PDF_PPD = '/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd'
const found = (name: string): string | undefined => ['/usr/sbin', '/usr/bin', '/sbin', '/bin'].map((folder) => join(folder, name)).find((file) => existsSync(file))

/** Why there can be no spooler of one's own here; null where there can. */
export function noCups(): string | null {
  const missing = ['cupsd', 'lp', 'lpstat', 'lpadmin', 'cancel'].filter((name) => found(name) === undefined)
  if (missing.length > 0) return `no ${missing.join(', ')} here (packages cups, cups-client)`
  return existsSync(PDF_PPD) ? null : 'no PDF printer description here (package cups-filters)'
}

/**
 * The back end of our queues: keeps what a printer would get, and plays its moods. A file `paper-out` in the folder: out of paper
 * until it is gone; `dead`: the cable was pulled out, the job is given up.
 */
const BACK_END = `#!/bin/sh
[ $# -eq 0 ] && { echo 'file keep "Unknown" "Keeps what it gets"'; exit 0; }
folder=\${DEVICE_URI#keep:}
[ -e "$folder/dead" ] && { echo 'ERROR: gone' >&2; exit 1; }
if [ -e "$folder/paper-out" ]; then
  echo 'STATE: +media-empty-error' >&2
  while [ -e "$folder/paper-out" ]; do sleep 0.1; done
  echo 'STATE: -media-empty-error' >&2
fi
cat \${6:+"$6"} > "$folder/.part" && mv "$folder/.part" "$folder/$1.out"
`

export type OwnCups = Readonly<{
  /** For the environment of CUPS' commands. */
  server: string
  /** Adds a queue and gives the folder in which its printer keeps what it got. */
  queue(name: string, kind: 'pdf' | 'raw'): string
  run(command: string, ...args: string[]): string
  stop(): Promise<void>
}>

function configuration(root: string, bin: string): void {
  const { username, uid } = userInfo()
  // As root CUPS insists on somebody else for its back ends.
  const [user, group, system] = uid === 0 ? ['lp', 'lp', 'root'] : [username, execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim(), 'nogroup']
  writeFileSync(join(root, 'etc/cupsd.conf'), [
    `Listen ${root}/cups.sock`, 'LogLevel warn', 'Browsing No', 'DefaultAuthType None', 'WebInterface No', 'PreserveJobHistory Yes', 'PreserveJobFiles No', 'ErrorPolicy abort-job',
    '<Location />', 'Order allow,deny', 'Allow all', '</Location>', '<Policy default>', '<Limit All>', 'Order deny,allow', '</Limit>', '</Policy>', '',
  ].join('\n'))
  writeFileSync(join(root, 'etc/cups-files.conf'), [
    `ServerRoot ${root}/etc`, `ServerBin ${bin}`, `RequestRoot ${root}/spool`, `TempDir ${root}/spool/tmp`, `CacheDir ${root}/cache`, `StateDir ${root}/state`,
    `AccessLog ${root}/log/access`, `ErrorLog ${root}/log/error`, `PageLog ${root}/log/page`, 'FileDevice Yes', `User ${user}`, `Group ${group}`, `SystemGroup ${system}`, '',
  ].join('\n'))
}

/** A spooler with settings, spool and socket of its own in a temporary folder, as whoever runs the tests. */
export async function startCups(): Promise<OwnCups> {
  const root = mkdtempSync(join(tmpdir(), 'motcua-cups-'))
  const bin = join(root, 'bin')
  for (const folder of ['etc/ppd', 'spool/tmp', 'cache', 'state', 'log', 'printers', 'bin/backend']) mkdirSync(join(root, folder), { recursive: true })
  // Its back ends run as somebody else when root runs the tests.
  for (const folder of ['', 'spool', 'spool/tmp', 'cache', 'state', 'log', 'printers']) chmodSync(join(root, folder), 0o777)
  for (const part of readdirSync(SERVER_BIN).filter((name) => name !== 'backend')) symlinkSync(join(SERVER_BIN, part), join(bin, part))
  writeFileSync(join(bin, 'backend/keep'), BACK_END, { mode: 0o755 })
  configuration(root, bin)
  const server = join(root, 'cups.sock')
  const env = { ...process.env, CUPS_SERVER: server, LC_ALL: 'C' }
  const daemon = spawn(found('cupsd') ?? 'cupsd', ['-f', '-c', join(root, 'etc/cupsd.conf'), '-s', join(root, 'etc/cups-files.conf')], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => { daemon.on('exit', () => resolve()) })
  const run = (command: string, ...args: string[]): string => execFileSync(found(command) ?? command, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const stop = async (): Promise<void> => {
    daemon.kill()
    await ended
    rmSync(root, { recursive: true, force: true })
  }
  for (let tries = 0; !isUp(run); tries += 1) {
    if (tries > 100 || daemon.exitCode !== null) {
      const said = existsSync(join(root, 'log/error')) ? readFileSync(join(root, 'log/error'), 'utf8') : ''
      await stop()
      throw new Error(`the spooler did not start: ${said.slice(-400)}`)
    }
    await new Promise((resolve) => { setTimeout(resolve, 100) })
  }
  return {
    server, run, stop,
    queue: (name, kind) => {
      const folder = join(root, 'printers', name)
      mkdirSync(folder)
      chmodSync(folder, 0o777)
      run('lpadmin', '-p', name, '-E', '-v', `keep:${folder}`, ...(kind === 'pdf' ? ['-P', PDF_PPD] : []), '-o', 'printer-error-policy=abort-job')
      return folder
    },
  }
}

function isUp(run: OwnCups['run']): boolean {
  try {
    return run('lpstat', '-r').includes('is running')
  } catch {
    return false
  }
}
