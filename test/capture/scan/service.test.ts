import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type ScanDevice } from '../../../src-preload/contract/capture'
import { createSaneDriver, createScanService, createSimulator, type ScanDriver, type ScanServiceDeps, type SimulatedFault } from '../../../src-main/capture/scan'
import { A4, all, collect } from '../../devices/scanner/collect'
import { haveSane, saneConfig } from '../../devices/scanner/sane'

const papers = resolve(import.meta.dirname, '../../../resources/practice/papers')
const FEEDER = { ...A4, source: 'feeder' } as const
/** A file system of 8 MB; null where this user may not mount one. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    return null
  }
}
const disk = smallDisk()
afterAll(() => {
  if (disk) execFileSync('umount', ['-l', disk])
})
const PAPERS = 'simulator:papers'
const simulator = (fault: SimulatedFault | null = null, delay = 20) => createSimulator({ papers, name: 'Máy quét tập dượt', delay, fault: () => fault })

function setUp(drivers: readonly ScanDriver[], deps: Partial<ScanServiceDeps> = {}) {
  const folder = join(mkdtempSync(join(tmpdir(), 'service-')), 'inbox')
  const service = createScanService({ drivers, folder, timing: { list: 300, capabilities: 300, page: 250, grace: 100 }, ...deps })
  return { folder, service }
}
const listed = async (drivers: readonly ScanDriver[], deps: Partial<ScanServiceDeps> = {}) => {
  const made = setUp(drivers, deps)
  await all(made.service.list())
  return made
}
const driver = (kind: ScanDriver['kind'], names: readonly string[], rest: Partial<ScanDriver> = {}): ScanDriver => ({
  ...simulator(), kind, ...rest,
  list: rest.list ?? (async function* () {
    for (const name of names) yield { id: `${kind}:${name}`, kind, name, simulated: false }
  }),
})
const hanging: ScanDriver['list'] = async function* () {
  yield await new Promise<ScanDevice>(() => undefined)
}

describe('the scan service', () => {
  it('lists what works while one way hangs and another is missing', async () => {
    const { service } = setUp([driver('wia', [], { list: hanging }), simulator(), driver('sane', [], { list: async function* () { yield await Promise.reject(new TypeError('broken')) } })])
    const found = await all(service.list())
    expect(found.map((one) => (one.kind === 'device' ? one.device.id : `${one.way} ${one.error.code}`))).toEqual([PAPERS, 'sane QT-009', 'wia QT-010'])
  })

  it('shows a machine once: by its address in the network, by its name on loopback', async () => {
    const ways = (kind: 'escl' | 'sane', entries: Readonly<Record<string, readonly string[]>>) =>
      driver(kind, Object.keys(entries), { likeness: ({ name }) => ({ hosts: entries[name] ?? [], name, second: kind === 'sane' }) })
    const { service } = setUp([
      ways('sane', { 'Epson ET': ['192.168.1.5'], 'Brother': ['192.168.1.9'], 'HP OfficeJet 8010': ['127.0.0.1'], 'WSD thing': [] }),
      ways('escl', { 'EPSON ET-4850': ['192.168.1.5'], 'Brother MFC': ['192.168.1.8'], 'HP OfficeJet 8010 series': ['127.0.0.1'] }),
    ])
    const names = (await all(service.list())).map((one) => (one.kind === 'device' ? one.device.name : one.kind))
    expect(names).toEqual(['EPSON ET-4850', 'Brother MFC', 'HP OfficeJet 8010 series', 'Brother', 'WSD thing'])
  })

  it('gives pages in a folder for this user alone, and removes each when it is taken', async () => {
    const { service, folder } = await listed([simulator()])
    const job = service.scan(PAPERS, FEEDER)
    const { pages, end } = await collect(job.events)
    expect(end).toMatchObject({ pages: 2 })
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(dirname(pages[0]?.file ?? '')).mode & 0o777).toBe(0o700)
    for (const page of pages) await service.taken(page.file)
    expect(readdirSync(folder)).toEqual([])
  })

  it('lets pages be taken while the next ones come', async () => {
    const { service, folder } = await listed([simulator()])
    let pages = 0
    for await (const event of service.scan(PAPERS, FEEDER).events) {
      if (event.kind !== 'page') continue
      pages += 1
      await service.taken(event.image.file)
    }
    expect({ pages, left: readdirSync(folder) }).toEqual({ pages: 2, left: [] })
  })

  it('removes at the start what an earlier run left, and nothing else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'service-'))
    const left = join(folder, 'scan-01234567-89ab-cdef-0123-456789abcdef')
    mkdirSync(left)
    writeFileSync(join(left, 'p00001.jpg'), 'x')
    writeFileSync(join(folder, 'other.txt'), 'x')
    const { service } = await listed([simulator()], { folder })
    await collect(service.scan(PAPERS, A4).events)
    expect(existsSync(left)).toBe(false)
    await service.taken(join(folder, 'other.txt'))
    await service.taken('/etc/hostname')
    expect(existsSync(join(folder, 'other.txt')) && existsSync('/etc/hostname')).toBe(true)
  })

  it('does not put pages behind a link that somebody else laid', async () => {
    const base = mkdtempSync(join(tmpdir(), 'service-'))
    symlinkSync(base, join(base, 'link'))
    const { service } = await listed([simulator()], { folder: join(base, 'link') })
    expect((await collect(service.scan(PAPERS, A4).events)).code).toBe('LUU-014')
  })

  it('runs one job a device, and tells the second', async () => {
    const { service } = await listed([simulator(null, 100)])
    const first = collect(service.scan(PAPERS, FEEDER).events)
    await new Promise((done) => setTimeout(done, 30))
    expect((await collect(service.scan(PAPERS, FEEDER).events)).code).toBe('QT-002')
    expect((await first).code).toBeNull()
    expect((await collect(service.scan(PAPERS, A4).events)).code).toBeNull()
  })

  it('cancels at once and keeps the pages before', async () => {
    const { service } = await listed([simulator(null, 100)])
    const job = service.scan(PAPERS, FEEDER)
    const { code, pages } = await collect(job.events, (event) => {
      if (event.kind === 'page') job.cancel()
    })
    expect({ code, count: pages.length }).toEqual({ code: 'QT-012', count: 1 })
  })

  it('cuts off a driver that says nothing more (QT-010), and one that does not hear the stop (QT-012)', async () => {
    const { service } = await listed([simulator({ name: 'hang', after: 1 })])
    expect(await collect(service.scan(PAPERS, FEEDER).events)).toMatchObject({ code: 'QT-010', pages: [{ number: 1 }] })
    const job = service.scan(PAPERS, FEEDER)
    expect((await collect(job.events, (event) => event.kind === 'page' && job.cancel())).code).toBe('QT-012')
    expect((await collect(service.scan(PAPERS, FEEDER).events)).pages).toHaveLength(1)
  })

  it('translates what a driver should not throw, and writes no text of it into the log', async () => {
    const log: unknown[] = []
    const broken = driver('sane', ['x'], { scan: async function* () { yield await Promise.reject(new Error('Nguyễn Văn A')) } })
    const { service } = await listed([broken], { log: (event, facts) => log.push([event, facts]) })
    expect((await collect(service.scan('sane:x', A4).events)).code).toBe('QT-009')
    expect(JSON.stringify(log)).not.toContain('Nguyễn')
    expect(JSON.stringify(log)).toContain('scan-defect')
  })

  it('asks for capabilities once, and again after a scan that failed by them', async () => {
    let asked = 0
    const counted = driver('sane', ['x'], {
      capabilities: async () => {
        asked += 1
        return { sources: [] }
      },
      ...{ scan: createSimulator({ papers, name: 'x', fault: () => ({ name: 'badSetting', after: 0 }) }).scan },
    })
    const { service } = await listed([counted])
    await Promise.all([service.capabilities('sane:x'), service.capabilities('sane:x')])
    expect(asked).toBe(1)
    await collect(service.scan('sane:x', A4).events)
    await service.capabilities('sane:x')
    expect(asked).toBe(2)
    await expect(service.capabilities('sane:nobody')).rejects.toMatchObject({ code: 'QT-001' })
  })

  it('scans with a remembered device before anything was listed, and remembers the last one used', async () => {
    const kept: string[] = []
    const device = { id: PAPERS, kind: 'simulator', name: 'x', simulated: true } as const
    const { service } = setUp([simulator()], { remembered: { devices: () => [device], keep: ({ id }) => void kept.push(id) } })
    expect((await collect(service.scan(PAPERS, A4).events)).pages).toHaveLength(1)
    expect(kept).toEqual([PAPERS])
  })

  it.skipIf(!disk || !haveSane)('says that the disk is full where it is, whatever scanimage says (needs to mount a small disk)', async () => {
    const { service } = await listed([createSaneDriver({ env: { SANE_CONFIG_DIR: saneConfig() } })], { folder: join(disk ?? '', 'inbox'), timing: {} })
    expect((await collect(service.scan('sane:test:0', { ...A4, dpi: 300 }).events)).code).toBe('LUU-013')
  })

  it('takes dropped files, and drops a whole job', async () => {
    const { service, folder } = setUp([])
    const job = service.take([join(papers, 'quyet-dinh-thuan-tinh-ly-hon.jpg')])
    expect((await collect(job.events)).pages).toHaveLength(1)
    await service.drop(job.id)
    expect(readdirSync(folder)).toEqual([])
  })

  it('closes with a job under way that nobody iterates any more', async () => {
    const { service } = await listed([simulator(null, 50)])
    await service.scan(PAPERS, FEEDER).events.next()
    service.scan(PAPERS, FEEDER)
    const started = performance.now()
    await service.close()
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
