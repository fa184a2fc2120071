import { spawn } from 'node:child_process'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { TicketId } from '@contract/queue'
import { bundle } from '../../scripts/lib/bundle.mjs'
import { SECRET } from '../queue/support'
import { MIGRATIONS, temporaryFolder } from '../storage/support'
import { freeUdpPort } from '../free-port'
import { actor, codeOf, type Desk, desk, rollOf, together, until } from './queue-support'

const HOUR = 3_600_000

/** Counters of one ward on loopback, their clocks an hour apart, with the first number given. */
async function ward(count: number): Promise<readonly [Desk, Desk, ...Desk[]]> {
  const callPort = await freeUdpPort()
  const first = await desk({ index: 1, callPort, skew: -HOUR })
  await first.take()
  const second = await desk({ index: 2, callPort })
  const others = await Promise.all(Array.from({ length: count - 2 }, (_, index) => desk({ index: index + 3, callPort, skew: HOUR })))
  await together(first, second, ...others)
  return [first, second, ...others]
}
const stateOf = ({ office }: Desk, label: string) => office.state().tickets.find((ticket) => ticket.label === label)
const idOf = (at: Desk, label: string): TicketId => stateOf(at, label)?.id ?? ('' as TicketId)

describe('Counters of one ward, with clocks an hour apart', () => {
  it('give no number twice, and every call is heard at every one with the name of the counter', async () => {
    const desks = await ward(3)
    const labels = await Promise.all([1, 2, 3, 4].flatMap(() => desks.map((at) => at.take())))
    const called = await Promise.all(desks.map((at) => at.next()))
    await until(() => desks.every(({ heard }) => heard.length === 3))
    expect({ given: new Set(['A001', ...labels]).size, called: new Set(called).size }).toEqual({ given: 13, called: 3 })
    const told = desks.map(({ heard }) => heard.map(({ label, counter, times }) => `${label} ${counter} ${String(times)}`).sort())
    expect(told).toEqual(desks.map(() => called.map((label, index) => `${label} Quầy ${String(index + 1)} 1`).sort()))
  })

  it('call the numbers in the order in which they were shown', async () => {
    const [first, second] = await ward(2)
    for (const group of ['ordinary', 'elderly', 'elderly', 'ordinary', 'pregnant', 'merit', 'disabled', 'ordinary'] as const) await second.take('B', group)
    await until(() => first.labels().length === 9)
    const shown = first.labels()
    const called: string[] = []
    while (called.length < shown.length) {
      called.push(await first.next())
      const { mine } = first.office.state()
      if (mine) await first.office.on(actor, 'start', mine.id)
    }
    expect(called).toEqual(shown)
  })

  it('go on without the one that led, whatever it had promised', async () => {
    const desks = await ward(3)
    const [first] = desks
    const given = await Promise.all([first.take(), first.take(), first.take()])
    const leader = desks.find(({ office }) => office.state().leads) ?? first
    const left = desks.filter((each) => each !== leader)
    await leader.stop()
    const begun = performance.now()
    const [at = first, ...others] = left
    const later = await at.take()
    expect({ inTime: performance.now() - begun < 5000, later }).toEqual({ inTime: true, later: 'A005' })
    await until(() => [at, ...others].every((each) => given.every((label) => stateOf(each, label)?.side === 'here')))
  })

  it('take back whoever was called and whoever was sent on when a counter closes', async () => {
    const [first, second] = await ward(2)
    const sent = await second.take('B')
    expect(await second.next()).toBe('A001')
    await second.office.transfer(actor, { ticket: idOf(second, 'A001'), to: first.office.state().counters[0]?.node ?? '', letter: null })
    expect(await first.next()).toBe('A001')
    await first.office.transfer(actor, { ticket: idOf(first, 'A001'), to: second.office.state().counters[0]?.node ?? '', letter: null })
    expect(await second.next()).toBe('A001')
    await until(() => stateOf(first, 'A001')?.state === 'called')
    await second.stop()
    await until(() => first.labels().length === 2)
    expect([first.labels().toSorted(), sent]).toEqual([['A001', sent], sent])
  })

  it('hear of a new name within a moment', async () => {
    const [first, second] = await ward(2)
    second.settings.now = { ...second.settings.now, counter: { ...second.settings.now.counter, name: 'Quầy Ưu tiên' } }
    await until(() => first.office.state().counters.some(({ name, reached }) => name === 'Quầy Ưu tiên' && reached))
  })
})

