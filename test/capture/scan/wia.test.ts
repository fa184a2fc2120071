import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createWiaDriver } from '../../../src-main/capture/scan'
import { A4, all, collect } from '../../devices/scanner/collect'

const paper = resolve(import.meta.dirname, '../../../resources/practice/papers/quyet-dinh-thuan-tinh-ly-hon.jpg')
const script = resolve(import.meta.dirname, '../../../resources/scan/wia.ps1')
const never = new AbortController().signal
const inbox = () => mkdtempSync(join(tmpdir(), 'pages-'))
const device = { id: 'wia:{6BDD1FC6-810F-11D0-BEC7-08002BE2092F}\\0001', kind: 'wia', name: 'Canon', simulated: false } as const
const CAPS = '{"event":"capabilities","handling":7,"dpis":[75,150,300,600],"bedWidth":8500,"bedHeight":11700,"sheetWidth":8500,"sheetHeight":14000}'

/** Lines as the script prints them, in the place of PowerShell; `@page n` makes the file of a page. */
function recorded(scan: readonly string[], code = 0, list: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'wia-'))
  copyFileSync(paper, join(folder, 'paper.jpg'))
  const program = join(folder, 'powershell.cjs')
  writeFileSync(program, `#!${process.execPath}
    const fs = require('fs'), request = JSON.parse(process.env.MOTCUA_SCAN)
    fs.writeFileSync(${JSON.stringify(join(folder, 'request.json'))}, JSON.stringify(request))
    if (request.action === 'list') { console.log(${JSON.stringify(list.join('\n'))}); process.exit(0) }
    if (request.action === 'capabilities') { console.log(${JSON.stringify(CAPS)}); process.exit(0) }
    for (const line of ${JSON.stringify(scan)}) {
      const page = /^@page (.*)$/.exec(line)
      if (page) fs.copyFileSync(${JSON.stringify(join(folder, 'paper.jpg'))}, request.folder + '/' + page[1])
      else if (line === '@hang') setInterval(() => {}, 1000)
      else console.log(line)
    }
    if (!${JSON.stringify(scan)}.includes('@hang')) process.exitCode = ${code}`)
  chmodSync(program, 0o755)
  return { driver: createWiaDriver({ script, command: [program] }), request: () => JSON.parse(readFileSync(join(folder, 'request.json'), 'utf8')) as unknown }
}
const pageLines = (number: number) => [`{"event":"page-started","number":${number}}`, `@page p0000${number}.jpg`, `{"event":"page","number":${number},"file":"p0000${number}.jpg","dpi":300}`]
const error = (hresult: string) => `{"event":"error","hresult":"${hresult}"}`

describe('WIA, by recorded lines of its script (not tried on Windows)', () => {
  it('finds devices, whatever else PowerShell says', async () => {
    const { driver } = recorded([], 0, ['WARNING: profile', '{"event":"device","id":"{6BDD}\\\\0001","name":"Máy quét Canon\\u0007"}', '{"event":"device","id":"","name":"x"}', '{broken'])
    expect(await all(driver.list(never))).toEqual([{ id: 'wia:{6BDD}\\0001', kind: 'wia', name: 'Máy quét Canon', simulated: false }])
  })

  it('tells what a device can', async () => {
    const { sources } = await recorded([]).driver.capabilities(device, never)
    expect(sources.map((one) => one.source)).toEqual(['flatbed', 'feeder', 'feeder-duplex'])
    expect(sources[1]).toMatchObject({ width: 216, height: 356, dpis: [75, 150, 300, 600] })
  })

  it('empties a feeder', async () => {
    const { driver, request } = recorded([...pageLines(1), ...pageLines(2), '{"event":"page-started","number":3}', '{"event":"end","pages":2}'])
    const { pages, code, end, events } = await collect(driver.scan(device, { ...A4, source: 'feeder-duplex', dpi: 290 }, inbox(), never))
    expect(code).toBeNull()
    expect(pages.map(({ number, side, dpi }) => [number, side, dpi])).toEqual([[1, 'front', 300], [2, 'back', 300]])
    expect(end).toEqual({ kind: 'ended', pages: 2, reason: 'feeder-empty' })
    expect(events.filter((event) => event.kind === 'page-started')).toHaveLength(2)
    expect(request()).toMatchObject({ action: 'scan', device: device.id.slice(4), source: 'feeder-duplex', dpi: 300, width: 210, height: 297, most: 0 })
  })

  it.each([
    ['0x80210002', 'QT-004'], ['0x80210003', 'QT-005'], ['0x80210005', 'QT-003'], ['0x80210006', 'QT-002'], ['0x80210007', 'QT-002'], ['0x8021000A', 'QT-003'],
    ['0x80210015', 'QT-001'], ['0x80210016', 'QT-006'], ['0x80210020', 'QT-015'], ['0x80070005', 'QT-007'], ['0x80040154', 'QT-014'], ['0x80004005', 'QT-009'],
  ])('says what %s means', async (hresult, code) => {
    expect((await collect(recorded([error(hresult)], 1).driver.scan(device, { ...A4, source: 'feeder' }, inbox(), never))).code).toBe(code)
  })

  it('keeps the pages before a jam and deletes what is not announced', async () => {
    const folder = inbox()
    const { driver } = recorded([...pageLines(1), '@page p00002.jpg.part', error('0x80210002')], 1)
    expect(await collect(driver.scan(device, { ...A4, source: 'feeder' }, folder, never))).toMatchObject({ code: 'QT-004', pages: [{ number: 1 }] })
    expect(readdirSync(folder)).toEqual(['p00001.jpg'])
  })

  it('takes no file from elsewhere', async () => {
    const { driver } = recorded(['{"event":"page","number":1,"file":"../../etc/passwd","dpi":300}', '{"event":"end","pages":1}'])
    expect((await collect(driver.scan(device, A4, inbox(), never))).code).toBe('QT-011')
  })

  it('is stopped by ending its process', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 400)
    const { driver } = recorded([...pageLines(1), '@hang'])
    expect(await collect(driver.scan(device, { ...A4, source: 'feeder' }, inbox(), stop.signal))).toMatchObject({ code: 'QT-012', pages: [{ number: 1 }] })
  })

  it('is a crash when the process ends without a word', async () => {
    expect((await collect(recorded(pageLines(1), 3).driver.scan(device, A4, inbox(), never))).code).toBe('QT-009')
  })

  it('names what is missing where there is no PowerShell', async () => {
    await expect(all(createWiaDriver({ script, command: ['/nowhere/powershell'] }).list(never))).rejects.toMatchObject({ code: 'QT-014', params: { program: 'WIA' } })
  })
})
