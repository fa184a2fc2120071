import { describe, expect, it } from 'vitest'
import { pressed } from '../../../src-renderer/intake/paper-keys'
import type { PaperLine } from '../../../src-renderer/intake/papers'

const line = (code: string): PaperLine => ({ code, component: null, documents: [], pages: [], aside: [] })
const LINES = [line('A'), line('B'), line('C')] as const

/** What a key does on the second of three papers; `refuses`: what is in hand only moves among its own. */
function onKey(key: string, { ctrl = false, any = true, refuses = false } = {}): string {
  const done: string[] = []
  const note = (words: string) => (...given: readonly unknown[]): void => void done.push([words, ...given].join(' '))
  const acted = pressed({ key, ctrlKey: ctrl, target: null }, { lines: LINES, line: LINES[1], any }, {
    goTo: note('go to'), step: note('step'), large: note('large'), remove: note('remove'), turn: note('turn'), split: note('split'), move: note('move'), mark: note('mark'),
    toOther: (by) => {
      if (!refuses) note('to other')(by)
      return !refuses
    },
  })
  return acted ? done.join(', ') : 'nothing'
}

describe('keys of the checklist', () => {
  it.each([
    ['ArrowDown', 'go to C'], ['ArrowUp', 'go to A'], ['Home', 'go to A'], ['End', 'go to C'], ['3', 'go to C'], ['9', 'nothing'],
    ['ArrowLeft', 'step -1'], ['ArrowRight', 'step 1'], [' ', 'large'], ['Enter', 'large'], ['Delete', 'remove'], ['r', 'turn'], ['R', 'turn'], ['t', 'split'],
    ['s', 'mark seen'], ['K', 'mark not-needed'], ['n', 'mark owed'], ['d', 'mark reused'], ['x', 'nothing'],
  ])('%s: %s', (key, does) => {
    expect(onKey(key)).toBe(does)
  })

  it.each([['ArrowLeft', 'move -1'], ['ArrowRight', 'move 1'], ['ArrowUp', 'to other -1'], ['ArrowDown', 'to other 1'], ['s', 'nothing']])('with Ctrl, %s: %s', (key, does) => {
    expect(onKey(key, { ctrl: true })).toBe(does)
  })

  it('move a file among the files of its paper, which goes to no other', () => {
    expect([onKey('ArrowUp', { ctrl: true, refuses: true }), onKey('ArrowDown', { ctrl: true, refuses: true })]).toEqual(['move -1', 'move 1'])
  })

  it.each(['ArrowLeft', ' ', 'Enter', 'Delete', 'r', 't'])('leave %s to others where nothing was taken in', (key) => {
    expect(onKey(key, { any: false })).toBe('nothing')
  })

  it('mark a paper and lead to another where nothing was taken in', () => {
    expect([onKey('s', { any: false }), onKey('1', { any: false }), onKey('ArrowRight', { ctrl: true, any: false })]).toEqual(['mark seen', 'go to A', 'nothing'])
  })
})
