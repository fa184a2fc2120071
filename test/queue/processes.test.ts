import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, it } from 'vitest'
import { freeUdpPort } from '../free-port'
import { bundle } from '../../scripts/lib/bundle.mjs'
import type { Order, Outcome, Shown, QueueView, Ticket } from '../../src-main/queue'
import { MIGRATIONS } from '../storage/support'
import { moment } from './support'

type Told = Readonly<{ told: { id: string; kind: string; ticket?: string }; line: string; at: number; moment: number }>
type View = Readonly<{ working: QueueView['working']; reached: number; tickets: readonly Shown[] }>
type Node = Readonly<{
  index: number
  child: ChildProcess
  told: Told[]
  order(order: Order): Promise<Outcome>
  view(): Promise<View>
  kill(): Promise<void>
}>

type Start = (index: number) => Promise<Node>

let program: string

beforeAll(async () => {
  program = await bundle('test/queue/node-child.ts')
})
/** A LAN of its own with machines to start on it; all is gone after the test. */
async function hall(onTestFinished: (end: () => Promise<void>) => void): Promise<Start> {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-queue-'))
  const running = new Set<ChildProcess>()
  onTestFinished(async () => {
    await Promise.all([...running].map(async (child) => {
      child.kill('SIGKILL')
      await once(child, 'close')
    }))
    rmSync(folder, { recursive: true, force: true })
  })
  const callPort = await freeUdpPort()
  return (index) => startNode({ folder, running, migrations: MIGRATIONS, callPort }, index)
}

async function startNode({ folder, running, migrations, callPort }: { folder: string; running: Set<ChildProcess>; migrations: string; callPort: number }, index: number): Promise<Node> {
  const data = join(folder, `counter-${index}`)
  mkdirSync(data, { recursive: true })
  const child = spawn(process.execPath, [program, String(index), String(callPort), data, migrations], { stdio: ['pipe', 'pipe', 'inherit'] })
  running.add(child)
  child.on('close', () => running.delete(child))
  const told: Told[] = []
  const answers = new Map<string, (answer: never) => void>()
  const ready = new Promise<void>((done) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const word = JSON.parse(text)
      if (word.told) told.push(word)
      if (word.ready) done()
      answers.get(word.answer ?? word.ask)?.(word as never)
    })
  })
  await ready
  const ask = <T>(key: string, message: object): Promise<T> => new Promise((done) => {
    answers.set(key, done)
    child.stdin.write(`${JSON.stringify(message)}\n`)
  })
  return {
    index, child, told,
    order: async (order) => (await ask<{ outcome: Outcome }>(order.id, { order })).outcome,
    view: async () => {
      const key = randomUUID()
      return (await ask<{ view: View }>(key, { ask: key })).view
    },
    kill: async () => {
      child.kill('SIGKILL')
      await once(child, 'close')
    },
  }
}

async function until(holds: () => Promise<boolean>, mostMs = 15_000): Promise<void> {
  const end = Date.now() + mostMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not come to that')
    await sleep(20)
  }
}

const take = (): Order => ((id) => ({ kind: 'take', id, ticket: id, letter: 'A', group: 'ordinary', instead: null }) as const)(randomUUID())
const next = (node: Node): Order => ({ kind: 'next', id: randomUUID(), counter: `counter-${node.index}`, letters: null })
const ticketOf = (outcome: Outcome): Ticket => {
  if (!outcome.ok) throw new Error(outcome.refusal)
  return outcome.ticket
}
const together = (nodes: readonly Node[]) => async (): Promise<boolean> => {
  const views = await Promise.all(nodes.map((node) => node.view()))
  const lines = new Set(views.map((view) => `${view.working?.line} ${view.working?.leader}`))
  return lines.size === 1 && views.every((view) => view.working?.members.length === nodes.length && view.reached === nodes.length - 1)
}
const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN

