import { call } from '@orpc/server'
import { v7 } from 'uuid'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { LiveEvent } from '@contract/calls-live'
import { type CodeScan, SERIAL_DEFAULTS } from '@contract/code-readers'
import { PrintJobId } from '@contract/printing'
import { DEFAULT_SETTINGS, Settings } from '@contract/settings'
import { createFeed } from '../../src-main/core/code-feed'
import { type CodesOffice, openCodesOffice } from '../../src-main/core/codes-office'
import { createPaperwork } from '../../src-main/paperwork'
import type { BarcodeReadersDeps } from '../../src-main/readers'
import { actor } from '../intake/support'
import { counter, ward } from '../staff/support'
import { codeOfCall, practice, RESOURCES, router } from './support'

type Serial = Awaited<ReturnType<NonNullable<BarcodeReadersDeps['serial']>>>
const PORT = 'COM3'

/** A port that a test types into, with the office above it. */
async function desk() {
  const settings: { now: Settings } = { now: Settings.parse({ ...DEFAULT_SETTINGS, ward, counter, devices: { reader: 'A card reader', codeReaders: [], scanners: ['http://10.0.0.9/eSCL'], watchedFolder: null } }) }
  const news: LiveEvent[] = []
  const printed: { paper: string; bytes: number }[] = []
  const seat = { open: true }
  let type = (_text: string): void => undefined
  const serial: Serial = {
    list: async () => [{ path: PORT, vendorId: 0x0c2e, productId: 1, serialNumber: 'S1', name: 'Reader' }],
    open: async (_path, _settings, { data }) => {
      type = (text) => data(Buffer.from(`${text}\r`, 'utf8'))
      return { close: async () => undefined }
    },
  }
  const made: CodesOffice = await openCodesOffice({
    printer: { print: async (_actor, { paper, bytes }) => { printed.push({ paper, bytes: bytes.length }); return { outcome: 'printed', job: PrintJobId.parse(v7()) } } },
    paperwork: createPaperwork({ resourcesFolder: RESOURCES }), live: { emit: (event) => void news.push(event) }, practice: true, seated: () => seat.open,
    settings: () => settings.now,
    store: { saveSection: (_by, section, value) => (settings.now = { ...settings.now, [section]: value }) },
    bindings: { serial: async () => serial, hid: async () => { throw new Error('not on this machine') } },
  })
  onTestFinished(() => made.close())
  const abort = new AbortController()
  const heard: CodeScan[] = []
  const stream = made.scans(abort.signal)
  const reading = (async () => { for await (const scan of stream) heard.push(scan) })()
  onTestFinished(async () => { abort.abort(); await reading })
  return { made, settings, news, printed, seat, heard, type: (text: string) => type(text) }
}

const soon = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0) })

describe('barcode readers in the core', () => {
  it('say what is missing instead of failing, and offer ports that nobody chose', async () => {
    const { made } = await desk()
    await soon()
    expect(made.view().troubles).toMatchObject([{ source: 'hid', code: 'TB-003' }])
    expect(made.view().readers).toMatchObject([{ source: 'serial', maker: 'Honeywell', state: 'offered' }])
  })

  it('remember the ports that were chosen and leave the other devices as they are', async () => {
    const { made, settings, news } = await desk()
    const port = made.view().readers[0]?.id ?? PORT
    await made.choose('somebody', [{ port, settings: { ...SERIAL_DEFAULTS, baudRate: 115_200 } }])
    expect(settings.now.devices).toEqual({ reader: 'A card reader', scanners: ['http://10.0.0.9/eSCL'], watchedFolder: null, codeReaders: [{ port, settings: { ...SERIAL_DEFAULTS, baudRate: 115_200 } }] })
    expect(news).toContainEqual({ kind: 'code-readers' })
  })

  it('hand codes on while somebody is signed in, and none while the screen is locked', async () => {
    const { made, seat, heard, type } = await desk()
    await soon()
    await made.choose('somebody', [{ port: made.view().readers[0]?.id ?? '', settings: SERIAL_DEFAULTS }])
    await expect.poll(() => made.view().readers[0]?.state).toBe('open')
    type('H29.900-261123-0009')
    seat.open = false
    type('H29.900-261123-0010')
    await soon()
    seat.open = true
    type('H29.900-261123-0011')
    await expect.poll(() => heard.map(({ text }) => text)).toEqual(['H29.900-261123-0011'])
    type('H29.900-261123-0012')
    await expect.poll(() => heard.map(({ text, source }) => [text, source])).toContainEqual(['H29.900-261123-0012', 'serial'])
  })

  it('print a sheet on the paper that was asked for', async () => {
    const { made, printed } = await desk()
    expect(await made.printSheet(actor, { sheet: { kind: 'reader-test' }, printer: null, silent: true, paper: 'A4' })).toBe('printed')
    expect(printed).toMatchObject([{ paper: 'A4' }])
    expect(printed[0]?.bytes).toBeGreaterThan(10_000)
  })
})

describe('a feed of codes', () => {
  it('keeps the latest twenty for a slow window, and ends with its signal', async () => {
    const feed = createFeed<number>(() => true)
    const abort = new AbortController()
    const stream = feed.listen(abort.signal)
    const first = stream.next()
    for (let item = 1; item <= 30; item += 1) feed.push(item)
    const got = [(await first).value]
    for (let turn = 0; turn < 19; turn += 1) got.push((await stream.next()).value)
    expect(got).toEqual(Array.from({ length: 20 }, (_, index) => index + 11))
    const last = stream.next()
    abort.abort()
    expect(await last).toEqual({ value: undefined, done: true })
  })
})

describe('the calls of the window', () => {
  it('view readers, make sheets, and refuse ports to who may not receive', async () => {
    const seat = await practice('duyen')
    expect(await call(router.codes.readers, undefined, seat.context)).toMatchObject({ readers: expect.any(Array), troubles: expect.any(Array) })
    const pdf = await call(router.codes.sheet, { sheet: { kind: 'separator', component: { code: 'to-khai', name: 'Tờ khai' } } }, seat.context)
    expect(pdf.type).toBe('application/pdf')
    await call(router.codes.choose, { ports: [{ port: 'no-such-port', settings: SERIAL_DEFAULTS }] }, seat.context)
    expect(seat.office().settings().devices.codeReaders).toHaveLength(1)
    expect(await codeOfCall(() => call(router.codes.printSheet, { sheet: { kind: 'reader-test' }, printer: null, silent: true, paper: 'A4' }, seat.context))).toBe('IN-004')
    const admin = await practice('quantri')
    expect(await codeOfCall(() => call(router.codes.choose, { ports: [] }, admin.context))).toBe('TK-005')
  })
})
