import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PinPurpose } from '@contract/display'
import type { PinOutcome } from '../../src-main/hall'
import { birthDateForms, refusalOf, tooSimple } from '../../src-main/hall/pin-rules'
import { newBench } from './support'

describe('a new PIN', () => {
  it.each(['000000', '777777', '1111', '123456', '1234', '654321', '890123', '210987', '121212', '123123', '112233', '445566', '998877', '1122', '11111111', '12341234'.slice(0, 4)])('"%s" is too simple', (pin) => {
    expect(tooSimple(pin)).toBe(true)
  })

  it.each(['739481', '102938', '1357', '246801', '905317', '135790', '8413', '112358'])('"%s" is taken', (pin) => {
    expect(refusalOf(pin, '1992-03-14')).toBeNull()
  })

  it.each(['140392', '031492', '920314', '921403', '14031992', '19920314', '1403', '0314', '1992', '031992', '199203', '149203'])('"%s" is a birth date', (pin) => {
    expect(birthDateForms('1992-03-14').has(pin)).toBe(true)
    expect(refusalOf(pin, '1992-03-14')).toBe('birth-date')
  })

  it('is held against no birth date where none is known', () => {
    expect(refusalOf('140392', null)).toBeNull()
  })

  it('most random ones are taken', () => {
    const random = fc.sample(fc.integer({ min: 0, max: 999_999 }), { numRuns: 2000, seed: 5 }).map((number) => String(number).padStart(6, '0'))
    expect(random.filter((pin) => refusalOf(pin, '1992-03-14') !== null).length).toBeLessThan(40)
  })
})

type Consume = (pin: string) => Promise<'ok' | 'wrong'>
function asking(purpose: PinPurpose, consume: Consume = () => Promise.resolve('ok'), tries: number | null = null) {
  const bench = newBench()
  const port = {}
  const place = bench.desk.attach(port, false)
  let outcome: PinOutcome | undefined
  void bench.desk.askPin({ purpose, digits: 6, birthDate: '1992-03-14', tries, address: 'chị', draftId: null, consume }).then((ended) => { outcome = ended })
  const page = () => {
    const shown = place.page()
    return shown?.kind === 'pin' ? shown : null
  }
  const type = (pin: string): Promise<void> => bench.desk.answer(port, { kind: 'pin', id: page()?.id ?? ('f'.repeat(32) as never), pin })
  return { ...bench, port, place, page, type, outcome: async () => { await Promise.resolve(); await Promise.resolve(); return outcome } }
}

describe('a PIN that is set', () => {
  it('is typed twice and handed on once', async () => {
    const got: string[] = []
    const { type, page, place, desk, outcome } = asking('set', (pin) => { got.push(pin); return Promise.resolve('ok') })
    await type('739481')
    expect([page()?.round, page()?.refused, got]).toEqual([2, null, []])
    await type('739481')
    expect([got, place.page()?.kind, desk.state().answer?.kind, await outcome()]).toEqual([['739481'], 'done', 'pin-set', 'taken'])
  })

  it.each([['140392', 'birth-date'], ['123456', 'too-simple']])('%s is refused with the reason and asked for anew', async (pin, reason) => {
    const { type, page } = asking('set')
    await type(pin)
    expect([page()?.round, page()?.refused]).toEqual([1, reason])
  })

  it('that is another the second time is asked for from the beginning', async () => {
    const { type, page } = asking('set')
    await type('739481')
    await type('739482')
    expect([page()?.round, page()?.refused]).toEqual([1, 'not-equal'])
    await type('739482')
    expect(page()?.round).toBe(2)
  })

  it('pressed twice by a shaking hand is not taken for the second time', async () => {
    const { desk, port, page } = asking('set')
    const id = page()?.id
    if (!id) throw new Error('no PIN page')
    await desk.answer(port, { kind: 'pin', id, pin: '739481' })
    await expect(desk.answer(port, { kind: 'pin', id, pin: '739481' })).rejects.toMatchObject({ code: 'MH-004' })
    expect(page()?.round).toBe(2)
  })

  it('is thrown away when the token is pulled out, and asked for anew', async () => {
    let out = true
    const { type, page } = asking('set', () => (out ? Promise.reject(new Error('token gone')) : Promise.resolve('ok')))
    await type('739481')
    await expect(type('739481')).rejects.toThrow('token gone')
    expect(page()?.round).toBe(1)
    out = false
    await type('905317')
    expect(page()?.round).toBe(2)
  })
})

