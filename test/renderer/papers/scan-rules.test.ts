import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ScanCaps, ScanColour, type ScanDevice, ScanSource } from '@contract/capture'
import { PageId } from '@contract/ids'
import { PageColour, type PageView, ScanPaper, type ScanProfile, USUAL_PROFILE } from '@contract/pages'
import { fitProfile } from '../../../src-main/capture/desk/profiles'
import { chosenOf, linesOf, NOTHING_FOUND, withFound } from '../../../src-renderer/papers/scan/found'
import { choicesFor, fitted } from '../../../src-renderer/papers/scan/profile-choices'
import { summaryOf } from '../../../src-renderer/papers/scan/scan-summary'
import { isFullPath, isScannerAddress } from '../../../src-renderer/settings/scanner-address'

const device = (id: string, simulated = false): ScanDevice => ({ id, kind: simulated ? 'simulator' : 'sane', name: id, simulated })
const found = (...ids: string[]) => ids.reduce((now, id) => withFound(now, { kind: 'device', device: device(id, id.startsWith('sim')) }), NOTHING_FOUND)
const lines = (...args: Parameters<typeof linesOf>): string[] => linesOf(...args).map(({ device: { id }, mark }) => `${id} ${mark ?? '-'}`)

describe('scanners as they are found', () => {
  test('are each listed once, the one used last first, the simulated ones last', () => {
    expect(lines(found('sim', 'a', 'b', 'a'), device('b'), true)).toEqual(['b last', 'a -', 'sim -'])
  })

  test('the one used last can be chosen before it is found', () => {
    expect(lines(NOTHING_FOUND, device('b'), true)).toEqual(['b last'])
  })

  test('the one used last stands at the end, marked, when the search did not find it', () => {
    expect(lines(found('a'), device('b'), false)).toEqual(['a -', 'b missing'])
  })

  test('what the officer picked is chosen, else the first', () => {
    const all = linesOf(found('a', 'b'), null, false)
    expect([chosenOf(all, 'b')?.id, chosenOf(all, 'gone')?.id, chosenOf([], null)]).toEqual(['b', 'a', null])
  })

  test('a way that does not work is told once, with its newest words', () => {
    const trouble = (program: string) => ({ kind: 'trouble' as const, way: 'sane' as const, code: 'QT-014' as const, params: { program } })
    expect(withFound(withFound(NOTHING_FOUND, trouble('one')), trouble('two')).troubles).toEqual([trouble('two')])
  })
})

const source = (name: ScanSource, more: Partial<ScanCaps['sources'][number]> = {}): ScanCaps['sources'][number] => ({ source: name, colours: ['colour', 'grey', 'black'], dpis: [75, 150, 200, 300, 600, 1200], width: 216, height: 297, ...more })

describe('what may be chosen on a scanner', () => {
  test('are its sources, the resolutions worth a choice, papers that fit', () => {
    expect(choicesFor(USUAL_PROFILE, { sources: [source('feeder'), source('flatbed')] })).toEqual({
      sources: ['flatbed', 'feeder'], colours: ['auto', 'colour', 'grey', 'black'], dpis: [150, 200, 300, 600], papers: ['A4', 'A5', 'card', 'whole'],
    })
  })

  test('has A3 where it fits, and keeps a paper of elsewhere that was set', () => {
    const caps = { sources: [source('flatbed', { width: 297, height: 432 })] }
    expect(choicesFor({ ...USUAL_PROFILE, paper: 'Legal' }, caps).papers).toEqual(['Legal', 'A4', 'A5', 'A3', 'card', 'whole'])
  })

  test('offers no colour to a scanner that has none', () => {
    expect(choicesFor({ ...USUAL_PROFILE, colour: 'colour' }, { sources: [source('feeder', { colours: ['black'] })] }).colours).toEqual(['auto', 'black'])
  })

  const caps = fc.record({
    sources: fc.uniqueArray(fc.record({
      source: fc.constantFrom(...ScanSource.options), colours: fc.uniqueArray(fc.constantFrom(...ScanColour.options), { minLength: 1 }),
      dpis: fc.uniqueArray(fc.integer({ min: 50, max: 1200 }), { minLength: 1 }), width: fc.constantFrom(105, 216, 300), height: fc.constantFrom(150, 297, 356, 432),
    }), { selector: ({ source: name }) => name, minLength: 1 }),
  })
  const profile: fc.Arbitrary<ScanProfile> = fc.record({ source: fc.constantFrom(...ScanSource.options), colour: fc.constantFrom(...PageColour.options), dpi: fc.integer({ min: 50, max: 1200 }), paper: fc.constantFrom(...ScanPaper.options), skipBlank: fc.boolean() })

  test('always has the way itself among it, whatever the scanner', () => {
    fc.assert(fc.property(profile, caps, (wish, can) => {
      const way = fitted(wish, can)
      const choices = choicesFor(wish, can)
      expect(choices.sources).toContain(way.source)
      expect(choices.colours).toContain(way.colour)
      expect(choices.dpis).toContain(way.dpi)
      expect(choices.papers).toContain(way.paper)
      expect(fitted(way, can)).toEqual(way)
    }))
  })

  test('is what the core makes of it: the dialog never promises another scan', () => {
    fc.assert(fc.property(profile, caps, (wish, can) => {
      const way = fitted(wish, can)
      expect(fitProfile(way, can)).toEqual(way)
    }))
  })
})

describe('what a scan brought', () => {
  const id = (number: number): PageId => PageId.parse(`0199a000-0000-7000-8000-${String(number).padStart(12, '0')}`)
  const page = (number: number, more: Partial<PageView>): PageView => ({ id: id(number), component: 'a', place: 'kept', state: 'ready', ...more }) as PageView

  test('is told by where the pages went: separators, other papers, blank sides', () => {
    const pages = [page(1, {}), page(2, { place: 'separator' }), page(3, { component: 'b' }), page(4, { component: 'b', state: 'failed' }), page(5, { place: 'blank' }), page(6, { place: 'removed' }), page(9, {})]
    expect(summaryOf({ component: 'a', pageIds: [1, 2, 3, 4, 5, 6, 7].map(id) }, pages)).toEqual({ here: 2, elsewhere: [{ component: 'b', pages: 2 }], separators: 1, blank: 1, failed: 1 })
  })
})

describe('what is typed for a network scanner', () => {
  test.each(['192.168.1.40', 'may-quet.local:8080', 'https://scanner.ward/eSCL', 'fe80::1', ' 10.0.0.9 '])('%s is an address', (typed) => expect(isScannerAddress(typed)).toBe(true))
  test.each(['', 'máy quét tầng 2', 'ftp://10.0.0.1', 'user@10.0.0.1', 'http://', 'C:\\scan'])('%j is none', (typed) => expect(isScannerAddress(typed)).toBe(false))
  test.each(['/srv/quet', 'D:\\Quet', 'd:/quet', '\\\\may-chu\\quet'])('%s is a full path', (typed) => expect(isFullPath(typed)).toBe(true))
  test.each(['quet', './quet', 'Documents/quet'])('%s begins somewhere', (typed) => expect(isFullPath(typed)).toBe(false))
})
