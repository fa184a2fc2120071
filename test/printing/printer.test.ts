import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import type { HandedOver } from '@contract/host'
import type { PrintJobView, QueueReport } from '@contract/printing'
import { actor } from '../intake/support'
import { codeOfCall } from '../core/support'
import { fakeSpooler, fakeUsb, printing, wish } from './support'

const newest = ([job]: readonly PrintJobView[]): PrintJobView => {
  if (!job) throw new Error('nothing was printed')
  return job
}

describe('A print', () => {
  it('is written down with who, when, what and where, and audited without a person in it', async () => {
    const { host } = fakeSpooler()
    const { printer, actions } = printing(host)
    const { outcome } = await printer.print(actor, wish({ printer: 'HP', subject: { type: 'dossier', id: 'd' } }))
    expect([outcome, newest(printer.log(10)), actions().at(-1)]).toMatchObject(['printed', {
      kind: 'receipt', title: 'mau-01', subject: { type: 'dossier', id: 'd' }, printer: 'HP', paper: 'A5', copies: 1, at: '2026-11-23T02:00:00.000Z', by: 'Đỗ Thị Mỹ Duyên', state: 'sent', errorCode: null, reason: null,
      retries: null, retryable: true,
    }, 'paper.printed'])
  })

  it('is followed until it is on paper, and each change is told', async () => {
    const { host, reports } = fakeSpooler()
    const { printer, events } = printing(host)
    await printer.print(actor, wish())
    reports.set('Q-1', { state: 'pending', reason: 'paper-out' })
    await expect.poll(() => newest(printer.log(1))).toMatchObject({ state: 'waiting', reason: 'paper-out' })
    reports.set('Q-1', { state: 'printed', reason: null })
    await expect.poll(() => newest(printer.log(1))).toMatchObject({ state: 'printed', reason: null })
    expect(events).toEqual([{ kind: 'printing' }, { kind: 'printing' }, { kind: 'printing' }, { kind: 'printing' }])
  })

  it('that the queue holds at once is waiting, and says why', async () => {
    const { host, next } = fakeSpooler()
    next.report = { state: 'pending', reason: 'stopped' }
    const { printer } = printing(host)
    expect([(await printer.print(actor, wish())).outcome, newest(printer.log(1)).reason]).toEqual(['waiting', 'stopped'])
  })

  it('whose queue vanishes in the middle has failed for want of a printer, and can be tried again', async () => {
    const { host, reports } = fakeSpooler()
    const { printer } = printing(host)
    await printer.print(actor, wish())
    reports.set('Q-1', { state: 'gone', reason: 'gone' })
    await expect.poll(() => newest(printer.log(1))).toMatchObject({ state: 'failed', errorCode: 'IN-002', reason: 'gone', retryable: true })
  })

  it('of a queue that keeps no list stays "sent": nobody can say more', async () => {
    const { host, reports } = fakeSpooler()
    const { printer } = printing(host)
    await printer.print(actor, wish())
    reports.set('Q-1', { state: 'gone', reason: null })
    await expect.poll(() => newest(printer.log(1))).toMatchObject({ state: 'sent', reason: 'silent' })
  })

  it('that is refused throws as the printer does, is in the log, and is no entry of what was printed', async () => {
    const { host, next } = fakeSpooler()
    next.answer = () => Promise.reject(new AppError('IN-002', { printer: 'HP' }))
    const { printer, actions } = printing(host)
    expect([await codeOfCall(() => printer.print(actor, wish())), newest(printer.log(1)), actions().includes('paper.printed')]).toMatchObject(['IN-002', { state: 'failed', errorCode: 'IN-002' }, false])
  })

  it('that was called off in the dialog is no print', async () => {
    const { host, next } = fakeSpooler()
    next.answer = async () => 'cancelled'
    const { printer, actions } = printing(host)
    expect([(await printer.print(actor, wish())).outcome, newest(printer.log(1)).state, actions().includes('paper.printed')]).toEqual(['cancelled', 'cancelled', false])
  })

  it.each([
    ['receipt', 'A5', 'R', false], ['report', 'A4', 'P', true], ['ticket', 'T80', 'T', true],
  ] as const)('of the kind %s on %s goes where the settings say', async (kind, paper, name, silent) => {
    const { host, jobs } = fakeSpooler()
    const { printer, settings } = printing(host)
    settings.now = { ...settings.now, printing: { receipt: { printer: 'R', paper: 'A5', silent: false }, report: { printer: 'P', paper: 'A4', silent: true }, ticket: { printer: 'T', way: 'queue' } } }
    await printer.print(actor, wish({ kind, paper }))
    expect(jobs).toMatchObject([{ printer: name, silent, paper, copies: 1 }])
  })

  it('of a report without a printer of its own goes where receipts go; a slip without a roll, too', async () => {
    const { host, jobs } = fakeSpooler()
    const { printer, settings } = printing(host)
    settings.now = { ...settings.now, printing: { ...settings.now.printing, receipt: { printer: 'R', paper: 'A5', silent: true } } }
    await printer.print(actor, wish({ kind: 'report', paper: 'A4' }))
    await printer.print(actor, wish({ kind: 'ticket', paper: 'A5' }))
    expect(jobs).toMatchObject([{ printer: 'R', silent: false }, { printer: 'R', silent: true }])
  })
})