describe('a PIN that is entered', () => {
  it('may be wrong as often as is left', async () => {
    const { type, page, place, desk, outcome } = asking('enter', () => Promise.resolve('wrong'), 2)
    await type('111111')
    expect([page()?.refused, page()?.triesLeft]).toEqual(['wrong', 1])
    await type('111111')
    expect([place.page(), desk.state().answer?.kind, await outcome()]).toMatchObject([{ kind: 'done', words: 'pin-refused' }, 'pin-refused', 'refused'])
  })

  it('of another length than asked for is no answer', async () => {
    await expect(asking('enter').type('7394')).rejects.toMatchObject({ code: 'MH-004' })
  })

  it('is worked on once at a time', async () => {
    let finish: (answer: 'ok') => void = () => undefined
    const { type, desk, outcome } = asking('enter', () => new Promise((resolve) => { finish = resolve }))
    const first = type('739481')
    await expect(type('739481')).rejects.toMatchObject({ code: 'MH-004' })
    finish('ok')
    await first
    expect([desk.state().answer?.kind, await outcome()]).toEqual(['pin-set', 'taken'])
  })

  it('whose page is cleared while the token works tells nobody', async () => {
    let finish: (answer: 'ok') => void = () => undefined
    const { type, desk, place, outcome } = asking('enter', () => new Promise((resolve) => { finish = resolve }))
    const first = type('739481')
    desk.clear()
    finish('ok')
    await first
    expect([place.page(), desk.state().answer, await outcome()]).toEqual([null, null, 'cleared'])
  })
})

describe('asking for a PIN', () => {
  it('ends when the display is unplugged in the middle', async () => {
    const { type, place, desk, outcome } = asking('set')
    await type('739481')
    place.leave()
    expect([desk.state().shown.kind, desk.state().answer?.kind, await outcome()]).toEqual(['waiting', 'display-gone', 'display-gone'])
  })

  it('lasts three minutes, and two more for each press', async () => {
    const { desk, pass, page, outcome } = asking('set')
    pass(170_000)
    desk.moreTime()
    pass(129_999)
    expect(page()).not.toBeNull()
    pass(1)
    expect([page(), desk.state().answer?.kind, await outcome()]).toEqual([null, 'timeout', 'timeout'])
  })

  it('does not begin its time anew with each try', async () => {
    const { type, pass, page } = asking('set')
    pass(179_000)
    await type('123456')
    pass(1000)
    expect(page()).toBeNull()
  })

  it('tells the officer round, time and that somebody types: not what, and not how often', async () => {
    const { desk, port, page, changes, type } = asking('set')
    expect(desk.state().shown).toEqual({ kind: 'pin', purpose: 'set', round: 1, typing: false, endsAt: '2026-11-23T02:03:00.000Z' })
    const id = page()?.id
    if (!id) throw new Error('no PIN page')
    await desk.answer(port, { kind: 'typing', id })
    expect(desk.state().shown).toMatchObject({ typing: true })
    const before = changes()
    for (let key = 0; key < 5; key += 1) await desk.answer(port, { kind: 'typing', id })
    expect(changes()).toBe(before)
    await type('739481')
    expect(desk.state().shown).toMatchObject({ round: 2, typing: false })
  })

  it('can be given more time only while it is asked: MH-004', () => {
    expect(() => newBench().desk.moreTime()).toThrow(expect.objectContaining({ code: 'MH-004' }))
  })
})
