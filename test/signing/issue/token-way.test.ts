import { describe, expect, it } from 'vitest'
import { TokenId } from '@contract/signing'
import { codeOfAsync } from '../../storage/support'
import { counter, NEW_TOKEN, PHONE, USED_TOKEN } from './support'

const PIN = '739152'

describe('a citizen who leaves with a signature on a token', () => {
  it('goes through ten steps, types the transport PIN once, the new one twice, and once more to sign the agreement', async () => {
    const it = counter()
    const id = it.start()
    await it.act(id, { step: 'consent', how: 'display' })
    expect(it.issuing.get(id)).toMatchObject({ step: 'consent', waits: 'citizen' })
    await it.citizen.agree()
    await it.act(id, { step: 'identity', how: 'card', check: null, second: { loginName: 'o1', secret: 'x' } })
    await it.act(id, { step: 'person', how: 'face' })
    await it.act(id, { step: 'phone', how: 'send', phone: PHONE })
    await it.act(id, { step: 'phone', how: 'ask-code', phone: PHONE })
    expect(it.citizen.page('pin')).toMatchObject({ purpose: 'code', digits: 6, triesLeft: 3 })
    await it.citizen.type('482913')
    await it.act(id, { step: 'content', how: 'display' })
    expect(it.citizen.page('certificate').facts.find(({ key }) => key === 'idNumber')?.value.vi).toBe('079 ••• ••• 617')
    await it.citizen.right()
    expect(it.issuing.get(id)).toMatchObject({ step: 'pin', waits: 'token' })

    await it.act(id, { step: 'pin', token: TokenId.parse(NEW_TOKEN) })
    expect(it.citizen.page('pin')).toMatchObject({ purpose: 'enter', triesLeft: 5, least: 6, digits: 12 })
    await it.citizen.type('12345678')
    expect(it.citizen.page('pin')).toMatchObject({ purpose: 'set', round: 1, digits: 6 })
    await it.citizen.type(PIN)
    await it.citizen.type(PIN)
    expect(it.issuing.get(id)).toMatchObject({ step: 'trial', state: 'open', waits: 'officer', trouble: null, key: 'rsa-2048' })
    expect(it.ca.issued.size).toBe(1)

    await it.issuing.goOn.round()
    expect(it.ca.told).toMatchObject([{ id, accepted: true }])

    await it.act(id, { step: 'trial' })
    await it.citizen.type(PIN)
    const signed = it.issuing.get(id)
    expect(signed).toMatchObject({ step: 'handover', trouble: null })
    expect(signed.agreement).not.toBeNull()
    const done = await it.act(id, { step: 'handover', how: 'display' }).then(() => it.citizen.right()).then(() => it.issuing.get(id))
    expect(done).toMatchObject({ state: 'done', step: null, waits: 'nothing' })
    expect(done.left.map(({ step, how }) => `${step} ${how}`)).toEqual([
      'consent display', 'identity card', 'person face', 'phone code', 'content display', 'pin changed', 'key rsa-2048', 'certificate token', 'trial B-B', 'handover display',
    ])
    expect(done.certificate).toMatchObject({ subject: 'Đặng Thị Ngọc Ánh', ids: ['CCCD:079192004617'], demo: true, state: 'in-force' })
    expect(it.issuing.list({ limit: 10 }).items).toMatchObject([{ id, state: 'done' }])
    expect(it.audit.verify(it.store.read).ok).toBe(true)
  })

  it('the PIN, the code and the name are in no audit entry and no row of events', async () => {
    const it = counter()
    const id = it.start()
    await it.untilPin(id)
    await it.act(id, { step: 'pin', token: TokenId.parse(USED_TOKEN) }).catch(() => undefined)
    it.simulated.plug(USED_TOKEN, true)
    await it.act(id, { step: 'pin', token: TokenId.parse(USED_TOKEN) })
    await it.citizen.type('135790')
    const told = JSON.stringify([it.audit.list(it.store.read, { limit: 100 }), it.store.read.all('SELECT * FROM issuance_event', [], (row) => [row.text('kind'), row.textOrNull('how'), row.textOrNull('code')])])
    expect(told).not.toMatch(/135790|Ngọc|079192|0903517/u)
  })

  it('a wrong PIN is told as that, and the step goes on with the right one', async () => {
    const it = counter()
    const id = it.start()
    await it.untilPin(id)
    it.simulated.plug(USED_TOKEN, true)
    await it.act(id, { step: 'pin', token: TokenId.parse(USED_TOKEN) })
    await it.citizen.type('999999')
    expect(it.citizen.page('pin')).toMatchObject({ refused: 'wrong', triesLeft: 4 })
    expect(it.issuing.get(id)).toMatchObject({ step: 'pin', trouble: { code: 'KS-023' } })
    await it.citizen.type('135790')
    expect(it.issuing.get(id)).toMatchObject({ step: 'trial', trouble: null })
  })

  it('a blocked token, one that is full, one that is read-only and none at all are told by name', async () => {
    const it = counter()
    const id = it.start()
    await it.untilPin(id)
    const tried = async (serial: string): Promise<string | undefined> => {
      it.simulated.plug(`simulated/${serial}`, true)
      return codeOfAsync(() => it.act(id, { step: 'pin', token: TokenId.parse(`simulated/${serial}`) }))
    }
    it.simulated.plug(NEW_TOKEN, false)
    expect(await codeOfAsync(() => it.act(id, { step: 'pin', token: null }))).toBe('KS-021')
    expect(await tried('0000000000004474')).toBe('KS-024')
    expect(await tried('0000000000004476')).toBe('KS-123')
    expect(await tried('0000000000004475')).toBeUndefined()
    await it.citizen.type('135790')
    expect(it.issuing.get(id)).toMatchObject({ step: 'key', trouble: { code: 'KS-027' } })
  })
})
