import assert from 'node:assert/strict'
import { type CodeReaderView, SERIAL_DEFAULTS } from '@contract/code-readers'
import { type BarcodeReaders, createBarcodeReaders } from '../../../src-main/readers/barcode/hub'
import type { Scan } from '../../../src-main/readers/barcode/source'
import { aimReports, newlandReports } from '../../devices/barcode/hid'
import { hidScanner, type Identity, pathOf, serialDevice, transfersOf } from './gadgets'
import { counts, sleep, step, until } from './steps'

/** The bundled barcode readers with the real `node-hid` and `serialport` on a real kernel, which plays the readers; run by `npm run test:usb`. */

const CARD = '079192004617|025123456|Đặng Thị Ngọc Ánh|14031992|Nữ|27/4/12 đường Bàu Tràm, Khu phố Ễnh Ương, Phường Thử, Thành phố Hồ Chí Minh|21112021'
const OTHER = '079090001234||Nguyễn Hữu Phước|01021990|Nam|Ấp Ổ Ẩm, Xã Kỳ Ửng|03042022'
const HONEYWELL: Identity = { vendorId: 0x0c2e, productId: 0x0b01, maker: 'Honeywell', product: 'Xenon (test)', serial: 'HID-1' }
const NEWLAND: Identity = { vendorId: 0x1eab, productId: 0x8303, maker: 'Newland', product: 'FM420 (test)', serial: 'HID-2' }
const SERIAL: Identity = { vendorId: 0x1eab, productId: 0x8306, maker: 'Newland', product: 'FM420 COM (test)', serial: 'COM-1' }
const MODEM: Identity = { vendorId: 0x12d1, productId: 0x1001, maker: 'Modem maker', product: 'Modem (test)', serial: 'MODEM-1' }

const idOf = (source: 'hid' | 'usb', { vendorId, productId, serial }: Identity): string => [source, vendorId.toString(16).padStart(4, '0'), productId.toString(16).padStart(4, '0'), serial].join(':')
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8')

const scans: Scan[] = []
let changes = 0
const open = (choices: Parameters<BarcodeReaders['choose']>[0] = []): Promise<BarcodeReaders> => createBarcodeReaders({ choices, scanned: (scan) => scans.push(scan), changed: () => changes++ })
const reader = (readers: BarcodeReaders, id: string): CodeReaderView | undefined => readers.view().readers.find((one) => one.id === id)
const is = (readers: BarcodeReaders, id: string, state: CodeReaderView['state']) => (): boolean => reader(readers, id)?.state === state
const trouble = (readers: BarcodeReaders, id: string): string | undefined => readers.view().troubles.find((one) => one.id === id)?.code

/** Exactly these codes come, once each, and nothing after them. */
async function arrive(expected: readonly Scan[], send: () => Promise<void> | void): Promise<string> {
  scans.length = 0
  const started = performance.now()
  await send()
  await until('the code', () => scans.length >= expected.length)
  const took = performance.now() - started
  await sleep(150)
  assert.deepEqual(scans, expected)
  return `after ${took.toFixed(0)} ms`
}

async function hidPos(readers: BarcodeReaders): Promise<void> {
  const [honeywell, newland] = [hidScanner(HONEYWELL), hidScanner(NEWLAND)]
  const [first, second] = [idOf('hid', HONEYWELL), idOf('hid', NEWLAND)]
  const scan = (device: string, text: string, symbology: string | null): Scan => ({ text, source: 'hid', device, symbology, damage: [] })
  await step('HID-POS readers plugged in are opened by themselves, by name and maker', async () => {
    const before = changes
    await Promise.all([honeywell.plug(), newland.plug()])
    const took = await until('two open readers', () => is(readers, first, 'open')() && is(readers, second, 'open')())
    assert.deepEqual(reader(readers, first), { id: first, source: 'hid', name: 'Xenon (test)', maker: 'Honeywell', state: 'open' })
    assert.deepEqual(reader(readers, second), { id: second, source: 'hid', name: 'FM420 (test)', maker: 'Newland', state: 'open' })
    assert.ok(changes > before)
    return `after ${took.toFixed(0)} ms`
  })
  await step('a Honeywell reader is told that its reports are read', async () => {
    const told = await Promise.race([honeywell.told(), sleep(5000)])
    assert.deepEqual([...told ?? []], [0xfe, 0x01])
  })
  await step('a card in four reports that cut a letter, the AIM identifier in each, comes once and exactly', async () => {
    const reports = aimReports(bytesOf(CARD))
    assert.equal(reports.length, 4)
    assert.ok(reports.some((report) => ((report[5] ?? 0) & 0xc0) === 0x80), 'no letter is cut')
    return arrive([scan(first, CARD, ']Q3')], () => honeywell.send(reports))
  })
  await step('a card in reports of the plain kind comes once and exactly', () => arrive([scan(second, CARD, null)], () => newland.send(newlandReports(bytesOf(CARD)))))
  await step('a card of the plain kind with the identifier in its text comes with its symbology', () => arrive([scan(second, OTHER, ']Q3')], () => newland.send(newlandReports(bytesOf(`]Q3${OTHER}`)))))
  await step('two cards one after the other come in order', () => arrive([scan(first, CARD, ']Q3'), scan(first, OTHER, ']Q1')], () => honeywell.send([...aimReports(bytesOf(CARD)), ...aimReports(bytesOf(OTHER), ']Q1')])))
  await step('the same card read again at once comes once', () => arrive([scan(first, CARD, ']Q3')], () => honeywell.send([...aimReports(bytesOf(CARD)), ...aimReports(bytesOf(CARD))])))
  await step('a reader pulled out in the middle of a code is gone; the other goes on', async () => {
    scans.length = 0
    await honeywell.send(aimReports(bytesOf(CARD)).slice(0, 2))
    await sleep(50)
    const before = changes
    await honeywell.pull()
    const took = await until('no such reader', () => reader(readers, first) === undefined)
    assert.deepEqual(scans, [])
    assert.ok(changes > before)
    await arrive([scan(second, CARD, null)], () => newland.send(newlandReports(bytesOf(CARD))))
    return `gone after ${took.toFixed(0)} ms`
  })
  await step('plugged in again it is opened by itself under the same id, and what was cut off is no part of the next code', async () => {
    await honeywell.plug()
    const took = await until('an open reader', is(readers, first, 'open'))
    await arrive([scan(first, OTHER, ']Q3')], () => honeywell.send(aimReports(bytesOf(OTHER))))
    return `open after ${took.toFixed(0)} ms`
  })
}

