import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { onBothDatabases } from './both'
import { bytesOfJson, randomDocument, samplePayload, sha256 } from './counter'
import { Nothing } from './db'

onBothDatabases('Submissions', (stage) => {
  it('stores one submission when the same PUT arrives twenty times at once', async () => {
    const counter = await stage.counter()
    const payload = samplePayload(await counter.code())
    const answers = await Promise.all(Array.from({ length: 20 }, () => counter.submit(payload)))
    const stored = (await stage.doors().submissions()).filter((item) => item.submissionId === payload.submissionId)
    expect({ created: answers.filter((one) => one.status === 201).length, bodies: new Set(answers.map((one) => one.text)).size, stored: stored.length })
      .toEqual({ created: 1, bodies: 1, stored: 1 })
  })

  it('answers 409 with both hashes when the same key comes with other bytes', async () => {
    const counter = await stage.counter()
    const payload = samplePayload(await counter.code())
    const other = { ...payload, officer: { id: 'cb-02', name: 'Lê Văn Tám' } }
    await counter.submit(payload)
    const answer = await counter.submit(other)
    expect({ status: answer.status, ...answer.json }).toMatchObject({
      status: 409, code: 'submission.conflict', storedSha256: sha256(bytesOfJson(payload)), sentSha256: sha256(bytesOfJson(other)),
    })
  })

  it('names the documents that have not arrived (424) and stores nothing', async () => {
    const counter = await stage.counter()
    const [here, missing] = [randomDocument(1000), randomDocument(2000)]
    await counter.upload(here)
    const payload = samplePayload(await counter.code(), [here, missing])
    const answer = await counter.submit(payload)
    const look = await counter.call('GET', `/v1/submissions/${payload.submissionId}`)
    expect({ status: answer.status, code: answer.json.code, missing: answer.json.missing, look: look.status })
      .toEqual({ status: 424, code: 'submission.documents-missing', missing: [sha256(missing)], look: 404 })
  })

  it('accepts the dossier once its documents are confirmed', async () => {
    const counter = await stage.counter()
    const document = randomDocument(5000)
    await counter.upload(document)
    expect((await counter.submit(samplePayload(await counter.code(), [document]))).status).toBe(201)
  })

  it('refuses a document whose length differs from the confirmed one', async () => {
    const counter = await stage.counter()
    const document = randomDocument(500)
    await counter.upload(document)
    const payload = samplePayload(await counter.code(), [document])
    const listed = payload.dossier.components[0]?.documents[0]
    if (listed) listed.size += 1
    expect((await counter.submit(payload)).json).toMatchObject({ code: 'submission.rejected', field: 'dossier.components.documents.size' })
  })

  it('refuses a code whose number was never leased', async () => {
    const counter = await stage.counter()
    expect((await counter.submit(samplePayload('H29.900-261130-9999'))).json).toMatchObject({ status: 422, code: 'submission.rejected', field: 'dossier.code' })
  })

  it('refuses a code that already belongs to another dossier', async () => {
    const counter = await stage.counter()
    const code = await counter.code()
    await counter.submit(samplePayload(code))
    expect((await counter.submit(samplePayload(code))).json).toMatchObject({ status: 422, field: 'dossier.code' })
  })

  it('gives a dossier with a provisional code one final code for all its versions', async () => {
    const counter = await stage.counter()
    const first = samplePayload('TAM-Q1-0001', [], { codeIsProvisional: true })
    const second = { ...first, submissionId: randomUUID(), dossier: { ...first.dossier, version: 2, state: 4 } }
    const codes = [(await counter.submit(first)).json.assignedCode, (await counter.submit(second)).json.assignedCode]
    expect(codes).toEqual([expect.stringMatching(/^H29\.900-261123-\d{4}$/), codes[0]])
  })

  it('never assigns the same final code to provisional dossiers that come at once', async () => {
    const counter = await stage.counter()
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => counter.submit(samplePayload(`TAM-${index}`, [], { codeIsProvisional: true }))))
    expect(new Set(answers.map((one) => one.json.assignedCode)).size).toBe(12)
  })

  it('acknowledges an older version that comes late without changing the dossier', async () => {
    const counter = await stage.counter()
    const newer = samplePayload(await counter.code(), [], { version: 3, state: 9 })
    const older = { ...newer, submissionId: randomUUID(), dossier: { ...newer.dossier, version: 2, state: 4 } }
    await counter.submit(newer)
    const late = await counter.submit(older)
    const stored = (await stage.doors().submissions()).filter((item) => item.dossierId === newer.dossier.id)
    expect({ late: late.status, applied: stored.map((item) => [item.version, item.applied]) }).toEqual({ late: 201, applied: [[3, true], [2, false]] })
  })

  it('refuses a second submission that claims the same version of a dossier', async () => {
    const counter = await stage.counter()
    const payload = samplePayload(await counter.code())
    await counter.submit(payload)
    expect((await counter.submit({ ...payload, submissionId: randomUUID() })).json).toMatchObject({ status: 422, field: 'dossier.version' })
  })

  it('lets only one of two submissions win that claim the same version at once', async () => {
    const counter = await stage.counter()
    const payload = samplePayload(await counter.code())
    const answers = await Promise.all(Array.from({ length: 8 }, () => counter.submit({ ...payload, submissionId: randomUUID() })))
    expect(answers.map((one) => one.status).sort()).toEqual([201, 422, 422, 422, 422, 422, 422, 422])
  })

  it('refuses an unknown procedure by field', async () => {
    const counter = await stage.counter()
    const payload = samplePayload(await counter.code(), [], { procedure: { code: 'khong-co', name: 'x', catalogueVersion: '1' } })
    expect((await counter.submit(payload)).json).toMatchObject({ status: 422, field: 'dossier.procedure.code' })
  })

  it('refuses a payload with a missing member and names it', async () => {
    const counter = await stage.counter()
    const payload = samplePayload(await counter.code())
    const answer = await counter.submit(bytesOfJson({ ...payload, dossier: { ...payload.dossier, applicant: {} } }), payload.submissionId)
    expect(answer.json).toMatchObject({ status: 422, code: 'submission.rejected', field: 'dossier.applicant.fullName' })
  })

  it('refuses bytes that are not UTF-8 JSON', async () => {
    const counter = await stage.counter()
    expect((await counter.submit(new Uint8Array([0x7b, 0xff, 0x7d]), randomUUID())).json).toMatchObject({ status: 422, code: 'submission.rejected' })
  })

  it('refuses a body that differs from its Content-Digest', async () => {
    const counter = await stage.counter()
    const id = randomUUID()
    const answer = await counter.call('PUT', `/v1/submissions/${id}`, {
      json: {}, headers: { 'idempotency-key': id, 'content-digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:` },
    })
    expect(answer.json).toMatchObject({ status: 400, code: 'digest.mismatch' })
  })

  it('refuses a body over the limit with 413', async () => {
    const counter = await stage.counter()
    expect((await counter.submit(new Uint8Array(1024 * 1024 + 1).fill(32), randomUUID())).json).toMatchObject({ status: 413, code: 'body.too-large' })
  })

  it('offers the acknowledgements again after a sequence, only to their counter', async () => {
    const [mine, other] = [await stage.counter('Quầy 7'), await stage.counter('Quầy 8')]
    const sent = []
    for (let index = 0; index < 3; index += 1) sent.push((await mine.submit(samplePayload(await mine.code()))).json)
    await other.submit(samplePayload(await other.code()))
    const rest = await mine.call('GET', `/v1/receipts?since=${String(sent[0]?.sequence)}`)
    expect(rest.json).toEqual({ items: sent.slice(1), next: sent[2]?.sequence })
  })

  it('numbers acknowledgements in the order they become visible, without holes', async () => {
    const counter = await stage.counter('Quầy 9')
    const payloads = await Promise.all(Array.from({ length: 15 }, async () => samplePayload(await counter.code())))
    await Promise.all(payloads.map((payload) => counter.submit(payload)))
    const sequences = (await stage.doors().submissions()).map((item) => item.sequence)
    expect(sequences).toEqual(sequences.map((_, index) => index + 1))
  })

  it.each([
    ['submissions', 'counter'], ['acknowledgements', 'receipt_number'], ['documents', 'media_type'],
    ['number_leases', 'size'], ['audit_heads', 'hash'], ['statuses', 'note'],
  ])('lets nobody change or delete rows of %s', async (table, column) => {
    const { db } = stage.city()
    const refusal = async (statement: string): Promise<string> => db.all(Nothing, statement).then(() => 'allowed', (error: unknown) => String(error))
    const refusals = [await refusal(`delete from ${table}`), await refusal(`update ${table} set ${column} = ${column}`), await refusal(`truncate ${table} cascade`)]
    expect(refusals).toEqual(refusals.map(() => expect.stringContaining('append-only') as string))
  })
})
