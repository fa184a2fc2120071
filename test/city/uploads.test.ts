import { createHash, randomUUID } from 'node:crypto'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import * as tus from 'tus-js-client'
import { expect, it } from 'vitest'
import { onBothDatabases } from './both'
import { openCounter, randomDocument, sha256, uploadMetadata, type Answer, type Counter } from './counter'

const TUS = { 'tus-resumable': '1.0.0' }
const BYTES = { ...TUS, 'content-type': 'application/offset+octet-stream' }

async function create(counter: Counter, size: number, hash: string): Promise<string> {
  const answer = await counter.call('POST', '/v1/files', { headers: { ...TUS, 'upload-length': String(size), 'upload-metadata': uploadMetadata(hash) } })
  return answer.headers.get('location') ?? ''
}

const patch = (counter: Counter, at: string, offset: number, bytes: Uint8Array<ArrayBuffer>): Promise<Answer> =>
  counter.call('PATCH', at, { headers: { ...BYTES, 'upload-offset': String(offset) }, body: bytes })

const offsetOf = async (counter: Counter, at: string): Promise<number> => Number((await counter.call('HEAD', at, { headers: TUS })).headers.get('upload-offset'))

/** Sends half of the bytes of a PATCH and breaks the connection. */
function sendHalf(url: string, authorization: string, at: string, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const request = httpRequest(url + at, {
      method: 'PATCH', headers: { ...BYTES, authorization, 'upload-offset': '0', 'content-length': bytes.length },
    })
    request.on('error', () => resolve())
    request.write(bytes.subarray(0, bytes.length / 2), () => setTimeout(() => request.destroy(), 100))
    request.on('close', () => resolve())
  })
}

