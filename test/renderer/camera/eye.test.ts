import { describe, expect, it } from 'vitest'
import type { CameraLook } from '@contract/pages'
import { createEye, type Eye, type EyeDeps } from '../../../src-renderer/camera/eye'
import { sight } from './sample'

type Scene = Readonly<{ look?: Partial<CameraLook>; codes?: readonly string[]; fails?: boolean }>

const CARD = '079192004617||ĐẶNG THỊ NGỌC ÁNH|14031992|Nữ|27/4 đường Bàu Tràm|01072024'

/** A camera played by a table, on a clock of its own that moves only while everybody waits. */
function played(scene: (at: number) => Scene, part: Partial<EyeDeps> = {}) {
  let now = 0
  const pages: number[] = []
  const codes: string[] = []
  const looks: number[] = []
  let atOnce = 0
  let most = 0
  const sleepers: { at: number; wake: () => void }[] = []
  const pause = (ms: number): Promise<void> => new Promise((wake) => sleepers.push({ at: now + ms, wake }))
  const eye = createEye({
    small: async () => ({ kind: 'small', jpeg: new Blob(), width: 960, height: 720, tiles: sight(0).tiles }),
    whole: async () => {
      await pause(50)
      return { kind: 'whole', jpeg: new Blob(['x']), width: 2592, height: 1944 }
    },
    look: async () => {
      looks.push(now)
      most = Math.max(most, (atOnce += 1))
      const { look, fails } = scene(now)
      await pause(40)
      atOnce -= 1
      if (fails === true) throw new Error('the core is away')
      const { corners, sure, light, sharpness } = sight(0)
      return { corners, sure, light, sharpness, ...look }
    },
    codes: async () => scene(now).codes ?? [],
    lastFrameAt: () => now,
    hidden: () => false,
    onPage: () => pages.push(now),
    onCode: (text) => codes.push(text),
    now: () => now,
    pause,
    ...part,
  })
  /** Lets so many milliseconds pass. */
  const pass = async (ms: number): Promise<void> => {
    const end = now + ms
    for (;;) {
      for (let i = 0; i < 20; i += 1) await Promise.resolve()
      const [next] = sleepers.sort((one, other) => one.at - other.at)
      if (!next || next.at > end) break
      sleepers.shift()
      now = Math.max(now, next.at)
      next.wake()
    }
    now = end
  }
  return { eye, pass, pages, codes, looks, most: () => most, now: () => now }
}

const nothing: Scene = { look: { corners: null, sure: 0 } }
const started = (scene: (at: number) => Scene, part: Partial<EyeDeps> = {}): ReturnType<typeof played> & { stop: () => void } => {
  const all = played(scene, part)
  return { ...all, stop: all.eye.start() }
}

describe('the eye', () => {
  it('takes a paper that lies still, once', async () => {
    const { pass, pages, eye } = started(() => ({}))
    await pass(5000)
    expect([pages.length, eye.get().phase, eye.get().count]).toEqual([1, 'taken', 1])
  })

  it('never has two looks under way, however long they take', async () => {
    const { pass, looks, most } = started(() => nothing)
    await pass(3000)
    expect([most(), looks.length > 15]).toEqual([1, true])
  })

  it('takes nothing by itself when that is switched off, and on a key at once', async () => {
    const { pass, pages, eye } = started(() => ({}))
    eye.setAuto(false)
    await pass(3000)
    const before = pages.length
    void eye.take()
    await pass(100)
    await pass(3000)
    expect([before, pages.length]).toEqual([0, 1])
  })

  it('takes one page for two keys pressed at once', async () => {
    const { pass, pages, eye } = started(() => nothing)
    void eye.take()
    void eye.take()
    await pass(500)
    expect(pages).toHaveLength(1)
  })

  it('takes what lies there once more after it is asked to', async () => {
    const { pass, pages, eye } = started(() => ({}))
    await pass(2000)
    eye.rearm()
    await pass(2000)
    expect(pages).toHaveLength(2)
  })

  it('takes again when the camera gave no picture', async () => {
    let tries = 0
    const { pass, pages } = started(() => ({}), { whole: async () => ((tries += 1) === 1 ? null : { kind: 'whole', jpeg: new Blob(), width: 1, height: 1 }) })
    await pass(4000)
    expect([tries, pages.length]).toEqual([2, 1])
  })

  it('says that it is blind after some failures, and sees again when the core is back', async () => {
    const { pass, eye } = started((at) => (at < 4000 ? { fails: true } : nothing))
    await pass(1000)
    const soon = eye.get().blind
    await pass(2500)
    const later = eye.get().blind
    await pass(2000)
    expect([soon, later, eye.get().blind]).toEqual([false, true, false])
  })

  it('says that the picture stands still, and takes nothing of it', async () => {
    const { pass, eye, pages } = started(() => ({}), { lastFrameAt: () => -10_000 })
    await pass(4000)
    expect([eye.get().frozen, pages]).toEqual([true, []])
  })

  it('looks at nothing while the window is hidden', async () => {
    const { pass, looks } = started(() => ({}), { hidden: () => true })
    await pass(3000)
    expect(looks).toEqual([])
  })

  it('ends when it is stopped', async () => {
    const { pass, looks, stop } = started(() => nothing)
    await pass(1000)
    stop()
    await pass(200)
    const then = looks.length
    await pass(3000)
    expect(looks).toHaveLength(then)
  })

  it.each([
    ['a card', CARD, true], ['a dossier', 'H29.900-261123-0004', true], ['a separator', 'MOTCUA:TACH:1', true], ['an advertisement', 'https://example.vn/', false], ['the self-test', 'MOTCUA:THU:1:x', false],
  ])('hands on the code of %s: once', async (_what, text, handed) => {
    const { pass, codes } = started(() => ({ ...nothing, codes: [text] }))
    await pass(4000)
    expect(codes).toEqual(handed ? [text] : [])
  })

  it('is not stopped by codes that cannot be read', async () => {
    const { pass, looks } = started(() => nothing, { codes: () => Promise.reject(new Error('no wasm')) })
    await pass(3000)
    expect(looks.length).toBeGreaterThan(15)
  })

  it('tells those who listen, until they stop', async () => {
    const { pass, eye } = started(() => nothing)
    let told = 0
    const off = (eye satisfies Eye).subscribe(() => (told += 1))
    await pass(500)
    off()
    const then = told
    await pass(500)
    expect([then > 0, told]).toEqual([true, then])
  })
})
