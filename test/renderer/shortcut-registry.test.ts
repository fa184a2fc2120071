import { describe, expect, it } from 'vitest'
import { createRegistry, keyNameOf } from '../../src-renderer/app/shortcut-registry'

const press = (over: Partial<Parameters<typeof keyNameOf>[0]>) => ({ key: '', code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...over })
const entry = (keys: string, layer = 0, act: () => void = () => undefined) => ({ keys, label: keys, layer, act })

describe('the name of a key press', () => {
  it.each([
    ['Ctrl+Enter', { key: 'Enter', code: 'Enter', ctrlKey: true }],
    ['Ctrl+Enter', { key: 'Enter', code: 'NumpadEnter', ctrlKey: true }],
    ['Alt+1', { key: '1', code: 'Digit1', altKey: true }],
    ['Alt+1', { key: '1', code: 'Numpad1', altKey: true }],
    ['Shift+F4', { key: 'F4', code: 'F4', shiftKey: true }],
    ['Ctrl+F12', { key: 'F12', code: 'F12', ctrlKey: true }],
    ['G', { key: 'g', code: 'KeyG' }],
    ['Space', { key: ' ', code: 'Space' }],
    ['/', { key: '/', code: 'Slash' }],
    ['?', { key: '?', code: 'Slash', shiftKey: true }],
  ])('%s comes out of the press', (name, over) => {
    expect(keyNameOf(press(over))).toBe(name)
  })

  it('is that of the key behind Alt, whatever letter the input method makes of it', () => {
    expect(keyNameOf(press({ key: 'ñ', code: 'KeyN', altKey: true }))).toBe('Alt+N')
  })
})

describe('the registry of keys', () => {
  it('gives a key to the part that was added last', () => {
    const registry = createRegistry()
    registry.add(entry('Ctrl+Enter'))
    const inner = entry('Ctrl+Enter')
    registry.add(inner)
    expect(registry.find('Ctrl+Enter')).toBe(inner)
  })

  it('gives the key back when that part leaves the screen', () => {
    const registry = createRegistry()
    const outer = entry('Ctrl+Enter')
    registry.add(outer)
    registry.add(entry('Ctrl+Enter'))()
    expect(registry.find('Ctrl+Enter')).toBe(outer)
  })

  it('silences every key under a dialog or the lock', () => {
    const registry = createRegistry()
    registry.add(entry('Ctrl+Enter'))
    registry.cover(1)
    expect(registry.find('Ctrl+Enter')).toBeUndefined()
  })

  it('hears keys of the layer on top only', () => {
    const registry = createRegistry()
    registry.add(entry('Ctrl+Enter'))
    registry.cover(1)
    const above = entry('Escape', 1)
    registry.add(above)
    expect(registry.list()).toEqual([above])
  })

  it('wakes the screen again when the layer above is taken away', () => {
    const registry = createRegistry()
    const below = entry('F5')
    registry.add(below)
    const uncoverFirst = registry.cover(1)
    const uncoverSecond = registry.cover(2)
    uncoverFirst()
    uncoverSecond()
    expect(registry.find('F5')).toBe(below)
  })

  it('still knows the keys beneath the top layer, for the key sheet', () => {
    const registry = createRegistry()
    const screen = entry('F5')
    registry.add(screen)
    registry.cover(1)
    expect(registry.beneath()).toEqual([screen])
  })

  it('keeps the same list between changes, so that the key sheet draws once', () => {
    const registry = createRegistry()
    registry.add(entry('F1'))
    expect(registry.list()).toBe(registry.list())
  })

  it('tells its listeners about each change until they leave', () => {
    const registry = createRegistry()
    let told = 0
    const leave = registry.subscribe(() => { told += 1 })
    registry.add(entry('F1'))
    leave()
    registry.add(entry('F2'))
    expect(told).toBe(1)
  })
})
