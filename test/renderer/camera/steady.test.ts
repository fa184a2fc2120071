import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sight } from '../../../src-renderer/camera/sight'
import { heldFor, look, LOOKING, STEADY, type Steady, taken } from '../../../src-renderer/camera/steady'
import { bare, pageAt, PER_CENT, sight } from './sample'

/** Looks one after the other; at which times a page was taken. */
function watched(sights: readonly Sight[], from: Steady = LOOKING): { at: number[]; state: Steady } {
  const at: number[] = []
  let state = from
  for (const one of sights) {
    const next = look(state, one)
    state = next.state
    if (next.take) at.push(one.at)
  }
  return { at, state }
}
/** Looks every 100 ms. */
const during = (from: number, to: number, make: (at: number) => Sight): Sight[] => Array.from({ length: Math.round((to - from) / 100) }, (_, i) => make(from + i * 100))
const still = (from: number, to: number, right = 0): Sight[] => during(from, to, (at) => sight(at, { corners: pageAt(right) }))

describe('a paper that lies still', () => {
  it('is taken after 700 ms, once', () => {
    expect(watched(still(0, 5000)).at).toEqual([700])
  })

  it('may tremble', () => {
    expect(watched(during(0, 2000, (at) => sight(at, { corners: pageAt((at / 100) % 2 === 0 ? 0 : PER_CENT * 1.1) }))).at).toEqual([700])
  })

  it('is not taken while it is being moved', () => {
    expect(watched(during(0, 3000, (at) => sight(at, { corners: pageAt((at / 100) * PER_CENT * 0.5) }))).at).toEqual([])
  })

  it.each<[string, Partial<Sight>]>([
    ['its outline is not sure', { sure: 0.4 }],
    ['no page is seen', { corners: null, sure: 0 }],
    ['it is too dark', { light: 90 }],
    ['it is blurred', { sharpness: 0.3 }],
  ])('is not taken while %s', (_why, part) => {
    expect(watched(during(0, 3000, (at) => sight(at, part))).at).toEqual([])
  })

  it('begins anew when it was lost in between', () => {
    expect(watched([...still(0, 500), bare(500), ...still(600, 2000)]).at).toEqual([1300])
  })

  it('is not taken while a hand is in the picture', () => {
    const hand = (at: number): Sight => sight(at, { tiles: sight(at).tiles.map((tile, i) => (i === (at / 100) % 12 ? tile + 90 : tile)) })
    expect(watched(during(0, 3000, hand)).at).toEqual([])
  })

  it('is not held to have lain still where nobody looked', () => {
    expect(watched([sight(0), sight(2000), sight(4000), sight(6000)]).at).toEqual([])
  })

  it('is looked at three times at least, however slow the looks are', () => {
    expect(watched([sight(0), sight(1000), sight(2000)]).at).toEqual([2000])
  })
})

describe('a paper that was taken', () => {
  const first = still(0, 1000)
  it.each<[string, readonly Sight[], readonly number[]]>([
    ['stays: nothing more', still(1000, 9000), []],
    ['trembles: nothing more', during(1000, 9000, (at) => sight(at, { corners: pageAt((at / 100) % 2 === 0 ? 0 : PER_CENT * 2) })), []],
    ['is missed by one look: nothing more', [sight(1000), sight(1100, { corners: null, sure: 0 }), ...still(1200, 5000)], []],
    ['lies in a light that changes: nothing more', during(1000, 5000, (at) => sight(at, { light: 240, tiles: sight(at).tiles.map((tile) => tile + 30) })), []],
    ['is moved: taken where it lies then', still(1000, 4000, PER_CENT * 5), [1700]],
    ['is taken away and another laid down: that one', [...during(1000, 2000, bare), ...still(2000, 4000)], [2700]],
    ['is covered by another at the same place: that one', during(1000, 4000, (at) => sight(at, { tiles: sight(at).tiles.toReversed() })), [1700]],
    ['is not seen for a while, though nothing has changed: nothing more', [...during(1000, 2000, (at) => sight(at, { corners: null, sure: 0 })), ...still(2000, 4000)], []],
    ['is taken off a desk as white as itself, and another laid down: that one', [...during(1000, 2000, (at) => sight(at, { corners: null, sure: 0, tiles: sight(at).tiles.map((tile, i) => tile + (i % 2) * 4) })), ...still(2000, 4000)], [2700]],
  ])('%s', (_what, then, at) => {
    expect(watched([...first, ...then]).at).toEqual([700, ...at])
  })

  it('by hand is not taken by itself as well', () => {
    expect(watched(still(100, 4000), taken(sight(0))).at).toEqual([])
  })

  it('by hand without its corners seen is not taken again when they are seen', () => {
    expect(watched([...during(100, 900, (at) => sight(at, { corners: null, sure: 0 }))], taken(sight(0, { corners: null, sure: 0 }))).at).toEqual([])
  })
})

describe('in any run of looks', () => {
  const any = fc.array(fc.record({ gap: fc.integer({ min: 1, max: 400 }), right: fc.constantFrom(0, 0, 0, 2, 20, 90), seen: fc.constantFrom(true, true, true, false), light: fc.constantFrom(200, 200, 60), stir: fc.constantFrom(0, 0, 0, 40) }), { maxLength: 120 })
  const run = (steps: readonly { gap: number; right: number; seen: boolean; light: number; stir: number }[]): Sight[] => {
    let at = 0
    return steps.map(({ gap, right, seen, light, stir }) => {
      at += gap
      return sight(at, { corners: seen ? pageAt(right) : null, sure: seen ? 0.9 : 0, light, tiles: sight(at).tiles.map((tile, i) => tile + (i % 2) * stir) })
    })
  }

  it('a page is taken only after 700 ms of good looks alone', () => {
    fc.assert(fc.property(any, (steps) => {
      const sights = run(steps)
      for (const end of watched(sights).at) {
        const held = sights.filter(({ at }) => at <= end && at > end - STEADY.holdMs)
        expect(held.every(({ corners, light }) => corners !== null && light === 200)).toBe(true)
      }
    }))
  })

  it('two pages are never taken within 700 ms', () => {
    fc.assert(fc.property(any, (steps) => {
      const { at } = watched(run(steps))
      expect(at.every((moment, i) => i === 0 || moment - (at[i - 1] ?? 0) >= STEADY.holdMs)).toBe(true)
    }))
  })

  it('the ring is between empty and full, and full only when the page is taken', () => {
    fc.assert(fc.property(any, (steps) => {
      let state = LOOKING
      for (const one of run(steps)) {
        state = look(state, one).state
        const held = heldFor(state, one.at)
        expect(held >= 0 && held <= 1).toBe(true)
      }
    }))
  })
})
