import fc from 'fast-check'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isNear, parsePlace, wholePage } from '../../../src-main/capture/scan'
import { parseCapabilities } from '../../../src-main/capture/scan/escl/capabilities'
import { announced, dnsQuestion, dnsRecords } from '../../../src-main/capture/scan/escl/dns-message'
import { findByMdns } from '../../../src-main/capture/scan/escl/mdns'
import { locationPath } from '../../../src-main/capture/scan/escl/place'
import { parseStatus } from '../../../src-main/capture/scan/escl/status'
import { createVerdict, documentVerdict } from '../../../src-main/capture/scan/escl/verdict'
import { escapeXml, parseXml } from '../../../src-main/capture/scan/escl/xml'
import { sourceCaps, sourceWays } from '../../../src-main/capture/scan/sane/capabilities'
import { namedDevices } from '../../../src-main/capture/scan/sane/devices'
import { parseOptions } from '../../../src-main/capture/scan/sane/options'
import { colourOf, sourceOf } from '../../../src-main/capture/scan/sane/words'
import { parseWiaLine } from '../../../src-main/capture/scan/wia/lines'
import { all } from '../../devices/scanner/collect'

const jpeg = readFileSync(resolve(import.meta.dirname, '../../../resources/practice/papers/quyet-dinh-thuan-tinh-ly-hon.jpg'))
const CAPS = '<?xml version="1.0"?><a:ScannerCapabilities xmlns:a="x"><p:Version>2.63</p:Version><a:Platen><a:PlatenInputCaps><a:MaxWidth>2550</a:MaxWidth><a:SettingProfile ref="r"/></a:PlatenInputCaps></a:Platen><a:SettingProfiles><a:SettingProfile name="r"><a:ColorMode>Grayscale8</a:ColorMode><a:XResolutionRange><a:Min>75</a:Min><a:Max>600</a:Max><a:Step>1</a:Step></a:XResolutionRange></a:SettingProfile></a:SettingProfiles></a:ScannerCapabilities>'

