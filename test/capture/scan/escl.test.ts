import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createEsclDriver, type EsclOptions, type ScanDriver } from '../../../src-main/capture/scan'
import { heightRepair, jpegFacts } from '../../../src-main/capture/scan/page/jpeg'
import { A4, all, collect } from '../../devices/scanner/collect'
import { type EsclFault, type EsclSimulator, type EsclSimulatorOptions, startEsclSimulator } from '../../devices/scanner/escl-simulator'
import { selfSigned } from '../../devices/scanner/certificate'

const papers = resolve(import.meta.dirname, '../../../resources/practice/papers')
const jpeg = readFileSync(join(papers, 'quyet-dinh-thuan-tinh-ly-hon.jpg'))
const pdf = readFileSync(join(papers, 'to-khai-xac-nhan-hon-nhan.pdf'))
const never = new AbortController().signal
const inbox = () => mkdtempSync(join(tmpdir(), 'pages-'))
const FEEDER = { ...A4, source: 'feeder', dpi: 110 } as const
const QUICK = { quick: { head: 3000, read: 2000 }, page: { head: 1000, read: 800 }, retry: 30, busyFor: 400, firstPageFor: 400, nextPageFor: 400 }

const running: EsclSimulator[] = []
afterAll(async () => {
  await Promise.all(running.map((simulator) => simulator.close()))
})

async function start(options: Partial<EsclSimulatorOptions> = {}, driverOptions: EsclOptions = {}) {
  const simulator = await startEsclSimulator({ pages: [jpeg, jpeg, jpeg], duplex: true, ...options })
  running.push(simulator)
  const driver = createEsclDriver({ addresses: () => [simulator.url], ports: [], mdns: null, timing: QUICK, ...driverOptions })
  const [device] = await all(driver.list(never))
  return { simulator, driver, device: device ?? { id: '', kind: 'escl' as const, name: '', simulated: false } }
}

