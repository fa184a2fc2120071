import { mkdir, rm, writeFile } from 'node:fs/promises'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeJpeg } from '../../../src-main/capture/pages/codecs/jpeg'
import { createPages, USUAL_WISH } from '../../../src-main/capture/pages'
import { THREAD_LIMITS } from '../../../src-main/capture/pages/thread'
import { newRaster } from '../../../src-main/capture/pages/raster'

const root = resolve(import.meta.dirname, '../../..')
// Beside node_modules, where the codecs are found from.
const folder = join(root, 'node_modules/.cache/mot-cua-test', `pages-${String(process.pid)}`)
const scratch = mkdtempSync(join(tmpdir(), 'mot-cua-pages-thread-'))
const workerFile = pathToFileURL(join(folder, 'worker.mjs'))
const page = async (name: string): Promise<string> => {
  const file = join(scratch, name)
  const image = { ...newRaster(800, 1_100, 3, 100), data: Uint8Array.from({ length: 800 * 1_100 * 3 }, (_, i) => ((i >> 5) % 7 === 0 ? 40 : 240)) }
  await writeFile(file, await encodeJpeg(image, 80))
  return file
}
const picture = (file: string): { source: { file: string }; page: number; dpi: null } => ({ source: { file }, page: 0, dpi: null })

beforeAll(async () => {
  await mkdir(folder, { recursive: true })
  await build({
    entryPoints: [join(root, 'src-main/capture/pages/worker.ts')], outfile: join(folder, 'worker.mjs'), bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external',
    alias: { '@contract': join(root, 'src-preload/contract') }, logLevel: 'silent',
  })
  const fault = (name: string, body: string): Promise<void> => writeFile(join(folder, name), `import { parentPort } from 'node:worker_threads'\nparentPort.on('message', (ask) => { ${body} })\n`)
  await fault('hanging.mjs', `if (ask.kind === 'warm') parentPort.postMessage({ id: ask.id, kind: 'done' }); else for (;;) {}`)
  await fault('crashing.mjs', `if (ask.kind === 'warm') parentPort.postMessage({ id: ask.id, kind: 'done' }); else process.exit(3)`)
  await fault('throwing.mjs', `if (ask.kind === 'warm') parentPort.postMessage({ id: ask.id, kind: 'done' }); else { const kept = []; for (;;) kept.push(new Array(1e5).fill({})) }`)
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await rm(scratch, { recursive: true, force: true })
})

describe('the pages thread', () => {
  test('gives a thumbnail first and then the page, one question after the other', async () => {
    const pages = createPages({ workerFile })
    const seen: string[] = []
    const files = await Promise.all(['a.jpg', 'b.jpg', 'c.jpg'].map(page))
    await Promise.all(files.map(async (file, index) => {
      const result = await pages.page(picture(file), USUAL_WISH, { progress: ({ width, height }) => seen.push(`thumbnail ${String(index)} ${String(width)}x${String(height)}`) })
      seen.push(`page ${String(index)}`)
      expect(result.encoded.bytes.length).toBeGreaterThan(100)
      expect('image' in result).toBe(false)
    }))
    expect(seen).toEqual([0, 1, 2].flatMap((index) => [`thumbnail ${String(index)} 262x360`, `page ${String(index)}`]))
    expect(await pages.count(picture(files[0] ?? ''))).toBe(1)
    expect(await pages.corners(picture(files[0] ?? ''))).toBeNull()
    await pages.close()
  }, 60_000)

  test('refuses what cannot be read, and goes on', async () => {
    const pages = createPages({ workerFile })
    const broken = join(scratch, 'broken.jpg')
    await writeFile(broken, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4]))
    await expect(pages.page(picture(broken), USUAL_WISH)).rejects.toMatchObject({ code: 'QT-011' })
    await expect(pages.page(picture(join(scratch, 'missing.jpg')), USUAL_WISH)).rejects.toMatchObject({ code: 'QT-011' })
    expect((await pages.page(picture(await page('d.jpg')), USUAL_WISH)).encoded.width).toBeGreaterThan(0)
    await pages.close()
  }, 60_000)

  test.each([['hanging', 'QT-010'], ['crashing', 'QT-011'], ['throwing', 'QT-011']])('that is %s costs one page (%s) and is replaced', async (name, code) => {
    const pages = createPages({ workerFile: pathToFileURL(join(folder, `${name}.mjs`)), limits: { ...THREAD_LIMITS, timeMs: name === 'hanging' ? 300 : 30_000, heapMb: 48 } })
    const [lost, next] = await Promise.allSettled([pages.page(picture('x'), USUAL_WISH), pages.warm()])
    expect(lost).toMatchObject({ status: 'rejected', reason: { code } })
    expect(next.status).toBe('fulfilled')
    await pages.close()
  }, 60_000)

  test('stops at once on a signal, whether a page waits or is worked on, and when it is closed', async () => {
    const pages = createPages({ workerFile: pathToFileURL(join(folder, 'hanging.mjs')) })
    const [first, second] = [new AbortController(), new AbortController()]
    const ended = [pages.page(picture('x'), USUAL_WISH, { signal: first.signal }), pages.page(picture('y'), USUAL_WISH, { signal: second.signal }), pages.page(picture('z'), USUAL_WISH)]
      .map((asked) => asked.then(() => 'done', (error: unknown) => (error as { code: string }).code))
    second.abort()
    expect(await ended[1]).toBe('QT-012')
    first.abort()
    expect(await ended[0]).toBe('QT-012')
    await pages.close()
    expect(await ended[2]).toBe('QT-012')
    await expect(pages.warm()).rejects.toMatchObject({ code: 'QT-012' })
  })
})
