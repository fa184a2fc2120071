import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { Sha256 } from '@contract/ids'
import { openDocuments } from '../../src-main/storage'
import { KEY, temporaryFolder } from './support'

const MEBIBYTE = 1024 * 1024
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The thread as it is bundled. */
let source = ''
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../../src-main/storage/documents/hash-worker.ts')], write: false, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent',
  })
  source = outputFiles[0]?.text ?? ''
})

function threadOf(program: string): URL {
  const file = join(temporaryFolder(), 'thread.mjs')
  writeFileSync(file, program)
  return pathToFileURL(file)
}

function storeWith(hashThread: URL) {
  const folder = temporaryFolder()
  const events: string[] = []
  const documents = openDocuments({ folder, key: KEY, log: (event) => events.push(event), hashThread })
  /** In pieces that belong to the store from then on; gives the identity it was kept under. */
  const take = async (bytes: Uint8Array, piece = MEBIBYTE): Promise<string> => {
    const writer = documents.writer(bytes.length)
    for (let at = 0; at < bytes.length; at += piece) await writer.write(new Uint8Array(bytes.subarray(at, at + piece)))
    return (await writer.finish()).sha256
  }
  /** The thread is asked only once it has said that it is there. */
  const warm = async (): Promise<void> => {
    await take(randomBytes(MEBIBYTE))
    await wait(300)
  }
  return { folder, documents, events, take, warm, incoming: () => readdirSync(join(folder, 'documents', 'incoming')) }
}

describe('documents hashed in the thread', () => {
  test('have the identity of their bytes, one after the other, side by side, in one piece or many, before and after it is there', async () => {
    const { take, warm, documents } = storeWith(threadOf(source))
    const papers = [1, 127 * 1024, 128 * 1024, 1_000_000, MEBIBYTE, 3 * MEBIBYTE + 7].map((size) => randomBytes(size))
    const identities = papers.map(sha256Of)
    expect(await Promise.all(papers.map((paper) => take(paper)))).toEqual(identities)
    await warm()
    expect(await Promise.all(papers.map((paper) => take(paper)))).toEqual(identities)
    expect(await Promise.all(papers.map((paper) => take(paper, 99_991)))).toEqual(identities)
    for (const sha256 of identities) await documents.verify(Sha256.parse(sha256))
  })

  test('take whole pieces over and leave alone what lies beside a part', async () => {
    const { documents, warm } = storeWith(threadOf(source))
    await warm()
    const whole = new Uint8Array(MEBIBYTE)
    const writer = documents.writer(whole.length * 2)
    await writer.write(whole)
    const shared = new Uint8Array(MEBIBYTE + 10).fill(7)
    await writer.write(shared.subarray(10))
    await writer.finish()
    expect([whole.length, shared.length, shared[20]]).toEqual([0, MEBIBYTE + 10, 7])
  })

  test('are not finished under the identity of a part: more or fewer bytes than told are refused and leave nothing', async () => {
    const { documents, warm, incoming } = storeWith(threadOf(source))
    await warm()
    const more = documents.writer(200_000)
    await more.write(new Uint8Array(200_000))
    await expect(more.write(new Uint8Array(1))).rejects.toThrow('more bytes')
    const fewer = documents.writer(200_001)
    await fewer.write(new Uint8Array(200_000))
    await expect(fewer.finish()).rejects.toThrow('not whole')
    expect(incoming()).toEqual([])
  })
})

describe('a hash thread that', () => {
  test('cannot start is done without', async () => {
    const { take, warm, events } = storeWith(threadOf('throw new Error("no")'))
    const paper = randomBytes(MEBIBYTE)
    expect(await take(paper)).toBe(sha256Of(paper))
    await warm()
    expect(await take(paper)).toBe(sha256Of(paper))
    expect(events.filter((event) => event === 'documents.hash-thread-ended')).toHaveLength(1)
  })

  test('dies in the middle fails what it was given by name, leaves nothing half, and the next is taken', async () => {
    const dying = `import { parentPort } from 'node:worker_threads'
      parentPort.on('message', () => process.exit(3))
      parentPort.postMessage({ id: 0, sha256: null })`
    const { take, warm, incoming, documents } = storeWith(threadOf(dying))
    await warm()
    const papers = [1, 2, 3].map(() => randomBytes(MEBIBYTE))
    const outcomes = await Promise.allSettled(papers.map((paper) => take(paper)))
    expect(outcomes).toEqual(papers.map(() => ({ status: 'rejected', reason: expect.objectContaining({ code: 'LOI-000' }) as unknown })))
    expect(incoming()).toEqual([])
    const again = randomBytes(MEBIBYTE)
    const kept = await documents.put(again)
    expect([kept.sha256, await take(again)]).toEqual([sha256Of(again), sha256Of(again)])
  })
})
