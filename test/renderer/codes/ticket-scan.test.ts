import { describe, expect, it } from 'vitest'
import { QueueTicket } from '@contract/queue'
import { ticketScan } from '../../../src-renderer/codes/ticket-scan'

const here = { node: 'here', name: 'Quầy 1', here: true }
const there = { node: 'there', name: 'Quầy 2', here: false }
const ticket = (change: Partial<QueueTicket> = {}): QueueTicket => QueueTicket.parse({
  id: '0f8fad5b-d9cb-469f-a165-70867728950e', label: 'A012', letter: 'A', kind: 'Hộ tịch', group: 'ordinary', priority: false, state: 'waiting', side: 'here', counter: null, wanted: null,
  givenAt: '2026-11-23T02:46:00.000Z', stateSince: '2026-11-23T02:46:00.000Z', waitedMs: 0, servedMs: 0, calls: 0, via: 'taken', byHand: false, twice: false, ...change,
})

describe('a scanned number', () => {
  it.each([
    ['that waits is chosen and offered to call', ticket(), 'call', true],
    ['that was called in vain is chosen and offered to call', ticket({ state: 'no-show' }), 'call', true],
    ['that is held is chosen and offered to call', ticket({ state: 'held', counter: here }), 'call', true],
    ['that was sent on to this counter is offered to call', ticket({ wanted: here }), 'call', true],
    ['that was sent on to another counter says so', ticket({ wanted: there }), 'sentOn', true],
    ['that is served here stays as it is', ticket({ state: 'serving', counter: here }), 'mine', false],
    ['that is called at another counter says where', ticket({ state: 'called', counter: there }), 'there', true],
    ['that counters out of reach hold says so', ticket({ side: 'other-side' }), 'otherSide', true],
    ['that is on its way is left alone', ticket({ side: 'moving' }), 'moving', false],
    ['that is done says so', ticket({ state: 'done', counter: there }), 'done', false],
    ['that is not of today says so', null, 'gone', false],
  ])('%s', (_how, scanned, say, choose) => {
    expect(ticketScan(scanned)).toMatchObject({ say, choose })
  })

  it('is told with its label and the counter that has it', () => {
    expect([ticketScan(ticket({ state: 'called', counter: there })), ticketScan(ticket({ wanted: there }))]).toMatchObject([{ label: 'A012', counter: 'Quầy 2' }, { label: 'A012', counter: 'Quầy 2' }])
  })
})
