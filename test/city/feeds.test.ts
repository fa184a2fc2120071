import { expect, it } from 'vitest'
import { onBothDatabases } from './both'
import { openCounter, samplePayload, sha256, type Counter } from './counter'

async function sentDossier(counter: Counter): Promise<string> {
  const code = await counter.code()
  await counter.submit(samplePayload(code))
  return code
}

const hash = (text: string): string => sha256(Buffer.from(text))

onBothDatabases('Feeds', (stage) => {
  it('gives the statuses of a dossier in the order of the city, by cursor and page', async () => {
    const counter = await stage.counter()
    const dossierCode = await sentDossier(counter)
    const start = Number((await counter.call('GET', '/v1/statuses?limit=500')).json.next)
    for (const state of [4, 9, 10]) await stage.doors().status({ dossierCode, state, note: `đến ${state}`, by: 'Phòng Tư pháp' })
    const page = await counter.call('GET', `/v1/statuses?cursor=${start}&limit=2`)
    const rest = await counter.call('GET', `/v1/statuses?cursor=${String(page.json.next)}`)
    expect([page.json.items, rest.json.items]).toMatchObject([[{ state: 4, dossierCode, note: 'đến 4', by: 'Phòng Tư pháp' }, { state: 9 }], [{ state: 10 }]])
  })

  it('keeps the cursor where it was when nothing is new', async () => {
    const counter = await stage.counter()
    expect((await counter.call('GET', '/v1/statuses?cursor=4711')).json).toEqual({ items: [], next: 4711 })
  })

  it('shows the statuses of an agency to no other', async () => {
    await stage.city().db.script(`insert into agencies values ('H29.902', 'Phường Thử Hai', 'TP. Hồ Chí Minh', '99003') on conflict do nothing`)
    const stranger = await openCounter(stage.city().url, await stage.doors().enrolmentCode({ agency: 'H29.902' }))
    await stage.doors().status({ dossierCode: await sentDossier(await stage.counter()), state: 4 })
    expect((await stranger.call('GET', '/v1/statuses')).json.items).toEqual([])
  })

  it('never shows a status after one with a higher sequence, while many are pushed at once', async () => {
    const counter = await stage.counter()
    const dossierCode = await sentDossier(counter)
    let cursor = Number((await counter.call('GET', '/v1/statuses?limit=500')).json.next)
    const start = cursor
    const pushed = Promise.all(Array.from({ length: 20 }, () => stage.doors().status({ dossierCode, state: 4 })))
    const seen: unknown[] = []
    while (seen.length < 20) {
      const { items, next } = (await counter.call('GET', `/v1/statuses?cursor=${cursor}&limit=3`)).json
      if (Array.isArray(items)) seen.push(...items.map((item: { sequence: number }) => item.sequence))
      cursor = Number(next)
    }
    await pushed
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => start + 1 + index))
  })

  it('refuses a status for a dossier that nobody sent', async () => {
    await expect(stage.doors().status({ dossierCode: 'H29.900-261123-9998', state: 4 })).rejects.toThrow('dossier.unknown')
  })

  it.each(['cursor=-1', 'cursor=x', 'limit=0', 'limit=501'])('refuses the query %s with 400', async (query) => {
    expect((await (await stage.counter()).call('GET', `/v1/statuses?${query}`)).json).toMatchObject({ status: 400, field: query.split('=')[0] })
  })

  it('witnesses an audit head, and again the same one at the same time', async () => {
    const counter = await stage.counter()
    const send = () => counter.call('POST', '/v1/audit-heads', { json: { sequence: 12, hash: hash('a') } })
    const [first, again] = [await send(), await send()]
    expect([first.status, again.text]).toEqual([201, first.text])
  })

  it('refuses an earlier sequence that comes with another hash (409)', async () => {
    const counter = await stage.counter()
    const send = (sequence: number, text: string) => counter.call('POST', '/v1/audit-heads', { json: { sequence, hash: hash(text) } })
    await send(5, 'five')
    await send(6, 'six')
    expect((await send(5, 'forged')).json).toMatchObject({ status: 409, code: 'audit.conflict', storedHash: hash('five'), sentHash: hash('forged') })
  })

  it('keeps the audit heads of two counters apart', async () => {
    const counters = [await stage.counter('Quầy 1'), await stage.counter('Quầy 2')]
    const answers = await Promise.all(counters.map((counter, index) => counter.call('POST', '/v1/audit-heads', { json: { sequence: 1, hash: hash(String(index)) } })))
    expect(answers.map((one) => one.status)).toEqual([201, 201])
  })
})
