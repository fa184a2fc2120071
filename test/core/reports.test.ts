import { call } from '@orpc/server'
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { toCivil } from '../../src-preload/contract/civil-time'
import { sealOf } from '@contract/report-words'
import { headlessHost, type Host } from '../../src-main/core/host'
import { textOf } from '../paperwork/pdf-tools'
import { temporaryFolder } from '../storage/support'
import { codeOfCall, filledContent, machine, practice, router } from './support'

function shell(outcome: 'printed' | 'cancelled' = 'printed') {
  const [printed, saved]: [Uint8Array[], { suggestedName: string; bytes: Uint8Array }[]] = [[], []]
  const host: Host = {
    ...headlessHost(), printPdf: async ({ bytes }) => { printed.push(bytes); return outcome },
    saveFile: async (file) => { saved.push(file); return outcome === 'printed' ? 'saved' : 'cancelled' },
  }
  return { host, printed, saved }
}

const today = toCivil(new Date()).date
const DAILY = { kind: 'daily', from: today, to: today } as const

async function supervisor(outcome?: 'printed' | 'cancelled') {
  const made = shell(outcome)
  const ward = await practice('huy', { host: made.host })
  return { ...ward, ...made }
}

describe('Reports of the office', () => {
  test('reach a supervisor with a dossier just received, balanced, and no officer', async () => {
    const ward = await supervisor()
    const { context, office } = ward
    const view = await call(router.intake.start, undefined, context)
    const { revision } = await call(router.intake.save, { draftId: view.id, revision: view.revision, content: filledContent(view, office().catalogue.get('1.004873')) }, context)
    await call(router.intake.commit, { draftId: view.id, revision }, context)
    const { rows, columns, checks } = await call(router.reports.sheet, DAILY, context)
    expect([rows.at(-1)?.cells[columns.findIndex(({ key }) => key === 'fresh')], checks.map(({ ok }) => ok)]).toEqual([1, [true, true, true, true]])
    expect((await call(router.reports.charts, { from: today, to: today }, context)).days).toEqual([{ date: today, received: 1, solved: 0, onTime: 0 }])
    const officer = await practice('duyen')
    expect(await codeOfCall(() => call(router.reports.sheet, DAILY, officer.context))).toBe('TK-005')
  })

  test('refuse a period that cannot be', async () => {
    const { context } = await supervisor()
    const codeOf = (from: string, to: string) => codeOfCall(() => call(router.reports.sheet, { kind: 'fees', from, to }, context))
    expect([await codeOf('2026-02-02', '2026-02-01'), await codeOf('2020-01-01', '2026-01-01'), await codeOf('2099-01-01', '2099-01-02')]).toEqual(['BC-001', 'BC-002', 'BC-003'])
  })

  test('go out as PDF, workbook, print and a paper to be signed, each told, under one digest that is on the paper', async () => {
    const { context, printed, saved, office } = await supervisor()
    const { digest } = await call(router.reports.sheet, DAILY, context)
    await call(router.reports.savePdf, DAILY, context)
    await call(router.reports.saveXlsx, DAILY, context)
    expect((await call(router.reports.print, DAILY, context)).outcome).toBe('printed')
    const { target } = await call(router.reports.toSign, DAILY, context)
    expect([target.kind, saved.map(({ suggestedName }) => suggestedName)]).toEqual(['file', [`bao-cao-daily-${today}.pdf`, `bao-cao-daily-${today}.xlsx`]])
    expect(Object.keys(unzipSync(saved[1]?.bytes ?? new Uint8Array()))).toContain('xl/worksheets/sheet1.xml')
    expect(textOf(printed[0] ?? new Uint8Array())).toContain(sealOf(digest))
    const made = await call(router.reports.made, { digest: sealOf(digest) }, context)
    expect(made.map(({ way }) => way).sort()).toEqual(['pdf', 'printed', 'signed', 'xlsx'])
    expect(office().audit.list(office().store.read, { limit: 50 }).map(({ action }) => action)).toEqual(expect.arrayContaining(['report.pdf', 'report.xlsx', 'report.printed', 'report.signed']))
  })

  test('that were cancelled on the way are not told of', async () => {
    const { context } = await supervisor('cancelled')
    await call(router.reports.savePdf, DAILY, context)
    await call(router.reports.saveXlsx, DAILY, context)
    await call(router.reports.print, DAILY, context)
    expect(await call(router.reports.made, {}, context)).toEqual([])
  })

  test('of a day that closed while the machine was off ask to be printed after the next start', async () => {
    const folder = temporaryFolder()
    let now = '2026-11-16T02:00:00.000Z'
    const clock = { now: () => new Date(now) }
    const monday = await practice('huy', { folder, clock, host: shell().host })
    const view = await call(router.intake.start, undefined, monday.context)
    const { revision } = await call(router.intake.save, { draftId: view.id, revision: view.revision, content: filledContent(view, monday.office().catalogue.get('1.004873')) }, monday.context)
    await call(router.intake.commit, { draftId: view.id, revision }, monday.context)
    expect(await call(router.reports.due, undefined, monday.context)).toEqual([])
    await monday.counter.close()
    now = '2026-11-17T01:00:00.000Z'
    const tuesday = machine({ folder, clock, host: shell().host })
    await tuesday.counter.start()
    expect((await tuesday.office().desks.reports()).reports.due().map(({ day }) => day)).toEqual(['2026-11-16'])
  })
})
