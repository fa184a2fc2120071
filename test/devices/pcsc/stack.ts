import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { withLock } from '../../../scripts/lib/lock.mjs'

/** Of a card of the stack; the same words as in `eid_card.py`. */
export type CardOptions = Readonly<{ can?: string; no_mf?: boolean; bac_fail_sw?: string; max_le?: number; delay_ms?: number; drop_after?: number }>

export type StackCard = Readonly<{
  load(dir: string, options?: CardOptions): Promise<void>
  in(): Promise<void>
  out(): Promise<void>
  count(): Promise<number>
  /** Ends its process in the middle of whatever it does. */
  kill(): Promise<void>
}>

export type Stack = Readonly<{
  startService(): Promise<void>
  stopService(): Promise<void>
  /** The card program of the first or the second virtual reader. */
  card(slot: 0 | 1): Promise<StackCard>
  close(): Promise<void>
}>

const SOCKET = '/run/pcscd/pcscd.comm'
const NEEDED = [
  '/usr/sbin/pcscd', '/usr/lib/pcsc/drivers/serial/libifdvpcd.so', '/usr/lib/python3/site-packages/virtualsmartcard/virtualsmartcard/VirtualSmartcard.py',
  '/usr/lib/python3/dist-packages/Cryptodome', '/usr/bin/python3', '/usr/bin/unshare', '/usr/bin/nsenter', '/usr/bin/setpriv',
]
const PORTS = [35963, 35964] as const
const LOCK = join(tmpdir(), 'mot-cua-pcsc-stack.lock')

/** What the machine lacks for the stack, in words for the name of a skipped test; null when nothing. */
function lacking(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root'
  const missing = NEEDED.find((path) => !existsSync(path))
  if (missing !== undefined) return `${missing} is not installed`
  return process.env['MOTCUA_PCSC_BINDING'] === undefined ? 'the native part could not be compiled' : null
}

/** A service that somebody else runs is left alone. */
const someServiceRuns = (): Promise<boolean> => new Promise((resolve) => {
  const socket = connect(SOCKET, () => {
    socket.destroy()
    resolve(true)
  })
  socket.on('error', () => resolve(false))
})

/**
 * A real PC/SC service with two virtual readers, and cards of another maker in them, in a network namespace of its own. One at a time
 * on a machine, for the service has one fixed place. Everything that was started ends with `close`, and with this process whatever happens.
 * @returns the stack, or why it cannot be had here
 */
export async function openStack(): Promise<Stack | string> {
  const lack = lacking()
  if (lack !== null) return lack
  const unlock = await locked()
  const refuse = (why: string): string => {
    unlock()
    return why
  }
  if (await someServiceRuns()) return refuse('another PC/SC service runs on this machine')
  const place = spawn('unshare', ['-n', 'setpriv', '--pdeathsig', 'KILL', 'sh', join(import.meta.dirname, 'pcsc-stack.sh')], { stdio: ['pipe', 'pipe', 'ignore'] })
  if ((await firstLine(place)) !== 'ready') {
    await end(place)
    return refuse('no network namespace can be made')
  }
  const inside = (command: string, args: readonly string[]): ChildProcess =>
    spawn('nsenter', [`--net=/proc/${String(place.pid)}/ns/net`, 'setpriv', '--pdeathsig', 'KILL', command, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })

  let service: ChildProcess | null = null
  const cards = new Map<number, Readonly<{ child: ChildProcess; card: StackCard }>>()

  let stopping: Promise<void> = Promise.resolve()
  const stopService = (): Promise<void> => {
    const running = service
    service = null
    if (running) stopping = end(running).then(() => forget(running.pid))
    return stopping
  }
  return {
    startService: async () => {
      await stopping
      service = inside('pcscd', ['--foreground', '--critical'])
      service.stdout?.resume()
      for (const until = Date.now() + 10_000; !(await someServiceRuns()); await sleep(20)) {
        if (Date.now() > until) throw new Error('pcscd did not start')
      }
    },
    stopService,
    card: async (slot) => {
      const there = cards.get(slot)
      if (there && there.child.exitCode === null && there.child.signalCode === null) return there.card
      const made = await startCard(inside('/usr/bin/python3', [join(import.meta.dirname, 'eid_card.py'), String(PORTS[slot])]))
      cards.set(slot, made)
      return made.card
    },
    close: async () => {
      for (const { child } of cards.values()) await end(child)
      await stopService()
      await end(place)
      unlock()
    },
  }
}

/** A service that had to be killed leaves its files, and the next one stumbles over them. */
function forget(pid: number | undefined): void {
  const file = '/run/pcscd/pcscd.pid'
  if (existsSync(file) && Number(readFileSync(file, 'utf8')) === pid) rmSync('/run/pcscd', { recursive: true, force: true })
}

/** Waits for the lock and gives what lets it go. */
function locked(): Promise<() => void> {
  return new Promise((given, failed) => {
    withLock(LOCK, () => new Promise<void>((letGo) => given(letGo))).catch(failed)
  })
}

async function startCard(child: ChildProcess): Promise<Readonly<{ child: ChildProcess; card: StackCard }>> {
  const { stdin, stdout } = child
  if (!stdin || !stdout) throw new Error('no pipes')
  // A killed card program is noticed by its silence.
  stdin.on('error', () => undefined)
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => String((await lines.next()).value)
  if ((await next()) !== 'ready') throw new Error('the card program did not start')
  let last: Promise<unknown> = Promise.resolve()
  const order = (line: string): Promise<string> => {
    const mine = last.then(async () => {
      stdin.write(`${line}\n`)
      const answer = await next()
      if (answer.startsWith('failed') || answer === 'undefined') throw new Error(`card program: ${line} → ${answer}`)
      return answer
    })
    last = mine.catch(() => undefined)
    return mine
  }
  const card: StackCard = {
    load: async (dir, options = {}) => void (await order(`load ${JSON.stringify({ dir, ...options })}`)),
    in: async () => void (await order('in')),
    out: async () => void (await order('out')),
    count: async () => Number(await order('count')),
    kill: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
  return { child, card }
}

const firstLine = (child: ChildProcess): Promise<string | null> => new Promise((resolve) => {
  child.once('error', () => resolve(null))
  child.once('exit', () => resolve(null))
  child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim()))
})

/** Ends a process that was started here, by its own id. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.stdin?.destroy()
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 4000)
  await gone
  clearTimeout(force)
}