describe('A retry', () => {
  it('sends the same bytes to another printer, as a job of its own that is no further print', async () => {
    const { host, jobs, next } = fakeSpooler()
    next.report = { state: 'failed', reason: 'other' }
    const { printer, actions } = printing(host)
    await printer.attempt(actor, wish({ printer: 'A' }))
    const first = newest(printer.log(1))
    next.report = { state: 'pending', reason: null }
    const again = await printer.retry(actor, first.id, 'B')
    expect([again, jobs.map(({ printer: name, bytes }) => [name, bytes.length]), actions().filter((action) => action.startsWith('paper.'))]).toMatchObject([
      { retries: first.id, state: 'sent', printer: 'B' }, [['A', 4], ['B', 4]], ['paper.printed', 'paper.printed-again'],
    ])
  })

  it('of one that waits takes it out of its queue first, so that it never comes out twice', async () => {
    const { host, next, cancelled } = fakeSpooler()
    next.report = { state: 'pending', reason: 'paper-out' }
    const { printer } = printing(host)
    await printer.print(actor, wish())
    const first = newest(printer.log(1))
    next.report = { state: 'pending', reason: null }
    await printer.retry(actor, first.id, 'B')
    expect([cancelled, printer.job(first.id).state]).toEqual([['Q-1'], 'cancelled'])
  })

  it('that is refused says so in its answer', async () => {
    const { host, next } = fakeSpooler()
    const { printer } = printing(host)
    await printer.print(actor, wish())
    next.answer = () => Promise.reject(new AppError('IN-003'))
    expect(await printer.retry(actor, newest(printer.log(1)).id, null)).toMatchObject({ state: 'failed', errorCode: 'IN-003' })
  })

  it('needs the bytes: those of the last thirty prints of this run', async () => {
    const { host } = fakeSpooler()
    const { printer, at, again } = printing(host)
    for (let count = 0; count < 31; count += 1) {
      at(`2026-11-23T02:00:${String(count).padStart(2, '0')}.000Z`)
      await printer.print(actor, wish())
    }
    const log = printer.log(40)
    const oldest = log.at(-1)
    expect([log.filter(({ retryable }) => retryable).length, oldest?.retryable, oldest && (await codeOfCall(() => printer.retry(actor, oldest.id, null)))]).toEqual([30, false, 'IN-006'])
    expect(again().log(40).some(({ retryable }) => retryable)).toBe(false)
  })

  it('waits for one that is still at the dialog', async () => {
    const { host, next } = fakeSpooler()
    let close: (handed: HandedOver) => void = () => undefined
    next.answer = () => new Promise((resolve) => { close = resolve })
    const { printer } = printing(host)
    const open = printer.print(actor, wish())
    await expect.poll(() => printer.log(1)[0]?.state).toBe('sending')
    expect(await codeOfCall(() => printer.retry(actor, newest(printer.log(1)).id, null))).toBe('IN-009')
    close('cancelled')
    await open
  })
})

