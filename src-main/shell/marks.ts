import { performance } from 'node:perf_hooks'

/** Steps of the start, in order. Kept in the product, so that a slow counter can tell where its time goes. */
export type Mark = 'main-script' | 'app-ready' | 'core-forked' | 'window-created' | 'page-loaded' | 'window-shown' | 'core-ready'

/** Notes that a step was reached (the first time counts). */
export function mark(name: Mark): void {
  if (performance.getEntriesByName(`motcua:${name}`).length === 0) performance.mark(`motcua:${name}`)
}

/** Milliseconds from the start of the process to each step reached so far. */
export function marks(): Record<string, number> {
  const own = performance.getEntriesByType('mark').filter((entry) => entry.name.startsWith('motcua:'))
  return Object.fromEntries(own.map((entry) => [entry.name.slice('motcua:'.length), Math.round(entry.startTime)]))
}
