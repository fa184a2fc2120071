import { call } from '@orpc/server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { classifyScan, normaliseScan } from '@contract/codes'
import { AppError } from '@contract/errors'
import type { HostAsk } from '@contract/host'
import type { QueueState } from '@contract/queue'
import { enrolOffice } from '../../src-main/core/enrol'
import { headlessHost, type Host } from '../../src-main/core/host'
import type { HallContext } from '../../src-main/core/hall-serving'
import { createBoardRouter, createKioskRouter } from '../../src-main/core/queue-doors'
import { givesNumbers } from '../../src-main/core/queue-office'
import { lanOf } from '../../src-main/core/queue-node'
import { prefixOfCounter } from '../../src-main/core/queue-place'
import { readCalendarFile } from '../../src-main/core/resources'
import { createCalendar } from '../../src-main/intake'
import { systemClock } from '../../src-main/storage'
import { doors, startCity } from '../city'
import { until } from './queue-support'
import { codeOfCall, live, machine, type Machine, practice, RESOURCES, router } from './support'

const board = createBoardRouter()
const kiosk = createKioskRouter()

function hall({ counter, host, log }: Machine): { context: HallContext; leave: () => void } {
  const gone = new AbortController()
  onTestFinished(() => gone.abort())
  return { context: { counter, host, log, clock: systemClock, live, turned: false, gone: gone.signal }, leave: () => gone.abort() }
}
const first = async <T>(stream: AsyncIterable<T>): Promise<T> => {
  for await (const item of stream) return item
  throw new Error('a stream that says nothing')
}
type Job = Extract<HostAsk, { kind: 'print-pdf' }>
const printer = (jobs: Partial<Job>[], outcome: () => Promise<'printed'> = async () => 'printed'): Host =>
  ({ ...headlessHost(), printPdf: async (job) => { jobs.push(job); return outcome() } })
function withTicketPrinter(office: ReturnType<Machine['office']>): void {
  const { printing } = office.settings()
  office.settingsStore.saveSection('system', 'printing', { ...printing, ticket: { printer: 'Máy in phiếu', way: 'queue' } })
}

