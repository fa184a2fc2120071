import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSaneDriver } from '../../../src-main/capture/scan'
import { A4, all, collect } from '../../devices/scanner/collect'
import { haveSane, saneConfig, scanimageLike, type SaneTestOptions } from '../../devices/scanner/sane'

const never = new AbortController().signal
const inbox = () => mkdtempSync(join(tmpdir(), 'pages-'))
const withTest = (options: SaneTestOptions = {}, program?: string) =>
  createSaneDriver({ env: { SANE_CONFIG_DIR: saneConfig(options) }, grace: 1000, ...(program === undefined ? {} : { program }) })
const TEST = { id: 'sane:test:0', kind: 'sane', name: 'frontend-tester', simulated: true } as const
const PNM = { id: 'sane:pnm:0', kind: 'sane', name: 'PNM file reader', simulated: true } as const
const FEEDER = { ...A4, source: 'feeder', colour: 'grey', dpi: 75 } as const

describe.skipIf(!haveSane)('SANE, by its test backend (package sane-utils)', () => {
  it('finds the scanner and tells what it can', async () => {
    const driver = withTest()
    expect(await all(driver.list(never))).toEqual([TEST])
    const { sources } = await driver.capabilities(TEST, never)
    expect(sources.map((source) => source.source)).toEqual(['flatbed', 'feeder'])
    expect(sources[0]).toMatchObject({ colours: ['grey', 'colour'], width: 300, height: 300 })
    expect(sources[0]?.dpis).toEqual([75, 100, 150, 200, 240, 300, 400, 600])
  })

  it('scans an A4 page from the glass in colour, with its true size', async () => {
    const folder = inbox()
    const { pages, code, end, events } = await collect(withTest().scan(TEST, { ...A4, dpi: 300 }, folder, never))
    expect(code).toBeNull()
    expect(end).toEqual({ kind: 'ended', pages: 1, reason: 'done' })
    expect(pages).toEqual([{ number: 1, file: join(folder, 'p00001.pnm'), mediaType: 'image/x-portable-anymap', dpi: 300, side: null }])
    expect(readFileSync(pages[0]?.file ?? '').toString('latin1', 0, 60)).toContain('2480 3507')
    expect(events[0]).toEqual({ kind: 'page-started', number: 1 })
  })

  it('empties a feeder of ten pages and says so', async () => {
    const folder = inbox()
    const { pages, code, end, events } = await collect(withTest().scan(TEST, FEEDER, folder, never))
    expect(code).toBeNull()
    expect(pages.map((page) => page.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(end).toEqual({ kind: 'ended', pages: 10, reason: 'feeder-empty' })
    expect(events.filter((event) => event.kind === 'page-started')).toHaveLength(10)
    expect(readdirSync(folder)).toHaveLength(10)
  })

  it('leaves the feeder alone after as many pages as were asked for', async () => {
    const { pages, end } = await collect(withTest().scan(TEST, { ...FEEDER, most: 3 }, inbox(), never))
    expect(pages).toHaveLength(3)
    expect(end).toMatchObject({ reason: 'done' })
  })

  it.each([
    ['UNSUPPORTED', 'QT-008'], ['CANCELLED', 'QT-012'], ['DEVICE_BUSY', 'QT-002'], ['INVAL', 'QT-008'], ['EOF', 'QT-011'], ['JAMMED', 'QT-004'],
    ['NO_DOCS', 'QT-005'], ['COVER_OPEN', 'QT-006'], ['IO_ERROR', 'QT-009'], ['NO_MEM', 'QT-013'], ['ACCESS_DENIED', 'QT-007'],
  ])('says what %s means, on the glass and in the feeder, and leaves no file', async (status, code) => {
    const driver = withTest({ lines: [`read-status-code "SANE_STATUS_${status}"`] })
    for (const wish of [A4, FEEDER]) {
      const folder = inbox()
      expect(await collect(driver.scan(TEST, wish, folder, never))).toMatchObject({ pages: [], code })
      expect(readdirSync(folder)).toEqual([])
    }
  })

  it('stops a slow scan when it is told to and deletes the page in hand', async () => {
    const folder = inbox()
    const stop = new AbortController()
    const driver = withTest({ lines: ['read-delay true', 'read-delay-duration 50000'] })
    const started = performance.now()
    const { code, pages } = await collect(driver.scan(TEST, { ...A4, dpi: 300 }, folder, stop.signal), (event) => {
      if (event.kind === 'progress') stop.abort()
    })
    expect({ code, pages, left: readdirSync(folder) }).toEqual({ code: 'QT-012', pages: [], left: [] })
    expect(performance.now() - started).toBeLessThan(4000)
  })

  it('stops the scanner when the pages are no longer wanted', async () => {
    const folder = inbox()
    for await (const event of withTest().scan(TEST, FEEDER, folder, never)) if (event.kind === 'page' && event.image.number === 2) break
    expect(readdirSync(folder)).toEqual(['p00001.pnm', 'p00002.pnm'])
  })

  it('kills a scanimage that does not hear the polite stop', async () => {
    const program = scanimageLike('case "$*" in *--batch*) trap "" INT TERM; echo "Scanning page 1" >&2; while :; do sleep 0.2; done;; *) exec scanimage "$@";; esac')
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 600)
    const started = performance.now()
    expect((await collect(withTest({}, program).scan(TEST, A4, inbox(), stop.signal))).code).toBe('QT-012')
    expect(performance.now() - started).toBeLessThan(3500)
  })

  it('takes a hand scanner, that does not know the length of its page', async () => {
    const { pages, code } = await collect(withTest({ lines: ['hand-scanner true'] }).scan(TEST, { ...A4, paper: 'whole' }, inbox(), never))
    expect({ code, count: pages.length }).toEqual({ code: null, count: 1 })
  })

  it('survives a driver that crashes, and keeps the pages before', async () => {
    const program = scanimageLike('case "$*" in *--batch*) printf "P5\\n2 2\\n255\\nabcd" > p00001.pnm; echo p00001.pnm; printf "P5\\n2 2\\n255\\nab" > p00002.pnm.part; kill -ABRT $$;; *) exec scanimage "$@";; esac')
    const folder = inbox()
    const { code, pages } = await collect(withTest({}, program).scan(TEST, FEEDER, folder, never))
    expect({ code, count: pages.length, left: readdirSync(folder) }).toEqual({ code: 'QT-009', count: 1, left: ['p00001.pnm'] })
  })

  it('keeps the pages before a jam', async () => {
    const program = scanimageLike('case "$*" in *--batch*) scanimage "$@" --batch-count=2; echo "scanimage: sane_start: Document feeder jammed" >&2; exit 6;; *) exec scanimage "$@";; esac')
    const { code, pages } = await collect(withTest({}, program).scan(TEST, FEEDER, inbox(), never))
    expect({ code, count: pages.length }).toEqual({ code: 'QT-004', count: 2 })
  })

  it('believes the sentence where scanimage says busy and ends with 0', async () => {
    const program = scanimageLike('case "$*" in *--batch*) printf "Scanning page 1\\n\\rProgress: 0.0%%scanimage: sane_read: Device busy\\nscanimage: received signal 13\\n" >&2; exit 0;; *) exec scanimage "$@";; esac')
    expect((await collect(withTest({}, program).scan(TEST, A4, inbox(), never))).code).toBe('QT-002')
  })

  it('does not believe a log that counts a page which is not there', async () => {
    const program = scanimageLike('case "$*" in *--batch*) echo "Scanning page 1" >&2; echo "Scanned page 1. (scanner status = 7)" >&2; exit 0;; *) exec scanimage "$@";; esac')
    expect((await collect(withTest({}, program).scan(TEST, FEEDER, inbox(), never))).code).toBe('QT-005')
  })

  it('tells the true resolution where a driver takes another than was asked', async () => {
    const program = scanimageLike('case "$*" in *--batch*) exec scanimage "$@" --resolution=100;; *) exec scanimage "$@";; esac')
    const { pages } = await collect(withTest({}, program).scan(TEST, { ...A4, dpi: 300 }, inbox(), never))
    expect(pages[0]?.dpi).toBe(100)
  })

  it('passes a real picture through unchanged (pnm backend)', async () => {
    const picture = join(inbox(), 'page.ppm')
    const rows = Buffer.from(Array.from({ length: 90 * 120 * 3 }, (_, at) => (at * 7) % 256))
    writeFileSync(picture, Buffer.concat([Buffer.from('P6\n90 120\n255\n'), rows]))
    const driver = withTest({ backends: ['pnm'] }, scanimageLike(`case "$*" in *formatted*) exec scanimage "$@";; *) exec scanimage "$@" --filename=${picture};; esac`))
    const { pages, code } = await collect(driver.scan(PNM, { ...A4, dpi: 75 }, inbox(), never))
    expect(code).toBeNull()
    expect(readFileSync(pages[0]?.file ?? '').subarray(-rows.length).equals(rows)).toBe(true)
  })

  it('is not led by a percent sign in the name of the folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hồ sơ %s%n 100%-'))
    const { pages } = await collect(withTest().scan(TEST, { ...FEEDER, most: 1 }, folder, never))
    expect(statSync(pages[0]?.file ?? '').size).toBeGreaterThan(100_000)
  })

  it('says that an unknown scanner is not there', async () => {
    const gone = { ...TEST, id: 'sane:test:7' }
    expect((await collect(withTest().scan(gone, A4, inbox(), never))).code).toBe('QT-001')
    await expect(withTest().capabilities(gone, never)).rejects.toMatchObject({ code: 'QT-001' })
  })
})

