import { createRequire } from 'node:module'

type Control = Readonly<{ qmp: (command: string, args?: object) => Promise<unknown>; call: (name: string, ...args: unknown[]) => Promise<unknown>; close: () => void }>

/** The world outside the guest. */
export const outside = createRequire(import.meta.url)('/usbvm/ctl.cjs') as Control

export const counts = { passed: 0, failed: 0 }

/** One check by name; prints how it ended and how long it took. What it returns is printed as a remark. */
export async function step(name: string, act: () => Promise<unknown>): Promise<void> {
  const started = performance.now()
  const took = (): string => `${(performance.now() - started).toFixed(0)} ms`
  try {
    const remark = await act()
    counts.passed++
    console.log(`ok    ${name} (${took()})${typeof remark === 'string' ? `: ${remark}` : ''}`)
  } catch (error) {
    counts.failed++
    console.log(`FAIL  ${name} (${took()}): ${error instanceof Error ? error.stack ?? error.message : String(error)}`.replaceAll('\n', ' | '))
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits until something holds. */
export async function until(what: string, holds: () => boolean, ms = 10_000): Promise<number> {
  const started = performance.now()
  while (!holds()) {
    if (performance.now() - started > ms) throw new Error(`not in ${String(ms)} ms: ${what}`)
    await sleep(20)
  }
  return performance.now() - started
}

/** The code that a promise is refused with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'none'
  } catch (error) {
    return String((error as { code?: unknown }).code)
  }
}
