import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Advice, advise, isFrozen, type Lack, lackOf, NO_ADVICE } from '../../../src-renderer/camera/advice'
import { shortName } from '../../../src-renderer/camera/device-name'
import { cameraProblem, comesBack } from '../../../src-renderer/camera/faults'
import { type Pixels, sharpnessOf, tilesOf } from '../../../src-renderer/camera/pixels'
import { type CodesInPicture, LEFT_AFTER, newCodes } from '../../../src-renderer/camera/seen-codes'
import { changedBy, hasPage, movedBy, type Seen, type Sight } from '../../../src-renderer/camera/sight'
import { cameraNamed } from '../../../src-renderer/camera/stream'
import { bare, pageAt, PER_CENT, sight } from './sample'

const seen = (right: number, down: number): Seen => {
  const made = sight(0, { corners: pageAt(right, down) })
  if (!hasPage(made)) throw new Error('no page')
  return made
}

describe('what is lacking', () => {
  it.each<[Partial<Sight>, Lack | null]>([
    [{}, null],
    [{ light: 109 }, 'dark'],
    [{ sharpness: 0.5 }, 'blurred'],
    [{ light: 60, sharpness: 0.1 }, 'dark'],
    [{ sure: 0.3 }, 'no-corners'],
    [{ corners: null, sure: 0, light: 45 }, 'no-corners'],
    [{ corners: null, sure: 0, light: 20 }, 'dark'],
    [{ corners: null, sure: 0, light: 3 }, 'black'],
  ])('%o → %s', (part, lack) => {
    expect(lackOf(sight(0, part))).toBe(lack)
  })

  const said = (sights: readonly Sight[]): (Lack | null)[] => {
    let advice: Advice = NO_ADVICE
    return sights.map((one) => (advice = advise(advice, one)).said)
  }
  it('is said once it has lasted, and taken back at once', () => {
    expect(said([sight(0), sight(100, { light: 50 }), sight(500, { light: 50 }), sight(600, { light: 50 }), sight(700)])).toEqual([null, null, null, 'dark', null])
  })

  it('is not said of an empty desk before two and a half seconds, of a black picture before three', () => {
    expect([said([bare(0), bare(2400), bare(2500)]), said([0, 2900, 3000].map((at) => sight(at, { corners: null, sure: 0, light: 2 })))]).toEqual([[null, null, 'no-corners'], [null, null, 'black']])
  })

  it.each([[0, 3000, false], [0, 3001, true]])('a camera whose last picture came at %i stands still at %i: %s', (last, now, frozen) => {
    expect(isFrozen(last, now)).toBe(frozen)
  })
})

describe('how far a page has moved', () => {
  it('is a share of the diagonal, whichever way it went', () => {
    expect([movedBy(seen(0, 0), seen(PER_CENT, 0)), movedBy(seen(0, 0), seen(0, -PER_CENT)), movedBy(seen(3, 3), seen(3, 3))].map((share) => Number(share.toFixed(5)))).toEqual([0.01, 0.01, 0])
  })

  it('does not depend on the size of the frame', () => {
    const half = { ...seen(0, 0), width: 480, height: 360, corners: pageAt().map(({ x, y }) => ({ x: x / 2, y: y / 2 })) as unknown as Seen['corners'] }
    expect(movedBy(seen(0, 0), half)).toBeCloseTo(0)
  })

  it('light that changes everywhere alike is no change', () => {
    fc.assert(fc.property(fc.integer({ min: -60, max: 60 }), (step) => {
      expect(changedBy(sight(0), sight(1, { tiles: sight(1).tiles.map((tile) => tile + step) }))).toBeCloseTo(0)
    }))
  })
})

