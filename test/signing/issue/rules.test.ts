import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ISSUANCE_STEPS } from '@contract/signing'
import { type ActedStep, beginning, type Happening, HAPPENINGS, isFinished, next, type Stand, stepOf, waitsFor } from '../../../src-main/signing/issue/rules'

const did = (step: ActedStep): Happening => ({ kind: 'did', step })
const ALL: readonly Happening[] = [...HAPPENINGS.map((kind): Happening => ({ kind })), ...(['consent', 'identity', 'person', 'phone', 'content', 'pin', 'trial', 'handover'] as const).map(did)]
const at = (kind: Stand['kind'], ...happened: readonly Happening[]): Stand => happened.reduce<Stand>((stand, one) => next(stand, one) ?? (() => { throw new Error(`${one.kind} cannot happen at ${stepOf(stand) ?? 'the end'}`) })(), beginning(kind))
const PEOPLE = (['consent', 'identity', 'person', 'phone', 'content'] as const).map(did)
const simple = (kind: (typeof HAPPENINGS)[number]): Happening => ({ kind })

describe('the steps in their order', () => {
  it.each([
    ['a new one', at('token'), 'consent', 'officer'],
    ['after the people', at('token', ...PEOPLE), 'pin', 'token'],
    ['after the PIN', at('token', ...PEOPLE, did('pin')), 'key', 'officer'],
    ['cut off while the key is made', at('token', ...PEOPLE, did('pin'), simple('key-begun')), 'key', 'officer'],
    ['with a request', at('token', ...PEOPLE, did('pin'), simple('key-begun'), simple('key-made')), 'certificate', 'officer'],
    ['without a line', at('token', ...PEOPLE, did('pin'), simple('key-begun'), simple('key-made'), simple('line-down')), 'certificate', 'line'],
    ['the CA thinks', at('token', ...PEOPLE, did('pin'), simple('key-begun'), simple('key-made'), simple('sent'), simple('waiting')), 'certificate', 'ca'],
    ['the certificate came, the citizen has left', at('token', ...PEOPLE, did('pin'), simple('key-begun'), simple('key-made'), simple('sent'), simple('certificate-good')), 'certificate', 'citizen'],
    ['remote: registered, not activated', at('remote', ...PEOPLE, simple('sent'), did('pin'), simple('waiting')), 'key', 'phone'],
    ['remote: the trial is on the phone', at('remote', ...PEOPLE, simple('sent'), did('pin'), simple('key-made'), simple('certificate-good'), simple('stored'), simple('waiting')), 'trial', 'phone'],
  ] as const)('%s: %#', (_name, stand, step, waits) => {
    expect(stepOf(stand)).toBe(step)
    expect(waitsFor(stand, { onDisplay: false, busy: null })).toBe(waits)
  })

  it.each([
    ['a step before its turn', at('token'), did('identity')],
    ['a key before the PIN', at('token', ...PEOPLE), simple('key-begun')],
    ['a second key', at('token', ...PEOPLE, did('pin'), simple('key-begun')), simple('key-begun')],
    ['a certificate that was never asked for', at('token', ...PEOPLE, did('pin'), simple('key-begun'), simple('key-made')), simple('certificate-good')],
    ['one step back when there is a key', at('token', ...PEOPLE, did('pin'), simple('key-begun')), simple('again')],
    ['another CA when there is a key', at('token', ...PEOPLE, did('pin'), simple('key-begun')), simple('other-provider')],
    ['one step back when the account is registered', at('remote', ...PEOPLE, simple('sent'), did('pin')), simple('again')],
    ['a registration that never left', at('remote', ...PEOPLE), did('pin')],
    ['a trial before the certificate is on the token', at('token', ...PEOPLE, did('pin'), simple('key-begun'), simple('key-made'), simple('sent'), simple('certificate-good')), did('trial')],
  ] as const)('%s is refused', (_name, stand, happening) => {
    expect(next(stand, happening)).toBeNull()
  })

  it('another CA begins with the consent again, because that named the first', () => {
    expect(next(at('token', ...PEOPLE), simple('other-provider'))).toMatchObject({ done: 0, state: 'open' })
  })
})

it('whatever happens in whatever order, what is finished stays, a key is made once, a certificate comes once, and steps go one by one', () => {
  fc.assert(fc.property(fc.constantFrom('token' as const, 'remote' as const), fc.array(fc.constantFrom(...ALL), { maxLength: 120 }), (kind, happenings) => {
    let stand = beginning(kind)
    let keys = 0
    let certificates = 0
    for (const happening of happenings) {
      const after = next(stand, happening)
      if (after === null) continue
      expect(isFinished(stand)).toBe(false)
      expect(after.done - stand.done).toBeLessThanOrEqual(1)
      if (after.done < stand.done) expect(['again', 'other-provider', 'key-lost']).toContain(happening.kind)
      if (stand.key === 'made') expect(after.key).toBe('made')
      if (stand.sent) expect(after.sent).toBe(true)
      if (stand.certificate !== 'none') expect(after.certificate).not.toBe('none')
      if (happening.kind === 'key-made') keys += 1
      if (happening.kind === 'certificate-good') certificates += 1
      expect(after.certificate === 'stored' || after.done < 8).toBe(true)
      expect(after.key === 'made' || after.done < 7).toBe(true)
      expect(after.state === 'done').toBe(after.done === ISSUANCE_STEPS.length)
      stand = after
    }
    expect(keys).toBeLessThanOrEqual(1)
    expect(certificates).toBeLessThanOrEqual(1)
  }), { numRuns: 2000 })
})