onBothDatabases('Uploads', (stage) => {
  it('confirms a document that came in one piece', async () => {
    const counter = await stage.counter()
    const bytes = randomDocument(300_000)
    await counter.upload(bytes)
    expect((await counter.call('GET', `/v1/files/${sha256(bytes)}`)).json).toMatchObject({ sha256: sha256(bytes), size: 300_000 })
  })

  it('keeps on its disk exactly the bytes that were sent', async () => {
    const counter = await stage.counter()
    const bytes = randomDocument(123_457)
    await counter.upload(bytes)
    const hash = sha256(bytes)
    expect(sha256(await readFile(join(stage.city().folder, 'documents', hash.slice(0, 2), hash)))).toBe(hash)
  })

  it('says 404 for a document that it has not confirmed', async () => {
    const counter = await stage.counter()
    expect((await counter.call('GET', `/v1/files/${sha256(randomDocument(8))}`)).json).toMatchObject({ status: 404, code: 'document.unknown' })
  })

  it('refuses bytes whose SHA-256 differs from the announced one (460) and does not confirm them', async () => {
    const counter = await stage.counter()
    const [bytes, other] = [randomDocument(4000), randomDocument(4000)]
    const answer = await counter.upload(bytes, sha256(other))
    const look = await counter.call('GET', `/v1/files/${sha256(other)}`)
    expect({ ...answer.json, look: look.status }).toMatchObject({ status: 460, code: 'document.hash-mismatch', storedSha256: sha256(bytes), look: 404 })
  })

  it('goes on where the city stopped when an upload broke in the middle', async () => {
    const counter = await stage.counter()
    const bytes = randomDocument(2_000_000)
    const at = await create(counter, bytes.length, sha256(bytes))
    await sendHalf(counter.url, counter.authorization, at, bytes)
    // The city may still be writing what it took before the break: a counter asks again and goes on from there.
    let reached = await offsetOf(counter, at)
    while ((await patch(counter, at, reached, bytes.slice(reached))).status !== 204) reached = await offsetOf(counter, at)
    const confirmed = await counter.call('GET', `/v1/files/${sha256(bytes)}`)
    expect({ between: reached > 0 && reached < bytes.length, confirmed: confirmed.status }).toEqual({ between: true, confirmed: 200 })
  })

  it('hashes right over many small pieces', async () => {
    const counter = await stage.counter()
    const bytes = randomDocument(50_000)
    const at = await create(counter, bytes.length, sha256(bytes))
    for (let offset = 0; offset < bytes.length; offset += 12_500) await patch(counter, at, offset, bytes.slice(offset, offset + 12_500))
    expect((await counter.call('GET', `/v1/files/${sha256(bytes)}`)).status).toBe(200)
  })

  it('confirms a document whose last bytes were taken just before the line broke', async () => {
    const counter = await stage.counter()
    const bytes = randomDocument(9000)
    const at = await create(counter, bytes.length, sha256(bytes))
    await stage.doors().fault({ match: `^PATCH ${at}`, mode: 'drop-after-commit' })
    await expect(patch(counter, at, 0, bytes)).rejects.toThrow()
    expect([await offsetOf(counter, at), (await counter.call('GET', `/v1/files/${sha256(bytes)}`)).status]).toEqual([9000, 200])
  })

  it('checks on HEAD a document that was complete on the disk but never checked', async () => {
    const counter = await stage.counter()
    const bytes = randomDocument(7000)
    const at = await create(counter, bytes.length, sha256(bytes))
    await writeFile(join(stage.city().folder, 'uploads', at.split('/').at(-1) ?? ''), bytes)
    const before = (await counter.call('GET', `/v1/files/${sha256(bytes)}`)).status
    await offsetOf(counter, at)
    expect([before, (await counter.call('GET', `/v1/files/${sha256(bytes)}`)).status]).toEqual([404, 200])
  })

  it('refuses on HEAD a complete document whose bytes on the disk are not the announced ones', async () => {
    const counter = await stage.counter()
    const bytes = randomDocument(7000)
    const at = await create(counter, bytes.length, sha256(bytes))
    await writeFile(join(stage.city().folder, 'uploads', at.split('/').at(-1) ?? ''), randomDocument(7000))
    const statuses = [(await counter.call('HEAD', at, { headers: TUS })).status, (await counter.call('HEAD', at, { headers: TUS })).status]
    expect(statuses).toEqual([460, 404])
  })

  it.each([{ uploadDataDuringCreation: true }, { uploadDataDuringCreation: false, chunkSize: 100_000 }])('speaks with the tus client of the counter (%j)', async (options) => {
    const counter = await stage.counter()
    const bytes = randomDocument(350_000)
    await stage.doors().fault({ match: '^PATCH /v1/files/', mode: 'reset' })
    await new Promise<void>((resolve, reject) => {
      new tus.Upload(Buffer.from(bytes), {
        ...options, endpoint: `${counter.url}/v1/files`, headers: { authorization: counter.authorization }, retryDelays: [10, 10],
        metadata: { documentId: randomUUID(), sha256: sha256(bytes), mediaType: 'image/tiff' }, onSuccess: () => resolve(), onError: reject,
      }).start()
    })
    await stage.doors().clearFaults()
    expect((await counter.call('GET', `/v1/files/${sha256(bytes)}`)).json.size).toBe(350_000)
  })

  it('refuses a piece at the wrong offset with 409', async () => {
    const counter = await stage.counter()
    const bytes = randomDocument(1000)
    const at = await create(counter, bytes.length, sha256(bytes))
    expect((await patch(counter, at, 10, bytes.slice(10))).status).toBe(409)
  })

  it('takes only so many bytes of an upload when a door says so, and answers with the short offset', async () => {
    const counter = await stage.counter()
    const bytes = randomDocument(200_000)
    const at = await create(counter, bytes.length, sha256(bytes))
    await stage.doors().fault({ match: `^PATCH ${at}`, mode: 'truncate', bytes: 70_001, then: 'answer' })
    const answer = await patch(counter, at, 0, bytes)
    await patch(counter, at, 70_001, bytes.slice(70_001))
    expect([answer.headers.get('upload-offset'), (await counter.call('GET', `/v1/files/${sha256(bytes)}`)).status]).toEqual(['70001', 200])
  })

  it('drops the line after so many bytes when a door says so, and keeps what it took', async () => {
    const counter = await stage.counter()
    const bytes = randomDocument(200_000)
    const at = await create(counter, bytes.length, sha256(bytes))
    await stage.doors().fault({ match: `^PATCH ${at}`, mode: 'truncate', bytes: 90_000 })
    await expect(patch(counter, at, 0, bytes)).rejects.toThrow()
    expect(await offsetOf(counter, at)).toBe(90_000)
  })

  it('hides the uploads of one agency from another', async () => {
    const counter = await stage.counter()
    await stage.city().db.script(`insert into agencies values ('H29.901', 'Phường Thử', 'TP. Hồ Chí Minh', '99002') on conflict do nothing`)
    const code = await stage.doors().enrolmentCode({ agency: 'H29.901' })
    const stranger = await openCounter(stage.city().url, code)
    const bytes = randomDocument(1000)
    const at = await create(counter, bytes.length, sha256(bytes))
    await patch(counter, at, 0, bytes)
    expect([(await stranger.call('HEAD', at, { headers: TUS })).status, (await stranger.call('GET', `/v1/files/${sha256(bytes)}`)).status]).toEqual([404, 404])
  })

  it('refuses an upload without the facts of the document, by field', async () => {
    const counter = await stage.counter()
    const answer = await counter.call('POST', '/v1/files', { headers: { ...TUS, 'upload-length': '5', 'upload-metadata': `documentId ${Buffer.from(randomUUID()).toString('base64')}` } })
    expect(answer.json).toMatchObject({ status: 400, code: 'upload.metadata', field: 'sha256' })
  })

  it('refuses a document over the limit with 413 before a byte is sent', async () => {
    const counter = await stage.counter()
    const answer = await counter.call('POST', '/v1/files', { headers: { ...TUS, 'upload-length': String(300 * 1024 * 1024), 'upload-metadata': uploadMetadata(sha256(new Uint8Array(1))) } })
    expect(answer.json).toMatchObject({ status: 413, code: 'upload.too-large' })
  })

  it('refuses uploads without a token', async () => {
    const answer = await fetch(`${stage.city().url}/v1/files`, { method: 'POST', headers: { ...TUS, 'upload-length': '5' } })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/problem+json; charset=utf-8'])
  })

  it('does not let an upload name leave its folder', async () => {
    const counter = await stage.counter()
    const before = await readdir(stage.city().folder)
    const answer = await patch(counter, '/v1/files/..%2F..%2Fevil', 0, randomDocument(10))
    expect([answer.status, await readdir(stage.city().folder)]).toEqual([404, before])
  })

  it('takes the same document twice without a fuss', async () => {
    const counter = await stage.counter()
    const bytes = randomDocument(3000)
    expect([(await counter.upload(bytes)).status, (await counter.upload(bytes)).status]).toEqual([201, 201])
  })

  it('gives the door for bare uploads the same hash', async () => {
    const bytes = randomDocument(300_000)
    expect(await stage.doors().sink(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'))
  })
})
