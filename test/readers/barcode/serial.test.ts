import fc from 'fast-check'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { SERIAL_DEFAULTS } from '@contract/code-readers'
import { type BarcodeReaders, createBarcodeReaders, type Scan } from '../../../src-main/readers/barcode'
import { type SerialBinding, systemSerial } from '../../../src-main/readers/barcode/serial/binding'
import { openFault } from '../../../src-main/readers/barcode/serial/faults'
import { createFramer, MAX_FRAME } from '../../../src-main/readers/barcode/serial/frames'
import { findPort, portId } from '../../../src-main/readers/barcode/serial/port-id'
import { type Cable, hasSocat, plugIn } from '../../devices/barcode/socat'
import { eventually } from '../support'

const CARD = '079192004617|025123456|Đặng Thị Ngọc Ánh|14031992|Nữ|27/4 đường Bàu Tràm|21112021'
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8')

describe('the bytes of a serial reader', () => {
  const read = (chunks: readonly Uint8Array[]): string[] => {
    const framer = createFramer()
    const frames = chunks.flatMap((chunk) => [...framer.push(chunk).frames])
    const rest = framer.silence()
    return [...frames, ...(rest && rest !== 'tooLong' ? [rest] : [])].map((frame) => Buffer.from(frame).toString('utf8'))
  }

  it.each([
    ['CR', `${CARD}\r`, [CARD]],
    ['CR LF', `${CARD}\r\nb\r\n`, [CARD, 'b']],
    ['LF', `${CARD}\n`, [CARD]],
    ['STX and ETX, with a line end inside', `\u0002a\r\nb\u0003`, ['a\r\nb']],
    ['STX and ETX, then CR LF', `\u0002${CARD}\u0003\r\n`, [CARD]],
    ['a new STX before the end', `\u0002ab\u0002${CARD}\u0003`, ['ab', CARD]],
    ['nothing but silence', CARD, [CARD]],
    ['line ends alone', '\r\n\r\n', []],
  ])('are cut at %s', (_end, text, expected) => {
    expect(read([bytesOf(text)])).toEqual(expected)
  })

  it('give the same codes however they are cut on the way, in the middle of a letter too', () => {
    const bytes = bytesOf(`\u0002${CARD}\u0003\r\n${CARD}\r`)
    fc.assert(fc.property(fc.array(fc.nat(bytes.length), { maxLength: 12 }), (cuts) => {
      const places = [0, ...cuts.sort((one, other) => one - other), bytes.length]
      expect(read(places.slice(1).map((to, index) => bytes.slice(places[index], to)))).toEqual([CARD, CARD])
    }))
  })

  it('never hold more than one code, whatever comes', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 6 }), (chunks) => {
      const framer = createFramer()
      for (const chunk of chunks) expect(framer.push(chunk).frames.every((frame) => frame.length <= MAX_FRAME)).toBe(true)
    }), { numRuns: 100 })
  })

  it('without an end are dropped and told, and the next code is read', () => {
    const framer = createFramer()
    expect(framer.push(new Uint8Array(100_000).fill(0x41))).toEqual({ frames: [], tooLong: 0 })
    expect(framer.push(bytesOf('\rH29\r'))).toEqual({ frames: [Uint8Array.from(bytesOf('H29'))], tooLong: 1 })
  })
})

