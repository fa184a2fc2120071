import { describe, expect, it } from 'vitest'
import type { ShowingId } from '@contract/display'
import type { Place } from '../../src-main/hall'
import { type Bench, checkOf, DRAFT, newBench, payOf, ratingOf } from './support'

const MINUTE = 60_000
const attached = (): Bench & { port: object; place: Place } => {
  const bench = newBench()
  const port = {}
  return { ...bench, port, place: bench.desk.attach(port, false) }
}
const idOf = (place: Place): ShowingId => {
  const page = place.page()
  if (!page) throw new Error('nothing is shown')
  return page.id
}
const PERSON = 'Đặng Thị Ngọc Ánh'

describe('what is shown', () => {
  it('is nothing before a push, and then the one thing that was pushed last', () => {
    const { desk, place } = attached()
    expect([place.page(), desk.state().shown.kind]).toEqual([null, 'waiting'])
    desk.show(checkOf(PERSON))
    desk.show(ratingOf())
    expect([place.page()?.kind, desk.state().shown.kind]).toEqual(['rating', 'rating'])
  })

  it('needs a display: MH-002', () => {
    expect(() => newBench().desk.show(checkOf(PERSON))).toThrow(expect.objectContaining({ code: 'MH-002' }))
  })

  it('goes when the officer clears it, and what was asked is void', async () => {
    const { desk, place, port } = attached()
    const kept: string[] = []
    desk.show(checkOf(PERSON, kept))
    const id = idOf(place)
    desk.clear()
    expect([place.page(), desk.state().answer]).toEqual([null, null])
    await expect(desk.answer(port, { kind: 'right', id, signature: null })).rejects.toMatchObject({ code: 'MH-004' })
    expect(kept).toEqual([])
  })

  it.each(['locked', 'empty'] as const)('goes when the seat is %s', (seat) => {
    const { desk, place } = attached()
    desk.show(checkOf(PERSON))
    desk.seat(seat)
    expect([place.page(), desk.state().shown.kind]).toEqual([null, 'waiting'])
  })

  it('stays on a window that was turned around, whose session is locked by that', () => {
    const { desk } = newBench()
    desk.show(checkOf(PERSON), true)
    desk.seat('locked')
    const place = desk.attach({}, true)
    expect([place.page()?.kind, desk.state().turned]).toEqual(['check', true])
    desk.seat('empty')
    expect(place.page()).toBeNull()
  })

  it('does not wait for ever for the window that is being turned around, and no other window gets it', () => {
    const first = newBench()
    first.desk.show(checkOf(PERSON), true)
    first.pass(15_000)
    expect(first.desk.attach({}, true).page()).toBeNull()
    const second = newBench()
    second.desk.show(checkOf(PERSON), true)
    expect(second.desk.attach({}, false).page()).toBeNull()
  })

  it('lasts as long as on any other once the window is turned around', () => {
    const { desk, pass } = newBench()
    desk.show(checkOf(PERSON), true)
    const place = desk.attach({}, true)
    pass(4 * MINUTE)
    expect(place.page()?.kind).toBe('check')
  })
})

describe('a transfer', () => {
  it('that has come in is thanked for', () => {
    const { desk, place } = attached()
    desk.show(payOf())
    desk.paid()
    expect(place.page()).toMatchObject({ kind: 'done', words: 'paid' })
  })

  it('cannot have come in when none is asked for: MH-004', () => {
    const { desk } = attached()
    desk.show(checkOf(PERSON))
    expect(() => desk.paid()).toThrow(expect.objectContaining({ code: 'MH-004' }))
  })
})

