import type { Desk } from './desk'
import type { Line } from './line'
import { before, type Lines } from './lines'
import type { Timing } from './timing'
import type { Ticket } from './words'

/** Numbers of one line in one go. */
const AT_ONCE = 40

/**
 * Two lines have met: the leader of the later one hands every number over to the earlier one. First its own line agrees that it
 * will not touch the number again (`released`, with the name of the other line), then the other line takes it in (`adopted`,
 * however often it is asked), then it is ticked off (`handed`). Whoever leads next goes on where the last one stopped.
 */
export function createHandover({ lines, desk, timing }: Readonly<{ lines: Lines; desk: Desk; timing: Timing }>): Readonly<{ tick(mono: number): void }> {
  const asked = new Map<string, number>()

  function pass(line: Line, { moved, ...ticket }: Ticket, mono: number): void {
    if (!moved || moved.handed) return
    const from = line.meta.id
    const id = `adopt:${from}:${ticket.id}:${moved.seq}`
    if (mono - (asked.get(id) ?? Number.NEGATIVE_INFINITY) < timing.unclearMs || lines.leaderOf(moved.into, mono) === undefined) return
    asked.set(id, mono)
    desk.submitTo(moved.into, { kind: 'adopt', id, whole: { ...ticket, moved: null }, from, base: line.replica.clock(mono) }, mono, (outcome) => {
      asked.delete(id)
      if (outcome.ok) line.tickOff(ticket.id, moved.seq, mono)
    })
  }

  return {
    tick(mono) {
      const first = lines.working(mono)
      for (const line of lines.led(mono)) {
        const tickets = [...line.state().tickets.values()]
        for (const ticket of tickets.filter(({ moved }) => moved?.handed === false).slice(0, AT_ONCE)) pass(line, ticket, mono)
        if (!first || !before(first.meta, line.meta)) continue
        for (const { id } of tickets.filter(({ moved }) => moved === null).slice(0, AT_ONCE)) line.release(id, first.meta.id, mono)
      }
    },
  }
}
