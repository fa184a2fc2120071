import { describe, expect, it } from 'vitest'
import { officerScreens, panelUnder, reaches, samePanels, SLACK } from '../../../src-main/shell/hall/panels'
import { row } from './world'

const [first, second] = row('A', 'B')
const box = (x: number, width = 800): { x: number; y: number; width: number; height: number } => ({ x, y: 0, width, height: 600 })

describe('a window among monitors', () => {
  it.each([
    ['on one', 100, 'A'],
    ['mostly on the other', 700, 'B'],
    ['beside all of them', -900, null],
    ['as far away as a minimised one', -32_000, null],
  ])('%s', (_name, x, expected) => {
    expect(panelUnder(box(x), row('A', 'B'))?.id ?? null).toBe(expected)
  })

  it.each([
    ['with its frame alone', 200 + SLACK, false],
    ['with more', 201 + SLACK, true],
  ])('reaches into the next one only %s', (_name, x, expected) => {
    expect(second !== undefined && reaches(box(x), second)).toBe(expected)
  })
})

it('monitors are the same only in the same order, at the same places', () => {
  const moved = row('A', 'B').map((panel) => ({ ...panel, bounds: { ...panel.bounds, y: 1 } }))
  expect([samePanels(row('A', 'B'), row('A', 'B')), samePanels(row('A', 'B'), row('B', 'A')), samePanels(row('A', 'B'), row('A')), samePanels(row('A', 'B'), moved)]).toEqual([true, false, false, false])
})

describe('the officer’s window opens', () => {
  it.each([
    ['on the primary monitor first', [], [first?.workArea, second?.workArea]],
    ['not on one that a window of the hall takes again', ['A'], [second?.workArea]],
    ['even there when there is no other', ['A', 'B'], [first?.workArea, second?.workArea]],
  ])('%s', (_name, reserved, expected) => {
    expect(officerScreens(row('A', 'B'), reserved)).toEqual(expected)
  })
})