describe('A counter that was started again', () => {
  it('goes on with the numbers of the day and says no old call again', async () => {
    const callPort = await freeUdpPort()
    const folder = temporaryFolder()
    const before = await desk({ index: 1, callPort, folder })
    await before.take()
    await before.take()
    await before.next()
    await before.office.on(actor, 'start', idOf(before, 'A001'))
    const { node } = before.office.state().counters[0] ?? {}
    await before.stop()
    const after = await desk({ index: 1, callPort, folder })
    await until(() => after.labels().length === 1)
    expect({ mine: after.office.state().mine?.label, next: await after.take(), node: after.office.state().counters[0]?.node, heard: after.heard }).toEqual({ mine: 'A001', next: 'A003', node, heard: [] })
  })
})

describe('A counter of another ward, or with an older secret', () => {
  it('is neither found nor let in', async () => {
    const callPort = await freeUdpPort()
    const one = await desk({ index: 1, callPort })
    const stranger = await desk({ index: 2, callPort, secret: new Uint8Array(32).fill(1) })
    await one.take()
    await new Promise((done) => setTimeout(done, 1500))
    expect([one, stranger].map(({ office }) => office.state().counters.map(({ name }) => name))).toEqual([['Quầy 1'], ['Quầy 2']])
    expect(await stranger.take()).toBe('K2A001')
  })

  it('is one of them once it has the secret, without a restart', async () => {
    const callPort = await freeUdpPort()
    const one = await desk({ index: 1, callPort })
    await one.take()
    const late = await desk({ index: 2, callPort, secret: new Uint8Array(32).fill(1) })
    late.store.write((tx) => tx.run('UPDATE ward_secret SET secret = (SELECT zeroblob(32))'))
    one.store.write((tx) => tx.run('UPDATE ward_secret SET secret = (SELECT zeroblob(32))'))
    await together(one, late)
    expect(await late.take()).toBe('A002')
  })
})

describe('What cannot be done', () => {
  it('is said with a code, and nothing changes', async () => {
    const [first, second] = await ward(2)
    const refused = async (act: Promise<unknown>): Promise<string> => act.then(() => 'done', codeOf)
    const none = 'd2719b1e-0000-7000-8000-000000000000' as TicketId
    expect([await second.next(), await second.next()]).toEqual(['A001', 'HC-003'])
    await until(() => stateOf(first, 'A001')?.state === 'called')
    const id = idOf(first, 'A001')
    expect({
      nobody: await first.next(),
      unknown: await refused(first.office.call(none)),
      calledThere: await refused(first.office.call(id)),
      recalledHere: await refused(first.office.on(actor, 'recall', id)),
      finished: await refused(second.office.on(actor, 'finish', id)),
      claimed: await refused(first.office.claim(actor, id)),
      cameBack: await refused(first.office.comeBack(id)),
    }).toEqual({
      nobody: 'HC-001', unknown: 'HC-002', calledThere: 'HC-003', recalledHere: 'HC-004', finished: 'HC-003', claimed: 'HC-003', cameBack: 'HC-003',
    })
    expect(stateOf(first, 'A001')?.state).toBe('called')
  })
})

describe('A counter whose only neighbour was killed', () => {
  it('gives numbers of its own, calls no common one, and takes one over when an officer says so', async () => {
    const callPort = await freeUdpPort()
    const left = await desk({ index: 1, callPort, agency: SECRET.agency })
    const label = await left.take()
    const neighbour = spawn(process.execPath, [await bundle('test/queue/node-child.ts'), '2', String(callPort), temporaryFolder(), MIGRATIONS], { stdio: ['pipe', 'ignore', 'inherit'] })
    onTestFinished(() => void neighbour.kill('SIGKILL'))
    await until(() => rollOf(left).split(',').length === 2)
    neighbour.kill('SIGKILL')
    await until(() => left.office.state().standing === 'alone')
    const id = idOf(left, label)
    const common = await left.office.call(id).then(() => 'done', codeOf)
    const own = await left.take()
    const claimed = await left.office.claim(actor, id)
    const called = await left.office.call(id)
    const noted = left.store.read.all("SELECT action, detail FROM audit_entry WHERE action LIKE 'queue.%'", [], (row) => `${row.text('action')} ${row.text('detail')}`)
    expect({ common, own, claimed: [claimed.side, claimed.byHand], called: called.label, noted }).toEqual({
      common: 'HC-006', own: '0.2A001', claimed: ['here', true], called: label, noted: [`queue.claimed {"label":"${label}"}`],
    })
  }, 30_000)
})
