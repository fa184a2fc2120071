/** A sleep that can be cut short. A wake before the sleep counts for the next one. */
export type Nap = Readonly<{ sleep(ms: number): Promise<void>; wake(): void }>

const LONGEST_TIMER_MS = 2 ** 31 - 1

export function createNap(): Nap {
  let woken = false
  let end: (() => void) | undefined
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        if (woken) {
          woken = false
          resolve()
          return
        }
        const timer = setTimeout(() => end?.(), Math.min(Math.max(0, ms), LONGEST_TIMER_MS))
        end = () => {
          clearTimeout(timer)
          end = undefined
          woken = false
          resolve()
        }
      }),
    wake: () => {
      if (end) end()
      else woken = true
    },
  }
}