describe('a serial port', () => {
  it.each([
    ['Error Resource temporarily unavailable Cannot lock port', 'TB-014'],
    ['Opening COM3: Access denied', 'TB-014'],
    ['Error: Permission denied, cannot open /dev/ttyACM0', 'TB-015'],
    ['Error: No such file or directory, cannot open /dev/ttyUSB9', 'TB-016'],
    ['Opening COM9: File not found', 'TB-016'],
    ['Error: Inappropriate ioctl for device setting custom baud rate of 9600', 'TB-017'],
    ['', 'TB-017'],
  ])('that fails with "%s" is %s', (text, code) => {
    expect(openFault(new Error(text))).toBe(code)
  })

  const acm = (path: string, serialNumber: string | null) => ({ path, vendorId: 0x1eab, productId: 0x1d06, serialNumber, name: null })

  it('is found again under another path by its serial number, or as the only one of its make', () => {
    const chosen = portId(acm('/dev/ttyACM0', 'A1'))
    expect(findPort([acm('/dev/ttyACM3', 'A1'), acm('/dev/ttyACM0', 'B2')], chosen)?.path).toBe('/dev/ttyACM3')
    const bare = portId(acm('/dev/ttyACM0', null))
    expect(findPort([acm('/dev/ttyACM1', null)], bare)?.path).toBe('/dev/ttyACM1')
    expect(findPort([acm('/dev/ttyACM1', null), acm('/dev/ttyACM2', null)], bare)).toBeNull()
    expect(findPort([], chosen)).toBeNull()
  })

  it('is nowhere when the package cannot be loaded, and that is told', async () => {
    const readers = await createBarcodeReaders({ choices: [], scanned: () => undefined, changed: () => undefined, serial: () => Promise.reject(new Error('no')), hid: () => Promise.reject(new Error('no')) })
    expect(readers.view()).toEqual({ readers: [], troubles: [
      { source: 'serial', id: null, code: 'TB-003', params: { part: 'COM' } }, { source: 'hid', id: null, code: 'TB-003', params: { part: 'HID-POS' } },
    ] })
    await readers.close()
  })
})

