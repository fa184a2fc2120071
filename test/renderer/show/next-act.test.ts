import { describe, expect, test } from 'vitest'
import type { Confirmation, DisplayState } from '@contract/display'
import { DraftId, Instant } from '@contract/ids'
import { nextAct } from '../../../src-renderer/show/next-act'

const draftId = DraftId.parse('0193a1b2-0000-7000-8000-000000000001')
const other = DraftId.parse('0193a1b2-0000-7000-8000-000000000002')
const at = Instant.parse('2026-11-23T02:00:00.000Z')
const waiting: DisplayState = { attached: true, turned: false, shown: { kind: 'waiting' }, answer: null }
const shows = (id: DraftId): DisplayState => ({ ...waiting, shown: { kind: 'check', draftId: id, since: at, facts: [] } })
const confirmed = (current: boolean): Confirmation => ({ at, signed: true, current, signature: null })

describe('The primary key at the end of an intake', () => {
  test.each<readonly [string, Parameters<typeof nextAct>[0], ReturnType<typeof nextAct>]>([
    ['receives where there is no display', { draftId, display: { ...waiting, attached: false }, confirmation: null, gaps: 0 }, 'receive'],
    ['receives while nothing is known of a display', { draftId, display: undefined, confirmation: null, gaps: 0 }, 'receive'],
    ['says what is missing before anything is shown', { draftId, display: waiting, confirmation: null, gaps: 2 }, 'receive'],
    ['shows it to the citizen', { draftId, display: waiting, confirmation: null, gaps: 0 }, 'show'],
    ['waits for the citizen', { draftId, display: shows(draftId), confirmation: null, gaps: 0 }, 'wait'],
    ['shows it although another draft stands there', { draftId, display: shows(other), confirmation: null, gaps: 0 }, 'show'],
    ['receives what was confirmed', { draftId, display: waiting, confirmation: confirmed(true), gaps: 0 }, 'receive'],
    ['shows again what was changed after it was confirmed', { draftId, display: waiting, confirmation: confirmed(false), gaps: 0 }, 'show'],
  ])('%s', (_name, facts, expected) => expect(nextAct(facts)).toBe(expected))
})
