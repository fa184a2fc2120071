import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { DraftId, PageId } from '@contract/ids'
import { createShots, type SendShot } from '../../../src-renderer/camera/shots'

const draftId = DraftId.parse('01926b3c-0000-7000-8000-000000000001')
const pageId = PageId.parse('01926b3c-0000-7000-8000-000000000002')
const jpeg = new Blob(['x'])
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2))
const nothing = (): void => undefined

describe('pictures on their way into the core', () => {
  it('go one after the other, in the order in which they were taken', async () => {
    const order: number[] = []
    let running = 0
    let most = 0
    const shots = createShots(draftId, async (_draft, { key }) => {
      most = Math.max(most, (running += 1))
      await turn()
      order.push(key)
      running -= 1
    })
    for (let i = 0; i < 5; i += 1) shots.add('a', jpeg, null, nothing)
    await expect.poll(() => shots.get()).toEqual([])
    expect([most, order]).toEqual([1, [1, 2, 3, 4, 5]])
  })

  it('say when they are safe, with the page that they replace', async () => {
    const sent: unknown[] = []
    let safe = 0
    const shots = createShots(draftId, async (_draft, { component, replaces }) => void sent.push([component, replaces]))
    shots.add('giay-ket-hon', jpeg, pageId, () => (safe += 1))
    await expect.poll(() => safe).toBe(1)
    expect(sent).toEqual([['giay-ket-hon', pageId]])
  })

  const refusing = (times: number): SendShot => {
    let left = times
    return async () => {
      left -= 1
      if (left >= 0) throw new AppError('LUU-013')
    }
  }
  it('stay with a reason when they are refused, while the others go on', async () => {
    const shots = createShots(draftId, refusing(1))
    shots.add('a', jpeg, null, nothing)
    shots.add('a', jpeg, null, nothing)
    await expect.poll(() => shots.get().map(({ key, state }) => [key, state])).toEqual([[1, 'refused']])
    expect(shots.get()[0]?.problem).not.toBeNull()
  })

  it('are sent again when asked', async () => {
    let safe = 0
    const shots = createShots(draftId, refusing(1))
    shots.add('a', jpeg, null, () => (safe += 1))
    await expect.poll(() => shots.get()[0]?.state).toBe('refused')
    shots.again(1)
    await expect.poll(() => shots.get()).toEqual([])
    expect(safe).toBe(1)
  })

  it('are let go only when the officer says so', async () => {
    const shots = createShots(draftId, refusing(9))
    shots.add('a', jpeg, null, nothing)
    await expect.poll(() => shots.get()[0]?.state).toBe('refused')
    shots.drop(1)
    expect(shots.get()).toEqual([])
  })
})
