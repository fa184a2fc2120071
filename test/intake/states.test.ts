import { describe, expect, test } from 'vitest'
import type { DossierState } from '@contract/dossier'
import { END_STATES, mayMove, nextStates, restartsClock, wantsAct } from '../../src-main/intake/states'

const ALL: readonly DossierState[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const TABLE: Readonly<Record<DossierState, readonly DossierState[]>> = {
  1: [2, 3, 5], 2: [3, 4, 5, 6, 7, 8, 9], 3: [], 4: [5, 6, 7, 8, 9], 5: [2, 3, 7, 8], 6: [4, 5, 7, 8], 7: [], 8: [], 9: [10], 10: [],
}

describe('The states of a dossier', () => {
  test.each(ALL)('from %i lead where the table says and nowhere else', (from) => {
    expect(ALL.filter((to) => mayMove(from, to))).toEqual(TABLE[from])
  })

  test('that end the clock lead on to nothing but the hand-over of a result', () => {
    expect([...END_STATES].flatMap((state) => ALL.filter((to) => mayMove(state, to)))).toEqual([10])
  })

  test('that come with a form or a record are not offered to be set by hand', () => {
    expect(ALL.map((from) => nextStates(from))).toEqual([[2], [4, 6, 7], [], [6, 7], [7], [4, 7], [], [], [], []])
    expect(ALL.flatMap((from) => ALL.filter((to) => wantsAct(from, to) && mayMove(from, to)).map((to) => `${from}→${to}`)))
      .toEqual(['1→3', '1→5', '2→3', '2→5', '2→8', '2→9', '4→5', '4→8', '4→9', '5→2', '5→3', '5→8', '6→5', '6→8', '9→10'])
  })

  test('restart the clock only when what was missing has been handed in', () => {
    expect(ALL.flatMap((from) => ALL.filter((to) => restartsClock(from, to)).map((to) => [from, to]))).toEqual([[5, 2]])
  })
})
