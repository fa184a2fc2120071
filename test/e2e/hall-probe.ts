import { renameSync, writeFileSync } from 'node:fs'
import type { ElectronApplication, Page } from '@playwright/test'

/** Monitors side by side on the one screen there is, by name, place and width; the first is the primary one. */
export function plug(file: string, monitors: readonly (readonly [id: string, x: number, width: number])[]): void {
  const told = monitors.map(([id, x, width], at) => ({ id, x, y: 0, width, height: 768, primary: at === 0 }))
  writeFileSync(`${file}.new`, JSON.stringify(told))
  renameSync(`${file}.new`, file)
}

/** Where each window is and whether it is seen, by the path of its page. */
export const windowsOf = (app: ElectronApplication): Promise<Record<string, { x: number; width: number; visible: boolean; onTop: boolean }>> =>
  app.evaluate(({ BrowserWindow }) => Object.fromEntries(BrowserWindow.getAllWindows().map((window) => {
    const { x, width } = window.getBounds()
    return [window.webContents.getURL().replace(/^app:\/\/motcua|\?.*$/g, ''), { x, width, visible: window.isVisible(), onTop: window.isAlwaysOnTop() }]
  })))

export interface Answered {
  readonly status: number
  readonly body: unknown
}

/**
 * Takes hold of the port to the core that a page uses, when it next says something on it; a page with a new port is followed to it.
 * Beside what the page itself calls, anything can then be called as a page gone bad would.
 */
export async function holdPort(page: Page): Promise<void> {
  await page.evaluate(() => {
    const say = MessagePort.prototype.postMessage as (this: MessagePort, message: unknown, ports?: Transferable[]) => void
    const answers = new Map<string, (answer: { status: number; body: unknown }) => void>()
    const text = (data: unknown): string => (typeof data === 'string' ? data : new TextDecoder().decode((data as Uint8Array<ArrayBuffer>).subarray(0, (data as Uint8Array).indexOf(0xff))))
    let held: MessagePort | null = null
    const hold = (port: MessagePort): void => {
      if (held === port) return
      held = port
      port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const { i, p } = JSON.parse(text(data)) as { i: string; p: { s?: number; b?: { json?: unknown } } }
        answers.get(i)?.({ status: p.s ?? 200, body: p.b?.json })
        answers.delete(i)
      })
    }
    const heard = function (this: MessagePort, message: unknown, ports?: Transferable[]): void {
      if (typeof message === 'string' && message.startsWith('{"i":')) hold(this)
      say.call(this, message, ports ?? [])
    }
    Object.assign(MessagePort.prototype, { postMessage: heard })
    let last = 0
    Object.assign(window, {
      probe: (path: string, input: unknown) => new Promise((resolve, reject) => {
        if (held === null) return reject(new Error('no port yet'))
        const i = `probe-${String((last += 1))}`
        answers.set(i, resolve)
        say.call(held, JSON.stringify({ i, p: { u: path, b: { json: input } } }))
        setTimeout(() => reject(new Error(`no answer to ${path}`)), 10_000)
      }),
      held: () => held !== null,
    })
    // A page of the hall may have said all it has to say: it is given another port.
    window.addEventListener('message', ({ data, ports: [port] }: MessageEvent<{ kind?: string }>) => {
      if (data?.kind === 'motcua:port' && port) hold(port)
    })
    window.motcuaHall?.connect()
  })
  await page.waitForFunction(() => (Reflect.get(window, 'held') as () => boolean)(), undefined, { timeout: 20_000 })
}

/** Calls the core on the page's own port. */
export const probe = (page: Page, path: string, input?: unknown): Promise<Answered> =>
  page.evaluate(([to, with_]) => (Reflect.get(window, 'probe') as (path: string, input: unknown) => Promise<Answered>)(to, with_), [path, input] as const)
