import { call } from '@orpc/server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { SlipToken } from '@contract/feedback'
import type { HallContext } from '../../src-main/core/hall-serving'
import { headlessHost, type Host } from '../../src-main/core/host'
import { createKioskRouter } from '../../src-main/core/queue-doors'
import { systemClock } from '../../src-main/storage'
import { codesByZbar, textOf } from '../paperwork/pdf-tools'
import { codeOfCall, filledContent, live, practice, router } from './support'

const kiosk = createKioskRouter()
type Job = Parameters<Host['printPdf']>[0]

/** A dossier that was received, and what went to the printers. */
async function received(outcome: 'printed' | 'cancelled' = 'printed') {
  const jobs: Job[] = []
  const host: Host = { ...headlessHost(), printPdf: async (job) => { jobs.push(job); return outcome } }
  const made = await practice('duyen', { host })
  const { context, office, counter, log } = made
  const view = await call(router.intake.start, undefined, context)
  const saved = await call(router.intake.save, { draftId: view.id, revision: view.revision, content: filledContent(view, office().catalogue.get('1.004873')) }, context)
  const { id: dossierId, code } = await call(router.intake.commit, { draftId: view.id, revision: saved.revision }, context)
  const gone = new AbortController()
  onTestFinished(() => gone.abort())
  const hall: { context: HallContext } = { context: { counter, host, log, clock: systemClock, live, turned: false, gone: gone.signal } }
  const audited = (action: string): number => office().audit.list(office().store.read, { limit: 100 }).filter((entry) => entry.action === action).length
  return { ...made, jobs, dossierId, code, hall, audited, print: () => call(router.feedback.printSlip, { dossierId }, context) }
}

describe('A rating slip', () => {
  it('goes to the printer of tickets where there is one', async () => {
    const { jobs, office, print, code, dossierId, context, audited } = await received()
    office().settingsStore.saveSection('system', 'printing', { ...office().settings().printing, ticket: { printer: 'Máy in phiếu', way: 'queue' } })
    const { outcome } = await print()
    const { text } = await call(router.feedback.slip, { dossierId }, context)
    const [job] = jobs
    expect([outcome, job?.printer, job?.silent, job?.paper, audited('rating.slip-printed')]).toEqual(['printed', 'Máy in phiếu', true, 'T80', 1])
    expect([codesByZbar(job?.bytes ?? new Uint8Array(), 203), textOf(job?.bytes ?? new Uint8Array()).includes(`Hồ sơ có số cuối ${code.slice(-4)}`)]).toEqual([[text], true])
  })

  it('goes through the dialog on the paper of receipts where there is none, and says when it was left', async () => {
    const { jobs, print, audited } = await received('cancelled')
    const { outcome } = await print()
    expect([outcome, jobs.map(({ printer, silent, paper }) => ({ printer, silent, paper })), audited('rating.slip-printed')]).toEqual(['cancelled', [{ printer: null, silent: false, paper: 'A5' }], 0])
  })

  it('is known at the kiosk, rates there once, and is used up', async () => {
    const { hall, context, dossierId, print } = await received()
    const { text, token } = await call(router.feedback.slip, { dossierId }, context)
    const scanned = await call(kiosk.scan, { text }, hall)
    await call(kiosk.rate, { slip: token, stars: 4, reasons: ['speed'], comment: 'Nhanh' }, hall)
    const again = await call(kiosk.scan, { text: `${text}\r` }, hall)
    const refusals = [await codeOfCall(() => call(kiosk.rate, { slip: token, stars: 1, reasons: [], comment: '' }, hall)), await codeOfCall(print)]
    expect([scanned, again, refusals]).toEqual([
      { kind: 'rating', slip: token, subject: expect.any(String), rated: false }, expect.objectContaining({ kind: 'rating', rated: true }), ['PA-005', 'PA-005'],
    ])
    expect([await call(router.feedback.slip, { dossierId }, context), await call(router.feedback.standing, { dossierId }, context)]).toMatchObject([{ used: true }, { rated: true, refused: false }])
  })

  it('handed to the officer leads to its dossier, and rates once', async () => {
    const { hall, context, dossierId } = await received()
    const { text, token } = await call(router.feedback.slip, { dossierId }, context)
    const found = await call(router.feedback.ofSlip, { slip: token }, context)
    await call(router.feedback.rate, { dossierId: found.dossierId, stars: null, reasons: [], comment: '' }, context)
    const refused = await call(router.feedback.standing, { dossierId }, context)
    await call(router.feedback.rate, { dossierId: found.dossierId, stars: 5, reasons: [], comment: '' }, context)
    expect([found, refused, await call(kiosk.scan, { text }, hall)]).toEqual([
      { dossierId, subject: expect.any(String), rated: false }, { rated: false, refused: true }, expect.objectContaining({ kind: 'rating', rated: true }),
    ])
  })

  it('that nobody made is told', async () => {
    const { context, hall } = await received()
    expect([await codeOfCall(() => call(router.feedback.ofSlip, { slip: SlipToken.parse('0'.repeat(20)) }, context)), await call(kiosk.scan, { text: `MOTCUA:DG:1:${'0'.repeat(20)}` }, hall)]).toEqual(['PA-004', { kind: 'unknown' }])
  })
})

describe('A number looked up by its code', () => {
  it('is told where it stands, and one that is not of today is none', async () => {
    const { context } = await practice('duyen')
    const { id } = await call(router.queue.take, { letter: 'A', group: 'ordinary' }, context)
    const waiting = await call(router.queue.look, { ticket: id }, context)
    const called = await call(router.queue.next, undefined, context)
    await call(router.queue.start, { ticket: id }, context)
    await call(router.queue.finish, { ticket: id }, context)
    const done = await call(router.queue.look, { ticket: id }, context)
    const unknown = await call(router.queue.look, { ticket: called.id.replace(/^./u, (first) => (first === '0' ? '1' : '0')) }, context)
    expect([waiting?.state, done?.state, unknown]).toEqual(['waiting', 'done', null])
  })
})
