import { describe, expect, it, vi } from 'vitest'
import type { ShowingId } from '@contract/display'
import { readyDraft, takeIn } from '../../intake/support'
import { codeOfAsync } from '../../storage/support'
import { hasOpenssl } from '../pki'
import { actor, bench, newCounter, PIN, target } from './support'

const citizen = { kind: 'citizen' } as const

describe.skipIf(!hasOpenssl())('a PIN that the citizen types on the display (OpenSSL 3)', () => {
  const shared = bench()

  async function asked() {
    const counter = newCounter({ ...shared })
    const port = {}
    const place = counter.display.attach(port, false)
    const draft = readyDraft(counter.desk)
    const { id } = await takeIn(counter.desk, draft.id, shared.pdf)
    const job = await counter.signing.sign(actor, { targets: [target(id)], with: counter.withToken, pin: citizen, reason: null })
    const page = () => place.page()
    const type = (pin: string): Promise<void> => counter.display.answer(port, { kind: 'pin', id: page()?.id as ShowingId, pin })
    return { counter, draftId: draft.id, job, page, type, place, id, port, state: () => counter.signing.job(job.id) }
  }

  it('shows the tries that are left before anything is typed, and signs when the PIN is right', async () => {
    const { counter, job, page, type, state } = await asked()
    expect(job.state).toBe('waiting')
    expect(page()).toMatchObject({ kind: 'pin', purpose: 'enter', triesLeft: 3 })
    await type(PIN)
    expect([state().state, state().documents.map(({ level }) => level), counter.token.logins]).toEqual(['done', ['B-B'], [1]])
  })

  it('asks once more when it was wrong, with one try less, and the job waits', async () => {
    const { page, type, state } = await asked()
    await type('000000')
    expect([state().state, page()]).toMatchObject(['waiting', { kind: 'pin', refused: 'wrong', triesLeft: 2 }])
    await type(PIN)
    expect(state().state).toBe('done')
  })

  it('ends when the token blocks', async () => {
    const { type, state } = await asked()
    for (const pin of ['000000', '000001', '000002']) await type(pin)
    await vi.waitFor(() => expect([state().state, state().trouble]).toEqual(['failed', 'KS-024']))
  })

  it('does not tell the citizen that the PIN was wrong when the token was pulled out', async () => {
    const { counter, page, type, state } = await asked()
    counter.token.pull()
    await type(PIN)
    expect([state().state, state().trouble, page()]).toEqual(['failed', 'KS-022', null])
  })

  it('ends without a signature when the citizen leaves, the officer clears it or the window goes', async () => {
    for (const [end, state, trouble] of [
      [(one: Awaited<ReturnType<typeof asked>>) => one.counter.display.answer(one.port, { kind: 'leave', id: one.page()?.id as ShowingId }), 'refused', null],
      [(one: Awaited<ReturnType<typeof asked>>) => one.counter.display.clear(), 'refused', null],
      [(one: Awaited<ReturnType<typeof asked>>) => one.place.leave(), 'refused', 'MH-002'],
    ] as const) {
      const one = await asked()
      await end(one)
      await vi.waitFor(() => expect([one.state().state, one.state().trouble]).toEqual([state, trouble]))
      expect(one.counter.desk.intake.open(one.draftId).documents.map(({ id }) => id)).toEqual([one.id])
    }
  })

  it('signs nothing once the officer has cancelled the job, whatever is typed then', async () => {
    const { counter, draftId, job, id, page, type, state } = await asked()
    counter.signing.cancel(actor, job.id)
    await type(PIN)
    expect([state().state, counter.token.logins, page()]).toEqual(['refused', [], null])
    expect(counter.desk.intake.open(draftId).documents.map((one) => one.id)).toEqual([id])
  })

  it('puts no signature anywhere when the citizen leaves while the token works', async () => {
    const { counter, draftId, id, page, port, type, state } = await asked()
    const shown = page()?.id as ShowingId
    const typed = type(PIN)
    await counter.display.answer(port, { kind: 'leave', id: shown })
    await typed
    expect(state().state).toBe('refused')
    expect(counter.desk.intake.open(draftId).documents.map((one) => one.id)).toEqual([id])
  })

  it('is not asked for where there is no display', async () => {
    const { desk, signing, withToken } = newCounter({ ...shared })
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, shared.pdf)
    expect(await codeOfAsync(() => signing.sign(actor, { targets: [target(id)], with: withToken, pin: citizen, reason: null }))).toBe('MH-002')
    expect(signing.jobs().map(({ state, trouble }) => [state, trouble])).toEqual([['failed', 'MH-002']])
  })

})
