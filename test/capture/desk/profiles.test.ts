import { describe, expect, test } from 'vitest'
import type { ScanCaps } from '@contract/capture'
import { type ScanProfile, USUAL_PROFILE, USUAL_WISHES } from '@contract/pages'
import { fitProfile, pageWish, scanOptions } from '../../../src-main/capture/desk/profiles'

const glass = { source: 'flatbed', colours: ['colour', 'grey'], dpis: [75, 150, 300, 600], width: 216, height: 297 } as const
const feeder = { ...glass, source: 'feeder', dpis: [200, 300], width: 216, height: 356 } as const
const duplex = { ...feeder, source: 'feeder-duplex' } as const
const caps = (...sources: readonly (typeof glass | typeof feeder | typeof duplex)[]): ScanCaps => ({ sources: sources.map((one) => ({ ...one, colours: [...one.colours], dpis: [...one.dpis] })) })
const short = ({ source, dpi, paper }: ScanProfile): string => `${source} ${String(dpi)} ${paper}`

describe('a way of scanning on a device', () => {
  test.each([
    ['stays as it is where the device can do it', {}, caps(glass, feeder), 'feeder 300 A4'],
    ['lies on the glass where there is no feeder', {}, caps(glass), 'flatbed 300 A4'],
    ['is one side where there is no duplex', { source: 'feeder-duplex' }, caps(glass, feeder), 'feeder 300 A4'],
    ['goes through the feeder where there is no glass', { source: 'flatbed' }, caps(duplex, feeder), 'feeder 300 A4'],
    ['takes the nearest resolution', { dpi: 240 }, caps(feeder), 'feeder 200 A4'],
    ['takes the finer one of two that are as near', { dpi: 250 }, caps(feeder), 'feeder 300 A4'],
    ['takes the whole glass where the paper is larger', { paper: 'A3' }, caps(glass), 'flatbed 300 whole'],
    ['takes a paper that is as large as the glass but for what devices round', { paper: 'Legal' }, caps(feeder), 'feeder 300 Legal'],
    ['takes a card anywhere', { paper: 'card', source: 'flatbed' }, caps(glass), 'flatbed 300 card'],
  ] satisfies [string, Partial<ScanProfile>, ScanCaps, string][])('%s', (_name, wish, on, expected) => {
    expect(short(fitProfile({ ...USUAL_PROFILE, ...wish }, on))).toBe(expected)
  })

  test('is refused by a device that offers nothing', () => {
    expect(() => fitProfile(USUAL_PROFILE, { sources: [] })).toThrow(expect.objectContaining({ code: 'QT-008' }))
  })

  test('asks for colours that the device has', () => {
    const black: ScanCaps = { sources: [{ ...glass, colours: ['black'], dpis: [300] }] }
    expect(scanOptions({ ...USUAL_PROFILE, source: 'flatbed' }, black)).toMatchObject({ colour: 'black', most: null })
  })
})

describe('what is made of a page', () => {
  const page = { origin: { kind: 'sane', simulated: false }, paper: 'A4', wishes: USUAL_WISHES, original: { sha256: null, page: 0, dpi: 300 } } as const
  test('follows where it came from and what the officer wished', () => {
    expect(pageWish(page)).toMatchObject({ from: 'scanner', paper: { width: 210, height: 297 }, straighten: true, crop: true, whiten: true, mostDpi: 300, turns: 0, colour: 'auto' })
    expect(pageWish({ ...page, origin: { kind: 'camera', simulated: false }, paper: 'whole' })).toMatchObject({ from: 'camera', paper: null })
    expect(pageWish({ ...page, origin: { kind: 'import', simulated: false }, original: { ...page.original, dpi: 1200 } })).toMatchObject({ from: 'file', mostDpi: 300 })
    expect(pageWish({ ...page, wishes: { ...USUAL_WISHES, clean: false } })).toMatchObject({ straighten: false, crop: false, whiten: false })
  })
  test.each([[150, 300], [300, 300], [400, 400], [600, 600], [1200, 600]])('of a scan at %i dpi keeps %i at the most', (dpi, most) => {
    expect(pageWish({ ...page, original: { ...page.original, dpi } }).mostDpi).toBe(most)
  })
})
