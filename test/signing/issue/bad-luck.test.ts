import { describe, expect, it } from 'vitest'
import { TokenId } from '@contract/signing'
import { codeOf, codeOfAsync } from '../../storage/support'
import { counter, NEW_TOKEN, OFFICER, PHONE, type TestCounter, USED_TOKEN } from './support'

const PIN = '135790'
/** Up to the request, with a token that has a PIN of its own. */
async function requested(it: TestCounter) {
  const id = it.start()
  await it.untilPin(id)
  it.simulated.plug(USED_TOKEN, true)
  await it.act(id, { step: 'pin', token: TokenId.parse(USED_TOKEN) })
  await it.citizen.type(PIN)
  return id
}

describe('the CA', () => {
  it('that cannot be reached leaves everything done and queued; the certificate comes when the line is back, and waits for the citizen', async () => {
    const it = counter()
    it.ca.be('down')
    const id = await requested(it)
    expect(it.issuing.get(id)).toMatchObject({ step: 'certificate', state: 'queued', waits: 'line', trouble: { code: 'KS-030' } })
    await it.issuing.goOn.round()
    expect(it.ca.asked()).toBe(1)
    it.ca.be('issue')
    it.issuing.goOn.hurry()
    await it.issuing.goOn.round()
    expect(it.issuing.get(id)).toMatchObject({ step: 'certificate', state: 'open', waits: 'citizen', trouble: null })
    expect(it.ca.told).toEqual([])
    await it.act(id, { step: 'certificate' })
    await it.citizen.type(PIN)
    expect(it.issuing.get(id)).toMatchObject({ step: 'trial' })
    expect((await it.tokens.certificates(USED_TOKEN))).toHaveLength(1)
    await it.issuing.goOn.round()
    expect(it.ca.told).toMatchObject([{ id, accepted: true }])
  })

  it('that is asked again and again in vain makes one event and one audit entry, and waits longer each time', async () => {
    const it = counter()
    it.ca.be('down')
    const id = await requested(it)
    for (let round = 0; round < 5; round += 1) {
      it.pass(20 * 60)
      await it.issuing.goOn.round()
    }
    expect(it.ca.asked()).toBe(6)
    expect(it.count("issuance_event WHERE kind = 'line-down'")).toBe(1)
    expect(it.issuing.row(id).tries).toBe(6)
  })

  it('that takes its time is polled after the time it names', async () => {
    const it = counter()
    it.ca.be('wait')
    const id = await requested(it)
    expect(it.issuing.get(id)).toMatchObject({ state: 'waiting', waits: 'ca' })
    it.ca.be('issue')
    await it.issuing.goOn.round()
    expect(it.issuing.get(id).state).toBe('waiting')
    it.pass(31)
    await it.issuing.goOn.round()
    expect(it.issuing.get(id)).toMatchObject({ state: 'open', waits: 'citizen' })
  })

  it('whose answer is lost gives the same certificate when it is asked again', async () => {
    const it = counter()
    it.ca.be('lose-answer')
    const id = await requested(it)
    expect(it.issuing.get(id).state).toBe('queued')
    const first = it.ca.serialOf(id)
    it.ca.be('issue')
    await it.act(id, { step: 'certificate' })
    expect(it.issuing.get(id).certificate?.serial).toBe(first)
    expect(it.ca.issued.size).toBe(1)
  })

  it('that refuses ends it with its own words', async () => {
    const it = counter()
    it.ca.be('refuse')
    const id = await requested(it)
    expect(it.issuing.get(id)).toMatchObject({ state: 'refused', step: null, trouble: { code: 'KS-031', text: 'Số căn cước này đang bị khóa' } })
  })

  it.each([['other-key', 'KS-033'], ['other-person', 'KS-034'], ['foreign', 'KS-035'], ['expired', 'KS-036']] as const)('that answers with a certificate of %s is turned down at the CA, and nothing gets onto the token', async (mood, code) => {
    const it = counter()
    it.ca.be(mood)
    const id = await requested(it)
    expect(it.issuing.get(id)).toMatchObject({ state: 'refused', trouble: { code } })
    await it.issuing.goOn.round()
    expect(it.ca.told).toMatchObject([{ id, accepted: false, why: code }])
    expect(await it.tokens.certificates(USED_TOKEN)).toEqual([])
  })

  it('that is slower than the citizen\'s patience is not waited for with the PIN in hand', async () => {
    const it = counter({ deps: { patienceMs: 20 } })
    const go = it.ca.hold()
    const id = await requested(it)
    expect(it.issuing.get(id)).toMatchObject({ step: 'certificate', certificate: null })
    go()
    await it.until(() => it.issuing.get(id).certificate !== null, 'the certificate')
    expect(it.issuing.get(id)).toMatchObject({ waits: 'citizen' })
    expect(await it.tokens.certificates(USED_TOKEN)).toEqual([])
  })
})

