import { describe, expect, it } from 'vitest'
import type { CodeAnswer, CodeAsk } from '../../../src-renderer/codes/messages'
import { createPictureReader } from '../../../src-renderer/codes/reader'

const picture = { width: 1, height: 1 } as unknown as ImageData

function bench() {
  const asked: CodeAsk[] = []
  const threads: { heard: (answer: CodeAnswer) => void; broke: () => void; ended: boolean }[] = []
  const failures = { count: 0 }
  const reader = createPictureReader((heard, broke) => {
    const thread = { heard, broke, ended: false }
    threads.push(thread)
    return { post: (ask) => asked.push(ask), end: () => void (thread.ended = true) }
  }, () => {
    failures.count += 1
  })
  return { reader, asked, threads, failures }
}

describe('codes read from pictures in a thread', () => {
  it('answer the picture that was asked about, in whatever order', async () => {
    const { reader, asked, threads } = bench()
    const [one, two] = [reader.read(picture), reader.read(picture)]
    const code = (text: string) => [{ text, corners: [] }]
    threads[0]?.heard({ id: asked[1]?.id ?? 0, codes: code('two'), failed: false })
    threads[0]?.heard({ id: asked[0]?.id ?? 0, codes: code('one'), failed: false })
    expect([await one, await two]).toEqual([code('one'), code('two')])
  })

  it('skip a frame of the camera while another is looked at', async () => {
    const { reader, asked, threads } = bench()
    const first = reader.read(picture, { live: true })
    expect(await reader.read(picture, { live: true })).toBeNull()
    threads[0]?.heard({ id: asked[0]?.id ?? 0, codes: [], failed: false })
    expect(await first).toEqual([])
    void reader.read(picture, { live: true })
    expect(asked.map(({ live }) => live)).toEqual([true, true])
  })

  it('are none when the thread breaks, and the next picture starts a new one', async () => {
    const { reader, threads, failures } = bench()
    const first = reader.read(picture)
    threads[0]?.broke()
    expect([await first, threads[0]?.ended, failures.count]).toEqual([[], true, 1])
    void reader.read(picture)
    expect(threads).toHaveLength(2)
    reader.close()
    expect(threads[1]?.ended).toBe(true)
  })
})
