import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { IssuanceId } from '@contract/signing'
import { temporaryFolder } from '../../storage/support'
import { fakeCa, type Mood } from './fake-ca'
import { counter, OFFICER, USED_TOKEN, type TestCounter } from './support'

const MOODS: readonly Mood[] = ['issue', 'wait', 'down', 'lose-answer']
type Deed = Readonly<{ kind: 'step' | 'right-pin' | 'wrong-pin' | 'leave' | 'round' | 'restart' | 'pull' | 'plug' | 'later' | 'again' } | { kind: 'mood'; mood: Mood }>
const deeds = fc.array(fc.oneof(
  { weight: 6, arbitrary: fc.constant<Deed>({ kind: 'step' }) },
  { weight: 5, arbitrary: fc.constant<Deed>({ kind: 'right-pin' }) },
  fc.constantFrom<Deed>({ kind: 'wrong-pin' }, { kind: 'leave' }, { kind: 'round' }, { kind: 'restart' }, { kind: 'pull' }, { kind: 'plug' }, { kind: 'later' }, { kind: 'again' }),
  fc.constantFrom(...MOODS).map((mood): Deed => ({ kind: 'mood', mood })),
), { minLength: 20, maxLength: 45 })

async function step(made: TestCounter, id: IssuanceId): Promise<void> {
  switch (made.issuing.get(id).step) {
    case 'consent': return void (await made.act(id, { step: 'consent', how: 'paper' }))
    case 'identity': return void (await made.act(id, { step: 'identity', how: 'card', check: null, second: { loginName: 'o1', secret: 'x' } }))
    case 'person': return void (await made.act(id, { step: 'person', how: 'face' }))
    case 'phone': return void (await made.act(id, { step: 'phone', how: 'rang', phone: '0903517284' }))
    case 'content': return void (await made.act(id, { step: 'content', how: 'paper' }))
    case 'pin': case 'key': return void (await made.act(id, { step: 'key', key: 'p-256' }))
    case 'certificate': return void (await made.act(id, { step: 'certificate' }))
    case 'trial': return void (await made.act(id, { step: 'trial' }))
    case 'handover': return void (await made.act(id, { step: 'handover', how: 'paper' }))
    case null: return
  }
}

it('whatever people, tokens, lines and power do, there is one key, one certificate, and what was done stays done', async () => {
  await fc.assert(fc.asyncProperty(deeds, async (list) => {
    const folder = temporaryFolder()
    const now = () => new Date('2026-11-23T07:20:00.000Z')
    const ca = fakeCa(now)
    let made = counter({ folder, ca })
    made.simulated.plug('simulated/0000000000004471', false)
    made.simulated.plug(USED_TOKEN, true)
    const id = made.start()
    for (const deed of list) {
      const before = made.issuing.get(id)
      const shown = made.display.state().shown.kind === 'pin'
      const quiet = (work: () => unknown): Promise<unknown> => Promise.resolve().then(work).catch(() => undefined)
      if (deed.kind === 'step') await quiet(() => step(made, id))
      else if (deed.kind === 'right-pin' && shown) await quiet(() => made.citizen.type('135790'))
      else if (deed.kind === 'wrong-pin' && shown) {
        await quiet(() => made.citizen.type('246813'))
        await quiet(() => made.citizen.type('135790'))
      } else if (deed.kind === 'leave' && shown) await quiet(() => made.citizen.answer({ kind: 'leave', id: made.citizen.page('pin').id }))
      else if (deed.kind === 'round') await made.issuing.goOn.round()
      else if (deed.kind === 'later') made.pass(1200)
      else if (deed.kind === 'pull') made.simulated.plug(USED_TOKEN, false)
      else if (deed.kind === 'plug') made.simulated.plug(USED_TOKEN, true)
      else if (deed.kind === 'again') await quiet(() => made.issuing.again(OFFICER, id))
      else if (deed.kind === 'mood') ca.be(deed.mood)
      else if (deed.kind === 'restart') {
        await made.close()
        made = counter({ folder, ca })
      }
      const after = made.issuing.get(id)
      if (deed.kind !== 'again') expect(after.left.length).toBeGreaterThanOrEqual(before.left.length)
      if (before.certificate !== null) expect(after.certificate?.serial).toBe(before.certificate.serial)
      expect(ca.issued.size).toBeLessThanOrEqual(1)
    }
    // In the end everybody does their part.
    ca.be('issue')
    made.simulated.plug(USED_TOKEN, true)
    for (let turn = 0; turn < 40 && made.issuing.get(id).state !== 'done'; turn += 1) {
      made.pass(1200)
      await made.issuing.goOn.round()
      if (made.display.state().shown.kind === 'pin') await made.citizen.type('135790').catch(() => undefined)
      else await step(made, id).catch(() => undefined)
    }
    made.pass(1200)
    await made.issuing.goOn.round()
    expect(made.issuing.get(id)).toMatchObject({ state: 'done', trouble: null })
    expect(made.issuing.get(id).left).toHaveLength(10)
    expect(await made.tokens.certificates(USED_TOKEN)).toHaveLength(1)
    expect(made.issuing.get(id).certificate?.serial).toBe(ca.serialOf(id))
    expect(ca.told.map(({ accepted }) => accepted)).toEqual([true])
    expect(made.audit.verify(made.store.read).ok).toBe(true)
    await made.close()
  }), { numRuns: 15 })
}, 180_000)
