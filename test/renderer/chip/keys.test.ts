import { describe, expect, it } from 'vitest'
import { ChipKey } from '@contract/chip'
import { factsOfPerson, isGuess, keyOfFacts, keyOfTyped, NO_TYPED_KEY } from '../../../src-renderer/chip/keys'

const FACTS = { idNumber: '079192004617', birthDate: '1992-03-14', issuedAt: '2024-07-01' }

describe('facts of a typed person', () => {
  it.each([
    ['a whole number and date', '079 192 004 617', '14/03/1992', { idNumber: '079192004617', birthDate: '1992-03-14', issuedAt: null }],
    ['a number of the old identity card', '024567891', '14/03/1992', null], ['half a number', '0791920', '14/03/1992', null], ['a year only', '079192004617', '1992', null],
  ])('%s', (_name, idNumber, birthDate, facts) => {
    expect(factsOfPerson({ idNumber, birthDate })).toEqual(facts)
  })
})

describe('a key', () => {
  it('of the QR is a guess until the expiry date is typed', () => {
    expect(isGuess(keyOfFacts(FACTS))).toBe(true)
    expect(isGuess({ ...keyOfFacts(FACTS), expiryDate: 'none' })).toBe(false)
    expect(isGuess({ can: '123456' })).toBe(false)
  })

  it.each<readonly [string, Partial<typeof NO_TYPED_KEY>, unknown]>([
    ['an expiry date', { expiry: '14032032' }, { ...FACTS, expiryDate: '2032-03-14' }],
    ['a card without an end, whatever stands in the date', { endless: true, expiry: 'x' }, { ...FACTS, expiryDate: 'none' }],
    ['a CAN with blanks', { way: 'can', can: '123 456' }, { can: '123456' }],
    ['three lines of MRZ', { way: 'mrz', mrz: ' IDVNM1920046179079192004617<<5\n9203140F3203142VNM<<<<<<<<<<<4\nDANG<<THI<NGOC<ANH<<<<<<<<<<<< ' }, { mrz: 'IDVNM1920046179079192004617<<5\n9203140F3203142VNM<<<<<<<<<<<4\nDANG<<THI<NGOC<ANH<<<<<<<<<<<<' }],
  ])('is built from %s as the contract wants it', (_name, typed, key) => {
    expect(keyOfTyped({ ...NO_TYPED_KEY, ...typed }, FACTS)).toEqual({ key })
    expect(ChipKey.safeParse(key).success).toBe(true)
  })

  it.each<readonly [string, Partial<typeof NO_TYPED_KEY>, typeof FACTS | null, unknown]>([
    ['an expiry date without a card', { expiry: '14032032' }, null, { field: 'expiry', code: 'no-card' }], ['a date that is none', { expiry: '31022032' }, FACTS, { field: 'expiry', code: 'expiry' }],
    ['five digits of CAN', { way: 'can', can: '12345' }, FACTS, { field: 'can', code: 'can' }], ['an empty MRZ', { way: 'mrz', mrz: '  ' }, FACTS, { field: 'mrz', code: 'mrz' }],
  ])('cannot be built from %s', (_name, typed, facts, fault) => {
    expect(keyOfTyped({ ...NO_TYPED_KEY, ...typed }, facts)).toEqual({ fault })
  })
})
