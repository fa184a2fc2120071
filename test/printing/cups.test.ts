import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { QueueReport } from '@contract/printing'
import { askQueue, cancelJob } from '../../src-main/shell/cups'
import { type PrintJob, printByQueue, printRaw } from '../../src-main/shell/print-queue'
import { createPaperwork } from '../../src-main/paperwork'
import { sampleForm } from '../paperwork/office-sample'
import { infoOf, RESOURCES, textOf } from '../paperwork/pdf-tools'
import { FRAME, sampleSheet } from '../paperwork/report-sample'
import { sampleOptions, sampleReceipt } from '../paperwork/sample'
import { noCups, type OwnCups, startCups } from './own-cups'

const missing = noCups()
const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
const page = (paper: 'A4' | 'A5') => paperwork.testPage({ paper, ward: 'Ủy ban nhân dân phường Tân Mỹ Hưng', unit: 'Bộ phận Một cửa', printer: 'HP Tầng 1', by: 'Đỗ Thị Mỹ Duyên', at: '2026-11-23T02:00:00.000Z', practice: false })
const job = (bytes: Uint8Array, printer: string, paper: 'A4' | 'A5', copies = 1): PrintJob => ({ kind: 'print-pdf', bytes, printer, silent: true, paper, copies })

describe.skipIf(missing !== null)(`a queue of CUPS${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let cups: OwnCups
  const before = process.env.CUPS_SERVER
  beforeAll(async () => {
    cups = await startCups()
    process.env.CUPS_SERVER = cups.server
  })
  afterAll(async () => {
    if (before === undefined) delete process.env.CUPS_SERVER
    else process.env.CUPS_SERVER = before
    await cups.stop()
  })
  const queued = async (wish: PrintJob): Promise<string> => {
    const handed = await printByQueue(wish)
    if (handed === null || typeof handed === 'string') throw new Error('no name of the job')
    return handed.queued
  }
  const until = (name: string, state: QueueReport['state'], reason: QueueReport['reason']) => expect.poll(() => askQueue(name), { timeout: 20_000, interval: 50 }).toEqual({ state, reason })
  const kept = (folder: string): Buffer[] => readdirSync(folder).filter((name) => name.endsWith('.out')).map((name) => readFileSync(join(folder, name)))

  const papers = {
    'the test page': ['A5', () => page('A5')],
    'Mẫu 02': ['A5', async () => (await paperwork.officeForm(sampleForm('mau-02'), { paper: 'A5', practice: false, reprint: null })).pdf],
    'Mẫu 01': ['A4', async () => (await paperwork.receipt(sampleReceipt(), { ...sampleOptions(), paper: 'A4' })).pdf],
    'the daily sheet': ['A4', async () => (await paperwork.report(sampleSheet('daily'), FRAME)).pdf],
  } as const satisfies Record<string, readonly ['A4' | 'A5', () => Promise<Uint8Array>]>
  const SIDES = { A5: [148, 210], A4: [210, 297] }

  it.each(Object.entries(papers))('gets %s at its size with its text, and says when it is printed', async (title, [paper, make]) => {
    const queue = `Sheets-${String(Object.keys(papers).indexOf(title))}`
    const folder = cups.queue(queue, 'pdf')
    const bytes = await make()
    await until(await queued(job(bytes, queue, paper)), 'printed', null)
    const [printed] = kept(folder)
    if (!printed) throw new Error('nothing came out')
    const points = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(infoOf(printed))?.slice(1) ?? []
    const [one = 0, other = 0] = points.map((side) => Math.round((Number(side) * 25.4) / 72))
    expect([Math.min(one, other), Math.max(one, other)]).toEqual(SIDES[paper])
    expect(textOf(printed)).toBe(textOf(bytes))
  })

  it('that is stopped holds the job and says so; going on it prints once', async () => {
    const folder = cups.queue('Stopped', 'raw')
    cups.run('cupsdisable', 'Stopped')
    const name = await queued(job(await page('A5'), 'Stopped', 'A5'))
    await until(name, 'pending', 'stopped')
    cups.run('cupsenable', 'Stopped')
    await until(name, 'printed', null)
    expect(kept(folder)).toHaveLength(1)
  })

  it('without paper says so, and goes on when there is some', async () => {
    const folder = cups.queue('Empty', 'raw')
    writeFileSync(join(folder, 'paper-out'), '')
    const name = await queued(job(await page('A5'), 'Empty', 'A5'))
    await until(name, 'pending', 'paper-out')
    rmSync(join(folder, 'paper-out'))
    await until(name, 'printed', null)
  })

  it('whose printer is gone in the middle of it gives the job up', async () => {
    const folder = cups.queue('Dead', 'raw')
    writeFileSync(join(folder, 'dead'), '')
    await until(await queued(job(await page('A5'), 'Dead', 'A5')), 'failed', 'other')
    expect(kept(folder)).toEqual([])
  })

  it('that is deleted with a job in it is gone, and so is the job', async () => {
    const folder = cups.queue('Deleted', 'raw')
    writeFileSync(join(folder, 'paper-out'), '')
    const name = await queued(job(await page('A5'), 'Deleted', 'A5'))
    await until(name, 'pending', 'paper-out')
    cups.run('lpadmin', '-x', 'Deleted')
    rmSync(join(folder, 'paper-out'))
    await until(name, 'gone', 'gone')
  })

  it('lets a job be taken out, which then is cancelled', async () => {
    cups.queue('Taken', 'raw')
    cups.run('cupsdisable', 'Taken')
    const name = await queued(job(await page('A5'), 'Taken', 'A5'))
    await cancelJob(name)
    await until(name, 'cancelled', null)
  })

  it('gets the bytes of a ticket as they are', async () => {
    const folder = cups.queue('Roll', 'raw')
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256)
    const handed = await printRaw({ bytes, printer: 'Roll' })
    if (handed === null || typeof handed === 'string') throw new Error('no name of the job')
    await until(handed.queued, 'printed', null)
    expect(kept(folder)[0]?.equals(bytes)).toBe(true)
  })

  it('that is none is refused at once', async () => {
    await expect(printByQueue(job(await page('A5'), 'Nowhere', 'A5'))).rejects.toMatchObject({ code: 'IN-003' })
  })

  it('that no longer answers is silent', async () => {
    process.env.CUPS_SERVER = `${cups.server}.none`
    expect([await askQueue('Sheets-0-1'), existsSync(`${cups.server}.none`)]).toEqual([{ state: 'pending', reason: 'silent' }, false])
    process.env.CUPS_SERVER = cups.server
  })
})