describe('an eSCL scanner', () => {
  it('is found at a typed address, with a name and an id that stays', async () => {
    const { driver, device } = await start({ uuid: '4509a320-00a0-008f-00b6-002507510eca' })
    expect(device).toEqual({ id: 'escl:4509a320-00a0-008f-00b6-002507510eca', kind: 'escl', name: 'Quầy & Một Cửa', simulated: false })
    const { sources } = await driver.capabilities(device, never)
    expect(sources.map((one) => one.source)).toEqual(['flatbed', 'feeder', 'feeder-duplex'])
    expect(sources[0]).toEqual({ source: 'flatbed', colours: ['colour', 'grey', 'black'], dpis: [110, 150, 300], width: 216, height: 297 })
  })

  it('is found on the loopback ports of the IPP-over-USB daemon', async () => {
    const { simulator } = await start()
    const found = await all(createEsclDriver({ ports: [simulator.port, 9], mdns: null }).list(never))
    expect(found).toHaveLength(1)
  })

  it('is found again at another address by its id', async () => {
    const first = await start({ uuid: 'urn:uuid:AAAA-1' })
    await first.simulator.close()
    const second = await startEsclSimulator({ pages: [jpeg], uuid: 'aaaa-1' })
    running.push(second)
    const places = new Map([[first.device.id, first.simulator.url]])
    const driver = createEsclDriver({ addresses: () => [second.url], ports: [], mdns: null, timing: QUICK, places: { get: (id) => places.get(id), set: (id, url) => places.set(id, url) } })
    expect((await collect(driver.scan(first.device, A4, inbox(), never))).pages).toHaveLength(1)
    expect(places.get('escl:aaaa-1')).toBe(second.url)
  })

  it('gives the page on the glass, byte for byte, and is left without a job', async () => {
    const { driver, device, simulator } = await start()
    const { pages, code, end } = await collect(driver.scan(device, { ...A4, dpi: 110 }, inbox(), never))
    expect(code).toBeNull()
    expect(readFileSync(pages[0]?.file ?? '').equals(jpeg)).toBe(true)
    expect(pages[0]).toMatchObject({ number: 1, mediaType: 'image/jpeg', dpi: 110, side: null })
    expect(end).toEqual({ kind: 'ended', pages: 1, reason: 'done' })
    expect(simulator.jobs()).not.toContain('Processing')
  })

  it.each([404, 409, 410] as const)('ends its feeder with %i', async (end) => {
    const { driver, device } = await start({ end })
    const result = await collect(driver.scan(device, FEEDER, inbox(), never))
    expect(result).toMatchObject({ code: null, end: { pages: 3, reason: 'feeder-empty' } })
    expect(result.events.filter((event) => event.kind === 'page-started')).toHaveLength(3)
  })

  it('names front and back in duplex and asks for both', async () => {
    const { driver, device, simulator } = await start({ pages: [jpeg, jpeg, jpeg, jpeg] })
    const { pages } = await collect(driver.scan(device, { ...FEEDER, source: 'feeder-duplex' }, inbox(), never))
    expect(pages.map((page) => page.side)).toEqual(['front', 'back', 'front', 'back'])
    expect(simulator.tickets[0]).toContain('<scan:Duplex>true</scan:Duplex>')
  })

  it('stops at the number of pages that was asked for, and tells the device', async () => {
    const { driver, device, simulator } = await start()
    expect(await collect(driver.scan(device, { ...FEEDER, most: 2 }, inbox(), never))).toMatchObject({ end: { pages: 2, reason: 'done' } })
    expect(simulator.jobs()).toEqual(['Canceled'])
  })

  it('may give PDF', async () => {
    const { driver, device, simulator } = await start({ pages: [pdf], formats: ['application/pdf'] })
    const { pages } = await collect(driver.scan(device, FEEDER, inbox(), never))
    expect(pages[0]).toMatchObject({ mediaType: 'application/pdf', dpi: 110 })
    expect(pages[0]?.file.endsWith('p00001.pdf')).toBe(true)
    expect(simulator.tickets[0]).toContain('<scan:DocumentFormatExt>application/pdf<')
  })

  it.each(['absolute', 'relative', 'other-host'] as const)('is asked by the path alone of an %s Location', async (location) => {
    const { driver, device } = await start({ location })
    expect((await collect(driver.scan(device, A4, inbox(), never))).pages).toHaveLength(1)
  })

  it('is cancelled in the middle of a page: the job is deleted, the part as well, pages before stay', async () => {
    const { driver, device, simulator } = await start({ delay: 400 })
    const stop = new AbortController()
    const folder = inbox()
    const { code, pages } = await collect(driver.scan(device, FEEDER, folder, stop.signal), (event) => {
      if (event.kind === 'page-started' && event.number === 2) setTimeout(() => stop.abort(), 100)
    })
    expect({ code, count: pages.length, left: readdirSync(folder) }).toEqual({ code: 'QT-012', count: 1, left: ['p00001.jpg'] })
    expect(simulator.jobs()).toEqual(['Canceled'])
  })

  it('makes grey of black where black is refused', async () => {
    const { driver, device, simulator } = await start()
    simulator.setFault({ name: 'refuse-black' })
    expect((await collect(driver.scan(device, { ...A4, colour: 'black' }, inbox(), never))).code).toBeNull()
    expect(simulator.tickets.map((ticket) => /ColorMode>(\w+)</.exec(ticket)?.[1])).toEqual(['BlackAndWhite1', 'Grayscale8'])
  })
})

