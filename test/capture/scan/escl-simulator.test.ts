import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { createSaneDriver } from '../../../src-main/capture/scan'
import { A4, all, collect } from '../../devices/scanner/collect'
import { type EsclSimulator, startEsclSimulator } from '../../devices/scanner/escl-simulator'
import { airscanConfig, haveAirscan } from '../../devices/scanner/sane'

const jpeg = readFileSync(resolve(import.meta.dirname, '../../../resources/practice/papers/quyet-dinh-thuan-tinh-ly-hon.jpg'))
const run = promisify(execFile)
let simulator: EsclSimulator
afterEach(() => simulator.close())

/** The other client of this pair: nobody here wrote it. */
describe.skipIf(!haveAirscan)("the eSCL simulator, asked by Debian's sane-airscan (package sane-airscan)", () => {
  const scanimage = async (args: readonly string[]) => {
    const cwd = mkdtempSync(join(tmpdir(), 'airscan-out-'))
    const env = { ...process.env, SANE_CONFIG_DIR: airscanConfig('Quay 1', simulator.url) }
    const code = await run('scanimage', ['--device-name=airscan:e0:Quay 1', ...args], { cwd, env, timeout: 20_000 }).then(() => 0, (error: unknown) => (error as { code?: number }).code ?? -1)
    return { code, files: readdirSync(cwd).sort(), cwd }
  }

  it('gives the page on the glass', async () => {
    simulator = await startEsclSimulator({ pages: [jpeg] })
    const { code, files, cwd } = await scanimage(['--source=Flatbed', '--resolution=110', '--format=pnm', '--batch=p%d.pnm', '--batch-count=1'])
    expect({ code, files }).toEqual({ code: 0, files: ['p1.pnm'] })
    expect(readFileSync(join(cwd, 'p1.pnm')).toString('latin1', 0, 2)).toBe('P6')
    expect(simulator.requests).toContain('POST /eSCL/ScanJobs')
  })

  it.each([404, 409] as const)('empties its feeder, with %i at the end', async (end) => {
    simulator = await startEsclSimulator({ pages: [jpeg, jpeg, jpeg], end })
    const { files } = await scanimage(['--source=ADF', '--resolution=110', '--format=pnm', '--batch=p%d.pnm'])
    expect(files).toEqual(['p1.pnm', 'p2.pnm', 'p3.pnm'])
  })

  it('jams, and stays busy, as the other client understands it', async () => {
    simulator = await startEsclSimulator({ pages: [jpeg, jpeg, jpeg] })
    simulator.setFault({ name: 'jam', after: 1 })
    const jammed = await scanimage(['--source=ADF', '--resolution=110', '--format=pnm', '--batch=p%d.pnm'])
    expect(jammed).toMatchObject({ code: 6, files: ['p1.pnm'] })
  })

  it('gives both sides', async () => {
    simulator = await startEsclSimulator({ pages: [jpeg, jpeg], duplex: true })
    expect((await scanimage(['--source=ADF Duplex', '--resolution=110', '--format=pnm', '--batch=p%d.pnm'])).files).toHaveLength(2)
    expect(simulator.tickets[0]).toMatch(/Duplex>true</)
  })

  it('is a scanner of our SANE way too, which names it as the second way to it', async () => {
    simulator = await startEsclSimulator({ pages: [jpeg, jpeg], duplex: true })
    const driver = createSaneDriver({ env: { SANE_CONFIG_DIR: airscanConfig('Quay 1', simulator.url) } })
    const [device] = await all(driver.list(new AbortController().signal))
    if (!device) throw new Error('no device')
    expect(driver.likeness?.(device)).toMatchObject({ second: true, name: 'Quay 1' })
    const { sources } = await driver.capabilities(device, new AbortController().signal)
    expect(sources.map((one) => one.source)).toEqual(['flatbed', 'feeder', 'feeder-duplex'])
    const { pages, code } = await collect(driver.scan(device, { ...A4, source: 'feeder', dpi: 110 }, mkdtempSync(join(tmpdir(), 'pages-')), new AbortController().signal))
    expect({ code, count: pages.length }).toEqual({ code: null, count: 2 })
  })
})