describe('codes in the picture', () => {
  const told = (looks: readonly (readonly [at: number, texts: readonly string[]])[]): string[] => {
    let codes: CodesInPicture = new Map()
    return looks.flatMap(([at, texts]) => {
      const next = newCodes(codes, texts, at)
      codes = next.codes
      return next.fresh
    })
  }
  it.each<[string, readonly (readonly [number, readonly string[]])[], readonly string[]]>([
    ['once, however long it lies there', [[0, ['a']], [400, ['a']], [9000 - 1000, []], [400 + LEFT_AFTER, ['b']]], ['a', 'b']],
    ['not again when a look missed it', [[0, ['a']], [400, []], [800, ['a']]], ['a']],
    ['again when it had left', [[0, ['a']], [LEFT_AFTER + 1, []], [LEFT_AFTER + 400, ['a']]], ['a', 'a']],
    ['each of several', [[0, ['a', 'b']], [400, ['b', 'c']]], ['a', 'b', 'c']],
    ['not twice out of one look', [[0, ['a', 'a']]], ['a']],
  ])('are told %s', (_when, looks, fresh) => {
    expect(told(looks)).toEqual(fresh)
  })
})

describe('a camera that gives no picture', () => {
  it.each([
    ['NotFoundError', 'QT-019'], ['OverconstrainedError', 'QT-019'], ['NotReadableError', 'QT-020'], ['AbortError', 'QT-020'], ['NotAllowedError', 'QT-021'], ['SecurityError', 'QT-021'],
    ['InvalidStateError', 'QT-022'], ['TypeError', 'QT-022'],
  ])('%s is %s', (name, code) => {
    expect(cameraProblem(new DOMException('x', name))).toEqual({ code, params: {} })
  })

  it.each([[undefined, 'QT-022'], ['text', 'QT-022'], [null, 'QT-022']])('%s thrown is %s', (error, code) => {
    expect(cameraProblem(error).code).toBe(code)
  })

  it.each([['QT-019', true], ['QT-020', false], ['QT-021', false], ['QT-022', true]] as const)('is tried again by itself after %s when one is plugged in: %s', (code, again) => {
    expect(comesBack({ code, params: {} })).toBe(again)
  })
})

describe('the camera that was used last', () => {
  const cameras = [{ id: '1', name: 'Webcam' }, { id: '2', name: 'Máy chụp tài liệu (1234:abcd)' }]
  it.each([['Máy chụp tài liệu (1234:abcd)', '2'], ['Another', undefined], [null, undefined]])('of the name %s is %s', (name, id) => {
    expect(cameraNamed(cameras, name)).toBe(id)
  })

  it.each([['HD Camera (046d:0825)', 'HD Camera'], ['/tmp/film.y4m', 'film.y4m'], ['Máy chụp', 'Máy chụp'], ['', '']])('%s is shown as %s', (name, shown) => {
    expect(shortName(name)).toBe(shown)
  })
})

describe('pixels', () => {
  const picture = (width: number, height: number, grey: (x: number, y: number) => number): Pixels => {
    const data = new Uint8ClampedArray(width * height * 4)
    for (let i = 0; i < width * height; i += 1) data.fill(grey(i % width, Math.floor(i / width)), i * 4, i * 4 + 4)
    return { width, height, data }
  }
  it('tiles are means of their part of the picture, row by row', () => {
    expect(tilesOf(picture(4, 4, (x, y) => (x < 2 ? 10 : 30) + (y < 2 ? 0 : 100)), 2, 2)).toEqual([10, 30, 110, 130])
  })

  it('the sharper of two pictures of the same thing is told', () => {
    const sharp = sharpnessOf(picture(40, 40, (x) => (x % 8 < 4 ? 20 : 230)))
    const soft = sharpnessOf(picture(40, 40, (x) => 125 + 100 * Math.sin((x * Math.PI) / 4)))
    expect(sharp).toBeGreaterThan(soft)
  })

  it('a picture too small for edges is not sharp', () => {
    expect(sharpnessOf(picture(2, 2, () => 9))).toBe(0)
  })
})
