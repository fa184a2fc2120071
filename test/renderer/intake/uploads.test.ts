import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { DraftId } from '@contract/ids'
import { chunksOf, createUploadQueue } from '../../../src-renderer/intake/uploads'

const draftId = DraftId.parse('01926b3c-0000-7000-8000-000000000001')
const file = (name: string): File => new File(['x'], name)
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

describe('the pieces of a file', () => {
  it('follow each other without gap or overlap, each no larger than a step', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 500 }), (size, step) => {
      const pieces = chunksOf(size, 0, step)
      const joined = pieces.every(([from, to], index) => from === (pieces[index - 1]?.[1] ?? 0) && to > from && to - from <= step)
      expect(joined && pieces.at(-1)?.[1] === size).toBe(true)
    }))
  })

  it('go on from where the core stands', () => {
    expect(chunksOf(2500, 2000, 1000)).toEqual([[2000, 2500]])
  })

  it('are none for an empty file', () => {
    expect(chunksOf(0)).toEqual([])
  })
})

describe('the queue of uploads', () => {
  it('sends files side by side, but never more than six, and asks for their end in the order in which they were given', async () => {
    const order: string[] = []
    let running = 0
    let most = 0
    const queue = createUploadQueue(draftId, () => Promise.resolve(), async (_draft, _component, { name }, _onDone, _signal, inOrder) => {
      most = Math.max(most, (running += 1))
      // The first is the slowest.
      await (name === '0' ? settled().then(settled) : settled())
      await inOrder(() => Promise.resolve(order.push(name)))
      running -= 1
    })
    const names = Array.from({ length: 9 }, (_none, index) => String(index))
    queue.add('to-khai', names.map(file))
    await expect.poll(() => queue.get()).toEqual([])
    expect([most, order]).toEqual([6, names])
  })

  it('goes on when one of those side by side fails before its end', async () => {
    const taken: string[] = []
    const queue = createUploadQueue(draftId, () => Promise.resolve(), async (_draft, _component, { name }, _onDone, _signal, inOrder) => {
      if (name === 'a.pdf') throw new AppError('TEP-001')
      await inOrder(() => Promise.resolve(taken.push(name)))
    })
    queue.add('to-khai', [file('a.pdf'), file('b.pdf')])
    await expect.poll(() => taken).toEqual(['b.pdf'])
  })

  it('keeps a refused file in sight and goes on with the others', async () => {
    const taken: string[] = []
    const queue = createUploadQueue(draftId, () => Promise.resolve(), (_draft, _component, { name }) => {
      if (name === 'la.exe') return Promise.reject(new AppError('TEP-001'))
      taken.push(name)
      return Promise.resolve()
    })
    queue.add('to-khai', [file('la.exe'), file('b.pdf')])
    await settled()
    expect([taken, queue.get().map(({ name, state }) => `${name} ${state}`)]).toEqual([['b.pdf'], ['la.exe refused']])
  })

  it('drops a file that is given up before its turn', async () => {
    const taken: string[] = []
    const queue = createUploadQueue(draftId, () => Promise.resolve(), async (_draft, _component, { name }) => {
      await settled()
      taken.push(name)
    })
    const names = ['1', '2', '3', '4', '5', '6']
    queue.add('to-khai', [...names, '7'].map(file))
    const last = queue.get().at(-1)
    if (last) queue.cancel(last.key)
    await settled().then(settled).then(settled)
    expect(taken).toEqual(names)
  })

  it('reports the bytes that were accepted', async () => {
    let free: () => void = () => undefined
    const queue = createUploadQueue(draftId, () => Promise.resolve(), (_draft, _component, _file, onDone) => new Promise((resolve) => {
      onDone(1)
      free = resolve
    }))
    queue.add('to-khai', [file('a.pdf')])
    await settled()
    expect(queue.get()[0]?.done).toBe(1)
    free()
  })
})
