import { describe, expect, it } from 'vitest'
import { fakeCa } from './fake-ca'
import { fakeRemote } from './fake-remote'
import { counter } from './support'
import { temporaryFolder } from '../../storage/support'

const NOW = () => new Date('2026-11-23T07:20:00.000Z')
function stage(folder = temporaryFolder(), known?: Readonly<{ ca: ReturnType<typeof fakeCa>; far: ReturnType<typeof fakeRemote> }>) {
  const ca = known?.ca ?? fakeCa(NOW)
  const far = known?.far ?? fakeRemote(ca, NOW)
  return { ...counter({ folder, ca, remote: far.signer, kind: 'remote' }), ca, far }
}

describe('remote signing', () => {
  it('goes from the account over the activation on the phone to a trial signature that the phone confirms', async () => {
    const it = stage()
    const id = it.start()
    await it.untilPin(id)
    expect(it.issuing.get(id)).toMatchObject({ step: 'pin', waits: 'officer' })
    expect(await it.act(id, { step: 'pin', token: null })).toMatchObject({ step: 'key', state: 'waiting', waits: 'phone' })
    it.far.activate()
    it.pass(6)
    await it.issuing.goOn.round()
    expect(it.issuing.get(id)).toMatchObject({ step: 'trial', state: 'open', waits: 'officer', certificate: { subject: 'Đặng Thị Ngọc Ánh' } })
    expect(await it.act(id, { step: 'trial' })).toMatchObject({ step: 'trial', state: 'waiting', waits: 'phone' })
    it.far.phone('confirms')
    it.pass(6)
    await it.issuing.goOn.round()
    expect(it.issuing.get(id)).toMatchObject({ step: 'handover', state: 'open', trouble: null })
    expect(await it.act(id, { step: 'handover', how: 'paper' })).toMatchObject({ state: 'done' })
    expect(it.issuing.get(id).left.map(({ step, how }) => `${step} ${how}`).slice(5)).toEqual(['pin registered', 'key activated', 'certificate remote', 'trial B-B', 'handover paper'])
  })

  it('keeps the prepared agreement and its transaction over a restart: the hash is submitted once and its signature fits', async () => {
    const folder = temporaryFolder()
    const first = stage(folder)
    const id = first.start()
    await first.untilPin(id)
    first.far.activate()
    await first.act(id, { step: 'pin', token: null })
    first.far.activate()
    first.pass(6)
    await first.issuing.goOn.round()
    await first.act(id, { step: 'trial' })
    await first.close()
    const second = stage(folder, first)
    first.far.phone('confirms')
    second.pass(60)
    await second.issuing.goOn.round()
    expect(second.issuing.get(id)).toMatchObject({ step: 'handover', trouble: null })
    expect(first.far.jobs.size).toBe(1)
  })

  it.each([['refuses', 'KS-042'], ['expires', 'KS-041']] as const)('a phone that %s leaves the trial in hand, and the next try is another transaction', async (does, code) => {
    const it = stage()
    const id = it.start()
    await it.untilPin(id)
    await it.act(id, { step: 'pin', token: null })
    it.far.activate()
    it.pass(6)
    await it.issuing.goOn.round()
    it.far.phone(does)
    expect(await it.act(id, { step: 'trial' })).toMatchObject({ step: 'trial', state: 'open', waits: 'officer', trouble: { code } })
    it.far.phone('confirms')
    expect(await it.act(id, { step: 'trial' })).toMatchObject({ step: 'handover' })
    expect(it.far.jobs.size).toBe(2)
  })

  it('without a line is queued at the registration and goes on by itself', async () => {
    const it = stage()
    it.far.line(false)
    const id = it.start()
    await it.untilPin(id)
    expect(await it.act(id, { step: 'pin', token: null })).toMatchObject({ step: 'pin', state: 'queued', waits: 'line', trouble: { code: 'KS-040' } })
    it.far.line(true)
    it.issuing.goOn.hurry()
    await it.issuing.goOn.round()
    expect(it.issuing.get(id)).toMatchObject({ step: 'key', state: 'waiting', trouble: null })
  })
})
