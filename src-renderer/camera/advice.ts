import { hasPage, LIGHT, SHARP, type Sight } from './sight'

/** What keeps a page from being taken well, the gravest first. */
export type Lack = 'black' | 'dark' | 'no-corners' | 'blurred'

/** Brightness of a picture without a page that is no picture (a cap on the lens), and of one in which nothing could be found. A dark desk has 45. */
const BLACK = 12
const NIGHT = 30

/** What is lacking in one look; null when the page can be taken. */
export function lackOf(sight: Sight): Lack | null {
  if (!hasPage(sight)) return sight.light < BLACK ? 'black' : sight.light < NIGHT ? 'dark' : 'no-corners'
  if (sight.light < LIGHT) return 'dark'
  return sight.sharpness < SHARP ? 'blurred' : null
}

/** Milliseconds for which something is lacking before it is said. A desk without a paper is nothing to be warned of at once. */
const SAID_AFTER: Readonly<Record<Lack, number>> = { black: 3000, dark: 500, 'no-corners': 2500, blurred: 500 }

export type Advice = Readonly<{ lack: Lack | null; since: number; said: Lack | null }>
export const NO_ADVICE: Advice = { lack: null, since: 0, said: null }

/** One look more. Words change only once what they say has lasted, so that they can be read. */
export function advise(before: Advice, sight: Sight): Advice {
  const lack = lackOf(sight)
  const since = lack === before.lack ? before.since : sight.at
  // What is well again is said at once.
  if (lack === null) return { lack, since, said: null }
  return { lack, since, said: sight.at - since >= SAID_AFTER[lack] ? lack : before.said }
}

/** No new picture for this long, in milliseconds: the camera stands still. */
export const FROZEN_AFTER = 3000
export const isFrozen = (lastFrameAt: number, now: number): boolean => now - lastFrameAt > FROZEN_AFTER