async function usbCom(readers: BarcodeReaders, scanner: ReturnType<typeof serialDevice>, id: string): Promise<void> {
  const scan = (text: string, symbology: string | null): Scan => ({ text, source: 'serial', device: id, symbology, damage: [] })
  await step('a serial port of a USB device is offered by name and place, and not opened', async () => {
    const took = await until('an offer', is(readers, id, 'offered'))
    assert.deepEqual(reader(readers, id), { id, source: 'serial', name: `Newland · ${pathOf(SERIAL.serial)}`, maker: 'Newland', state: 'offered' })
    return `after ${took.toFixed(0)} ms`
  })
  await step('it is opened when it is chosen', async () => {
    const before = transfersOf(SERIAL.serial)
    await readers.choose([{ port: id, settings: SERIAL_DEFAULTS }])
    const took = await until('an open port', is(readers, id, 'open'))
    assert.ok(transfersOf(SERIAL.serial) > before)
    assert.equal(trouble(readers, id), undefined)
    return `after ${took.toFixed(0)} ms`
  })
  await step('a card cut inside a letter comes once and exactly', () => arrive([scan(CARD, null)], () => {
    const bytes = bytesOf(`${CARD}\r`)
    const cut = bytes.indexOf(0xc4) + 1
    scanner.send(bytes.subarray(0, cut))
    scanner.send(bytes.subarray(cut))
  }))
  await step('a card between STX and ETX, with its identifier, comes with its symbology', () => arrive([scan(OTHER, ']Q3')], () => scanner.send(bytesOf(`\u0002]Q3${OTHER}\u0003\r\n`))))
  await step('a card without an end comes after a silence', () => arrive([scan(CARD, null)], () => scanner.send(bytesOf(CARD))))
  await step('a port that is held already is TB-014 for the next', async () => {
    const next = await open([{ port: id, settings: SERIAL_DEFAULTS }])
    await until('a refusal', () => trouble(next, id) === 'TB-014')
    await next.close()
    await arrive([scan(OTHER, null)], () => scanner.send(bytesOf(`${OTHER}\r`)))
  })
  await step('pulled out it is TB-016', async () => {
    scanner.pull()
    const took = await until('trouble', () => trouble(readers, id) === 'TB-016')
    assert.equal(reader(readers, id)?.state, 'trouble')
    return `after ${took.toFixed(0)} ms`
  })
  await step('plugged in again it works by itself', async () => {
    scanner.plug()
    const took = await until('an open port', is(readers, id, 'open'))
    assert.equal(trouble(readers, id), undefined)
    await arrive([scan(CARD, null)], () => scanner.send(bytesOf(`${CARD}\r`)))
    return `open after ${took.toFixed(0)} ms`
  })
}

/** Nothing may be opened: only root may open these devices, and this program is root no more after it. */
async function unprivileged(serial: string, hid: string): Promise<void> {
  process.setgroups?.([])
  process.setgid?.(1000)
  process.setuid?.(1000)
  await step('readers that may not be opened are trouble TB-015', async () => {
    const readers = await open([{ port: serial, settings: SERIAL_DEFAULTS }])
    await until('two refusals', () => trouble(readers, serial) === 'TB-015' && trouble(readers, hid) === 'TB-015')
    assert.equal(reader(readers, hid)?.state, 'trouble')
    await readers.close()
  })
}

const [scanner, modem] = [serialDevice(SERIAL), serialDevice(MODEM)]
const [port, modemPort] = [idOf('usb', SERIAL), idOf('usb', MODEM)]
scanner.plug()
const readers = await open()
modem.plug()
await hidPos(readers)
const untouched = transfersOf(MODEM.serial)
await step('a modem plugged in later is offered', async () => {
  modem.send(bytesOf('RING\r\n'))
  await until('an offer', is(readers, modemPort, 'offered'))
})
await usbCom(readers, scanner, port)
await step('the modem was never opened, and nothing that it says is a code', async () => {
  await arrive([], () => modem.send(bytesOf(`${CARD}\r`)))
  assert.equal(transfersOf(MODEM.serial), untouched)
  assert.equal(reader(readers, modemPort)?.state, 'offered')
})
await step('closing lets everything go', async () => {
  await readers.close()
  const next = await open([{ port, settings: SERIAL_DEFAULTS }])
  await until('an open port', is(next, port, 'open'))
  await next.close()
})
await unprivileged(port, idOf('hid', HONEYWELL))
console.log(`COUNTS ${JSON.stringify(counts)}`)
process.exitCode = counts.failed > 0 ? 1 : 0
// Nothing may keep the process: a run that hangs here ends by its time limit and counts as failed.
