import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ERRORS } from '@contract/errors'
import type { PrintReason, QueueReport } from '@contract/printing'
import { jobOf, serverOf } from '../../src-main/shell/cups'
import { ippAnswer, type IppAnswer, ippRequest, OPERATION, STATUS_NOT_FOUND } from '../../src-main/shell/ipp'
import { assertPrinter, jobNameIn, lpArguments, printByQueue, printRaw } from '../../src-main/shell/print-queue'
import { reasonOf, reportOf } from '../../src-main/shell/queue-words'

const folder = (): string => mkdtempSync(join(tmpdir(), 'shell-'))

describe('printing by the queue', () => {
  const job = { kind: 'print-pdf', bytes: new Uint8Array([37, 80, 68, 70]), printer: 'Q 1', silent: true, paper: 'A5', copies: 2 } as const
  const fakeLp = (script: string): { command: string; seen: () => string[] } => {
    const place = folder()
    const command = join(place, 'lp')
    writeFileSync(command, `#!/bin/sh\ncat > "${place}/input"\nprintf '%s\\n' "$@" > "${place}/args"\n${script}\n`)
    chmodSync(command, 0o755)
    return { command, seen: () => [readFileSync(join(place, 'args'), 'utf8'), readFileSync(join(place, 'input'), 'utf8')] }
  }

  it('names queue, copies and paper', () => {
    expect(lpArguments(job)).toEqual(['-d', 'Q 1', '-n', '2', '-t', 'mot-cua', '-o', 'media=A5', '-o', 'print-scaling=none', '-'])
  })

  it.skipIf(process.platform === 'win32')('hands over the very bytes of the PDF', async () => {
    const { command, seen } = fakeLp('echo "request id is Q-2-17 (0 file(s))"')
    expect([await printByQueue(job, command), seen()[1]]).toEqual([{ queued: 'Q-2-17' }, '%PDF'])
  })

  it.skipIf(process.platform === 'win32')('is content with a queue that names no job', async () => {
    expect(await printByQueue(job, fakeLp('exit 0').command)).toBe('printed')
  })

  it.skipIf(process.platform === 'win32')('hands over bytes of the printer\'s own language past every filter', async () => {
    const { command, seen } = fakeLp('echo "request id is Q-1 (0 file(s))"')
    expect([await printRaw({ bytes: job.bytes, printer: 'Q 1' }, command), seen()]).toEqual([{ queued: 'Q-1' }, ['-d\nQ 1\n-t\nmot-cua\n-o\nraw\n-\n', '%PDF']])
  })

  it.each([
    ['request id is PDF-12 (1 file(s))\n', 'PDF-12'],
    ['request id is Q-2-7 (0 file(s))\n', 'Q-2-7'],
    ['lp: warning\nrequest id is Máy_in-3 (0 file(s))\n', 'Máy_in-3'],
    ['mã yêu cầu là PDF-12', null],
    ['', null],
  ])('reads the name of the job in %o', (said, name) => {
    expect(jobNameIn(said)).toBe(name)
  })

  it.skipIf(process.platform === 'win32')('fails with IN-003 when the queue refuses', async () => {
    await expect(printByQueue(job, fakeLp('exit 1').command)).rejects.toMatchObject({ code: ERRORS.paper.printFailed })
  })

  it.each([
    ['/MediaBox [0 0 226.77 400]', 'Custom.80x142mm'],
    ['/MediaBox[ 0 10.5 226.77 293.96 ]', 'Custom.80x100mm'],
    ['nothing', 'Custom.80x150mm'],
    ['/MediaBox [0 0 226.77 -1]', 'Custom.80x150mm'],
  ])('cuts a roll where the page ends: %s', (pdf, media) => {
    expect(lpArguments({ ...job, paper: 'T80', bytes: Buffer.from(`%PDF-1.7 ${pdf}`) })).toContain(`media=${media}`)
  })

  it('says when there is no such command', async () => {
    expect(await printByQueue(job, join(folder(), 'none'))).toBe(null)
  })

  it.each([
    ['Q 2', [{ name: 'Q 1', label: '', isDefault: true }]],
    [null, []],
  ])('knows that %s is not among %o', (printer, printers) => {
    expect(() => assertPrinter({ printer }, printers)).toThrow(ERRORS.paper.printerMissing)
  })
})