describe('After a restart', () => {
  it('jobs under way are followed on, and one that was cut off in the middle has failed', async () => {
    const { host, reports, next } = fakeSpooler()
    const { printer, again } = printing(host)
    await printer.print(actor, wish())
    next.answer = () => new Promise(() => undefined)
    void printer.print(actor, wish({ title: 'cut off' }))
    printer.close()
    reports.set('Q-1', { state: 'printed', reason: null })
    const restarted = again()
    restarted.goOn()
    await expect.poll(() => restarted.log(5).map(({ title, state, reason }) => [title, state, reason]).sort()).toEqual([['cut off', 'failed', 'silent'], ['mau-01', 'printed', null]])
  })
})

describe('A ticket', () => {
  const at = (way: 'queue' | 'raw-queue' | 'usb', printer: string | null) => ({ receipt: { printer: 'R', paper: 'A5' as const, silent: true }, report: { printer: null, paper: 'A4' as const, silent: false }, ticket: { printer, way } })
  const ticket = wish({ kind: 'ticket', title: 'ticket', paper: 'T80' })

  it('goes to the raw queue as dots', async () => {
    const { host, jobs, raw } = fakeSpooler()
    const { printer, settings } = printing(host)
    settings.now = { ...settings.now, printing: at('raw-queue', 'Roll') }
    await printer.print(actor, ticket)
    expect([jobs, raw.map(({ printer: name, bytes }) => [name, [...bytes.subarray(0, 2)]])]).toEqual([[], [['Roll', [0x1b, 0x40]]]])
  })

  it('goes over the USB as dots, and nobody knows more than that it was sent', async () => {
    const { host, jobs } = fakeSpooler()
    const { usb, sent } = fakeUsb()
    const { printer, settings } = printing(host, { usb: async () => usb })
    settings.now = { ...settings.now, printing: at('usb', null) }
    expect([(await printer.print(actor, ticket)).outcome, newest(printer.log(1)).state, jobs, sent.length]).toEqual(['printed', 'sent', [], 1])
  })

  it('is not given to a printer that says it has no paper', async () => {
    const { host } = fakeSpooler()
    const { usb, sent } = fakeUsb('paper-out')
    const { printer, settings } = printing(host, { usb: async () => usb })
    settings.now = { ...settings.now, printing: at('usb', null) }
    expect([await codeOfCall(() => printer.print(actor, ticket)), newest(printer.log(1)), sent]).toMatchObject(['IN-003', { state: 'failed', reason: 'paper-out' }, []])
  })

  it('finds no printer where there is no USB', async () => {
    const { host } = fakeSpooler()
    const { printer, settings } = printing(host)
    settings.now = { ...settings.now, printing: at('usb', null) }
    expect([await codeOfCall(() => printer.print(actor, ticket)), await printer.usbPrinters()]).toEqual(['IN-007', []])
  })
})

describe('Whatever a queue says in whatever order', () => {
  const report = fc.record({
    state: fc.constantFrom('pending', 'printed', 'cancelled', 'failed', 'gone'), reason: fc.constantFrom(null, 'paper-out', 'stopped', 'offline', 'gone', 'silent'),
  }) as fc.Arbitrary<QueueReport>

  it('a job that has ended stays as it ended', async () => {
    await fc.assert(fc.asyncProperty(fc.array(report, { minLength: 1, maxLength: 6 }), async (said) => {
      const { host, next } = fakeSpooler()
      const left = [...said]
      const { printer } = printing({ ...host, queueJob: async () => left.shift() ?? { state: 'printed', reason: null } }, { pause: (asked) => (asked > 8 ? null : 0) })
      next.answer = async () => ({ queued: 'Q-1' })
      await printer.attempt(actor, wish())
      await expect.poll(() => newest(printer.log(1)), { interval: 2 }).toSatisfy((job: PrintJobView) => ['printed', 'failed', 'cancelled'].includes(job.state) || job.reason === 'silent')
      const ended = said.find(({ state }) => state !== 'pending')
      const wanted = ended === undefined || ended.state === 'printed' ? 'printed' : ended.state === 'cancelled' ? 'cancelled' : ended.state === 'failed' ? 'failed' : ended.reason === 'gone' ? 'failed' : 'sent'
      // A pending "silent" is a silence that may end.
      if (newest(printer.log(1)).state === 'waiting') await expect.poll(() => newest(printer.log(1)).state, { interval: 2 }).toBe(wanted)
      expect(newest(printer.log(1)).state).toBe(wanted)
    }), { numRuns: 25 })
  })
})
