import { createMemoryLog } from '../../src-main/queue/log-memory'
import type { QueueLog } from '../../src-main/queue/log'
import type { Agreed } from '../../src-main/queue/line'
import { createMember, type Member } from '../../src-main/queue/member'
import { TIMING, type Timing } from '../../src-main/queue/timing'
import type { Message } from '../../src-main/queue/wire'
import type { Order, Outcome } from '../../src-main/queue/words'
import { seeded } from '../seeded'

/** Members leave the roll after a short silence, so that the roll changes often. */
export const SWIFT: Timing = { ...TIMING, absentMs: 3000 }
const TICK_MS = 100

type Machine = {
  readonly node: string
  readonly log: QueueLog
  /** How far this machine's clock is off, ms. */
  skew: number
  member: Member | null
  /** Changes with every start; what an earlier run still wanted to say is not heard. */
  run: number
  group: number
}

export type Faults = { drop: number; repeat: number; slow: number; /** Of savings: the machine dies just before or just after. */ die: number }

/** A ward's counters on a network and in a time that a seed decides. */
export class World {
  readonly random: () => number
  readonly machines: readonly Machine[]
  readonly agreedAt = new Map<string, string>()
  readonly flaws: string[] = []
  faults: Faults = { drop: 0, repeat: 0, slow: 0, die: 0 }
  now = 0
  deaths = 0
  private readonly due: { at: number; turn: number; act: () => void }[] = []
  private turn = 0
  private ids = 0

  constructor(seed: number, count: number, private readonly timing: Timing = SWIFT) {
    this.random = seeded(seed)
    this.machines = Array.from({ length: count }, (_, index) => ({
      node: `counter-${index + 1}`, log: createMemoryLog(), skew: Math.round((this.random() - 0.5) * 7_200_000), member: null, run: 0, group: 0,
    }))
  }

  newId = (): string => `id-${++this.ids}`
  pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(this.random() * list.length)]

  after(ms: number, act: () => void): void {
    const item = { at: this.now + ms, turn: ++this.turn, act }
    let low = 0
    let high = this.due.length
    // latest first, so that the next one is popped
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.due[middle]
      if (other && (other.at > item.at || (other.at === item.at && other.turn > item.turn))) low = middle + 1
      else high = middle
    }
    this.due.splice(low, 0, item)
  }

  run(ms: number): void {
    const end = this.now + ms
    for (let next = this.due.at(-1); next && next.at <= end; next = this.due.at(-1)) {
      this.due.pop()
      this.now = next.at
      next.act()
    }
    this.now = end
  }

  until(holds: () => boolean, mostMs: number): boolean {
    const end = this.now + mostMs
    while (!holds() && this.now < end) this.run(50)
    return holds()
  }

  start(machine: Machine): void {
    const run = ++machine.run
    const alive = (): boolean => machine.member !== null && machine.run === run
    const log: QueueLog = {
      load: machine.log.load,
      save: (changes, wall) => {
        if (!alive()) return
        const dice = this.random()
        if (dice >= this.faults.die / 2) machine.log.save(changes, wall)
        if (dice >= this.faults.die) return
        this.kill(machine)
        // some are back at once, with what they have just promised still on its way
        if (this.random() < 0.5) this.after(this.random() * 300, () => { if (!machine.member) this.start(machine) })
      },
    }
    const begun = this.now
    machine.member = createMember({
      self: { node: machine.node, prefix: machine.node === 'counter-1' ? '' : `K${machine.node.slice(8)}`, name: () => machine.node },
      log, timing: this.timing, random: this.random, newId: this.newId,
      clock: { mono: () => this.now - begun, wall: () => 1_795_000_000_000 + this.now + machine.skew, day: () => '2026-11-23' },
      send: (to, message) => { if (alive()) this.carry(machine, to, message) },
      told: (agreed) => { if (alive()) this.told(agreed) },
      named: () => undefined,
      prefixTaken: (by) => void this.flaws.push(`${by} has the prefix of ${machine.node}`),
    })
    for (const other of this.machines) if (other !== machine) machine.member.met(other.node)
    const tick = (): void => {
      if (!alive()) return
      machine.member?.tick()
      this.after(TICK_MS, tick)
    }
    this.after(this.random() * TICK_MS, tick)
  }

  kill(machine: Machine): void {
    if (machine.member) this.deaths++
    machine.member = null
    machine.run++
  }

  /** An order at a counter; the answer is not heard when the machine dies before. */
  order(machine: Machine, order: Order, done: (outcome: Outcome) => void): void {
    const { run } = machine
    machine.member?.submit(order, (outcome) => { if (machine.run === run) done(outcome) })
  }

  private carry(from: Machine, to: string, message: Message): void {
    const machine = this.machines.find(({ node }) => node === to)
    if (!machine || machine.group !== from.group || this.random() < this.faults.drop) return
    const times = this.random() < this.faults.repeat ? 2 : 1
    for (let time = 0; time < times; time++) {
      const ms = 1 + this.random() * 20 + (this.random() < this.faults.slow ? this.random() * 1500 : 0)
      this.after(ms, () => { if (machine.group === from.group) machine.member?.receive(from.node, message) })
    }
  }

  private told({ line, event, index }: Agreed): void {
    const place = `${line.id}:${index}`
    const known = this.agreedAt.get(place)
    if (known !== undefined && known !== event.id) this.flaws.push(`two entries agreed at ${place}: ${known} and ${event.id}`)
    this.agreedAt.set(place, event.id)
  }
}
