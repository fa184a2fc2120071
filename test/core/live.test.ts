import { describe, expect, test } from 'vitest'
import { createLive } from '../../src-main/core/live'
import { firstEvents, live } from './support'

describe('The stream of what changed', () => {
  test('tells each window in order', async () => {
    const events = await firstEvents(2, () => {
      live.emit({ kind: 'sync' })
      live.emit({ kind: 'dossier', id: 'a' })
    })
    expect(events).toEqual([{ kind: 'sync' }, { kind: 'dossier', id: 'a' }])
  })

  test('tells a slow window once what was told many times', async () => {
    const events = await firstEvents(2, () => {
      for (let count = 0; count < 1000; count++) live.emit({ kind: 'sync' })
      live.emit({ kind: 'drafts' })
    })
    expect(events).toEqual([{ kind: 'sync' }, { kind: 'drafts' }])
  })

  test('ends with the window', async () => {
    const bus = createLive()
    const abort = new AbortController()
    const stream = bus.listen(abort.signal)
    const next = stream.next()
    abort.abort()
    expect(await next).toEqual({ done: true, value: undefined })
  })

  test('ends at once for a window that is gone already', async () => {
    expect(await createLive().listen(AbortSignal.abort()).next()).toEqual({ done: true, value: undefined })
  })
})
