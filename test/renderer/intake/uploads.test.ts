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
  it('takes files in one after the other', async () => {
    const order: string[] = []
    const queue = createUploadQueue(draftId, () => Promise.resolve(), async (_draft, _component, { name }) => {
      order.push(`${name} begins`)
      await settled()
      order.push(`${name} ends`)
    })
    queue.add('to-khai', [file('a.pdf'), file('b.pdf')])
    await settled().then(settled).then(settled)
    expect(order).toEqual(['a.pdf begins', 'a.pdf ends', 'b.pdf begins', 'b.pdf ends'])
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
    queue.add('to-khai', [file('a.pdf'), file('b.pdf')])
    const second = queue.get()[1]
    if (second) queue.cancel(second.key)
    await settled().then(settled).then(settled)
    expect(taken).toEqual(['a.pdf'])
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
