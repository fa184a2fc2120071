import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createMemoryLog, createQueue, type Order, type Queue, type QueueLog } from '../../src-main/queue'
import { SECRET } from './support'

const take = (): Order => ({ kind: 'take', id: randomUUID(), ticket: randomUUID(), letter: 'A', group: 'merit', instead: null })

function alone(log: QueueLog): { troubles: string[]; told: string[]; queue: Promise<Queue> } {
  const troubles: string[] = []
  const told: string[] = []
  const queue = createQueue({
    node: 'counter-1', prefix: '', name: () => 'Quầy 1', secret: SECRET, log, lan: { address: '127.0.0.31', callPort: 47_999, group: null, targets: [] },
    clock: { wall: () => Date.now(), day: () => '2026-11-23' }, newId: randomUUID, told: ({ event }) => void told.push(event.kind), named: () => undefined, trouble: (code) => void troubles.push(code),
  })
  return { troubles, told, queue }
}

describe('A counter alone', () => {
  it('gives numbers soon after its start, and goes on with them after a restart', async () => {
    const log = createMemoryLog()
    const labels: string[] = []
    for (let run = 0; run < 2; run++) {
      const queue = await alone(log).queue
      const outcome = await queue.order(take())
      if (outcome.ok) labels.push(outcome.ticket.label)
      await queue.stop()
    }
    expect(labels).toEqual(['A001', 'A002'])
  })

  it('whose disk keeps nothing tells nobody a number', async () => {
    const { troubles, told, queue } = alone({ load: () => [], save: () => { throw new Error('disk full') } })
    const outcome = await (await queue).order(take())
    await (await queue).stop()
    expect({ outcome, troubles, told }).toEqual({ outcome: { ok: false, refusal: 'unclear' }, troubles: ['log-failed'], told: [] })
  })

  it('that is stopped leaves no order without an answer', async () => {
    const queue = await alone(createMemoryLog()).queue
    const outcome = queue.order(take())
    await queue.stop()
    expect([await outcome, await queue.order(take())]).toEqual([{ ok: false, refusal: 'unclear' }, { ok: false, refusal: 'unclear' }])
  })
})
