import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ShowingId } from '@contract/display'
import type { Place } from '../../src-main/hall'
import { checkOf, newBench, ratingOf } from './support'

const NOBODY = ShowingId.parse('f'.repeat(32))
const pin = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 6, maxLength: 6 }).map((digits) => digits.join(''))
const act = fc.oneof(
  fc.record({ do: fc.constant('attach' as const), window: fc.nat(2), turned: fc.boolean() }),
  fc.record({ do: fc.constant('leave' as const), window: fc.nat(2) }),
  fc.record({ do: fc.constant('check' as const), ahead: fc.boolean() }),
  fc.record({ do: fc.constant('rating' as const) }),
  fc.record({ do: fc.constant('pin' as const), purpose: fc.constantFrom('set' as const, 'enter' as const, 'trial' as const) }),
  fc.record({ do: fc.constant('answer' as const), window: fc.nat(2), kind: fc.constantFrom('right' as const, 'wrong' as const, 'leave' as const, 'typing' as const), late: fc.boolean() }),
  fc.record({ do: fc.constant('type' as const), window: fc.nat(2), pin, right: fc.boolean() }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 15_000, 20_000, 60_000, 300_000) }),
  fc.record({ do: fc.constant('more-time' as const) }),
  fc.record({ do: fc.constant('clear' as const) }),
  fc.record({ do: fc.constant('seat' as const), seat: fc.constantFrom('open' as const, 'locked' as const, 'empty' as const) }),
)

it('whatever happens: one page, in front only; nothing personal outlives clear, lock, an unplugged window or time; no digit is told to anybody', async () => {
  await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
    const { desk, pass } = newBench()
    const ports = [{}, {}, {}]
    const places: { window: number; place: Place }[] = []
    const told: string[] = []
    const digits = new Set<string>()
    const seen = new Set<string>()
    const kept: string[] = []
    let person = 0
    let right = true
    let before: string | null = null
    const refused = async (acted: Promise<void>): Promise<boolean> => acted.then(() => false, (error: unknown) => {
      expect(error).toMatchObject({ code: 'MH-004' })
      return true
    })
    const quietly = (push: () => void): void => {
      try {
        push()
      } catch (error) {
        expect(['MH-002', 'MH-004']).toContain((error as { code?: string }).code)
      }
    }
    const shownAt = (): { window: number; id: ShowingId } | null => {
      const found = places.map(({ window, place }) => ({ window, page: place.page() })).filter(({ page }) => page !== null)
      const windows = new Set(found.map(({ window }) => window))
      const ids = new Set(found.map(({ page }) => page?.id))
      expect([windows.size <= 1, ids.size <= 1]).toEqual([true, true])
      const [first] = found
      return first?.page ? { window: first.window, id: first.page.id } : null
    }

    for (const step of acts) {
      const now = shownAt()
      const count = kept.length
      if (step.do === 'attach') places.push({ window: step.window, place: desk.attach(ports[step.window] ?? {}, step.turned) })
      else if (step.do === 'leave') {
        for (const mine of places.filter(({ window }) => window === step.window)) mine.place.leave()
        if (now?.window === step.window) expect(shownAt()).toBeNull()
      } else if (step.do === 'check') quietly(() => desk.show(checkOf(`person-${(person += 1)}`, kept), step.ahead))
      else if (step.do === 'rating') quietly(() => desk.show(ratingOf()))
      else if (step.do === 'pin') {
        const asked = desk.state().attached
        quietly(() => void desk.askPin({
          purpose: step.purpose, digits: 6, birthDate: null, tries: 3, address: 'quý vị', draftId: null, consume: () => Promise.resolve(right ? 'ok' : 'wrong'),
        }))
        if (asked) expect(desk.state().shown.kind).toBe('pin')
      } else if (step.do === 'answer') {
        const id: ShowingId = step.late ? (before === null ? NOBODY : ShowingId.parse(before)) : (now?.id ?? NOBODY)
        const answer = step.kind === 'right' ? { kind: step.kind, id, signature: null } : { kind: step.kind, id }
        const state = JSON.stringify(desk.state())
        const gone = await refused(desk.answer(ports[step.window] ?? {}, answer))
        if (id !== now?.id || step.window !== now?.window) expect([gone, JSON.stringify(desk.state()), kept.length]).toEqual([true, state, count])
      } else if (step.do === 'type') {
        digits.add(step.pin)
        right = step.right
        await refused(desk.answer(ports[step.window] ?? {}, { kind: 'pin', id: now?.id ?? NOBODY, pin: step.pin }))
      } else if (step.do === 'pass') {
        pass(step.ms)
        if (step.ms === 300_000 && desk.state().shown.kind !== 'pin') expect(shownAt()).toBeNull()
      } else if (step.do === 'more-time') quietly(() => desk.moreTime())
      else if (step.do === 'clear') {
        desk.clear()
        expect([shownAt(), desk.state().shown.kind, desk.state().answer]).toEqual([null, 'waiting', null])
      } else {
        desk.seat(step.seat)
        if (step.seat === 'empty' || (step.seat === 'locked' && desk.state().attached && !desk.state().turned)) expect(shownAt()).toBeNull()
      }
      const after = shownAt()
      if (now && after?.id !== now.id) {
        before = now.id
        // An id never comes back.
        expect(after === null || !seen.has(after.id)).toBe(true)
      }
      if (after) seen.add(after.id)
      if (kept.length > count) expect(kept.length).toBe(count + 1)
      told.push(JSON.stringify(desk.state()), ...places.map(({ place }) => JSON.stringify(place.page())))
    }
    const all = told.join('\n')
    for (const typed of digits) expect(all.includes(typed)).toBe(false)
    expect(new Set(kept.map((line) => line.split(' ')[1])).size).toBe(kept.length)
  }), { numRuns: 400 })
}, 60_000)
