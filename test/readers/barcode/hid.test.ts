import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { CODE_READER_MAKERS, makerOf } from '@contract/code-makers'
import { createBarcodeReaders, type Scan } from '../../../src-main/readers/barcode'
import { decodeScan } from '../../../src-main/readers/barcode/decode'
import { createReportJoiner } from '../../../src-main/readers/barcode/hid/reports'
import { aimReports, createHidBench, newlandReports, PRINTED_PASS } from '../../devices/barcode/hid'
import { eventually } from '../support'

const CARD = '079192004617|025123456|Đặng Thị Ngọc Ánh|14031992|Nữ|27/4 đường Bàu Tràm|21112021'
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const join = (reports: readonly Uint8Array[]): ReturnType<typeof decodeScan> | string | null => {
  const joiner = createReportJoiner()
  const last = reports.map((report) => joiner.push(report)).at(-1) ?? null
  return last === null || last === 'tooLong' ? last : decodeScan(last)
}

describe('reports of an HID-POS reader', () => {
  it('of Newland and ID TECH are joined', () => {
    expect(join(newlandReports(bytesOf(CARD)))).toEqual({ text: CARD, symbology: null, damage: [] })
  })

  it('of Newland set to send the AIM identifier are joined', () => {
    for (const text of [CARD, 'H29.900-261123-0009', 'x'.repeat(53), 'x'.repeat(200)]) {
      expect(join(newlandReports(bytesOf(`]Q3${text}`)))).toEqual({ text, symbology: ']Q3', damage: [] })
    }
  })

  it('of Honeywell and Zebra, with the identifier apart, are joined', () => {
    for (const text of [CARD, 'H29.900-261123-0009', 'x'.repeat(56), 'x'.repeat(57), 'ễ'.repeat(100)]) {
      expect(join(aimReports(bytesOf(text)))).toEqual({ text, symbology: ']Q3', damage: [] })
    }
  })

  it('printed in a maker\'s manual are joined', () => {
    expect(join(aimReports(bytesOf(PRINTED_PASS), ']Q0'))).toEqual({ text: PRINTED_PASS, symbology: ']Q0', damage: [] })
  })

  it('give every text back, of whatever kind they are', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }).filter((one) => decodeScan(bytesOf(one)).text === one && !one.startsWith(']') && bytesOf(one).length > 0 && !one.includes('\0'))
    fc.assert(fc.property(text, (one) => {
      expect(join(newlandReports(bytesOf(one)))).toMatchObject({ text: one })
      expect(join(aimReports(bytesOf(one)))).toMatchObject({ text: one })
    }))
  })

  it('of any other shape are passed over and never fail', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 8 }), (reports) => {
      const joiner = createReportJoiner()
      for (const report of reports) {
        const whole = joiner.push(report)
        expect(whole === null || whole === 'tooLong' || whole.length <= 4200).toBe(true)
      }
    }), { numRuns: 300 })
  })

  it('without an end are dropped and told', () => {
    const joiner = createReportJoiner()
    const endless = newlandReports(new Uint8Array(8000).fill(0x41))
    expect(endless.map((report) => joiner.push(report)).at(-1)).toBe('tooLong')
    expect(newlandReports(bytesOf('H29')).map((report) => joiner.push(report))).toEqual([Uint8Array.from(bytesOf('H29'))])
  })
})

describe('an HID-POS reader', () => {
  const info = { path: '/dev/hidraw0', vendorId: 0x0c2e, productId: 0x0b8f, serialNumber: 'S1', name: 'Voyager 1400g' }
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  /** Looks without waiting between the looks. */
  async function listen(bench: ReturnType<typeof createHidBench>) {
    const scans: Scan[] = []
    let clock = 0
    const readers = await createBarcodeReaders({
      choices: [], scanned: (scan) => scans.push(scan), changed: () => undefined, hid: async () => bench.binding, now: () => clock,
      serial: async () => ({ list: async () => [], open: () => Promise.reject(new Error('none')) }),
      later: (ms, act) => {
        const timer = setTimeout(() => {
          clock += ms
          act()
        }, 5)
        return () => clearTimeout(timer)
      },
    })
    closing.push(readers.close)
    return { readers, scans }
  }

  it('is opened when it is plugged in, and again when it comes back', async () => {
    const bench = createHidBench()
    const { readers, scans } = await listen(bench)
    expect(readers.view().readers).toEqual([])
    bench.plug(info)
    await eventually(() => expect(readers.view().readers).toEqual([{ id: 'hid:0c2e:0b8f:S1', source: 'hid', name: 'Voyager 1400g', maker: 'Honeywell', state: 'open' }]))
    bench.send(info.path, aimReports(bytesOf(CARD)).slice(0, 1))
    bench.pull(info.path)
    await eventually(() => expect(readers.view().readers).toEqual([]))
    bench.plug({ ...info, path: '/dev/hidraw3' })
    await eventually(() => expect(bench.isOpen('/dev/hidraw3')).toBe(true))
    bench.send('/dev/hidraw3', aimReports(bytesOf(CARD)))
    expect(scans).toEqual([{ text: CARD, source: 'hid', device: 'hid:0c2e:0b8f:S1', symbology: ']Q3', damage: [] }])
  })

  it.each([['busy', 'TB-014'], ['forbidden', 'TB-015']] as const)('that is %s is told as %s and opened later', async (why, code) => {
    const bench = createHidBench()
    bench.plug(info)
    bench.refuse(info.path, why)
    const { readers } = await listen(bench)
    expect(readers.view().troubles).toEqual([{ source: 'hid', id: 'hid:0c2e:0b8f:S1', code, params: { device: 'Voyager 1400g' } }])
    bench.refuse(info.path, null)
    await eventually(() => expect([readers.view().readers[0]?.state, readers.view().troubles]).toEqual(['open', []]))
    expect(bench.opened()).toBe(1)
  })

  it('says where letters were changed on the way', async () => {
    const bench = createHidBench()
    bench.plug(info)
    const { scans } = await listen(bench)
    bench.send(info.path, newlandReports(Buffer.from(CARD.replace('Nữ', 'N\u00fd'), 'latin1')))
    expect(scans).toHaveLength(1)
  })
})

describe('makers of readers', () => {
  it('are known by their USB numbers, each by one', () => {
    const numbers = CODE_READER_MAKERS.flatMap(({ vendorIds }) => vendorIds)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect([makerOf(0x1eab)?.name, makerOf(0xffff), makerOf(null)]).toEqual(['Newland', null, null])
  })

  it('have a mode named only where a manual is named', () => {
    expect(CODE_READER_MAKERS.every(({ serialMode, hidMode, from }) => (from === null) === (serialMode === null && hidMode === null))).toBe(true)
  })
})