describe('documents of eSCL', () => {
  it('are read with references and ranges', () => {
    expect(parseCapabilities(CAPS)?.sources).toMatchObject([{ source: 'flatbed', modes: ['Grayscale8'], dpis: [75, 100, 150, 200, 240, 300, 400, 600], width: 2550, height: 3508 }])
  })

  it('give back every text that was put in', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(parseXml(`<a:b xmlns:a="x"><c>${escapeXml(text)}</c></a:b>`)?.children[0]?.text).toBe(text)
    }))
  })

  it('that are damaged, hostile or no XML are null or read, never thrown', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('<a>', '</a>', '<a/>', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE a [<!ENTITY b "c">]>', '&b;', '&#x110000;', '&#0;', '"', "<a b='", '<ScannerStatus>'))
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => void [parseXml(pieces.join('')), parseStatus(pieces.join('')), parseCapabilities(pieces.join(''))]))
    fc.assert(fc.property(fc.nat(CAPS.length - 2), fc.nat(CAPS.length), fc.string({ maxLength: 5 }), (at, length, put) => void parseCapabilities(CAPS.slice(0, at) + put + CAPS.slice(at + length))))
    fc.assert(fc.property(fc.nat(CAPS.length - 2), (at) => {
      expect(parseCapabilities(CAPS.slice(0, at))).toBeNull()
    }))
  })

  it('are bounded in depth, number and size, and know no entities', () => {
    expect(parseXml('<a>'.repeat(50) + '</a>'.repeat(50))).toBeNull()
    expect(parseXml(`<a>${'<b/>'.repeat(30_000)}</a>`)).toBeNull()
    expect(parseXml(`<a>${' '.repeat(3_000_000)}</a>`)).toBeNull()
    expect(parseXml('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')).toBeNull()
    expect(parseXml('<a>&b;</a>')?.text).toBe('&b;')
  })

  it('are read in time, however they are made', () => {
    const started = performance.now()
    for (const nasty of ['<a '.repeat(200_000), `<a ${'b="c" '.repeat(200_000)}/>`, '&#'.repeat(500_000), `<a b="${' '.repeat(900_000)}`, `<a${' '.repeat(900_000)}x`]) parseXml(nasty)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('what an answer of an eSCL scanner means', () => {
  const status = (adf: string, state = '', reasons: readonly string[] = []) => {
    const job = { path: '/eSCL/ScanJobs/1', state, reasons }
    return { status: { state: 'Idle', adf, jobs: [job] }, job }
  }
  it.each([
    [409, 3, 'ScannerAdfEmpty', 'Completed', 'end'], [409, 3, 'ScannerAdfEmpty', 'Processing', 'end'], [404, 3, 'ScannerAdfLoaded', 'Completed', 'end'], [410, 1, '', 'Completed', 'end'],
    [409, 0, 'ScannerAdfEmpty', '', 'QT-005'], [404, 0, 'ScannerAdfLoaded', 'Processing', 'wait'], [404, 3, 'ScannerAdfLoaded', 'Processing', 'wait'], [409, 3, 'ScannerAdfLoaded', '', 'QT-009'],
    [503, 0, 'ScannerAdfLoaded', 'Processing', 'wait'], [409, 2, 'ScannerAdfJam', 'Aborted', 'QT-004'], [404, 2, 'ScannerAdfMispick', '', 'QT-004'], [500, 1, 'ScannerAdfLoaded', '', 'QT-009'],
    [404, 1, 'ScannerAdfLoaded', 'Canceled', 'QT-012'], [404, 0, 'ScannerAdfLoaded', 'Aborted', 'QT-008'],
  ] as const)('%i after %i pages with feeder "%s" and job "%s": %s', (http, pages, adf, state, verdict) => {
    expect(documentVerdict({ http, pages, source: 'feeder', ...status(adf, state) })).toBe(verdict)
  })

  it('to a new job, too', () => {
    expect([409, 503, 404, 401, 500].map((http) => createVerdict(http, 'feeder', status('ScannerAdfLoaded').status))).toEqual(['QT-008', 'wait', 'QT-001', 'QT-007', 'QT-009'])
    expect(createVerdict(409, 'feeder', status('ScannerAdfEmpty').status)).toBe('QT-005')
    expect(createVerdict(503, 'flatbed', null)).toBe('wait')
  })
})

describe('addresses', () => {
  it('are taken as people type them', () => {
    expect(parsePlace(' 192.168.1.20 ')).toEqual({ secure: false, host: '192.168.1.20', port: 80, root: '/eSCL' })
    expect(parsePlace('fe80::1')).toMatchObject({ host: 'fe80::1' })
    expect(parsePlace('https://may-quet.local:9443/eSCL/ScannerStatus')).toEqual({ secure: true, host: 'may-quet.local', port: 9443, root: '/eSCL' })
    for (const bad of ['', 'ftp://x', 'http://', 'a b', 'http://user@host', '\\\\host', 'x'.repeat(400)]) expect(parsePlace(bad)).toBeNull()
  })

  it('of the office are told from those of the Internet', () => {
    for (const near of ['10.1.2.3', '172.31.0.1', '192.168.0.1', '169.254.1.1', '127.0.0.1', '::1', 'fd00::1', 'fe80::1%eth0', '::ffff:10.0.0.1']) expect(isNear(near)).toBe(true)
    for (const far of ['8.8.8.8', '172.32.0.1', '203.0.113.9', '2001:db8::1', '::ffff:8.8.8.8', 'host', '']) expect(isNear(far)).toBe(false)
  })

  it('in a Location keep their path alone', () => {
    expect(locationPath('http://198.51.100.7/eSCL/ScanJobs/1/', '/eSCL')).toBe('/eSCL/ScanJobs/1')
    expect(locationPath('//evil/eSCL/ScanJobs/1', '/eSCL')).toBe('/eSCL/ScanJobs/1')
    expect(locationPath('ScanJobs/1', '/eSCL')).toBe('/eSCL/ScanJobs/1')
    for (const bad of [undefined, '', 'a b', 'a:!', 'mailto:x@y', 'file:///etc/passwd', '/x\r\nHost: y', 'http://[']) expect(locationPath(bad, '/eSCL')).toBeNull()
    fc.assert(fc.property(fc.string(), (text) => {
      expect(locationPath(text, '/eSCL') ?? '/').toMatch(/^\//)
    }))
  })
})

describe('multicast DNS', () => {
  const label = (name: string) => Buffer.concat([...name.split('.').map((one) => Buffer.concat([Buffer.from([one.length]), Buffer.from(one)])), Buffer.from([0])])
  const record = (name: string, type: number, data: Buffer) => {
    const head = Buffer.alloc(10)
    head.writeUInt16BE(type, 0)
    head.writeUInt16BE(1, 2)
    head.writeUInt16BE(data.length, 8)
    return Buffer.concat([label(name), head, data])
  }
  const answer = (address: number[]) => {
    const head = Buffer.from([0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 3])
    const txt = ['rs=/eSCL/', 'ty=Quay 1'].map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]))
    return Buffer.concat([
      head, record('_uscan._tcp.local', 12, label('Quay 1._uscan._tcp.local')), record('Quay 1._uscan._tcp.local', 33, Buffer.concat([Buffer.from([0, 0, 0, 0, 0x1f, 0x90]), label('quay.local')])),
      record('Quay 1._uscan._tcp.local', 16, Buffer.concat(txt)), record('quay.local', 1, Buffer.from(address)),
    ])
  }

  it('finds a scanner by the address of its A record, not by the sender of the packet, and none outside the office', async () => {
    const server = createSocket('udp4')
    const asked: Buffer[] = []
    server.on('message', (bytes, { port, address }) => {
      asked.push(bytes)
      server.send(answer([192, 168, 7, 9]), port, address)
      server.send(answer([8, 8, 8, 8]), port, address)
      server.send(Buffer.from('garbage'), port, address)
    })
    await new Promise<void>((done) => server.bind(0, '127.0.0.1', done))
    const { port } = server.address()
    const found = await all(findByMdns({ listen: 250, group: { address: '127.0.0.1', port }, from: () => ['127.0.0.1'] }, new AbortController().signal))
    server.close()
    expect(found).toEqual([{ secure: false, address: '192.168.7.9', port: 8080, root: '/eSCL' }])
    expect(asked[0]?.equals(dnsQuestion(['_uscan._tcp.local', '_uscans._tcp.local']))).toBe(true)
  })

  it('reads whatever comes without an error', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void announced(dnsRecords(Buffer.from(bytes)))))
    const good = answer([10, 0, 0, 1])
    fc.assert(fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
      const bad = Buffer.from(good)
      bad[at] = value
      announced(dnsRecords(bad))
    }))
    expect(dnsRecords(Buffer.from([0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xc0, 12, 0, 12]))).toEqual([])
  })
})