describe('SANE without scanimage, or with a strange one', () => {
  it('names the program that is missing', async () => {
    await expect(all(createSaneDriver({ program: '/nowhere/scanimage' }).list(never))).rejects.toMatchObject({ code: 'QT-014', params: { program: 'scanimage' } })
  })

  it('finds a USB scanner again under its name when its number has changed', async () => {
    const state = join(inbox(), 'plugged')
    const list = `n=$(cat ${state} 2>/dev/null || echo 4); printf "genesys:libusb:001:00$n\\037Canon\\037LiDE 210\\037flatbed scanner\\n"`
    const scan = `case "$*" in *libusb:001:004*) echo "scanimage: open of device x failed: Invalid argument" >&2; exit 1;; esac; printf "P5\\n2 2\\n255\\nabcd" > p00001.pnm; echo p00001.pnm`
    const options = `printf "    --mode Color|Gray [Color]\\n    --resolution 75|300dpi [75]\\n"`
    const driver = createSaneDriver({ program: scanimageLike(`case "$*" in *formatted*) ${list};; *all-options*) ${options};; *) ${scan};; esac`) })
    const [device] = await all(driver.list(never))
    if (!device) throw new Error('no device')
    expect(device.id).toBe('sane:genesys:usb|Canon LiDE 210')
    await driver.capabilities(device, never)
    writeFileSync(state, '5')
    expect(await collect(driver.scan(device, { ...A4, dpi: 300 }, inbox(), never))).toMatchObject({ code: null, pages: [{ number: 1 }] })
  })

  it('gives a name that begins with a dash as a name', async () => {
    const heard = join(inbox(), 'args')
    const driver = createSaneDriver({ program: scanimageLike(`case "$*" in *formatted*) printf -- "--help\\037X\\037Y\\037flatbed scanner\\n";; *) printf '%s\\n' "$1" > ${heard}; printf "    --mode Color [Color]\\n";; esac`) })
    const [device] = await all(driver.list(never))
    if (!device) throw new Error('no device')
    await driver.capabilities(device, never)
    expect(readFileSync(heard, 'utf8')).toBe('--device-name=--help\n')
  })
})
