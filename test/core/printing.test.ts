import { call } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { headlessHost, type Host } from '../../src-main/core/host'
import { infoOf, textOf } from '../paperwork/pdf-tools'
import { codeOfCall, practice, router } from './support'

type Job = Parameters<Host['printPdf']>[0]

async function counter(report: Awaited<ReturnType<Host['queueJob']>> = { state: 'printed', reason: null }) {
  const jobs: Job[] = []
  const host: Host = {
    ...headlessHost(), queueJob: async () => report,
    printPdf: async (job) => {
      jobs.push(job)
      return { queued: `Q-${String(jobs.length)}` }
    },
  }
  const made = await practice('duyen', { host })
  const choose = (printing: object): void => void made.office().settingsStore.saveSection('system', 'printing', { ...made.office().settings().printing, ...printing })
  return { ...made, jobs, choose }
}

describe('The printing of a counter', () => {
  it.each([['receipt', 'A5', '419.5'], ['report', 'A4', '595.2']] as const)('tries the printer of %s with a page of its paper, without a dialog, and says what became of it', async (kind, paper, width) => {
    const { context, jobs, choose } = await counter()
    choose({ [kind]: { printer: 'HP', paper, silent: false } })
    const job = await call(router.printing.testPage, { kind }, context)
    const [sent] = jobs
    expect([job, sent?.printer, sent?.silent, sent?.paper]).toMatchObject([{ kind, title: 'test-page', state: 'printed', printer: 'HP', by: 'Đỗ Thị Mỹ Duyên' }, 'HP', true, paper])
    expect([infoOf(sent?.bytes ?? new Uint8Array()).includes(`Page size:       ${width}`), textOf(sent?.bytes ?? new Uint8Array()).includes('BẢN THỰC HÀNH')]).toEqual([true, true])
  })

  it('tries no printer of tickets where there is none', async () => {
    const { context, jobs } = await counter()
    expect([await codeOfCall(() => call(router.printing.testPage, { kind: 'ticket' }, context)), jobs]).toEqual(['IN-007', []])
  })

  it('keeps a log that says why a print waits, and sends it again as a print of its own', async () => {
    const { context, jobs, choose, office } = await counter({ state: 'pending', reason: 'paper-out' })
    choose({ receipt: { printer: 'HP', paper: 'A5', silent: true } })
    const first = await call(router.printing.testPage, { kind: 'receipt' }, context)
    const again = await call(router.printing.retry, { id: first.id, printer: 'Other' }, context)
    const log = await call(router.printing.log, {}, context)
    expect(log.map(({ state, reason, printer, retries }) => [state, reason, printer, retries])).toEqual([['waiting', 'paper-out', 'Other', first.id], ['cancelled', null, 'HP', null]])
    expect([again, await call(router.printing.job, { id: first.id }, context), jobs.length, office().audit.list(office().store.read, { limit: 3 }).map(({ action }) => action)]).toMatchObject([
      { retries: first.id, printer: 'Other' }, { state: 'cancelled' }, 2, ['paper.printed-again', 'paper.printed', 'settings.changed'],
    ])
  })
})
