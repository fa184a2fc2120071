import { execFile } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findElectron } from '../../../scripts/lib/electron.mjs'
import { binarised } from '../../../src-main/capture/pages/binarise'
import { type Grey, newGrey } from '../../../src-main/capture/pages/raster'
import { createTextReader, type TextReader } from '../../../src-main/capture/text'
import { bundled, errorRate, has, hasVietnamese, inFolder, pdfOf, pdfText, pictureOf, workerFile } from './pages'
import { SENTENCE_PAGE, TRUTH } from './samples'

const run = promisify(execFile)
const DPI = 250
const noPoppler = has('pdftoppm') ? '' : ' (skipped: poppler-utils is not installed)'
const noNamespace = await run('unshare', ['-rn', 'true']).then(() => '', () => ' (skipped: no network namespaces here)')
const given = process.env['MOTCUA_ELECTRON']
const electron = given !== undefined && existsSync(given) ? given : (await findElectron())?.executable
const noTesseract = hasVietnamese() ? '' : ' (skipped: tesseract-ocr and tesseract-ocr-vie are not installed)'

describe.skipIf(noPoppler !== '')(`the packaged reader${noPoppler}`, () => {
  let reader: TextReader
  let worker: URL
  let pdf: Buffer
  let page: Grey
  beforeAll(async () => {
    worker = await workerFile()
    pdf = await pdfOf(SENTENCE_PAGE)
    page = await pictureOf(pdf, DPI)
    reader = createTextReader({ workerFile: worker, engine: 'packaged' })
    await reader.warm()
  })
  afterAll(() => reader.close())

  /** Text of the page as another process reads it. */
  async function readAlone(folder: string, binary: string, within: readonly string[]): Promise<string> {
    const program = await bundled('test/capture/text/alone.ts', 'alone')
    writeFileSync(join(folder, 'page.json'), JSON.stringify({ ...page, data: Buffer.from(page.data).toString('base64') }))
    const [command, ...rest] = [...within, binary, program, join(folder, 'page.json'), worker.href]
    const { stdout } = await run(command ?? binary, rest, { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } })
    return (JSON.parse(stdout) as { text: string }).text
  }

  it('reads Vietnamese with its marks: at most one letter in a hundred is wrong', async () => {
    const text = await reader.read(page)
    expect(errorRate(TRUTH, text.text)).toBeLessThan(0.01)
    expect(text).toMatchObject({ engine: 'packaged', language: 'vie', width: page.width, height: page.height, dpi: DPI })
    expect(text.text).toBe(text.text.normalize('NFC'))
    expect(text.confidence).toBeGreaterThan(0.8)
  })

  it('says where each word stands, as poppler does from the PDF itself', async () => {
    const text = await reader.read(page)
    const known = [...(await pdfText(pdf, '-bbox')).matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)</g)]
      .map(([, left, top, right, bottom, word]) => ({ word, x: ((Number(left) + Number(right)) / 2) * (DPI / 72), y: ((Number(top) + Number(bottom)) / 2) * (DPI / 72) }))
    const words = text.lines.flatMap((line) => line.words)
    const placed = words.filter(({ text: word, box }) => known.some((one) => one.word === word && one.x > box.x && one.x < box.x + box.width && Math.abs(one.y - (box.y + box.height / 2)) < box.height))
    expect(placed.length / words.length).toBeGreaterThan(0.95)
  })

  it('reads a page of one bit a pixel', async () => {
    expect(errorRate(TRUTH, (await reader.read(binarised(page))).text)).toBeLessThan(0.02)
  })

  it('reads a part of a page and says where it stands on the whole page', async () => {
    const whole = await reader.read(page)
    const line = whole.lines[4]
    if (!line) throw new Error('no line')
    const box = { x: line.box.x - 20, y: line.box.y - 4, width: line.box.width + 40, height: line.box.height + 8 }
    const part = await reader.read(page, { area: box })
    expect(errorRate(line.text, part.text)).toBeLessThan(0.05)
    expect(Math.abs((part.lines[0]?.box.x ?? 0) - line.box.x)).toBeLessThan(6)
    expect(Math.abs((part.lines[0]?.box.y ?? 0) - line.box.y)).toBeLessThan(6)
  })

  it('makes an oversized page smaller and still answers in its pixels', async () => {
    const large = newGrey(page.width * 5, page.height * 5, DPI * 5)
    for (let y = 0; y < large.height; y += 1) for (let x = 0; x < large.width; x += 1) large.data[y * large.width + x] = page.data[Math.floor(y / 5) * page.width + Math.floor(x / 5)] ?? 255
    const text = await reader.read(large)
    expect(errorRate(TRUTH, text.text)).toBeLessThan(0.03)
    const right = Math.max(...text.lines.map(({ box }) => box.x + box.width))
    expect(right).toBeGreaterThan(large.width / 2)
    expect(right).toBeLessThanOrEqual(large.width)
  })

  it('gives an empty page no words', async () => {
    const blank = newGrey(300, 200, DPI)
    blank.data.fill(255)
    expect(await reader.read(blank)).toMatchObject({ lines: [], text: '', confidence: 0 })
  })

  it('refuses a page of more pixels than it ever reads', async () => {
    await expect(reader.read({ ...newGrey(1, 1, 300), width: 40_000, height: 40_000 })).rejects.toMatchObject({ code: 'QT-018', params: { reason: 'pixels' } })
  })

  it('stops at once when it is cancelled, gives up pages that wait, and reads the next one', async () => {
    const [first, second] = [new AbortController(), new AbortController()]
    const running = reader.read(page, { signal: first.signal })
    let asked = false
    const waiting = reader.read(async () => {
      asked = true
      return page
    }, { signal: second.signal })
    second.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'QT-012' })
    setTimeout(() => first.abort(), 80)
    const begun = performance.now()
    await expect(running).rejects.toMatchObject({ code: 'QT-012' })
    expect(performance.now() - begun).toBeLessThan(600)
    expect(errorRate(TRUTH, (await reader.read(page)).text)).toBeLessThan(0.01)
    expect(asked).toBe(false)
  })

  it('replaces a thread that hangs when the time is over', () => inFolder(async (folder) => {
    // The first thread hangs for ever in its first page; the second is a real one.
    const file = join(folder, 'hangs.mjs')
    writeFileSync(file, `import { existsSync, writeFileSync } from 'node:fs'
      import { parentPort } from 'node:worker_threads'
      if (existsSync(${JSON.stringify(join(folder, 'hung'))})) await import(${JSON.stringify(worker.href)})
      else parentPort.on('message', () => { writeFileSync(${JSON.stringify(join(folder, 'hung'))}, ''); for (;;); })`)
    const limited = createTextReader({ workerFile: pathToFileURL(file), engine: 'packaged', limitMs: 1_500 })
    await expect(limited.read(page)).rejects.toMatchObject({ code: 'QT-018', params: { reason: 'time' } })
    await limited.close()
    const patient = createTextReader({ workerFile: pathToFileURL(file), engine: 'packaged' })
    expect(errorRate(TRUTH, (await patient.read(page)).text)).toBeLessThan(0.01)
    await patient.close()
  }))

  it('replaces a thread that dies in the middle of a page', () => inFolder(async (folder) => {
    const file = join(folder, 'dies.mjs')
    const died = JSON.stringify(join(folder, 'died'))
    writeFileSync(file, `import { existsSync, writeFileSync } from 'node:fs'
      import { parentPort } from 'node:worker_threads'
      if (existsSync(${died})) await import(${JSON.stringify(worker.href)})
      else parentPort.on('message', () => { writeFileSync(${died}, ''); process.exit(3) })`)
    const mortal = createTextReader({ workerFile: pathToFileURL(file), engine: 'packaged' })
    await expect(mortal.read(page)).rejects.toMatchObject({ code: 'QT-018' })
    expect(errorRate(TRUTH, (await mortal.read(page)).text)).toBeLessThan(0.01)
    await mortal.close()
  }))

  it.skipIf(noNamespace !== '')(`reads where there is no network at all${noNamespace}`, () => inFolder(async (folder) => {
    expect(errorRate(TRUTH, await readAlone(folder, process.execPath, ['unshare', '-rn']))).toBeLessThan(0.01)
  }))

  it.skipIf(electron === undefined)(`reads in Electron's own Node${electron === undefined ? ' (skipped: no Electron binary is here, run npm run setup)' : ''}`, () => inFolder(async (folder) => {
    expect(errorRate(TRUTH, await readAlone(folder, electron ?? '', []))).toBeLessThan(0.01)
  }))

  it('names no address in its thread', () => {
    expect(readFileSync(new URL(worker), 'utf8')).not.toMatch(/https?:\/\/|cdn|jsdelivr/iu)
  })
})