describe('output of scanimage', () => {
  it('is understood loosely', () => {
    const names: Readonly<Record<string, string | null>> = {
      'Flatbed': 'flatbed', 'Document Table': 'flatbed', 'FlatBed': 'flatbed', 'ADF': 'feeder', 'Automatic Document Feeder': 'feeder', 'Automatic Document Feeder(left aligned)': 'feeder',
      'ADF Front': 'feeder', 'ADF Back': null, 'ADF Duplex': 'feeder-duplex', 'Duplex': 'feeder-duplex', 'Transparency Unit': null, 'Film': null, 'Vorlageneinzug': 'feeder', 'Khay nạp': 'feeder', 'Mặt kính': 'flatbed',
    }
    for (const [name, source] of Object.entries(names)) expect([name, sourceOf(name)]).toEqual([name, source])
    const modes: Readonly<Record<string, string | null>> = { 'Lineart': 'black', 'Black & White': 'black', 'Gray': 'grey', 'True Gray': 'grey', 'Grayscale': 'grey', 'Color': 'colour', '24bit Color[Fast]': 'colour', 'Farbe': 'colour', 'Halftone': null, 'Gray[Error Diffusion]': null }
    for (const [name, colour] of Object.entries(modes)) expect([name, colourOf(name)]).toEqual([name, colour])
  })

  it('switches duplex by an option of its own, and off for one side', () => {
    const options = parseOptions('    --source Flatbed|ADF [Flatbed]\n    --adf-mode Simplex|Duplex [inactive]\n    --resolution 100|200|300dpi [100]\n    -x 0..216.07mm (in steps of 0.0211639) [216.07]\n')
    expect(sourceWays(options, 'flatbed scanner')).toEqual([
      { source: 'flatbed', name: 'Flatbed', rest: [] }, { source: 'feeder', name: 'ADF', rest: ['--adf-mode=Simplex'] }, { source: 'feeder-duplex', name: 'ADF', rest: ['--adf-mode=Duplex'] },
    ])
    expect(sourceCaps('feeder', options)).toMatchObject({ dpis: [100, 200, 300], width: 216.07 })
  })

  it('gives a scanner an id without its place on the bus, and counts twins', () => {
    const lines = ['4', '9'].map((number) => `epson2:libusb:001:00${number}\u001fEpson\u001fGT-1500\u001fflatbed scanner`)
    expect(namedDevices(lines).map(({ device }) => device.id)).toEqual(['sane:epson2:usb|Epson GT-1500', 'sane:epson2:usb|Epson GT-1500#2'])
    expect(namedDevices(['v4l:/dev/video0\u001fNoname\u001fCam\u001fvirtual camera', '', 'x\u0007y'])).toEqual([])
  })

  it('never throws, and gives usable figures only', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('    --mode ', '    --source ', '    --resolution ', '    -x ', '    -y ', '0..300mm', '..', '|', ' [', ']', '\n', 'dpi', ' (in steps of 0.1)', 'ADF', 'Duplex', '[=(yes|no)]', '1e9', '-5'))
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), fc.string(), (pieces, type) => {
      const options = parseOptions(pieces.join(''))
      for (const { source } of sourceWays(options, type)) {
        const caps = sourceCaps(source, options)
        expect(caps.dpis.length).toBeGreaterThan(0)
        expect(caps.dpis.every((dpi) => Number.isInteger(dpi) && dpi > 0)).toBe(true)
        expect(caps.width > 0 && caps.height > 0 && Number.isFinite(caps.width + caps.height)).toBe(true)
      }
      namedDevices(pieces)
    }))
  })
})

