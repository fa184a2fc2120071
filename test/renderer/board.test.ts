import { describe, expect, it } from 'vitest'
import { Instant } from '@contract/ids'
import { type CallNews, TicketId } from '@contract/queue'
import { counterLines, FRESH_MS, hear, newestOf } from '../../src-renderer/board/newest'

const AT = Date.parse('2026-11-23T02:46:00.000Z')
const INSTANT = Instant.parse('2026-11-23T02:46:00.000Z')
const news = (label: string, counter: string, times = 1): CallNews => ({ ticket: TicketId.parse(label), label, counter, times, at: INSTANT })
const called = (label: string, counter: string, state: 'called' | 'serving' = 'called') => ({ label, counter, state, priority: false, at: INSTANT })

describe('what stands large on the board', () => {
  it('is the call heard last, even before the state that has it', () => {
    const heard = hear([], news('B042', 'Quầy 3'), AT)
    expect(newestOf([called('A001', 'Quầy 1')], heard, AT)).toEqual({ label: 'B042', counter: 'Quầy 3', fresh: true })
  })

  it('stands out for 20 seconds, and is then what the state says', () => {
    const heard = hear([], news('B042', 'Quầy 3'), AT)
    const now = [called('B042', 'Quầy 3')]
    expect(newestOf(now, heard, AT + FRESH_MS - 1)?.fresh).toBe(true)
    expect(newestOf(now, heard, AT + FRESH_MS)).toEqual({ label: 'B042', counter: 'Quầy 3', fresh: false })
    expect(newestOf([], heard, AT + FRESH_MS)).toBeNull()
  })

  it('follows a recall to another counter', () => {
    const heard = hear(hear([], news('B042', 'Quầy 3'), AT), news('B042', 'Quầy 5', 2), AT + 1000)
    expect(heard).toHaveLength(1)
    expect(newestOf([], heard, AT + 1000)?.counter).toBe('Quầy 5')
  })
})

describe('the list of counters', () => {
  it('is in the order of their numbers and names, one line each', () => {
    const lines = counterLines([called('A1', 'Quầy 10'), called('A2', 'Quầy 2', 'serving'), called('A3', 'Bàn hướng dẫn')], [], AT)
    expect(lines.map(({ counter, state }) => `${counter} ${state}`)).toEqual(['Bàn hướng dẫn called', 'Quầy 2 serving', 'Quầy 10 called'])
  })

  it('marks each fresh call, and shows it in place of what the counter had', () => {
    const heard = hear(hear([], news('B042', 'Quầy 3'), AT), news('A007', 'Quầy 1'), AT + 500)
    const lines = counterLines([called('A001', 'Quầy 1'), called('B042', 'Quầy 3', 'serving'), called('C003', 'Quầy 4')], heard, AT + 600)
    expect(lines.map(({ label, state, fresh }) => `${label} ${state} ${String(fresh)}`)).toEqual(['A007 called true', 'B042 serving true', 'C003 called false'])
  })
})