describe('The queue of a counter alone', () => {
  it('gives, calls and ends numbers, keeps one with its draft, and tells of the day', async () => {
    const { context, office } = await practice('duyen')
    const one = await call(router.queue.take, { letter: 'B', group: 'elderly' }, context)
    const two = await call(router.queue.take, { letter: 'A', group: 'ordinary' }, context)
    const waiting = await call(router.queue.state, undefined, context)
    const called = await call(router.queue.next, undefined, context)
    const { id: draftId } = await call(router.intake.start, undefined, context)
    await call(router.queue.bindTo, { draftId, ticket: called.id }, context)
    const bound = await call(router.queue.ofDraft, { draftId }, context)
    await call(router.intake.discard, { draftId }, context)
    const next = await call(router.queue.next, undefined, context)
    const after = await call(router.queue.state, undefined, context)
    await call(router.queue.miss, { ticket: next.id }, context)
    const report = await call(router.queue.report, {}, context)
    const pick = ({ standing, done, mine, tickets }: QueueState) => ({ standing, done, mine: mine?.label, tickets: tickets.map(({ label, state, priority }) => `${label} ${state} ${String(priority)}`) })
    expect({ one: one.label, two: two.label, waiting: pick(waiting), called: called.label, bound: [bound?.label, bound?.state], after: pick(after) }).toEqual({
      one: 'B001', two: 'A001', waiting: { standing: 'together', done: 0, mine: undefined, tickets: ['B001 waiting true', 'A001 waiting false'] },
      called: 'B001', bound: ['B001', 'serving'], after: { standing: 'together', done: 1, mine: 'A001', tickets: ['A001 called false'] },
    })
    expect({ ...report, whole: report.whole.count, byKind: report.byKind.map(({ name }) => name), byGroup: report.byGroup.map(({ group }) => group), byCounter: report.byCounter.map(({ name }) => name), byHour: report.byHour.map(({ given }) => given) }).toEqual({
      day: report.day, given: 2, done: 1, missed: 1, open: 0, whole: 1, byKind: ['Chứng thực'], byGroup: ['elderly'], byCounter: [office().settings().counter.name], byHour: [2], twice: [],
    })
    const noted = office().store.read.all("SELECT action, detail FROM audit_entry WHERE action LIKE 'queue.%'", [], (row) => `${row.text('action')} ${row.text('detail')}`)
    expect(noted).toEqual(['queue.missed {"label":"A001"}'])
  })

  it('holds the number of an errand that is not over when the next one is called', async () => {
    const { context } = await practice('duyen')
    await call(router.queue.take, { letter: 'A', group: 'ordinary' }, context)
    await call(router.queue.take, { letter: 'A', group: 'ordinary' }, context)
    const first = await call(router.queue.next, undefined, context)
    const { id: draftId } = await call(router.intake.start, undefined, context)
    await call(router.queue.bindTo, { draftId, ticket: first.id }, context)
    await call(router.queue.next, undefined, context)
    expect(await call(router.queue.ofDraft, { draftId }, context)).toMatchObject({ label: 'A001', state: 'held' })
  })

  it('on a fresh morning has nobody to call, and says so at once', async () => {
    const { context } = await practice('duyen')
    const begun = performance.now()
    const code = await codeOfCall(() => call(router.queue.next, undefined, context))
    expect({ code, quick: performance.now() - begun < 3000 }).toEqual({ code: 'HC-001', quick: true })
  })

  it('skips nobody when the key is pressed twice, and lets whoever did not come come back', async () => {
    const { context, office } = await practice('duyen')
    for (let count = 0; count < 3; count++) await call(router.queue.take, { letter: 'A', group: 'ordinary' }, context)
    const called = await call(router.queue.next, undefined, context)
    const again = await codeOfCall(() => call(router.queue.next, undefined, context))
    await new Promise((done) => setTimeout(done, 2100))
    const next = await call(router.queue.next, undefined, context)
    const queue = await office().queue()
    const missed = queue.look(called.id)
    const { label, ahead } = await queue.comeBack(called.id)
    expect({ again, next: next.label, missed: missed?.ticket.state, back: [label, ahead], called: queue.called() }).toEqual({
      again: 'HC-003', next: 'A002', missed: 'no-show', back: ['A001', 1], called: { label: 'A002', next: ['A003', 'A001'] },
    })
  })

  it('keeps its numbers over a restart', async () => {
    const one = await practice('duyen')
    await call(router.queue.take, { letter: 'A', group: 'ordinary' }, one.context)
    await one.counter.close()
    const again = await practice('duyen', { folder: one.folder })
    const { label } = await call(router.queue.take, { letter: 'A', group: 'ordinary' }, again.context)
    const { tickets, counters } = await call(router.queue.state, undefined, again.context)
    expect([label, tickets.map((ticket) => ticket.label), counters.length]).toEqual(['A002', ['A001', 'A002'], 1])
  })

  it('is worked by those who receive, and looked at by everybody who is signed in', async () => {
    const { context } = await practice('quantri')
    expect([await codeOfCall(() => call(router.queue.next, undefined, context)), (await call(router.queue.state, undefined, context)).tickets]).toEqual(['TK-005', []])
  })

  it('binds no number to a draft that is not there, and none that was never given', async () => {
    const { context } = await practice('duyen')
    const { id } = await call(router.queue.take, { letter: 'A', group: 'ordinary' }, context)
    const { id: draftId } = await call(router.intake.start, undefined, context)
    const nowhere = '0199a0c0-0000-7000-8000-00000000000f' as typeof draftId
    expect([
      await codeOfCall(() => call(router.queue.bindTo, { draftId: nowhere, ticket: id }, context)),
      await codeOfCall(() => call(router.queue.bindTo, { draftId, ticket: 'nobody' }, context)),
      await call(router.queue.ofDraft, { draftId }, context),
    ]).toEqual(['HS-001', 'HC-002', null])
  })
})

