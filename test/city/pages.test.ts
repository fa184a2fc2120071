import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { onBothDatabases } from './both'
import { randomDocument, samplePayload, sha256 } from './counter'
import { escaped } from './pages/html'
import { bytes, maskedId, time } from './pages/parts'

onBothDatabases('Pages', (stage) => {
  const read = async (path: string): Promise<string> => (await fetch(stage.city().url + path)).text()

  it('say that this is a simulated reference system', async () => {
    expect(await read('/')).toContain('Hệ thống thành phố tham chiếu – mô phỏng, dùng để thử')
  })

  it('list what arrived with code, name, procedure and receipt number', async () => {
    const counter = await stage.counter()
    const code = await counter.code()
    const { json } = await counter.submit(samplePayload(code))
    const list = await read('/')
    expect([code, 'Bùi Nhật Khang', 'Đăng ký khai sinh', String(json.receiptNumber)].filter((text) => !list.includes(text))).toEqual([])
  })

  it('mark a version that a newer one has replaced', async () => {
    const counter = await stage.counter()
    const first = samplePayload(await counter.code())
    await counter.submit(first)
    await counter.submit({ ...first, submissionId: randomUUID(), dossier: { ...first.dossier, version: 2 } })
    expect(await read('/')).toContain('Đã thay bằng bản 2')
  })

  it('escape what citizens and officers typed', async () => {
    const counter = await stage.counter()
    await counter.submit(samplePayload(await counter.code(), [], { applicant: { fullName: '<script>alert("1")</script>' } }))
    const list = await read('/')
    expect([list.includes('<script>alert'), list.includes('&lt;script&gt;alert(&quot;1&quot;)')]).toEqual([false, true])
  })

  it('show a dossier with its versions, statuses and documents', async () => {
    const counter = await stage.counter()
    const document = randomDocument(412_000)
    await counter.upload(document)
    const code = await counter.code()
    const first = samplePayload(code, [document])
    await counter.submit(first)
    await counter.submit({ ...first, submissionId: randomUUID(), dossier: { ...first.dossier, version: 2 } })
    await stage.doors().status({ dossierCode: code, state: 9, note: 'Đã ký trích lục' })
    const view = await read(`/dossiers/${code}`)
    expect([code, 'Đã xử lý xong', 'Đã ký trích lục', '412 kB', sha256(document), first.submissionId].filter((text) => !view.includes(text))).toEqual([])
  })

  it('hand out a document of a dossier with its type, and nothing else', async () => {
    const counter = await stage.counter()
    const [mine, other] = [randomDocument(2000), randomDocument(2000)]
    await counter.upload(mine)
    await counter.upload(other)
    const code = await counter.code()
    await counter.submit(samplePayload(code, [mine]))
    const good = await fetch(`${stage.city().url}/dossiers/${code}/documents/${sha256(mine)}`)
    const strange = await fetch(`${stage.city().url}/dossiers/${code}/documents/${sha256(other)}`)
    expect([good.headers.get('content-type'), sha256(new Uint8Array(await good.arrayBuffer())), strange.status]).toEqual(['application/pdf', sha256(mine), 404])
  })

  it('answer an unknown dossier with 404 and a sentence', async () => {
    const answer = await fetch(`${stage.city().url}/dossiers/${encodeURIComponent('<b>')}`)
    expect([answer.status, (await answer.text()).includes('Không có hồ sơ &lt;b&gt;')]).toEqual([404, true])
  })

  it('allow no script at all', async () => {
    expect((await fetch(stage.city().url)).headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})

it('sizes read as people write them', () => {
  expect([bytes(999), bytes(412_000), bytes(3_140_000)]).toEqual(['999 B', '412 kB', '3,1 MB'])
})

it('identity numbers are masked', () => {
  expect(maskedId('079192004617')).toBe('079 192 ••• 617')
})

it('times are shown in the time of the city', () => {
  expect(time(new Date('2026-11-23T17:05:09Z'))).toBe('24/11/2026 00:05:09')
})

it('escaping covers both quotes', () => {
  expect(escaped(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;')
})
