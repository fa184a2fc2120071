import { createHash, randomBytes } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Sha256 } from '@contract/ids'
import { type Documents, openDocuments, silent } from '../../src-main/storage'
import { bundleChild, linesOf, startChild } from './child'
import { codeOfAsync, KEY, temporaryFolder } from './support'

const CHUNK = 64 * 1024
const sha256Of = (bytes: Uint8Array): Sha256 => Sha256.parse(createHash('sha256').update(bytes).digest('hex'))

function emptyStore(): { folder: string; documents: Documents } {
  const folder = temporaryFolder()
  return { folder, documents: openDocuments({ folder, key: KEY, log: silent }) }
}

const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(folder, 'documents'), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, 'documents', name))
    .filter((path) => statSync(path).isFile())

/** The only file of a store, and the identity of the document in it. */
async function oneDocument(size: number) {
  const { folder, documents } = emptyStore()
  const { sha256 } = await documents.put(randomBytes(size))
  const [file = ''] = filesOf(folder)
  return { folder, documents, sha256, file }
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(file, bytes)
}

describe('a stored document', () => {
  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_000])('of %i bytes comes back as it was', async (size) => {
    const { documents } = emptyStore()
    const bytes = randomBytes(size)
    const { sha256 } = await documents.put(bytes)
    expect(Buffer.from(await documents.readAll(sha256, size)).equals(bytes)).toBe(true)
  })

  test('comes back as it was however it was cut into pieces on the way in', async () => {
    const { documents } = emptyStore()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 6 }), async (sizes) => {
        const pieces = sizes.map((size) => randomBytes(size))
        const writer = documents.writer()
        for (const piece of pieces) await writer.write(piece)
        const stored = await writer.finish()
        const whole = Buffer.concat(pieces)
        expect(stored).toEqual({ sha256: sha256Of(whole), size: whole.length })
        expect(Buffer.from(await documents.readAll(stored.sha256, whole.length)).equals(whole)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('is kept once however often it comes', async () => {
    const { folder, documents } = emptyStore()
    await documents.put(Buffer.from('giấy khai sinh'))
    await documents.put(Buffer.from('giấy khai sinh'))
    expect(filesOf(folder)).toHaveLength(1)
  })

  test('has a name on the disk that is not its hash', async () => {
    const { file, sha256 } = await oneDocument(10)
    expect(file.replaceAll(/[^0-9a-f]/g, '')).not.toContain(sha256)
  })

  test('is not read beyond the size that the caller can bear', async () => {
    const { documents, sha256 } = await oneDocument(1000)
    expect(await codeOfAsync(() => documents.readAll(sha256, 999))).toBe('TEP-004')
  })

  test('that is not there is named', async () => {
    const { documents } = emptyStore()
    expect(await codeOfAsync(() => documents.readAll(sha256Of(Buffer.from('x')), 10))).toBe('LUU-021')
  })

  test('is gone after it was removed', async () => {
    const { documents, sha256 } = await oneDocument(10)
    await documents.remove(sha256)
    expect(documents.has(sha256)).toBe(false)
  })

  test('that was damaged is mended when it is stored again', async () => {
    const { folder, documents } = emptyStore()
    const bytes = randomBytes(5000)
    const { sha256 } = await documents.put(bytes)
    flip(filesOf(folder)[0] ?? '', 1000)
    await documents.put(bytes)
    expect(await codeOfAsync(() => documents.verify(sha256))).toBeUndefined()
  })
})