describe('The kiosk', () => {
  it('gives a number with its paper and its mark, by which it is known again', async () => {
    const jobs: Partial<Job>[] = []
    const made = await practice('duyen', { host: printer(jobs) })
    withTicketPrinter(made.office())
    const { context } = hall(made)
    const given = await call(kiosk.take, { letter: 'B', group: 'pregnant' }, { context })
    const shown = await call(kiosk.scan, { text: `Số B001 · 23/11/2026 09:46 · UBND phường MOTCUA:SO:1:${given.ticket}` }, { context })
    const again = await call(kiosk.printAgain, { ticket: given.ticket }, { context })
    expect({ label: given.label, kind: given.kind, ahead: given.ahead, printed: given.printed, drawn: given.qr.path.length > 1000 && given.qr.size > 50, again: again.printed }).toEqual({
      label: 'B001', kind: 'Chứng thực', ahead: 0, printed: 'printed', drawn: true, again: 'printed',
    })
    expect(shown).toEqual({ kind: 'ticket', ticket: given.ticket, label: 'B001', state: 'waiting', ahead: 0, counter: null })
    expect(jobs.map(({ printer: name, silent, paper, bytes }) => [name, silent, paper, Buffer.from(bytes ?? []).subarray(0, 4).toString()])).toEqual([['Máy in phiếu', true, 'T80', '%PDF'], ['Máy in phiếu', true, 'T80', '%PDF']])
  })

  it.each([
    ['without a printer', false, async () => 'printed' as const, 'no-printer'],
    ['out of paper', true, async () => Promise.reject(new AppError('IN-003')), 'failed'],
  ])('%s gives the number all the same', async (_, chosen, outcome, printed) => {
    const made = await practice('duyen', { host: printer([], outcome) })
    if (chosen) withTicketPrinter(made.office())
    const { context } = hall(made)
    const given = await call(kiosk.take, { letter: 'A', group: 'ordinary' }, { context })
    const { waiting } = await first(await call(board.state, undefined, { context }))
    expect([given.printed, given.label, waiting]).toEqual([printed, 'A001', 1])
  })

  it('tells which groups go first here, and the way for a citizen\'s words', async () => {
    const made = await practice('duyen')
    made.office().settingsStore.saveSection('system', 'queue', { ...made.office().settings().queue, groups: ['disabled'] })
    const { context } = hall(made)
    const state = await first(await call(kiosk.state, undefined, { context }))
    const ways = await call(kiosk.ask, { words: 'tôi muốn làm khai sinh cho con' }, { context })
    expect({ groups: state.groups.map(({ code }) => code), open: state.open, way: ways[0]?.letter, bring: (ways[0]?.bring.length ?? 0) > 0, most: ways.length <= 4 }).toEqual({
      groups: ['ordinary', 'disabled'], open: true, way: 'A', bring: true, most: true,
    })
  })

  it('knows no stranger\'s code, and refuses while the data are closed', async () => {
    const made = await practice('duyen')
    const { context } = hall(made)
    const closed = hall(machine()).context
    expect([
      await call(kiosk.scan, { text: 'MOTCUA:SO:1:d2719b1e-0000-7000-8000-000000000000' }, { context }), await call(kiosk.scan, { text: 'MOTCUA:DG:1:NOBODY' }, { context }),
      await call(kiosk.scan, { text: '8934563138165' }, { context }), await codeOfCall(() => call(kiosk.take, { letter: 'A', group: 'ordinary' }, { context: closed })),
    ]).toEqual([{ kind: 'unknown' }, { kind: 'unknown' }, { kind: 'unknown' }, 'TK-003'])
  })
})