describe('an answer', () => {
  it('is kept, told to the officer, and thanked for during 20 seconds', async () => {
    const { desk, place, port, pass } = attached()
    const kept: string[] = []
    desk.show(checkOf(PERSON, kept))
    await desk.answer(port, { kind: 'right', id: idOf(place), signature: null })
    expect([kept, place.page()?.kind, desk.state().answer]).toMatchObject([[`right ${PERSON}`], 'done', { kind: 'right', draftId: DRAFT, signed: false }])
    pass(19_999)
    expect(place.page()?.kind).toBe('done')
    pass(1)
    expect([place.page(), desk.state().answer?.kind]).toEqual([null, 'right'])
  })

  it('counts once', async () => {
    const { desk, place, port } = attached()
    const kept: string[] = []
    desk.show(checkOf(PERSON, kept))
    const answer = { kind: 'right', id: idOf(place), signature: null } as const
    await desk.answer(port, answer)
    await expect(desk.answer(port, answer)).rejects.toMatchObject({ code: 'MH-004' })
    expect(kept).toHaveLength(1)
  })

  it('of another kind than was asked is none', async () => {
    const { desk, place, port } = attached()
    desk.show(checkOf(PERSON))
    await expect(desk.answer(port, { kind: 'pin', id: idOf(place), pin: '739481' })).rejects.toMatchObject({ code: 'MH-004' })
    expect(place.page()?.kind).toBe('check')
  })

  it('that could not be kept leaves the page, so that it can be given again', async () => {
    const { desk, place, port } = attached()
    let full = true
    const offer = checkOf(PERSON)
    desk.show({ ...offer, take: (answer, id) => { if (full) throw new Error('disk full'); return offer.take(answer, id) } })
    const answer = { kind: 'right', id: idOf(place), signature: null } as const
    await expect(desk.answer(port, answer)).rejects.toThrow('disk full')
    full = false
    await desk.answer(port, answer)
    expect(desk.state().answer?.kind).toBe('right')
  })

  it('"leave" ends any page, and the page hears of it', async () => {
    const { desk, place, port } = attached()
    const kept: string[] = []
    desk.show(ratingOf(kept))
    await desk.answer(port, { kind: 'leave', id: idOf(place) })
    expect([place.page(), desk.state().answer?.kind, kept]).toEqual([null, 'leave', ['leave']])
  })

  it.each([['check', 5 * MINUTE], ['rating', 3 * MINUTE]] as const)('to a %s page that does not come is a timeout', (kind, lasts) => {
    const { desk, place, pass } = attached()
    desk.show(kind === 'check' ? checkOf(PERSON) : ratingOf())
    pass(lasts - 1)
    expect(place.page()?.kind).toBe(kind)
    pass(1)
    expect([place.page(), desk.state().answer?.kind]).toEqual([null, 'timeout'])
  })

  it('is forgotten when somebody else sits down', async () => {
    const { desk, place, port } = attached()
    desk.show(checkOf(PERSON))
    await desk.answer(port, { kind: 'wrong', id: idOf(place) })
    desk.seat('locked')
    expect(desk.state().answer?.kind).toBe('wrong')
    desk.seat('empty')
    expect(desk.state().answer).toBeNull()
  })
})

describe('windows', () => {
  it('that are unplugged take what they show with them: no other gets it', () => {
    const { desk, place } = attached()
    const other = desk.attach({}, false)
    desk.show(checkOf(PERSON))
    expect([place.page(), other.page()?.kind]).toEqual([null, 'check'])
    other.leave()
    expect([place.page(), desk.state().shown.kind, desk.state().answer?.kind, desk.state().attached]).toEqual([null, 'waiting', 'display-gone', true])
  })

  it('behind the newest cannot answer for it', async () => {
    const { desk, port } = attached()
    const other = desk.attach({}, false)
    desk.show(checkOf(PERSON))
    await expect(desk.answer(port, { kind: 'right', id: idOf(other), signature: null })).rejects.toMatchObject({ code: 'MH-004' })
  })

  it('that ask for their stream again keep their page', () => {
    const { desk, place, port } = attached()
    desk.show(checkOf(PERSON))
    const again = desk.attach(port, false)
    place.leave()
    expect(again.page()?.kind).toBe('check')
  })

  it('that leave twice are gone once', () => {
    const { desk, place } = attached()
    place.leave()
    place.leave()
    expect(desk.state().attached).toBe(false)
  })

  it('a new one in front takes nothing over', () => {
    const { desk } = attached()
    desk.show(checkOf(PERSON))
    expect([desk.attach({}, false).page(), desk.state().answer?.kind]).toEqual([null, 'display-gone'])
  })
})