describe('a damaged document', () => {
  test('is noticed wherever one bit of its file turned', async () => {
    const { documents, sha256, file } = await oneDocument(150_000)
    const sound = readFileSync(file)
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sound.length - 1 }), async (at) => {
        flip(file, at)
        const code = await codeOfAsync(() => documents.verify(sha256))
        writeFileSync(file, sound)
        expect(code).toBe('LUU-022')
      }),
      { numRuns: 60 },
    )
  })

  test.each([0, 20, 40, 41, 1000, 40 + CHUNK + 16, 40 + 2 * (CHUNK + 16), 150_000])('is noticed when it ends after %i bytes', async (length) => {
    const { documents, sha256, file } = await oneDocument(150_000)
    truncateSync(file, length)
    expect(await codeOfAsync(() => documents.verify(sha256))).toBe('LUU-022')
  })

  test('is noticed when whole chunks are cut out and the ends joined', async () => {
    const { documents, sha256, file } = await oneDocument(3 * CHUNK)
    const bytes = readFileSync(file)
    writeFileSync(file, Buffer.concat([bytes.subarray(0, 40 + CHUNK + 16), bytes.subarray(40 + 2 * (CHUNK + 16))]))
    expect(await codeOfAsync(() => documents.verify(sha256))).toBe('LUU-022')
  })

  test('is noticed when two of its chunks changed places', async () => {
    const { documents, sha256, file } = await oneDocument(3 * CHUNK)
    const bytes = readFileSync(file)
    const part = (index: number): Buffer => bytes.subarray(40 + index * (CHUNK + 16), 40 + (index + 1) * (CHUNK + 16))
    writeFileSync(file, Buffer.concat([bytes.subarray(0, 40), part(1), part(0), bytes.subarray(40 + 2 * (CHUNK + 16))]))
    expect(await codeOfAsync(() => documents.verify(sha256))).toBe('LUU-022')
  })

  test('is noticed before a byte is given out when another document lies in its place', async () => {
    const { folder, documents } = emptyStore()
    const first = await documents.put(randomBytes(1000))
    const [fileOfFirst = ''] = filesOf(folder)
    const second = await documents.put(randomBytes(1000))
    const fileOfSecond = filesOf(folder).find((file) => file !== fileOfFirst) ?? ''
    copyFileSync(fileOfFirst, fileOfSecond)
    const given: Uint8Array[] = []
    const code = await codeOfAsync(async () => {
      for await (const chunk of documents.read(second.sha256)) given.push(chunk)
    })
    expect([code, given.length, documents.has(first.sha256)]).toEqual(['LUU-022', 0, true])
  })

  test('is not taken for sound under another key', async () => {
    const { folder, documents, sha256 } = await oneDocument(1000)
    const other = openDocuments({ folder, key: Buffer.alloc(32, 9), log: silent })
    expect([other.has(sha256), documents.has(sha256)]).toEqual([false, true])
  })
})

describe('a document on its way in', () => {
  test('leaves nothing when it is given up', async () => {
    const { folder, documents } = emptyStore()
    const writer = documents.writer()
    await writer.write(randomBytes(200_000))
    await writer.abort()
    expect(filesOf(folder)).toEqual([])
  })

  test('left half written by a crash is swept at the next start', async () => {
    const { folder } = emptyStore()
    writeFileSync(join(folder, 'documents/incoming/left.part'), 'half')
    openDocuments({ folder, key: KEY, log: silent })
    expect(filesOf(folder)).toEqual([])
  })

  test('takes nothing more after it is finished', async () => {
    const writer = emptyStore().documents.writer()
    await writer.finish()
    expect(await codeOfAsync(() => writer.write(Buffer.from('x')))).toBe('Error: the document writer is closed')
  })
})

test('a document of 200 MB goes in and out while the process grows by less than half of it', async () => {
  const child = startChild(await bundleChild('large-document'), [temporaryFolder(), String(200 * 1024 * 1024)])
  let told = ''
  for await (const line of linesOf(child)) told += line
  const { size, read, growth } = JSON.parse(told) as { size: number; read: number; growth: number }
  expect([size, read, growth < 100 * 1024 * 1024 ? 'bounded' : growth]).toEqual([200 * 1024 * 1024, 200 * 1024 * 1024, 'bounded'])
}, 60_000)
