import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { projectRoot } from './places'

export type Launch = Readonly<{
  /** The folder of the app. */
  app: string
  env: Readonly<Record<string, string>>
  /** What the page shows when it is usable. */
  selector: string
  /** Another copy of the binary; the one of MOTCUA_ELECTRON when left out. */
  executable?: string
}>

export type Opened = Readonly<{
  pid: number
  /** From the start of the process to the picture with the selected element, in milliseconds. */
  startMs: number
  /** Presses a key on the page and waits for an element. */
  step(step: { key?: string; modifiers?: readonly ('alt' | 'control')[]; until?: string }): Promise<void>
  close(): Promise<void>
}>

const Fact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('usable'), at: z.number() }), z.object({ kind: z.literal('stepped'), at: z.number() }), z.object({ kind: z.literal('failed') }),
])
type Fact = z.infer<typeof Fact>

const TIMEOUT_MS = 60_000

/** The facts that the probe tells, one after the other; whatever else is written to standard error is kept for when something fails. */
function factsOf(child: ChildProcess): () => Promise<Fact> {
  const facts: Fact[] = []
  const said: string[] = []
  let wake = (): void => undefined
  let over = false
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.startsWith('PROBE ')) facts.push(Fact.parse(JSON.parse(line.slice(6))))
      else said.push(line)
      wake()
    })
  }
  child.once('exit', () => {
    over = true
    wake()
  })
  return async () => {
    const end = Date.now() + TIMEOUT_MS
    for (;;) {
      const fact = facts.shift()
      if (fact) return fact
      if (over || Date.now() > end) throw new Error(`the window ${over ? 'ended' : 'did not get that far'}:\n${said.slice(-20).join('\n')}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}

function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _node, ELECTRON_RENDERER_URL: _server, NODE_OPTIONS: _options, ...inherited } = process.env
  return { ...inherited, ...extra }
}

/** The Electron binary that the set-up found. */
export function electronExecutable(): string {
  const executable = process.env['MOTCUA_ELECTRON']
  if (executable === undefined) throw new Error('MOTCUA_ELECTRON does not name the Electron binary: start with npm run bench')
  return executable
}

/** Starts Electron as a user would, with the probe in its main process. */
export async function openElectron({ app, env, selector, executable = electronExecutable() }: Launch): Promise<Opened> {
  const root = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = ['-r', join(projectRoot, 'bench/window/probe.cjs'), ...root, '--disable-gpu', app]
  const begun = performance.timeOrigin + performance.now()
  const child = spawn(executable, args, { env: environment({ ...env, MOTCUA_PROBE: selector }), stdio: ['pipe', 'ignore', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const next = factsOf(child)
  const close = async (): Promise<void> => {
    child.kill('SIGTERM')
    const force = setTimeout(() => child.kill('SIGKILL'), 15_000)
    await ended
    clearTimeout(force)
  }
  try {
    const fact = await next()
    if (fact.kind !== 'usable') throw new Error('the page never became usable')
    return {
      pid: child.pid ?? 0, startMs: fact.at - begun, close,
      step: async (step) => {
        child.stdin?.write(`${JSON.stringify(step)}\n`)
        if ((await next()).kind !== 'stepped') throw new Error('a step on the page failed')
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The empty window. */
export const emptyWindow = (profile: string): Launch => ({ app: join(projectRoot, 'bench/window/empty'), env: { MOTCUA_EMPTY_PROFILE: profile }, selector: 'body' })

/** The app on a data folder; practice mode works on `<folder>-practice`. */
export const theApp = (dataFolder: string, practice: boolean): Launch => ({
  app: projectRoot, env: { MOTCUA_DATA: dataFolder, MOTCUA_PRACTICE: practice ? '1' : '0', MOTCUA_WINDOW: '1366x768' }, selector: 'input[type=password]:enabled',
})
