import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Call, createCaller } from '../../src-renderer/voice/caller'

const call = (ticket: string, change: Partial<Call> = {}): Call => ({ ticket, label: ticket, counter: 'Quầy 1', times: 1, ...change })
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A caller whose sayings and rests end when the test says so. */
function staged() {
  const said: Call[] = []
  const shown: (string | null)[] = []
  let waiting: { end(): void; fail(): void } | null = null
  let atOnce = 0
  let most = 0
  const step = (): Promise<void> => new Promise((resolve, reject) => { waiting = { end: resolve, fail: () => reject(new Error('no sound')) } })
  const caller = createCaller({
    say: async (news) => {
      said.push(news)
      most = Math.max(most, (atOnce += 1))
      try {
        await step()
      } finally {
        atOnce -= 1
      }
    },
    rest: step,
    onChange: (calling) => void shown.push(calling?.label ?? null),
  })
  const next = async (how: 'end' | 'fail' = 'end'): Promise<void> => {
    const held = waiting
    waiting = null
    held?.[how]()
    await turn()
  }
  const finish = async (): Promise<void> => {
    for (let left = 1000; waiting !== null && left > 0; left -= 1) await next()
  }
  return { caller, said, shown, next, finish, most: () => most, labels: () => said.map(({ label }) => label) }
}

describe('calls that are said', () => {
  it('are said twice when nobody else waits, and then it is quiet', async () => {
    const { caller, labels, shown, finish } = staged()
    caller.call(call('B042'))
    await finish()
    expect(labels()).toEqual(['B042', 'B042'])
    expect(shown).toEqual(['B042', null])
  })

  it('are said once, one after the other, when others wait', async () => {
    const { caller, labels, shown, finish, most } = staged()
    for (const ticket of ['A001', 'B002', 'C003']) caller.call(call(ticket))
    await finish()
    expect(labels()).toEqual(['A001', 'B002', 'C003', 'C003'])
    expect(shown).toEqual(['A001', 'B002', 'C003', null])
    expect(most()).toBe(1)
  })

  it('give way before their second time to one that came in the silence', async () => {
    const { caller, labels, next, finish } = staged()
    caller.call(call('A001'))
    await next()
    caller.call(call('B002'))
    await finish()
    expect(labels()).toEqual(['A001', 'B002', 'B002'])
  })

  it('take the place of the same number that still waits, with the newest counter', async () => {
    const { caller, said, finish } = staged()
    for (const news of [call('A001'), call('B002'), call('C003'), call('B002', { times: 2, counter: 'Quầy 5' })]) caller.call(news)
    await finish()
    expect(said.map(({ label, counter }) => `${label} ${counter}`)).toEqual(['A001 Quầy 1', 'B002 Quầy 5', 'C003 Quầy 1', 'C003 Quầy 1'])
  })

  it('are not said again when the same news comes twice, but a recall is', async () => {
    const { caller, labels, finish } = staged()
    caller.call(call('A001'))
    caller.call(call('A001'))
    expect(caller.waiting()).toEqual([])
    caller.call(call('A001', { times: 2 }))
    await finish()
    expect(labels()).toEqual(['A001', 'A001', 'A001'])
  })

  it('do not stop the next one when they cannot be heard', async () => {
    const { caller, labels, next, finish } = staged()
    caller.call(call('A001'))
    caller.call(call('B002'))
    await next('fail')
    await finish()
    expect(labels()).toEqual(['A001', 'B002', 'B002'])
  })

  it('end with the page', async () => {
    const { caller, labels, shown, finish } = staged()
    caller.call(call('A001'))
    caller.call(call('B002'))
    caller.stop()
    await finish()
    caller.call(call('C003'))
    expect(labels()).toEqual(['A001'])
    expect(shown).toEqual(['A001', null])
  })

  it('are each said at least once and at most twice, never two at once, whatever comes when', async () => {
    const event = fc.oneof(fc.record({ ticket: fc.constantFrom('A', 'B', 'C', 'D'), again: fc.boolean() }), fc.constant('time'))
    await fc.assert(fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
      const { caller, said, next, finish, most } = staged()
      const times = new Map<string, number>()
      for (const each of events) {
        if (typeof each === 'string') await next()
        else {
          const count = (times.get(each.ticket) ?? 0) + (each.again || !times.has(each.ticket) ? 1 : 0)
          times.set(each.ticket, count)
          caller.call(call(each.ticket, { times: count }))
        }
      }
      await finish()
      expect(most()).toBeLessThanOrEqual(1)
      // The last news of each number was heard.
      for (const [ticket, count] of times) expect(said.some((one) => one.ticket === ticket && one.times === count)).toBe(true)
      if (events.every((each) => typeof each === 'string' || each.again)) {
        for (const one of said) expect(said.filter((other) => other.ticket === one.ticket && other.times === one.times).length).toBeLessThanOrEqual(2)
      }
    }), { numRuns: 200 })
  })
})
