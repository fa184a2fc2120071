import { describe, expect, it } from 'vitest'
import { readyDraft, takeIn } from '../../intake/support'
import { baselineTroubles } from '../assertions'
import { hasOpenssl } from '../pki'
import { actor, bench, type Counter, newCounter, PIN, target } from './support'

const own = { kind: 'own', pin: PIN } as const

describe.skipIf(!hasOpenssl())('what a signature gains when the line is back (OpenSSL 3)', () => {
  const shared = bench()

  const current = async ({ desk }: Counter, draftId: Parameters<Counter['desk']['intake']['open']>[0]): Promise<Uint8Array> => {
    const [only = expect.fail(), ...others] = desk.intake.open(draftId).documents
    expect(others).toEqual([])
    return (await desk.intake.readDocument(only.id)).bytes
  }
  const waiting = ({ store }: Counter): string[] => store.read.all('SELECT level FROM signature_upgrade', [], (row) => row.text('level'))

  it('signs B-B without a line, then takes it to B-LT by what is put behind it', async () => {
    const counter = newCounter({ ...shared })
    const { desk, signing, withToken, line, stamp, background, checks } = counter
    line.up = false
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, shared.pdf)
    await signing.sign(actor, { targets: [target(id)], with: withToken, pin: own, reason: null })
    const plain = await current(counter, draft.id)
    await background.idle()
    expect([waiting(counter), baselineTroubles(plain, 'B-B')]).toEqual([['B-B'], []])

    line.up = true
    stamp.url = shared.pki.tsa.url
    desk.at(new Date(Date.now() + 1000).toISOString())
    await background.idle()
    const full = await current(counter, draft.id)
    expect(Buffer.compare(full.subarray(0, plain.length), plain)).toBe(0)
    expect(waiting(counter)).toEqual([])
    const report = await checks.report(target(id), false)
    expect(report.signatures.find(({ kind }) => kind === 'signature')).toMatchObject({ verdict: 'TOTAL-PASSED', time: { source: 'document-timestamp' } })
    expect(report.changedSince).toBe(false)
    expect(desk.actions().filter((action) => action === 'signing.upgraded')).toHaveLength(1)
  })

  it('stamps at once where the service answers', async () => {
    const counter = newCounter({ ...shared, stampUrl: shared.pki.tsa.url })
    const { desk, signing, withToken } = counter
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, shared.pdf)
    const job = await signing.sign(actor, { targets: [target(id)], with: withToken, pin: own, reason: null })
    expect(job.documents.map(({ level }) => level)).toEqual(['B-T'])
    expect(baselineTroubles(await current(counter, draft.id), 'B-T')).toEqual([])
  })

  it('goes on when the stamping service is silent, once for the whole batch, and tries later', async () => {
    const counter = newCounter({ ...shared, stampUrl: 'http://127.0.0.1:9/' })
    const { desk, signing, withToken, background, store } = counter
    const draft = readyDraft(desk)
    const targets = [target((await takeIn(desk, draft.id, shared.pdf, 'a.pdf')).id), target((await takeIn(desk, draft.id, shared.pdf, 'b.pdf')).id)]
    const job = await signing.sign(actor, { targets, with: withToken, pin: own, reason: null })
    expect(job.documents.map(({ level }) => level)).toEqual(['B-B', 'B-B'])
    await background.idle()
    expect(store.read.all('SELECT code, tries FROM signature_upgrade', [], (row) => [row.text('code'), row.integer('tries')])).toEqual([['KS-060', 1], ['KS-060', 1]])
  })

  it('of a dossier that was received meanwhile, keeps what is gained in a copy beside the frozen document', async () => {
    const counter = newCounter({ ...shared })
    const { desk, signing, withToken, line, stamp, background, checks } = counter
    line.up = false
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, shared.pdf)
    await signing.sign(actor, { targets: [target(id)], with: withToken, pin: own, reason: null })
    const dossier = desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: true })
    const [frozen = expect.fail()] = dossier.documents
    line.up = true
    stamp.url = shared.pki.tsa.url
    await background.idle()
    expect(desk.intake.get(dossier.id).documents).toEqual(dossier.documents)
    const copy = await checks.read(target(frozen.id))
    expect(copy.length).toBeGreaterThan(frozen.size)
    expect(baselineTroubles(copy, 'B-LT').length).toBeLessThan(3)
    expect(waiting(counter)).toEqual([])
  })
})