describe('lines of the WIA script and page files', () => {
  it('are a line or nothing', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.object().map((value) => JSON.stringify({ event: 'page', ...value }))), (line) => void parseWiaLine(line)))
    expect(parseWiaLine('{"event":"page","number":1,"file":"..\\\\p00001.jpg","dpi":1}')).toBeNull()
  })

  it('that are cut anywhere are not taken for whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cut-'))
    const path = join(folder, 'page')
    const tiff = Buffer.concat([Buffer.from('49492a0008000000', 'hex'), tiffTable(), Buffer.alloc(100)])
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082', 'hex')
    const pnm = Buffer.concat([Buffer.from('P6\n# c\n4 4\n255\n'), Buffer.alloc(48)])
    for (const whole of [jpeg, tiff, png, pnm]) {
      writeFileSync(path, whole)
      expect((await wholePage(path)).width).toBeGreaterThan(0)
      for (const part of [0, 1, 3, 20, whole.length >> 1, whole.length - 3, whole.length - 1]) {
        writeFileSync(path, whole.subarray(0, part))
        await expect(wholePage(path)).rejects.toMatchObject({ code: 'QT-011' })
      }
    }
  })

  it('that are changed anywhere are refused or read, never worse', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'fuzz-')), 'page')
    const heads = fc.constantFrom('\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'II*\0', 'MM\0*', 'P4 ', 'P6\n', '%PDF-')
    await fc.assert(fc.asyncProperty(heads, fc.uint8Array({ maxLength: 200 }), async (head, rest) => {
      writeFileSync(path, Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(rest)]))
      await wholePage(path).catch((error: unknown) => expect(['QT-011', 'QT-013']).toContain((error as { code?: string }).code))
    }), { numRuns: 300 })
  })
})

/** A TIFF of 10 × 10 grey pixels in one strip behind the table. */
function tiffTable(): Buffer {
  const entries: readonly (readonly [number, number, number])[] = [[256, 3, 10], [257, 3, 10], [273, 4, 8 + 2 + 4 * 12 + 4], [279, 4, 100]]
  const bytes = Buffer.alloc(2 + entries.length * 12 + 4)
  bytes.writeUInt16LE(entries.length, 0)
  entries.forEach(([tag, type, value], index) => {
    const at = 2 + index * 12
    bytes.writeUInt16LE(tag, at)
    bytes.writeUInt16LE(type, at + 2)
    bytes.writeUInt32LE(1, at + 4)
    bytes.writeUInt32LE(value, at + 8)
  })
  return bytes
}
