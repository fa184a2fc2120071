import { call } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '@contract/settings'
import { leafletData } from '../../src-main/core/guide-leaflet'
import { headlessHost, type Host } from '../../src-main/core/host'
import { createPaperwork } from '../../src-main/paperwork'
import { catalogue, procedureOf } from '../procedures/sample'
import { practice, RESOURCES, router } from './support'
import { ward } from '../staff/support'

const settings = { ward, workingHours: DEFAULT_SETTINGS.workingHours }
const options = { language: 'vi', paper: 'A5', practice: false } as const
const pagesOf = (pdf: Uint8Array): number => Buffer.from(pdf).toString('latin1').split(/\/Type \/Page\b/u).length - 1

/** Those with the most to print. */
const LONGEST = [...catalogue.procedures].sort((a, b) => JSON.stringify(b.components).length - JSON.stringify(a.components).length).slice(0, 3)

describe('the words of a leaflet', () => {
  it('tell where by the question that decides', () => {
    const { place } = leafletData(procedureOf('1.001193'), settings, options)
    expect(place).toEqual({ here: true, title: 'Cha hoặc mẹ của trẻ cư trú ở phường này không?', words: ['Có: nộp tại đây.', expect.stringContaining('trong thành phố'), expect.stringContaining('Tỉnh, thành phố khác: đến')] })
    expect(leafletData(procedureOf('1.004222'), settings, options).place).toMatchObject({ here: false, title: 'Không nộp tại đây' })
    expect(leafletData(procedureOf('2.000815'), settings, options).place.words).toEqual([])
  })

  it('leave the amount to the counter where the city sets it, and the time where there is none', () => {
    expect(leafletData(procedureOf('1.004884'), settings, options).fees[0]).toContain('hỏi tại quầy')
    const untimed = catalogue.procedures.find(({ time }) => time === undefined)
    if (untimed) expect(leafletData(untimed, settings, options).time).toEqual(['Quầy hẹn ngày khi nhận hồ sơ'])
  })

  it('are English where they are the leaflet\'s own', () => {
    const { papers, time } = leafletData(procedureOf('2.000815'), settings, { ...options, language: 'en' })
    expect(time[0]).toContain('The same day')
    expect(papers[0]?.about).toBe('to be shown at the counter')
  })
})

describe('a leaflet', () => {
  it.each(LONGEST)('is one page even for those with the most to say: $code', async (procedure) => {
    const paperwork = createPaperwork({ resourcesFolder: RESOURCES })
    for (const [paper, language] of [['A5', 'vi'], ['A4', 'en']] as const) {
      expect(pagesOf(await paperwork.leaflet(leafletData(procedure, settings, { practice: false, paper, language }))), paper).toBe(1)
    }
  })

  it('goes to the printer of the reports, else of the receipts', async () => {
    const printed: Parameters<Host['printPdf']>[0][] = []
    const host: Host = { ...headlessHost(), printPdf: async (job) => { printed.push(job); return 'printed' } }
    const { context, office } = await practice('duyen', { host })
    const printing = { ...office().settings().printing, receipt: { printer: 'A', paper: 'A5' as const, silent: true } }
    office().settingsStore.saveSection('system', 'printing', printing)
    await call(router.guide.printLeaflet, { code: '2.000815' }, context)
    office().settingsStore.saveSection('system', 'printing', { ...printing, report: { printer: 'B', paper: 'A4', silent: false } })
    expect(await call(router.guide.printLeaflet, { code: '2.000815', paper: 'A4' }, context)).toEqual({ outcome: 'printed' })
    expect(printed.map(({ printer, paper, silent }) => [printer, paper, silent])).toEqual([['A', 'A5', true], ['B', 'A4', true]])
  })
})