describe.concurrent('Counters, each a process, on loopback addresses and with clocks an hour apart', () => {
  it('four find each other, call everywhere at once, go on without a leader that was killed, and take it back', async ({ expect, onTestFinished }) => {
    const start = await hall(onTestFinished)
    const first = await start(1)
    const begun = ticketOf(await first.order(take()))
    const nodes = [first, ...(await Promise.all([start(2), start(3), start(4)]))]
    await until(together(nodes))

    const given = [begun]
    for (let count = 0; count < 20; count++) given.push(ticketOf(await (nodes[count % 4] ?? first).order(take())))
    const latencies: number[] = []
    const called: Ticket[] = []
    for (let count = 0; count < 12; count++) {
      const caller = nodes[count % 4] ?? first
      const order = next(caller)
      const asked = moment()
      called.push(ticketOf(await caller.order(order)))
      const heard = (node: Node): Told | undefined => node.told.find((word) => word.told.id === order.id)
      await until(async () => nodes.every(heard))
      latencies.push(Math.max(...nodes.map((node) => (heard(node)?.moment ?? Number.NaN) - asked)))
    }

    const leader = (await first.view()).working?.leader
    const dying = nodes.find((node) => `counter-${node.index}` === leader) ?? first
    const left = nodes.filter((node) => node !== dying)
    const flying = left.map((node) => node.order(next(node)))
    const killedAt = moment()
    await dying.kill()
    const after = await Promise.all([...flying, ...left.map((node) => node.order(next(node)))])
    const takeover = moment() - killedAt
    called.push(...after.map(ticketOf))
    given.push(ticketOf(await (left[0] ?? first).order(take())))

    const back = await start(dying.index)
    const again = [...left, back]
    await until(together(again), 20_000)
    // Who came back reads what it missed.
    await until(async () => {
      const seen = await Promise.all(again.map((node) => node.view()))
      const all = seen.every((view) => given.every((ticket) => view.tickets.some((shown) => shown.ticket.id === ticket.id)))
      return all && new Set(seen.map((view) => JSON.stringify(view.tickets.map(({ ticket }) => ticket)))).size === 1
    }, 20_000)
    const views = await Promise.all(again.map((node) => node.view()))
    console.log(`call everywhere: median ${median(latencies).toFixed(0)} ms, longest ${Math.max(...latencies).toFixed(0)} ms; usable again ${takeover.toFixed(0)} ms after the kill`)
    expect({
      labels: new Set(given.map((ticket) => ticket.label)).size, calledOnce: new Set(called.map((ticket) => ticket.id)).size,
      same: new Set(views.map((view) => JSON.stringify(view.tickets.map(({ ticket }) => ticket)))).size,
      known: given.every((ticket) => views.every((view) => view.tickets.some((shown) => shown.ticket.id === ticket.id))),
      inTime: takeover < 5000 && median(latencies) < 300,
    }).toEqual({ labels: given.length, calledOnce: called.length, same: 1, known: true, inTime: true })
  })

  it('three do without a leader that stands still, and it does nothing of its own when it goes on', async ({ expect, onTestFinished }) => {
    const start = await hall(onTestFinished)
    const first = await start(1)
    const waiting = [ticketOf(await first.order(take()))]
    const nodes = [first, ...(await Promise.all([start(2), start(3)]))]
    await until(together(nodes))
    while (waiting.length < 9) waiting.push(ticketOf(await (nodes[waiting.length % 3] ?? first).order(take())))
    const leader = (await first.view()).working?.leader
    const still = nodes.find((node) => `counter-${node.index}` === leader) ?? first
    const others = nodes.filter((node) => node !== still)
    still.child.kill('SIGSTOP')
    const asleep = [still.order(next(still)), still.order(next(still))]
    const awake = await Promise.all(others.flatMap((node) => [node.order(next(node)), node.order(next(node))]))
    still.child.kill('SIGCONT')
    const called = [...awake, ...(await Promise.all(asleep))].map(ticketOf)
    await until(together(nodes))
    const views = await Promise.all(nodes.map((node) => node.view()))
    expect({
      once: new Set(called.map((ticket) => ticket.id)).size,
      shown: views.map(({ tickets }) => tickets.filter(({ ticket }) => ticket.state === 'called').length),
    }).toEqual({ once: 6, shown: [6, 6, 6] })
  })

  it('that call the same person, and whoever is next, at the same moment: nobody is called twice', async ({ expect, onTestFinished }) => {
    const start = await hall(onTestFinished)
    const first = await start(1)
    const wanted = [ticketOf(await first.order(take()))]
    const nodes = [first, ...(await Promise.all([start(2), start(3)]))]
    await until(together(nodes))
    while (wanted.length < 18) wanted.push(ticketOf(await (nodes[wanted.length % 3] ?? first).order(take())))
    const taken: string[] = []
    const refusals: string[] = []
    for (const { id } of wanted.slice(0, 8)) {
      const outcomes = await Promise.all(nodes.map((node) => node.order({ kind: 'call', id: randomUUID(), ticket: id, counter: `counter-${node.index}` })))
      for (const outcome of outcomes) (outcome.ok ? taken : refusals).push(outcome.ok ? outcome.ticket.id : outcome.refusal)
    }
    for (let round = 0; round < 3; round++) taken.push(...(await Promise.all(nodes.map((node) => node.order(next(node))))).map((outcome) => ticketOf(outcome).id))
    expect({ taken: taken.length, persons: new Set(taken).size, refusals: [...new Set(refusals)], times: refusals.length }).toEqual({ taken: 17, persons: 17, refusals: ['not-so-now'], times: 16 })
  })

  it('of two either goes on when the other is gone, and the numbers come together again', async ({ expect, onTestFinished }) => {
    const start = await hall(onTestFinished)
    const first = await start(1)
    ticketOf(await first.order(take()))
    const second = await start(2)
    await until(together([first, second]))
    await second.kill()
    const alone = ticketOf(await first.order(take()))
    const back = await start(2)
    await until(async () => (await back.view()).tickets.some(({ ticket }) => ticket.id === alone.id))
    await until(together([first, back]))
    await first.kill()
    const other = ticketOf(await back.order(take()))
    const again = await start(1)
    await until(async () => {
      const views = await Promise.all([again.view(), back.view()])
      // One whose fate was unknown may have been given under another name, too; nobody holds it.
      const held = views.map((view) => view.tickets.filter(({ ticket }) => ticket.state !== 'void'))
      return held.every((tickets) => tickets.length === 3 && tickets.every(({ side }) => side === 'here'))
    }, 25_000)
    expect(new Set([alone.label, other.label]).size).toBe(2)
  })
})
