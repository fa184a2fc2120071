import { spawn, type ChildProcess } from 'node:child_process'

export type ChildOrder = Readonly<{
  program: string
  args: readonly string[]
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** A whole line of stdout. */
  onLine?: (line: string) => void
  /** A piece of stderr between line feeds or carriage returns (scanimage's progress). */
  onNote?: (note: string) => void
  signal: AbortSignal
  /** Milliseconds between the polite stop and the hard one. */
  grace?: number
}>
export type ChildEnd = Readonly<{
  code: number | null
  died: NodeJS.Signals | null
  /** The program is not there, or may not be run. */
  missing: boolean
}>

/** A line longer than this is no line of ours; it is cut there. */
const LONGEST = 64 * 1024
const GRACE = 3000
/** Pipes that a grandchild holds open are not waited for longer than this after the exit. */
const AFTER_EXIT = 300

/** Cuts a stream into pieces, memory bounded. */
export function cutter(breaks: RegExp, deliver: (piece: string) => void) {
  let rest = ''
  return {
    feed: (text: string) => {
      const pieces = (rest + text).split(breaks)
      rest = (pieces.pop() ?? '').slice(-LONGEST)
      for (const piece of pieces) if (piece !== '') deliver(piece.slice(0, LONGEST))
    },
    flush: () => {
      if (rest !== '') deliver(rest)
      rest = ''
    },
  }
}

/** Runs a program without a shell. Never rejects; a stop by `signal` is SIGINT, then SIGKILL after the grace. */
export function runChild({ program, args, cwd, env, onLine, onNote, signal, grace = GRACE }: ChildOrder): Promise<ChildEnd> {
  const missing: ChildEnd = { code: null, died: null, missing: true }
  if (signal.aborted) return Promise.resolve({ code: null, died: 'SIGINT', missing: false })
  return new Promise((resolve) => {
    let child: ChildProcess
    try {
      child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, shell: false, ...(cwd ? { cwd } : {}), env: { ...process.env, ...env } })
    } catch {
      resolve(missing)
      return
    }
    const lines = cutter(/\r?\n/, (line) => onLine?.(line))
    const notes = cutter(/[\r\n]+/, (note) => onNote?.(note))
    child.stdout?.setEncoding('utf8').on('data', (text: string) => lines.feed(text)).on('error', () => undefined)
    child.stderr?.setEncoding('utf8').on('data', (text: string) => notes.feed(text)).on('error', () => undefined)

    let hard: NodeJS.Timeout | undefined
    let late: NodeJS.Timeout | undefined
    const stop = () => {
      child.kill('SIGINT')
      hard = setTimeout(() => child.kill('SIGKILL'), grace)
    }
    signal.addEventListener('abort', stop, { once: true })
    const finish = (end: ChildEnd) => {
      clearTimeout(hard)
      clearTimeout(late)
      signal.removeEventListener('abort', stop)
      lines.flush()
      notes.flush()
      resolve(end)
    }
    child.on('error', () => {
      if (child.pid === undefined) finish(missing)
    })
    child.on('exit', (code, died) => {
      late = setTimeout(() => {
        child.stdout?.destroy()
        child.stderr?.destroy()
        finish({ code, died, missing: false })
      }, AFTER_EXIT)
    })
    child.on('close', (code, died) => finish({ code, died, missing: false }))
  })
}