describe('an eSCL scanner with bad luck', () => {
  let scanner: Awaited<ReturnType<typeof start>>
  beforeEach(async () => {
    scanner = await start()
  })
  const scanWith = async (fault: EsclFault, wish: typeof FEEDER | typeof A4 = FEEDER) => {
    scanner.simulator.setFault(fault)
    const folder = inbox()
    const { code, pages } = await collect(scanner.driver.scan(scanner.device, wish, folder, never))
    expect(readdirSync(folder)).toHaveLength(pages.length)
    return { code, pages: pages.length }
  }

  it.each<[EsclFault, string | null, number]>([
    [{ name: 'jam', after: 2 }, 'QT-004', 2],
    [{ name: 'door', after: 1 }, 'QT-006', 1],
    [{ name: 'double-feed', after: 1 }, 'QT-015', 1],
    [{ name: 'cut', after: 1 }, 'QT-003', 1],
    [{ name: 'half', after: 1 }, 'QT-011', 1],
    [{ name: 'stall', after: 1 }, 'QT-010', 1],
    [{ name: 'silent', after: 0 }, 'QT-010', 0],
    [{ name: 'abort', after: 1 }, 'QT-009', 1],
    [{ name: 'busy-job', times: 3 }, null, 3],
    [{ name: 'busy-job', times: 99 }, 'QT-002', 0],
    [{ name: 'busy-page', times: 3 }, null, 3],
    [{ name: 'busy-page', times: 99 }, 'QT-002', 0],
    [{ name: 'not-yet', times: 3 }, null, 3],
    [{ name: 'invalid-ticket' }, 'QT-008', 0],
    [{ name: 'forbidden' }, 'QT-007', 0],
    [{ name: 'no-location' }, 'QT-009', 0],
    [{ name: 'bare-status' }, null, 3],
    [{ name: 'not-an-image' }, 'QT-011', 0],
  ])('%j gives %s and keeps %i pages', async (fault, code, pages) => {
    expect(await scanWith(fault)).toEqual({ code, pages })
  })

  it('says that the feeder is empty before it begins', async () => {
    scanner.simulator.refill(0)
    expect((await collect(scanner.driver.scan(scanner.device, FEEDER, inbox(), never))).code).toBe('QT-005')
    expect(scanner.simulator.tickets).toEqual([])
  })

  it.each(['garbage', 'entities', 'huge', 'redirect'] as const)('is no scanner when it answers with %s', async (name) => {
    scanner.simulator.setFault({ name })
    expect(await all(createEsclDriver({ addresses: () => [scanner.simulator.url], ports: [], mdns: null }).list(never))).toEqual([])
  })

  it('is offline when nobody answers any more', async () => {
    await scanner.simulator.close()
    expect((await collect(scanner.driver.scan(scanner.device, A4, inbox(), never))).code).toBe('QT-003')
  })
})

describe('an eSCL scanner behind TLS', () => {
  const tls = selfSigned()
  it.skipIf(!tls)('may vouch for itself in the office, and that is said (needs openssl)', async () => {
    if (!tls) return
    const seen: string[] = []
    const notes = { selfSigned: (host: string, fingerprint: string) => void seen.push(`${host} ${fingerprint}`) }
    const { driver, device } = await start({ tls }, { notes })
    expect((await collect(driver.scan(device, A4, inbox(), never))).pages).toHaveLength(1)
    expect(seen[0]).toMatch(/^127\.0\.0\.1 ([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  })

  it('is not spoken to in cleartext outside the office', async () => {
    const far: ScanDriver = createEsclDriver({ addresses: () => ['http://203.0.113.9/eSCL'], ports: [], mdns: null, timing: QUICK })
    const started = performance.now()
    expect(await all(far.list(never))).toEqual([])
    expect(performance.now() - started).toBeLessThan(200)
  })
})

describe('a JPEG whose height comes behind the picture', () => {
  it('gets its height written where decoders look for it', () => {
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
    const late = Buffer.concat([jpeg.subarray(0, -2), Buffer.from([0xff, 0xdc, 0, 4, 5, 7, 0xff, 0xd9])])
    late.writeUInt16BE(0, frame + 5)
    expect(heightRepair(late)).toEqual({ at: frame + 5, height: 0x507 })
    expect(jpegFacts(late)).toEqual(jpegFacts(jpeg))
    expect(heightRepair(jpeg)).toBeNull()
  })
})
