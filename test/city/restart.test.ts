import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCounter, randomDocument, samplePayload, sha256, uploadMetadata } from './counter'
import { migrate } from './db'
import { openPglite } from './db-pglite'
import { startCity } from './index'

describe('A city that keeps its data in a folder', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mot-cua-city-test-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('still knows submissions, documents and tokens after a restart', async () => {
    const before = await startCity({ folder })
    const counter = await openCounter(before.url, before.enrolmentCode)
    const document = randomDocument(10_000)
    await counter.upload(document)
    const payload = samplePayload(await counter.code(), [document])
    const stored = await counter.submit(payload)
    await before.close()
    const after = await startCity({ folder })
    const ask = (path: string) => fetch(after.url + path, { headers: { authorization: counter.authorization } })
    const settled = await (await ask(`/v1/submissions/${payload.submissionId}`)).text()
    const confirmed = (await ask(`/v1/files/${sha256(document)}`)).status
    await after.close()
    expect([settled, confirmed]).toEqual([stored.text, 200])
  })

  it('goes on with an upload that a restart interrupted', async () => {
    const bytes = randomDocument(60_000)
    const headers = { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' }
    const before = await startCity({ folder })
    const counter = await openCounter(before.url, before.enrolmentCode)
    const made = await counter.call('POST', '/v1/files', {
      body: bytes.slice(0, 20_000), headers: { ...headers, 'upload-length': '60000', 'upload-metadata': uploadMetadata(sha256(bytes)) },
    })
    await before.close()
    const after = await startCity({ folder })
    const rest = await fetch(after.url + (made.headers.get('location') ?? ''), {
      method: 'PATCH', body: bytes.slice(20_000), headers: { ...headers, authorization: counter.authorization, 'upload-offset': '20000' },
    })
    const confirmed = await fetch(`${after.url}/v1/files/${sha256(bytes)}`, { headers: { authorization: counter.authorization } })
    await after.close()
    expect([rest.status, confirmed.status]).toEqual([204, 200])
  })
})

describe('Migrations', () => {
  it('refuse a file that changed after it had been applied', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mot-cua-migrations-'))
    await writeFile(join(folder, '0001_one.sql'), 'create table one (a int)')
    const db = await openPglite()
    await migrate(db, folder)
    await writeFile(join(folder, '0001_one.sql'), 'create table one (a text)')
    const outcome = migrate(db, folder)
    await expect(outcome).rejects.toThrow('0001_one.sql was changed')
    await db.close()
    await rm(folder, { recursive: true })
  })
})
