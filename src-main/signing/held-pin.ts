/** How long the PIN of before waits for the one after it: as long as the page that asks for that one stands, with more time given once. Milliseconds. */
export const HELD_MS = 5 * 60_000

/** A PIN between two pages of one change: handed out once, then gone; wiped when its time is over or the change is. */
export type HeldPin = Readonly<{
  hold(pin: string): void
  /** The PIN, once; null when it was taken, dropped or waited too long. */
  take(): string | null
  drop(): void
}>

export function createHeldPin(lastsMs = HELD_MS): HeldPin {
  let held: Buffer | null = null
  let until: NodeJS.Timeout | undefined
  const drop = (): void => {
    clearTimeout(until)
    held?.fill(0)
    held = null
  }
  return {
    hold: (pin) => {
      drop()
      held = Buffer.from(pin, 'utf8')
      until = setTimeout(drop, lastsMs).unref()
    },
    take: () => {
      const pin = held?.toString('utf8') ?? null
      drop()
      return pin
    },
    drop,
  }
}
