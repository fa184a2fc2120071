import { build } from 'esbuild'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPaperwork, type Paperwork } from '../../src-main/paperwork'
import { RESOURCES } from './pdf-tools'
import { manyComponents, sampleOptions, sampleReceipt } from './sample'
import { SAMPLES } from './signing-sample'

const root = resolve(import.meta.dirname, '../..')
// Inside node_modules, so that the bundle finds the packages it leaves outside.
const folder = join(root, 'node_modules/.cache/paperwork-test')
const workerFile = pathToFileURL(join(folder, 'worker.mjs'))
const data = sampleReceipt()
const options = sampleOptions()

describe('paperwork in its own thread', () => {
  let paperwork: Paperwork
  beforeAll(async () => {
    await build({
      entryPoints: [join(root, 'src-main/paperwork/worker.ts')],
      outfile: join(folder, 'worker.mjs'),
      alias: { '@contract': join(root, 'src-preload/contract') },
      bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error',
    })
    paperwork = createPaperwork({ resourcesFolder: RESOURCES, workerFile })
    await paperwork.warm()
  })
  afterAll(() => paperwork.close())

  it('gives the same bytes as in the calling thread', async () => {
    const here = await createPaperwork({ resourcesFolder: RESOURCES }).receipt(data, options)
    const there = await paperwork.receipt(data, options)
    expect(Buffer.compare(here.pdf, there.pdf)).toBe(0)
  })

  it('makes the same paper of signing in the thread as here', async () => {
    const here = await createPaperwork({ resourcesFolder: RESOURCES }).signingPaper('handover', SAMPLES.handover)
    const there = await paperwork.signingPaper('handover', SAMPLES.handover)
    expect([Buffer.compare(there.pdf, here.pdf), there.places]).toEqual([0, here.places])
  })

  it('hands a refusal over with code and field', async () => {
    await expect(paperwork.receipt({ ...data, officerName: '' }, options)).rejects.toMatchObject({ code: 'IN-001', params: { field: 'officerName' } })
  })

  it('leaves the calling thread free while a long receipt is laid out', async () => {
    let longest = 0
    let last = performance.now()
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 5)
    await paperwork.receipt(sampleReceipt({ components: manyComponents(200) }), options)
    clearInterval(beat)
    expect(longest).toBeLessThan(100)
  })

  it('starts a new thread after the old one was closed for idleness', async () => {
    const short = createPaperwork({ resourcesFolder: RESOURCES, workerFile, idleMs: 1 })
    await short.receipt(data, options)
    await new Promise((done) => setTimeout(done, 100))
    expect((await short.receipt(data, options)).pages).toBe(2)
    await short.close()
  })

  it('still prints when the thread dies', async () => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'dead.mjs'), "throw new Error('dead')")
    const orphan = createPaperwork({ resourcesFolder: RESOURCES, workerFile: pathToFileURL(join(folder, 'dead.mjs')) })
    expect((await orphan.receipt(data, options)).pages).toBe(2)
    await orphan.close()
  })
})