describe('stopping', () => {
  it('after the request turns down what comes later', async () => {
    const it = counter()
    it.ca.be('down')
    const id = await requested(it)
    it.issuing.stop(OFFICER, id, 'Công dân không muốn nữa')
    expect(codeOf(() => it.issuing.stop(OFFICER, id, 'x'))).toBe('KS-052')
    await it.issuing.goOn.round()
    it.ca.be('issue')
    it.issuing.goOn.hurry()
    await it.issuing.goOn.round()
    expect(it.ca.told).toMatchObject([{ id, accepted: false, why: 'stopped' }])
    expect(it.issuing.get(id)).toMatchObject({ state: 'stopped', waits: 'nothing' })
    await it.issuing.goOn.round()
    expect(it.ca.told).toHaveLength(1)
  })

  it('takes the page off the display: nobody types a PIN for what is over', async () => {
    const it = counter()
    const id = it.start()
    await it.untilPin(id)
    await it.act(id, { step: 'pin', token: TokenId.parse(NEW_TOKEN) })
    it.issuing.stop(OFFICER, id, 'Công dân đổi ý')
    expect(it.display.state().shown.kind).toBe('waiting')
  })

  it('before the request tells the CA nothing', async () => {
    const it = counter()
    const id = it.start()
    it.issuing.stop(OFFICER, id, 'Nhầm người')
    await it.issuing.goOn.round()
    expect(it.ca.asked()).toBe(0)
  })
})

describe('people', () => {
  it('who say no are noted, and may say yes later', async () => {
    const it = counter()
    const id = it.start()
    await it.act(id, { step: 'consent', how: 'display' })
    expect(it.citizen.page('consent').paragraphs.at(-3)?.vi).toContain('CA Nam Bình (trình diễn) (giấy phép 07/GP-CA). Đơn vị này chỉ để trình diễn')
    await it.citizen.decline()
    expect(it.issuing.get(id)).toMatchObject({ step: 'consent', waits: 'officer' })
    await it.act(id, { step: 'consent', how: 'display' })
    await it.citizen.agree()
    expect(it.issuing.get(id).step).toBe('identity')
    expect(it.count('consent_given')).toBe(2)
    expect(it.actions()).toContain('issuance.declined')
  })

  it('without a chip need a second officer, who is another', async () => {
    const it = counter()
    const id = it.start()
    await it.act(id, { step: 'consent', how: 'paper' })
    expect(await codeOfAsync(() => it.act(id, { step: 'identity', how: 'card', check: null, second: null }))).toBe('KS-056')
    expect(await codeOfAsync(() => it.act(id, { step: 'identity', how: 'card', check: null, second: { loginName: 'o0', secret: 'x' } }))).toBe('KS-053')
    expect(await codeOfAsync(() => it.act(id, { step: 'identity', how: 'chip', check: null, second: null }))).toBe('KS-056')
    expect(it.issuing.get(id).step).toBe('identity')
  })

  it('whose code is wrong three times are told so, and may be rung up instead', async () => {
    const it = counter()
    const id = it.start()
    await it.act(id, { step: 'consent', how: 'paper' })
    await it.act(id, { step: 'identity', how: 'card', check: null, second: { loginName: 'o1', secret: 'x' } })
    await it.act(id, { step: 'person', how: 'known' })
    await it.act(id, { step: 'phone', how: 'send', phone: PHONE })
    expect(await codeOfAsync(() => it.act(id, { step: 'phone', how: 'ask-code', phone: '0903000000' }))).toBe('KS-055')
    await it.act(id, { step: 'phone', how: 'ask-code', phone: PHONE })
    for (const code of ['111111', '222222', '333333']) await it.citizen.type(code)
    await it.until(() => it.issuing.get(id).trouble !== null, 'the trouble')
    expect(it.issuing.get(id)).toMatchObject({ step: 'phone', trouble: { code: 'KS-055' } })
    expect(await it.act(id, { step: 'phone', how: 'rang', phone: PHONE })).toMatchObject({ step: 'content', phone: PHONE, trouble: null })
  })

  it('have one open issuance at a time', () => {
    const it = counter()
    const id = it.start()
    expect(codeOf(() => it.start())).toBe('KS-054')
    it.issuing.stop(OFFICER, id, 'x')
    expect(codeOf(() => it.start())).toBeUndefined()
  })

  it('are found by a name without marks and by a piece of the number, newest first, page by page', () => {
    const it = counter()
    const first = it.start()
    it.pass(60)
    const other = it.start({ fullName: 'Nguyễn Văn Tý', idNumber: '001085000123' })
    expect(it.issuing.list({ query: 'ngoc anh', limit: 10 }).items.map(({ id }) => id)).toEqual([first])
    expect(it.issuing.list({ query: '000123', limit: 10 }).items.map(({ id }) => id)).toEqual([other])
    const page = it.issuing.list({ limit: 1 })
    expect(page.items.map(({ id }) => id)).toEqual([other])
    expect(it.issuing.list({ limit: 1, before: page.next ?? '' }).items.map(({ id }) => id)).toEqual([first])
    expect(it.issuing.list({ states: ['done'], limit: 10 }).items).toEqual([])
  })
})