describe.skipIf(!hasSocat)('a reader on a real serial line (socat)', () => {
  const cleaning: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const clean of cleaning.splice(0).reverse()) await clean()
  })

  async function cable(): Promise<Cable> {
    const plugged = await plugIn()
    cleaning.push(plugged.cut)
    return plugged
  }

  /** The real package on the real line; the list names the cable, as pseudo-terminals are in no list of the system. */
  async function listen(current: { path: string | null }): Promise<{ readers: BarcodeReaders; scans: Scan[] }> {
    const real = await systemSerial()
    const serial: SerialBinding = { ...real, list: async () => (current.path === null ? [] : [{ path: current.path, vendorId: 0x1eab, productId: 0x1d06, serialNumber: 'A1', name: 'NLS-HR22' }]) }
    const scans: Scan[] = []
    const readers = await createBarcodeReaders({ choices: [{ port: 'usb:1eab:1d06:A1', settings: SERIAL_DEFAULTS }], scanned: (scan) => scans.push(scan), changed: () => undefined, serial: async () => serial, hid: async () => ({ list: async () => [], open: () => Promise.reject(new Error('none')), mayOpen: async () => true }) })
    cleaning.push(readers.close)
    return { readers, scans }
  }
  const stateOf = (readers: BarcodeReaders) => readers.view().readers.map(({ state }) => state)

  it('gives the text of a card unchanged, cut in the middle of a letter', async () => {
    const line = await cable()
    const { readers, scans } = await listen({ path: line.path })
    await eventually(() => expect(stateOf(readers)).toEqual(['open']))
    const bytes = bytesOf(`\u0002]Q3${CARD}\u0003\r\n`)
    const middle = bytes.indexOf(0xbb) // inside "ị"
    await line.send(bytes.slice(0, middle))
    await sleep(20)
    await line.send(bytes.slice(middle))
    await eventually(() => expect(scans).toEqual([{ text: CARD, source: 'serial', device: 'usb:1eab:1d06:A1', symbology: ']Q3', damage: [] }]))
  })

  it('is whole where this process itself stood still in the middle of the code', async () => {
    const line = await cable()
    const { readers, scans } = await listen({ path: line.path })
    await eventually(() => expect(stateOf(readers)).toEqual(['open']))
    await line.send(bytesOf('H29.900-261123'))
    await sleep(5)
    // The rest lies ready before the silence is counted, and is read only afterwards.
    const rest = line.send(bytesOf('-0009'))
    const until = performance.now() + 90
    while (performance.now() < until);
    await rest
    await eventually(() => expect(scans.map(({ text }) => text)).toEqual(['H29.900-261123-0009']))
  })

  it('needs no line end: a silence ends the code', async () => {
    const line = await cable()
    const { readers, scans } = await listen({ path: line.path })
    await eventually(() => expect(stateOf(readers)).toEqual(['open']))
    await line.send(bytesOf('H29.900-261123-0009'))
    await eventually(() => expect(scans.map(({ text }) => text)).toEqual(['H29.900-261123-0009']))
  })

  it('survives bytes of a wrong speed or a strange device, and reads the next code', async () => {
    const line = await cable()
    const { readers, scans } = await listen({ path: line.path })
    await eventually(() => expect(stateOf(readers)).toEqual(['open']))
    for (let round = 0; round < 20; round += 1) await line.send(randomBytes(1000))
    await line.send(new Uint8Array(8000).fill(0x80))
    await line.send(bytesOf(`\r`))
    await eventually(() => expect(readers.view().troubles.map(({ code }) => code)).toEqual(['TB-018']))
    await line.send(bytesOf(`\u0003\r${CARD}\r`))
    await eventually(() => expect(scans.at(-1)?.text).toBe(CARD))
    expect(readers.view().troubles).toEqual([])
  })

  it('is opened again by itself when it was pulled and comes back elsewhere', async () => {
    const first = await cable()
    const current: { path: string | null } = { path: first.path }
    const { readers, scans } = await listen(current)
    await eventually(() => expect(stateOf(readers)).toEqual(['open']))
    await first.send(bytesOf('079192'))
    current.path = null
    await first.cut()
    await eventually(() => expect(readers.view().troubles).toMatchObject([{ code: 'TB-016' }]))
    const second = await cable()
    current.path = second.path
    await eventually(() => expect(stateOf(readers)).toEqual(['open']))
    await second.send(bytesOf(`${CARD}\r`))
    // What was cut off ended in a silence, as a code does; it is none of ours.
    await eventually(() => expect(scans.filter(({ text }) => text !== '079192').map(({ text }) => text)).toEqual([CARD]))
  })

  it('that another program holds is told, and taken when it is let go', async () => {
    const line = await cable()
    const other = await (await systemSerial()).open(line.path, SERIAL_DEFAULTS, { data: () => undefined, gone: () => undefined })
    const { readers } = await listen({ path: line.path })
    await eventually(() => expect(readers.view().troubles).toMatchObject([{ code: 'TB-014', params: { device: line.path } }]))
    await other.close()
    await eventually(() => expect([stateOf(readers), readers.view().troubles]).toEqual([['open'], []]))
  })

  it('is not read twice while it is held over a code', async () => {
    const line = await cable()
    const { readers, scans } = await listen({ path: line.path })
    await eventually(() => expect(stateOf(readers)).toEqual(['open']))
    await line.send(bytesOf(`${CARD}\r${CARD}\r${CARD}\r`))
    await line.send(bytesOf('H29.900-261123-0009\r'))
    await eventually(() => expect(scans).toHaveLength(2))
  })

  it('reads the same in the app\'s own runtime', () => {
    // The package must load under Electron as it does here; the line itself is the kernel's.
    const electron = `${process.env['HOME'] ?? ''}/.cache/mot-cua/electron/33.2.1-linux-x64/electron`
    const run = spawnSync(electron, ['-e', "require('serialport').SerialPort.list().then((ports) => console.log('list', Array.isArray(ports))); require('node-hid').devicesAsync().then((all) => console.log('hid', Array.isArray(all)))"], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, encoding: 'utf8' })
    if (run.error) return
    expect(run.stdout).toContain('list true')
    expect(run.stdout).toContain('hid true')
  })
})