describe('what CUPS answers over IPP', () => {
  // Recorded from CUPS 2.4.2: a job that prints on a printer without paper, and a printer that is none.
  const BEGIN = '470012617474726962757465732d6368617273657400057574662d3848001b617474726962757465732d6e61747572616c2d6c616e67756167650002656e'
  const JOB = `010100000000000101${BEGIN}022300096a6f622d73746174650004000000054400116a6f622d73746174652d726561736f6e73000c6a6f622d7072696e74696e6703`
  const PRINTER = `010100000000000101${BEGIN}0423000d7072696e7465722d73746174650004000000044400157072696e7465722d73746174652d726561736f6e7300116d656469612d656d7074792d6572726f7203`
  const NONE = `010104060000000101${BEGIN}41000e7374617475732d6d6573736167650024546865207072696e746572206f7220636c61737320646f6573206e6f742065786973742e03`
  const read = (hex: string): IppAnswer => {
    const answer = ippAnswer(Buffer.from(hex, 'hex'))
    if (answer === null) throw new Error('no answer')
    return answer
  }

  it('is read by name', () => {
    expect([read(JOB).attributes['job-state'], read(JOB).attributes['job-state-reasons'], read(PRINTER).attributes['printer-state-reasons']]).toEqual([[5], ['job-printing'], ['media-empty-error']])
  })

  it('makes "no paper" of a job that prints on an empty printer', () => {
    expect(reportOf(read(JOB), read(PRINTER))).toEqual({ state: 'pending', reason: 'paper-out' })
  })

  it('makes "gone" of a printer that is none any more', () => {
    expect([read(NONE).status, reportOf(read(JOB), read(NONE))]).toEqual([STATUS_NOT_FOUND, { state: 'gone', reason: 'gone' }])
  })

  it('is none when it is cut off anywhere', () => {
    const whole = Buffer.from(JOB, 'hex')
    expect(Array.from({ length: whole.length - 1 }, (_, length) => ippAnswer(whole.subarray(0, length))).filter((answer) => answer !== null)).toEqual([])
  })

  it('may be any bytes at all without harm', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const answer = ippAnswer(bytes)
      return answer === null || typeof answer.status === 'number'
    }))
  })

  it('is asked for in the same form', () => {
    const asked = ippAnswer(ippRequest({ operation: OPERATION.getJobAttributes, target: { name: 'job-uri', uri: 'ipp://localhost/jobs/7' }, wanted: ['job-state', 'job-state-reasons'] }))
    expect(asked).toEqual({ status: OPERATION.getJobAttributes, attributes: { 'attributes-charset': ['utf-8'], 'attributes-natural-language': ['en'], 'job-uri': ['ipp://localhost/jobs/7'], 'requested-attributes': ['job-state', 'job-state-reasons'] } })
  })
})

describe('what a queue means', () => {
  const answer = (attributes: IppAnswer['attributes'], status = 0): IppAnswer => ({ status, attributes })
  const idle = answer({ 'printer-state': [3], 'printer-state-reasons': ['none'] })

  it.each<readonly [string, number, IppAnswer, QueueReport]>([
    ['completed', 9, idle, { state: 'printed', reason: null }],
    ['cancelled', 7, idle, { state: 'cancelled', reason: null }],
    ['aborted', 8, idle, { state: 'failed', reason: 'other' }],
    ['pending on a printer that works', 3, idle, { state: 'pending', reason: null }],
    ['held', 4, idle, { state: 'pending', reason: 'held' }],
    ['pending on a stopped printer', 3, answer({ 'printer-state': [5], 'printer-state-reasons': ['paused'] }), { state: 'pending', reason: 'stopped' }],
    ['pending on a printer that stopped without a word', 3, answer({ 'printer-state': [5], 'printer-state-reasons': ['none'] }), { state: 'pending', reason: 'stopped' }],
    ['printing on one that is off', 5, answer({ 'printer-state': [4], 'printer-state-reasons': ['connecting-to-device', 'offline-report', 'offline-error'] }), { state: 'pending', reason: 'offline' }],
    ['aborted with a jam', 8, answer({ 'printer-state': [3], 'printer-state-reasons': ['media-jam-error'] }), { state: 'failed', reason: 'paper-jam' }],
  ])('that has a job %s', (_case, state, printer, report) => {
    expect(reportOf(answer({ 'job-state': [state] }), printer)).toEqual(report)
  })

  it('that has forgotten a job is not gone itself', () => {
    expect(reportOf(answer({}, STATUS_NOT_FOUND), idle)).toEqual({ state: 'gone', reason: null })
  })

  it.each<readonly [readonly string[], PrintReason | null]>([
    [['none'], null],
    [['media-empty-report'], null],
    [['media-low-warning', 'toner-low-warning'], null],
    [['media-empty'], 'paper-out'],
    [['media-needed-error', 'media-empty-error'], 'paper-out'],
    [['cover-open-error', 'media-empty-error'], 'cover-open'],
    [['door-open'], 'cover-open'],
    [['toner-empty-error'], 'toner-out'],
    [['marker-supply-empty-error'], 'toner-out'],
    [['something-of-the-maker-error'], null],
  ])('that says %o', (keywords, reason) => {
    expect(reasonOf(keywords)).toBe(reason)
  })

  it.each([['Q-12', { queue: 'Q', number: '12' }], ['Q-2-7', { queue: 'Q-2', number: '7' }], ['Q', null], ['-', null], ['Q-x', null]])('that names a job %s', (name, job) => {
    expect(jobOf(name)).toEqual(job)
  })

  it.each([
    ['/run/cups/cups.sock\n', { socketPath: '/run/cups/cups.sock' }],
    ['localhost:631\n', { host: 'localhost', port: 631 }],
    ['[::1]:8631', { host: '::1', port: 8631 }],
    ['print.local', { host: 'print.local', port: 631 }],
    ['', { host: 'localhost', port: 631 }],
  ])('that listens at %o', (said, server) => {
    expect(serverOf(said)).toEqual(server)
  })
})
