import type { BrowserWindow } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOfficerWindow } from '../../../src-main/shell/hall/officer-window'
import { row } from './world'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp({ paints = true } = {}) {
  const done: string[] = []
  let bounds = { x: 0, y: 0, width: 1000, height: 700 }
  const window = {
    hide: () => done.push('hide'),
    show: () => done.push('show'),
    isDestroyed: () => false,
    isFullScreen: () => false,
    isMaximized: () => false,
    isVisible: () => true,
    getNormalBounds: () => bounds,
    setBounds: (box: typeof bounds) => (bounds = box),
    webContents: { capturePage: () => (paints ? Promise.resolve(null) : new Promise(() => undefined)) },
  } as unknown as BrowserWindow
  const officer = createOfficerWindow({ window: () => window, reload: () => done.push('reload'), lock: () => done.push('lock'), log: () => undefined })
  const [first, second] = row('A', 'B')
  if (first === undefined || second === undefined) throw new Error('two monitors')
  return { officer, done, first, second, where: () => bounds.x }
}

describe('an officer’s window that was covered', () => {
  it('is shown again where it was told, once its page says that only the lock is to be seen', async () => {
    const { officer, done, second, where } = setUp()
    officer.covered(false)
    officer.cover()
    officer.uncover(second)
    await vi.advanceTimersByTimeAsync(1000)
    const before = [...done]
    officer.covered(true)
    await vi.advanceTimersByTimeAsync(0)
    expect([before, done, where(), officer.isCovered()]).toEqual([['hide', 'lock'], ['hide', 'lock', 'show'], 1000, false])
  })

  it('is loaded anew when its page does not get there', async () => {
    const { officer, done, second } = setUp()
    officer.covered(false)
    officer.cover()
    officer.uncover(second)
    await vi.advanceTimersByTimeAsync(2000)
    const before = [...done]
    officer.linked()
    await vi.advanceTimersByTimeAsync(0)
    expect([before, done.at(-1)]).toEqual([['hide', 'lock', 'reload'], 'show'])
  })

  it('stays hidden while there is no monitor for it', async () => {
    const { officer, done } = setUp()
    officer.cover()
    await vi.advanceTimersByTimeAsync(10_000)
    expect([done, officer.isCovered()]).toEqual([['hide', 'lock'], true])
  })

  it('does not wait for a picture for ever', async () => {
    const { officer, done, second } = setUp({ paints: false })
    officer.cover()
    officer.uncover(second)
    await vi.advanceTimersByTimeAsync(499)
    const before = done.at(-1)
    await vi.advanceTimersByTimeAsync(1)
    expect([before, done.at(-1)]).toEqual(['lock', 'show'])
  })

  it('that is unlocked while the picture is awaited stays hidden', async () => {
    const { officer, done, second } = setUp({ paints: false })
    officer.cover()
    officer.uncover(second)
    await vi.advanceTimersByTimeAsync(100)
    officer.covered(false)
    await vi.advanceTimersByTimeAsync(600)
    expect(done).not.toContain('show')
  })

  it('covered once more is not shown for what was asked before', async () => {
    const { officer, done, second } = setUp({ paints: false })
    officer.cover()
    officer.uncover(second)
    officer.cover()
    await vi.advanceTimersByTimeAsync(5000)
    expect(done).not.toContain('show')
  })

  it('comes back to its place on a monitor', () => {
    const { officer, first, second, where } = setUp()
    officer.standsOn(first.id)
    officer.bring(second)
    const there = where()
    officer.bring(first)
    expect([there, where()]).toEqual([1000, 0])
  })
})
