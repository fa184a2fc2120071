import { describe, expect, test } from 'vitest'
import { together } from '../../src-main/intake/together'

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3))
const after = async <T>(turns: number, value: T): Promise<T> => {
  for (let turn = 0; turn < turns; turn += 1) await soon()
  return value
}
const fail = async (): Promise<never> => {
  await soon()
  throw new Error('no disk')
}

describe('What gets ready together', () => {
  test('is kept in one act, in the order in which it came', async () => {
    const groups: string[][] = []
    const keep = together<string, string>((ready) => {
      groups.push([...ready])
      return ready.map((name) => `${name} kept`)
    })
    const kept = await Promise.all([keep(after(4, 'a')), keep(after(1, 'b')), keep(after(2, 'c'))])
    expect([kept, groups]).toEqual([['a kept', 'b kept', 'c kept'], [['a', 'b', 'c']]])
  })

  test('is a new group once one of the last is ready, kept after it', async () => {
    const groups: string[][] = []
    const keep = together<string, string>((ready) => {
      groups.push([...ready])
      return ready
    })
    const first = [keep(after(6, 'a')), keep(after(1, 'b'))]
    await after(3, null)
    await Promise.all([...first, keep(after(0, 'c'))])
    expect(groups).toEqual([['a', 'b'], ['c']])
  })

  test('goes without the one that failed', async () => {
    const keep = together<string, string>((ready) => ready)
    const outcomes = await Promise.allSettled([keep(after(1, 'a')), keep(fail()), keep(after(2, 'c'))])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('is refused one by one, or all when the act fails; the next group is not touched by it', async () => {
    let full = true
    const keep = together<string, string>((ready) => {
      if (full) throw new Error('full')
      return ready.map((name) => (name === 'x' ? new Error('closed') : name))
    })
    const broken = await Promise.allSettled([keep(after(1, 'a')), keep(after(1, 'b'))])
    full = false
    const next = await Promise.allSettled([keep(after(1, 'x')), keep(after(1, 'b'))])
    expect([...broken, ...next].map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled'])
  })
})