describe('The board', () => {
  it('shows and says a call, and its streams end with its window', async () => {
    const made = await practice('duyen')
    const { context, leave } = hall(made)
    await call(router.queue.take, { letter: 'A', group: 'merit' }, made.context)
    const states: string[] = []
    const calls: string[] = []
    const looking = (async () => { for await (const { now, waiting } of await call(board.state, undefined, { context })) states.push(`${now.map(({ label, state }) => `${label} ${state}`).join()}|${String(waiting)}`) })()
    const heard = await call(board.calls, undefined, { context })
    const listening = (async () => {
      for await (const { label, counter, times } of heard) {
        calls.push(`${label} ${counter} ${String(times)}`)
        if (calls.length === 2) leave()
      }
    })()
    await new Promise((done) => setTimeout(done, 20))
    const { id } = await call(router.queue.next, undefined, made.context)
    await call(router.queue.recall, { ticket: id }, made.context)
    await Promise.all([looking, listening])
    const { name } = made.office().settings().counter
    expect({ calls, first: states[0], last: states.at(-1) }).toEqual({ calls: [`A001 ${name} 1`, `A001 ${name} 2`], first: '|1', last: 'A001 called|0' })
  })
})

describe('The mark of a number', () => {
  const id = '0f8fad5b-d9cb-469f-a165-70867728950e'
  it.each([
    ['as it is printed', `Số A001 · 23/11/2026 09:46 · UBND phường Tân Mỹ Hưng MOTCUA:SO:1:${id}`],
    ['from a reader that is a keyboard with another layout', `Sô A001 23-11-2026 MOTCUAÑSOÑ1Ñ${id.replaceAll('-', "'")}`],
    ['with capitals turned', `MOTCUA:SO:1:${id.toUpperCase()}\r`],
  ])('is read %s', (_, text) => {
    expect(classifyScan(text)).toEqual({ kind: 'ticket', ticket: id })
  })

  it.each(['MOTCUA:SO:1:', `MOTCUA:SO:2:${id}`, `MOTCUA:SO:1:${id}x`, `xMOTCUA:SO:1:${id}`])('is not read out of %s', (text) => {
    expect(classifyScan(text)).toEqual({ kind: 'unknown', text: normaliseScan(text) })
  })
})

describe('A counter\'s place', () => {
  it('is taken anew when a city gives the secret of its ward: the numbers of the morning stay, the queue goes on within a moment', async () => {
    const city = await startCity({ doors: true })
    onTestFinished(() => city.close())
    const { context, office } = await practice('duyen')
    await call(router.queue.take, { letter: 'A', group: 'ordinary' }, context)
    const before = office().store.read.get('SELECT node FROM queue_node', [], (row) => row.text('node'))
    for (const name of ['Quầy 1', 'Quầy 2']) await enrolOffice(office(), { url: city.url, code: await doors(city.url).enrolmentCode({ counter: name }), by: 'system' })
    const queue = await office().queue()
    await until(() => queue.state().standing === 'together')
    const { label } = await call(router.queue.take, { letter: 'A', group: 'ordinary' }, context)
    const secret = office().store.read.get('SELECT origin, counter_number FROM ward_secret', [], (row) => [row.text('origin'), row.integer('counter_number')])
    expect({ label, secret, same: office().store.read.get('SELECT node FROM queue_node', [], (row) => row.text('node')) === before }).toEqual({ label: 'A002', secret: ['city', 2], same: true })
  })

  it('has a prefix that says which counter it is', () => {
    expect([1, 2, 10, 99].map(prefixOfCounter)).toEqual(['', 'K2', 'K10', 'K99'])
  })

  it('speaks to the whole network only with a secret of the city, and never in practice', () => {
    expect([lanOf({ practice: false }, { origin: 'city' }, undefined), lanOf({ practice: false }, { origin: 'own' }, undefined).address, lanOf({ practice: true }, { origin: 'city' }, undefined).address, lanOf({ practice: false }, { origin: 'city' }, '{"callPort":5000}')])
      .toEqual([{}, '127.0.0.1', '127.0.0.1', { callPort: 5000 }])
  })

  it.each([['2026-11-23T00:00:00.000Z', true], ['2026-11-22T23:29:00.000Z', false], ['2026-11-23T10:00:00.000Z', false], ['2026-11-22T03:00:00.000Z', false]])('gives numbers at %s: %s', (at, gives) => {
    expect(givesNumbers(createCalendar(readCalendarFile(RESOURCES)), new Date(at))).toBe(gives)
  })
})