describe('one step back', () => {
  it('takes away what that step left, and another CA begins anew', async () => {
    const it = counter()
    const id = it.start()
    await it.untilPin(id)
    expect(it.issuing.again(OFFICER, id)).toMatchObject({ step: 'content' })
    expect(it.issuing.again(OFFICER, id)).toMatchObject({ step: 'phone', phone: null })
    expect(it.issuing.provider(OFFICER, id, 'khac')).toMatchObject({ step: 'consent', provider: { id: 'khac' }, left: [] })
    expect(codeOf(() => it.issuing.provider(OFFICER, id, 'nobody'))).toBe('KS-037')
  })

  it('is not there once a key is made', async () => {
    const it = counter()
    const id = await requested(it)
    expect(codeOf(() => it.issuing.again(OFFICER, id))).toBe('KS-051')
    expect(codeOf(() => it.issuing.provider(OFFICER, id, 'khac'))).toBe('KS-051')
  })
})

describe('the token', () => {
  it('pulled out between PIN and key leaves the step in hand; the key is made when it is there again, and once', async () => {
    const it = counter()
    const id = it.start()
    await it.untilPin(id)
    it.simulated.plug(USED_TOKEN, true)
    await it.act(id, { step: 'pin', token: TokenId.parse(USED_TOKEN) })
    const typed = it.citizen.type(PIN)
    await it.until(() => it.issuing.row(id).keyId !== null, 'the id of the key')
    it.simulated.plug(USED_TOKEN, false)
    await typed
    expect(it.issuing.get(id)).toMatchObject({ step: 'key', trouble: { code: 'KS-022' } })
    const { keyId } = it.issuing.row(id)
    expect(await codeOfAsync(() => it.act(id, { step: 'pin', token: null }))).toBe('KS-021')
    it.simulated.plug(USED_TOKEN, true)
    await it.act(id, { step: 'pin', token: null })
    await it.citizen.type(PIN)
    expect(it.issuing.get(id)).toMatchObject({ step: 'trial', trouble: null })
    expect(it.issuing.row(id).keyId).toBe(keyId)
  })

  it('that is lost with a key that nothing names gives way to another', async () => {
    const it = counter()
    const id = it.start()
    await it.untilPin(id)
    it.simulated.plug('simulated/0000000000004475', true)
    await it.act(id, { step: 'pin', token: TokenId.parse('simulated/0000000000004475') })
    await it.citizen.type(PIN)
    expect(it.issuing.get(id)).toMatchObject({ step: 'key', trouble: { code: 'KS-027' } })
    it.simulated.plug(USED_TOKEN, true)
    await it.act(id, { step: 'pin', token: TokenId.parse(USED_TOKEN) })
    await it.citizen.type(PIN)
    expect(it.issuing.get(id)).toMatchObject({ step: 'trial', token: USED_TOKEN })
  })

  it('two of them: one must be chosen', async () => {
    const it = counter()
    const id = it.start()
    await it.untilPin(id)
    it.simulated.plug(USED_TOKEN, true)
    expect(await codeOfAsync(() => it.act(id, { step: 'pin', token: null }))).toBe('KS-121')
  })

  it('whose page the citizen leaves asks again, and nothing is lost', async () => {
    const it = counter()
    const id = it.start()
    await it.untilPin(id)
    await it.act(id, { step: 'pin', token: TokenId.parse(NEW_TOKEN) })
    expect(it.issuing.get(id).waits).toBe('citizen')
    await it.citizen.answer({ kind: 'leave', id: it.citizen.page('pin').id })
    expect(it.issuing.get(id)).toMatchObject({ step: 'pin', waits: 'token' })
  })
})

describe('the trial', () => {
  it.each([['TOTAL-FAILED', 'HASH_FAILURE', false], ['INDETERMINATE', 'NO_CERTIFICATE_CHAIN_FOUND', false], ['TOTAL-PASSED', null, true]] as const)('that is judged %s (%s, changed %s) does not count', async (verdict, why, changed) => {
    const it = counter()
    const id = await requested(it)
    it.verdict.now = { verdict, why, changed }
    await it.act(id, { step: 'trial' })
    await it.citizen.type(PIN)
    expect(it.issuing.get(id)).toMatchObject({ step: 'trial', agreement: null, trouble: { code: 'KS-057' } })
    it.verdict.now = { verdict: 'INDETERMINATE', why: 'TRY_LATER' }
    await it.act(id, { step: 'trial' })
    await it.citizen.type(PIN)
    expect(it.issuing.get(id)).toMatchObject({ step: 'handover', trouble: null })
  })
})