/** A program that answers like Tesseract and does what it is told with a page. */
function pretend(folder: string, { languages, onPage }: { languages: string; onPage: string }): string {
  const program = join(folder, 'tesseract')
  writeFileSync(program, `#!/bin/sh
if [ "$1" = --version ]; then echo "tesseract 5.3.0"; exit 0; fi
if [ "$1" = --list-langs ]; then printf 'List of available languages (2):\\n${languages}\\n'; exit 0; fi
${onPage}
`)
  chmodSync(program, 0o755)
  return program
}

describe.skipIf(noPoppler !== '' || process.platform === 'win32')(`the machine's own reader${noPoppler}`, () => {
  let worker: URL
  let page: Grey
  beforeAll(async () => {
    worker = await workerFile('ocr-worker-system')
    page = await pictureOf(await pdfOf(SENTENCE_PAGE), DPI)
  })

  it.skipIf(noTesseract !== '')(`is taken when it reads Vietnamese${noTesseract}`, async () => {
    const reader = createTextReader({ workerFile: worker })
    expect(await reader.engine()).toBe('system')
    const text = await reader.read(page)
    expect(text.engine).toBe('system')
    expect(errorRate(TRUTH, text.text)).toBeLessThan(0.01)
    await reader.close()
  })

  it('is not taken when it has no Vietnamese', () => inFolder(async (folder) => {
    const reader = createTextReader({ workerFile: worker, program: pretend(folder, { languages: 'eng\\nosd', onPage: 'exit 0' }) })
    expect(await reader.engine()).toBe('packaged')
    await reader.close()
  }))

  it('leaves a page it fails at to the packaged reader, and is not asked again after the second', () => inFolder(async (folder) => {
    const reader = createTextReader({ workerFile: worker, program: pretend(folder, { languages: 'eng\\nvie', onPage: `echo x >> ${folder}/asked; exit 1` }) })
    for (let turn = 0; turn < 3; turn += 1) expect((await reader.read(page)).engine).toBe('packaged')
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('x\nx\n')
    await reader.close()
  }))

  it('is killed when it hangs, and so is what it writes without end', () => inFolder(async (folder) => {
    const hangs = createTextReader({ engine: 'system', limitMs: 400, program: pretend(folder, { languages: 'eng\\nvie', onPage: `echo $$ > ${folder}/pid; exec sleep 60` }) })
    await expect(hangs.read(page)).rejects.toMatchObject({ code: 'QT-018', params: { reason: 'time' } })
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'))
    await expect.poll(() => existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')).toBe(false)
    const floods = createTextReader({ engine: 'system', program: pretend(folder, { languages: 'eng\\nvie', onPage: 'exec yes 5' }) })
    await expect(floods.read(page)).rejects.toMatchObject({ code: 'QT-018' })
  }))

  it('says so when nothing can read', async () => {
    const reader = createTextReader({ engine: 'system', program: '/nowhere/tesseract' })
    expect(await reader.engine()).toBeNull()
    await expect(reader.read(page)).rejects.toMatchObject({ code: 'QT-017' })
  })
})

